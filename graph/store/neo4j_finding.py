"""How the Neo4j store finds: one Cypher statement for each thing that a question asks for. Every value is bound."""

from __future__ import annotations

from graph.store.transaction import DRAWN

DATED = "OPTIONAL MATCH (p:Article {id: a.article}) WITH *, p.published_at AS at"
_SAID = "(e)<-[:RESOLVES_TO]-(:Referent)<-[:ATTRIBUTED_TO]-(a:Assertion)"
_DRAWN = "|".join(kind for kind in DRAWN if kind != "RELATION")
STANCE = "coalesce(x.stance, a.stance, '')"

EDGE_COUNTS = "UNWIND $types AS type RETURN type, COUNT { MATCH ()-[r]->() WHERE type(r) = type } AS number"

ARTICLES = """
OPTIONAL MATCH (last:Article {id: $after})
MATCH (a:Article)
WHERE $after IS NULL
    OR CASE WHEN last.published_at IS NULL THEN a.published_at IS NULL AND a.id > last.id
        ELSE a.published_at IS NULL OR a.published_at < last.published_at
            OR (a.published_at = last.published_at AND a.id > last.id) END
RETURN a.id AS id ORDER BY a.published_at IS NULL, a.published_at DESC, a.id LIMIT $limit
"""

# `{leading}`: the claims about one entity, or all of them; those without a date stand last.
CLAIMS = """
OPTIONAL MATCH (last:Claim {id: $after})
WITH last
MATCH {leading}
WHERE ($sourcing IS NULL OR c.sourcing = $sourcing) AND ($dispute IS NULL OR $dispute IN c.marks)
AND ($source_type IS NULL OR $source_type IN c.source_types) AND ($entity IS NULL OR $entity IN c.about)
AND ($speaker IS NULL OR $speaker IN c.speakers) AND ($outlet IS NULL OR $outlet IN c.outlets)
AND ($carried_by IS NULL OR c.carried_by = $carried_by)
AND ($since IS NULL OR c._first_at >= $since)
AND ($until IS NULL OR (c._first_at > '' AND left(c._first_at, size($until)) <= $until))
AND all(word IN $words WHERE ' ' + c._words + ' ' CONTAINS ' ' + word + ' ')
AND ($after IS NULL OR c._first_at < last._first_at OR (c._first_at = last._first_at AND c.id > last.id))
RETURN c.id AS id ORDER BY c._first_at DESC, c.id LIMIT $limit
"""

SEARCH = """
CALL () {
    CALL db.index.fulltext.queryNodes('_claim_words', $wanted, {limit: $limit}) YIELD node, score
    RETURN 0 AS label, node.id AS id, score
UNION ALL
    CALL db.index.fulltext.queryNodes('_entity_words', $wanted, {limit: $limit}) YIELD node, score
    RETURN 1 AS label, node.id AS id, score
UNION ALL
    CALL db.index.fulltext.queryNodes('_article_words', $wanted, {limit: $limit}) YIELD node, score
    RETURN 2 AS label, node.article AS id, score
}
RETURN label, id ORDER BY label, score DESC, id
"""

CALLED = """
UNWIND $queries AS query CALL db.index.fulltext.queryNodes('_called', query) YIELD node
RETURN DISTINCT node.id AS id, node._called AS called
"""

TOLD = f"""
MATCH (c:Claim {{id: $claim}})<-[x:EXPRESSES]-(a:Assertion) {DATED}
WITH a, at, CASE WHEN {STANCE} IN $supporting THEN 'for' WHEN {STANCE} IN $opposing THEN 'against'
    ELSE 'neither' END AS side
ORDER BY at IS NULL, at, a.id
RETURN side, collect(a.id)[..$limit] AS ids, count(*) AS total
"""

FIRST_TOLD = f"""
MATCH (c:Claim) WHERE c.id IN $claims
CALL (c) {{
    MATCH (c)<-[:EXPRESSES]-(a:Assertion) {DATED}
    RETURN a.id AS first ORDER BY at IS NULL, at, a.id LIMIT 1
}}
RETURN c.id AS claim, first
"""

NOTICED = """
MATCH (c:Claim)<-[:EXPRESSES]-(a:Assertion) WHERE c.id IN $claims
MATCH (p:Article {id: a.article}) WHERE p.notice IS NOT NULL
RETURN DISTINCT c.id AS claim
"""

SAID = """
MATCH (:Entity {id: $entity})<-[:RESOLVES_TO]-(:Referent)<-[:%s]-(a:Assertion)
WITH DISTINCT a OPTIONAL MATCH (p:Article {id: a.article})
WITH a, p.published_at AS at ORDER BY at IS NULL, at DESC, a.id
RETURN collect(a.id)[..$limit] AS ids, count(*) AS total
"""

CLAIMS_ABOUT = """
MATCH (c:Claim)-[:ABOUT]->(:Entity {id: $entity}) WITH c ORDER BY c._first_at DESC, c.id
RETURN collect(c.id)[..$limit] AS ids, count(*) AS total
"""

MEMBERS = """
MATCH (:Entity {id: $entity})<-[:RESOLVES_TO]-(r:Referent) WITH r ORDER BY r.id
RETURN collect(r.id)[..$limit] AS ids, count(*) AS total
"""

PRESENCE = """
MATCH (e:Entity) WHERE e.id IN $entities
RETURN e.id AS id, COUNT { MATCH (e)<-[:RESOLVES_TO]-(r) RETURN DISTINCT r.article } AS articles,
    COUNT { (e)<-[:ABOUT]-() } AS claims
"""

