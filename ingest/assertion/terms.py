"""Content → its terms, by which claims are compared.

Two near wordings of one claim ("that Halden had copied Veldt's model", "Veldt's model was copied by Halden") come to
equal terms. Synonyms are joined only where relations.toml says so; a claim told in other words
stays apart here. Numbers are left to the quantities.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from ingest.lexicon import read_list
from ingest.referents.references import References

EDGES = re.compile(r"^\W+|\W+$")
CLITICS = frozenset({"'s", "'re", "'ve", "'ll", "'d", "'m", "n't"})
AUXILIARIES = frozenset(
    {"aux", "auxpass", "neg", "mark", "det", "case", "punct", "cc", "expl", "preconj", "predet", "prt"}
)


@functools.cache
def stems() -> dict[tuple[str, str], str]:
    """(V or N, lemma) → the lemma that stands for the whole row of relations.toml."""
    found: dict[tuple[str, str], str] = {}
    for row in read_list("relations").values():
        found |= {("V", verb): row["verbs"][0].split()[0] for verb in row["verbs"] if " " not in verb}
        found |= {("N", noun): row["verbs"][0].split()[0] for noun in row["nouns"]}
    return found


@functools.cache
def synonyms() -> dict[tuple[str, str], str]:
    """(V or N, lemma) → the first word of its row of synonyms.toml."""
    lists = read_list("synonyms")
    kinds = (("V", lists["verbs"]), ("N", lists["nouns"]))
    return {(kind, word): row[0] for kind, rows in kinds for row in rows for word in row}


@functools.cache
def left_out() -> frozenset[str]:
    return frozenset(read_list("terms")["left_out"])


def find_terms(tokens: Sequence[Token], references: References, skipped: Iterable[Token]) -> tuple[str, ...]:
    """The content's lemmas, sorted, each once; a mention is "@" and its referent, and covers its words."""
    inside = {token.i for token in tokens}
    glosses = (gloss_of(token, references) for token in tokens if token.head.i in inside)
    skip = {token.i for token in skipped}.union(*glosses)
    found: set[str] = set()
    for token in tokens:
        if token.i in skip:
            continue
        mentions = references.outermost(token)
        if mentions:
            found.update("@" + mention.referent for mention in mentions)
        elif is_telling(token) and not is_kind_after_name(token, references):
            found.add(to_term(token))
    return tuple(sorted(found))


def gloss_of(token: Token, references: References) -> range:
    """Where a name is explained between commas ("Ana Ruiz, the head of research, …"): not what is claimed."""
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i > 0 else token
    if token.dep_ == "appos" and before.text == "," and references.over.get(token.head.i):
        return range(token.left_edge.i, token.right_edge.i + 1)
    return range(0)


def is_kind_after_name(token: Token, references: References) -> bool:
    """ "The V3 model" is V3."""
    return token.lemma_ == "model" and token.i > 0 and references.first_of(token.nbor(-1)) is not None


def is_telling(token: Token) -> bool:
    """Whether a word says something by itself: no function word, number, mark or auxiliary."""
    if token.lower_.replace("’", "'") in CLITICS or token.dep_ in AUXILIARIES:
        return False
    if token.is_punct or token.is_space or token.like_num or token.pos_ == "NUM":
        return False
    empty = left_out()
    return token.lemma_.lower() not in empty and token.lower_ not in empty and any(c.isalpha() for c in token.text)


def to_term(token: Token) -> str:
    """The word's lemma, or that of the act which it names; never with a mark at its edge, since "@" is a referent's."""
    kind = "V" if token.pos_ in ("VERB", "AUX") else "N"
    lemma = EDGES.sub("", token.lemma_.lower()) or EDGES.sub("", token.lower_)
    return stems().get((kind, lemma)) or synonyms().get((kind, lemma), lemma)
