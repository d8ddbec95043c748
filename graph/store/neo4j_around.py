"""What stands directly round one claim, entity or article, each by one Cypher statement: see `Transaction.around`.

Each gives `nodes`, `edges` and, in `lists`, what is found in order and counted.
"""

from __future__ import annotations

from graph.store.neo4j_finding import DATED, STANCE
from graph.store.transaction import CLAIM_LINKS

_LINKS = "|".join(CLAIM_LINKS)
_EDGE = "{type: type(r), start: startNode(r).id, end: endNode(r).id, p: properties(r)}"
_RETURN = f"""
CALL (every) {{
    UNWIND every AS n WITH DISTINCT n
    RETURN collect({{labels: labels(n), p: n {{.*, _words: null, _keys: null, _called: null}}}}) AS nodes
}}
CALL (ways) {{ UNWIND ways AS r WITH DISTINCT r RETURN collect({_EDGE}) AS edges }}
"""

CLAIM = f"""
OPTIONAL MATCH (asked:Claim {{id: $given}})
OPTIONAL MATCH (member:Assertion {{id: $given}})-[expresses:EXPRESSES]->(its:Claim)
OPTIONAL MATCH (bare:Claim {{id: $cluster}})
WITH member, expresses, coalesce(asked, its, bare) AS c
CALL (c) {{
    MATCH (c)-[r:MARKED_BY|ORIGINATES_FROM|ABOUT|{_LINKS}]->(x) RETURN collect(r) AS out, collect(x) AS reached
}}
CALL (c) {{ MATCH (c)<-[r:{_LINKS}]-(x:Claim) RETURN collect(r) AS linked, collect(x) AS linking }}
CALL (c) {{
    MATCH (c)-[:ABOUT {{against: true}}]->(e:Entity)<-[r:DENIES_IN_GENERAL]-(a:Assertion)
    RETURN collect(r) AS denials, collect(a) AS denying
}}
CALL (c) {{
    MATCH (c)<-[x:EXPRESSES]-(a:Assertion) {DATED}
    WITH a, at, CASE WHEN {STANCE} IN $supporting THEN 'for' WHEN {STANCE} IN $opposing THEN 'against'
        ELSE 'neither' END AS side
    ORDER BY at IS NULL, at, a.id
    WITH side, collect(a.id)[..$limit] AS ids, count(*) AS total
    RETURN collect([side, ids, total]) AS lists
}}
WITH lists, [c, member] + reached + linking + denying AS every, [expresses] + out + linked + denials AS ways
{_RETURN}
RETURN nodes, edges, lists, COLLECT {{ MATCH (d:Dossier {{name: 'dossier'}}) RETURN d.revision }} AS revision
"""

# `{{relations}}`: the types that relations have in this database.
ENTITY = f"""
OPTIONAL MATCH (asked:Entity {{id: $given}})
OPTIONAL MATCH (member:Referent {{id: $given}})-[resolves:RESOLVES_TO]->(its:Entity)
OPTIONAL MATCH (bare:Entity {{id: $cluster}})
WITH member, resolves, coalesce(asked, its, bare) AS e
CALL (e) {{ MATCH (e)-[r:{{relations}}]-(o:Entity) RETURN collect(r) AS relations, collect(o) AS others }}
CALL (e) {{
    MATCH (e)<-[r:RESOLVES_TO]-(m:Referent) WHERE size(coalesce(m.roles, [])) > 0 OR EXISTS {{ (m)-[:SAME_AS]-() }}
    WITH r, m ORDER BY m.id
    RETURN collect(r)[..$members] AS resolving, collect(m)[..$members] AS telling
}}
CALL (telling) {{
    UNWIND telling AS m MATCH (m)-[r:SAME_AS]-(o:Referent)-[to:RESOLVES_TO]->(x:Entity)
    RETURN collect(r) + collect(to) AS same, collect(o) + collect(x) AS alike
}}
CALL (e) {{
    MATCH (e)<-[:RESOLVES_TO]-(:Referent)<-[:ATTRIBUTED_TO]-(a:Assertion) WITH DISTINCT a {DATED}
    WITH a, at ORDER BY at IS NULL, at DESC, a.id
    RETURN ['ATTRIBUTED_TO', collect(a.id)[..$limit], count(*)] AS said
}}
CALL (e) {{
    MATCH (e)<-[:RESOLVES_TO]-(:Referent)<-[:AFFILIATED_WITH]-(a:Assertion) WITH DISTINCT a {DATED}
    WITH a, at ORDER BY at IS NULL, at DESC, a.id
    RETURN ['AFFILIATED_WITH', collect(a.id)[..$limit], count(*)] AS affiliated
}}
CALL (e) {{
    MATCH (c:Claim)-[:ABOUT]->(e) WITH c ORDER BY c._first_at DESC, c.id
    RETURN ['ABOUT', collect(c.id)[..$limit], count(*)] AS about
}}
WITH [said, affiliated, about, ['members', [m IN telling | m.id], size(telling)]] AS lists,
    [e, member] + others + telling + alike AS every, [resolves] + relations + resolving + same AS ways
{_RETURN}
RETURN nodes, edges, lists, COLLECT {{ MATCH (d:Dossier {{name: 'dossier'}}) RETURN d.revision }} AS revision
"""

ARTICLE = f"""
OPTIONAL MATCH (asked:Article {{id: $given}})
OPTIONAL MATCH (version:ArticleVersion {{id: $given}})-[:VERSION_OF]->(its:Article)
WITH version, coalesce(asked, its) AS p
OPTIONAL MATCH (current:ArticleVersion {{id: p.version}})
WITH p, version, current, coalesce(version, current) AS shown
CALL (p) {{ MATCH (p)<-[r:VERSION_OF]-(v:ArticleVersion) RETURN collect(r) AS of, collect(v) AS versions }}
CALL (p) {{ MATCH (p)-[r:REUSES_TEXT_OF]-(o:Article) RETURN collect(r) AS reuses, collect(o) AS twins }}
CALL (shown) {{ MATCH (shown)<-[r:FOUND_IN]-(x) RETURN collect(r) AS found, collect(x) AS inside }}
CALL (inside) {{
    UNWIND inside AS m MATCH (m:Mention)-[r:REFERS_TO]->(x:Referent)-[to:RESOLVES_TO]->(e:Entity)
    RETURN collect(r) + collect(to) AS named, collect(x) + collect(e) AS names
}}
CALL (inside) {{
    UNWIND inside AS a MATCH (a:Assertion)-[r:EXPRESSES]->(c:Claim)
    RETURN collect(r) AS told, collect(c) AS claims
}}
WITH [] AS lists, [p, shown, current] + versions + twins + inside + names + claims AS every,
    of + reuses + found + named + told AS ways
{_RETURN}
RETURN nodes, edges, lists, COLLECT {{ MATCH (d:Dossier {{name: 'dossier'}}) RETURN d.revision }} AS revision
"""
AROUND = {"Claim": CLAIM, "Entity": ENTITY, "Article": ARTICLE}