SPEAKERS = f"""
MATCH (c:Claim)<-[x:EXPRESSES]-(a:Assertion)-[:ATTRIBUTED_TO]->(:Referent)-[:RESOLVES_TO]->(e:Entity)
WHERE c.id IN $claims
RETURN DISTINCT c.id AS claim, e.id AS entity, {STANCE} AS stance ORDER BY claim, entity, stance
"""

SPOKEN_ON = f"""
MATCH (e:Entity) WHERE e.id IN $entities
CALL (e) {{
    MATCH {_SAID} WITH DISTINCT a {DATED}
    WITH a, at ORDER BY at IS NULL, at DESC, a.id LIMIT $limit
    MATCH (a)-[:EXPRESSES]->(c:Claim) RETURN c.id AS claim
}}
RETURN DISTINCT claim ORDER BY claim
"""

NAMING_BOTH = """
MATCH (:Entity {id: $one})<-[:RESOLVES_TO]-(r:Referent) WITH collect(DISTINCT r.article) AS named
MATCH (:Entity {id: $other})<-[:RESOLVES_TO]-(r:Referent) WHERE r.article IN named WITH DISTINCT r.article AS article
MATCH (a:Article {id: article})
RETURN a.id AS id ORDER BY a.published_at IS NULL, a.published_at DESC, a.id LIMIT $limit
"""

# `{relations}`: the types that relations have in this database.
NEIGHBOURS = f"""
CALL () {{
    MATCH (n:Claim|Entity)-[r:{_DRAWN}|{{relations}}]-(near:Claim|Entity)
    WHERE n.id IN $ids AND r._key <> 'unnamed' RETURN near
UNION
    MATCH (n:Claim)<-[:EXPRESSES]-(:Assertion)-[:ATTRIBUTED_TO]->(:Referent)-[:RESOLVES_TO]->(near:Entity)
    WHERE n.id IN $ids RETURN near
UNION
    MATCH (n:Entity)<-[:RESOLVES_TO]-(:Referent)<-[:ATTRIBUTED_TO]-(:Assertion)-[:EXPRESSES]->(near:Claim)
    WHERE n.id IN $ids RETURN near
}}
WITH near WHERE NOT near.id IN $ids
WITH near ORDER BY near:Claim, near._first_at DESC, near.id
RETURN collect(near.id)[..$limit] AS ids, count(*) AS total
"""

# What showing claims, assertions, entities and articles takes, all at once: see `Transaction.gather`.
GATHER = """
CALL () {
    MATCH (c:Claim) WHERE c.id IN $claims
    CALL (c) {
        MATCH (c)<-[:EXPRESSES]-(a:Assertion) OPTIONAL MATCH (p:Article {id: a.article})
        RETURN a ORDER BY p.published_at IS NULL, p.published_at, a.id LIMIT 1
    }
    RETURN collect(c) AS claims, collect(a) AS firsts, collect([c.id, a.id]) AS first_of
}
CALL (claims) {
    UNWIND claims AS c MATCH (c)<-[:EXPRESSES]-(a:Assertion) MATCH (p:Article {id: a.article})
    WHERE p.notice IS NOT NULL RETURN collect(DISTINCT c.id) AS noticed
}
CALL () { MATCH (a:Assertion) WHERE a.id IN $assertions RETURN collect(a) AS asked }
WITH claims, first_of, noticed, firsts + asked AS assertions
CALL (assertions) {
    UNWIND assertions AS a
    MATCH (a)-[r:ATTRIBUTED_TO|AFFILIATED_WITH|RELAYED_BY|WITHIN|MENTIONS|FOUND_IN|EXPRESSES]->(x)
    RETURN collect(DISTINCT x) AS reached, collect({type: type(r), start: a.id, end: x.id, p: properties(r)}) AS links
}
CALL (reached) {
    UNWIND reached AS x MATCH (x:Referent)-[r:RESOLVES_TO]->(e:Entity)
    RETURN collect(e) AS resolved, collect({type: type(r), start: x.id, end: e.id, p: properties(r)}) AS resolves
}
CALL (reached) { UNWIND reached AS v MATCH (v:ArticleVersion)-[:VERSION_OF]->(p:Article) RETURN collect(p) AS printed }
CALL (printed) {
    UNWIND printed AS p MATCH (p)-[r:REUSES_TEXT_OF]->(o:Article) WHERE o IN printed
    RETURN collect({type: type(r), start: p.id, end: o.id, p: properties(r)}) AS copies
}
CALL () { MATCH (p:Article) WHERE p.id IN $articles RETURN collect(p) AS given }
CALL (printed, given) {
    UNWIND printed + given AS p MATCH (v:ArticleVersion {id: p.version}) RETURN collect(v) AS current
}
CALL (claims) {
    UNWIND claims AS c UNWIND coalesce(c.outlets, []) AS outlet WITH DISTINCT outlet
    MATCH (o:Entity {id: outlet}) RETURN collect(o) AS outlets
}
CALL () {
    MATCH (e:Entity) WHERE e.id IN $entities
    RETURN collect(e) AS entities, collect([e.id,
        COUNT { MATCH (e)<-[:RESOLVES_TO]-(r) RETURN DISTINCT r.article }, COUNT { (e)<-[:ABOUT]-() }]) AS presence
}
WITH *, claims + assertions + reached + resolved + printed + given + current + outlets + entities AS every
CALL (every) {
    UNWIND every AS n WITH DISTINCT n
    RETURN collect({labels: labels(n), p: n {.*, _words: null, _keys: null, _called: null}}) AS nodes
}
RETURN nodes, links + resolves + copies AS edges, first_of, noticed, presence,
    COLLECT { MATCH (d:Dossier {name: 'dossier'}) RETURN d.revision } AS revision
"""
