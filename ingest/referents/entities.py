"""Doc → mentions → referents: what an article speaks of, each thing with one name and one kind.

Occurrences of names are found in `names`, their kinds weighed in `kinds`, joined to chains in `chains`; `coreference`
adds what speaks of a thing without its name. Here the chains become referents and mentions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from ingest.model import Article, Candidate, Mention, Referent, Span, referent_id
from ingest.referents.bodies import country_key, name_bodies
from ingest.referents.chains import Chain, find_chains
from ingest.referents.coreference import refer_back
from ingest.referents.names import find_names
from ingest.referents.page import lay_out
from ingest.referents.turns import name_speakers


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that was found in one article; `mentions` are sorted by span.

    `described`: offset of a word → offset of the noun that it takes up, of somebody without a name ("they", "the
    people"). `open`: offset of a word that may mean several → who, as (id of a referent, share).
    """

    referents: tuple[Referent, ...]
    mentions: tuple[Mention, ...]
    described: Mapping[int, int] = field(default_factory=dict)
    open: Mapping[int, tuple[Candidate, ...]] = field(default_factory=dict)

    def inside(self, span: Span) -> list[Mention]:
        """Those wholly inside it, in order."""
        first = bisect_left(self.mentions, span.start, key=lambda mention: mention.span.start)
        last = bisect_left(self.mentions, span.end, key=lambda mention: mention.span.start)
        return [mention for mention in self.mentions[first:last] if span.covers(mention.span)]

    def referent(self, referent_id: str) -> Referent:
        """Raises KeyError if there is none."""
        for referent in self.referents:
            if referent.id == referent_id:
                return referent
        raise KeyError(referent_id)


def find_mentions(article: Article, doc: Doc) -> Mentions:
    """Whom and what an article speaks of, and where; furniture gives nothing, nor does an article that is not read."""
    page = lay_out(article, doc)
    chains = find_chains(article, page, name_speakers(article, page, name_bodies(page, find_names(page))))
    found = refer_back(article, page, chains)
    mentions = to_mentions(article, chains)
    open_ones = {offset: to_candidates(article, shares) for offset, shares in found.open.items()}
    return replace(mentions, described=found.described, open=open_ones)


def to_candidates(article: Article, shares: Iterable[tuple[Chain, float]]) -> tuple[Candidate, ...]:
    return tuple(Candidate(referent_id(article.id, c.kind, c.name), share) for c, share in shares)


def to_mentions(article: Article, chains: Iterable[Chain]) -> Mentions:
    """The chains as recorded nouns; two chains of one name and kind are one referent."""
    referents: dict[str, Referent] = {}
    mentions: dict[tuple[str, Span], Mention] = {}
    for chain in chains:
        referent = to_referent(article, chain)
        twin = referents.get(referent.id)
        referents[referent.id] = referent if twin is None else unite(twin, referent)
        for ref in chain.refs:
            mentions.setdefault((referent.id, ref.span), Mention(referent.id, ref.span, ref.method, ref.confidence))
    ordered = sorted(mentions.values(), key=lambda mention: (mention.span, mention.referent))
    return Mentions(tuple(referents.values()), tuple(ordered))


def to_referent(article: Article, chain: Chain) -> Referent:
    return Referent(
        referent_id(article.id, chain.kind, chain.name),
        chain.name,
        chain.kind,
        tuple(sorted(chain.aliases | {ref.span.of(article.text) for ref in chain.refs if ref.method != "pronoun"})),
        tuple(sorted(chain.roles)),
        chain.entry.key if chain.entry is not None else country_key(chain.name, chain.kind),
        tuple(sorted(referent_id(article.id, employer.kind, employer.name) for employer in chain.employers)),
    )


def unite(one: Referent, other: Referent) -> Referent:
    return Referent(
        one.id,
        one.name,
        one.kind,
        tuple(sorted({*one.aliases, *other.aliases})),
        tuple(sorted({*one.roles, *other.roles})),
        one.key or other.key,
        tuple(sorted({*one.employers, *other.employers})),
    )
