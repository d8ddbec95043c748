"""What stands in a Neo4j database beside the graph itself: constraints, indexes, and the dossier's node.

Labels and relationship types are those of the model, and `Dossier`: a node that says what this database is, of what it
speaks, and how much there is. Properties that begin with an underscore are there to find by, and never given back.
"""

from __future__ import annotations

from typing import get_args

from graph.model import EdgeType, Label

VERSION = 3
LABELS: tuple[Label, ...] = get_args(Label)
EDGE_TYPES: frozenset[str] = frozenset(get_args(EdgeType))
CAPTIONS: dict[Label, str] = {
    "Article": "headline", "ArticleVersion": "headline", "Mention": "text", "Referent": "name", "Assertion": "wording",
    "Unnamed": "source_type", "Decision": "what", "Entity": "name", "Proposition": "first_at", "Claim": "wording",
}  # label → the property that Neo4j Browser and Bloom show on a node, as its `title`  # fmt: skip
DATES = frozenset({"published_at", "retrieved_at", "first_at", "last_at", "at"})  # kept as Neo4j's own dates
KEYED = "|".join(LABELS)
KEYWORD = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}"
WHITESPACE = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
SCHEMA = (
    "CREATE CONSTRAINT dossier_name IF NOT EXISTS FOR (d:Dossier) REQUIRE d.name IS UNIQUE",
    *(f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE" for label in LABELS),
    "CREATE INDEX claim_by_date IF NOT EXISTS FOR (c:Claim) ON (c.first_at)",
    "CREATE INDEX claim_by_sourcing IF NOT EXISTS FOR (c:Claim) ON (c.sourcing)",
    "CREATE INDEX article_by_date IF NOT EXISTS FOR (a:Article) ON (a.published_at)",
    "CREATE INDEX article_by_outlet IF NOT EXISTS FOR (a:Article) ON (a.outlet)",
    "CREATE INDEX entity_by_name IF NOT EXISTS FOR (e:Entity) ON (e.name)",
    "CREATE INDEX entity_by_kind IF NOT EXISTS FOR (e:Entity) ON (e.kind)",
    "CREATE INDEX assertion_by_source IF NOT EXISTS FOR (a:Assertion) ON (a.source_type)",
    # For whoever asks in Cypher: CALL db.index.fulltext.queryNodes('wordings', 'talks')
    "CREATE FULLTEXT INDEX wordings IF NOT EXISTS FOR (n:Claim|Assertion) ON EACH [n.wording]",
    "CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.aliases]",
    # For On Record: words as both stores split them, and whole keys.
    f"CREATE FULLTEXT INDEX _claim_words IF NOT EXISTS FOR (n:Claim) ON EACH [n._words] {WHITESPACE}",
    f"CREATE FULLTEXT INDEX _entity_words IF NOT EXISTS FOR (n:Entity) ON EACH [n._words] {WHITESPACE}",
    f"CREATE FULLTEXT INDEX _article_words IF NOT EXISTS FOR (n:ArticleVersion) ON EACH [n._words] {WHITESPACE}",
    f"CREATE FULLTEXT INDEX _keys IF NOT EXISTS FOR (n:{KEYED}) ON EACH [n._keys] {KEYWORD}",
    f"CREATE FULLTEXT INDEX _called IF NOT EXISTS FOR (n:Entity) ON EACH [n._called] {KEYWORD}",
)

# Which nodes an edge of a type may leave and reach. Of a type that is not named here every label is looked up.
ENDS: dict[str, tuple[tuple[Label, ...], tuple[Label, ...]]] = {
    "VERSION_OF": (("ArticleVersion",), ("Article",)),
    "PUBLISHED_BY": (("Article",), ("Referent",)),
    "CREDITS": (("Article",), ("Referent", "Article")),
    "FOUND_IN": (("Mention", "Referent", "Assertion"), ("ArticleVersion",)),
    "REFERS_TO": (("Mention",), ("Referent",)),
    "ATTRIBUTED_TO": (("Assertion",), ("Referent",)),
    "AFFILIATED_WITH": (("Assertion",), ("Referent",)),
    "RELAYED_BY": (("Assertion",), ("Referent", "Unnamed")),
    "WITHIN": (("Assertion",), ("Assertion",)),
    "MENTIONS": (("Assertion",), ("Referent",)),
    "ABOUT": (("Claim",), ("Entity",)),
    "RESOLVES_TO": (("Referent",), ("Entity",)),
    "EXPRESSES": (("Assertion",), ("Claim",)),
    "SAYS": (("Assertion",), ("Proposition",)),
    "TELLS": (("Proposition",), ("Claim",)),
    "RELATION": (("Entity",), ("Entity",)),
    "REUSES_TEXT_OF": (("Article",), ("Article",)),
    "ORIGINATES_FROM": (("Claim",), ("Entity",)),
    "MARKED_BY": (("Claim",), ("Assertion",)),
    "DENIES_IN_GENERAL": (("Assertion",), ("Entity",)),
    **dict.fromkeys(("SUPPORTS", "DISPUTES", "QUALIFIES", "UPDATES", "CORRECTS"), (("Claim",), ("Claim",))),
}


def labels_at(kind: str, end: int) -> tuple[Label, ...]:
    """The labels at the start (0) or the end (1) of edges of a type."""
    return ENDS[kind][end] if kind in ENDS else LABELS
