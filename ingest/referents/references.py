"""Word → what it stands for: the mentions of an article laid over its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from ingest.model import Candidate, Mention, Referent
from ingest.referents.entities import Mentions
from ingest.syntax.trees import tokens_in


@dataclass(frozen=True, slots=True)
class References:
    """`over`: token index → the mentions that hold the token, the shortest first."""

    over: dict[int, tuple[Mention, ...]]
    referents: dict[str, Referent]
    described: dict[int, int] = field(default_factory=dict)  # token index → that of the noun which it takes up
    open: dict[int, tuple[Candidate, ...]] = field(default_factory=dict)  # token index → who may be meant

    def of(self, token: Token) -> list[Referent]:
        """What a word stands for: one referent, several for a pronoun of several ("they"), none where unresolved."""
        held = self.over.get(token.i, ())
        return [self.referents[m.referent] for m in held if m.span == held[0].span]

    def first_of(self, token: Token) -> Referent | None:
        found = self.of(token)
        return found[0] if found else None

    def outermost(self, token: Token) -> list[Mention]:
        held = self.over.get(token.i, ())
        return [m for m in held if m.span == held[-1].span]

    def among(self, tokens: Sequence[Token]) -> list[str]:
        """Ids of all that is mentioned in the words, in text order."""
        return list(dict.fromkeys(m.referent for token in tokens for m in self.over.get(token.i, ())))

    def named(self, name: str | None) -> Referent | None:
        """The referent that is called so: an outlet or issuer that an article's record names."""
        sought = fold_name(name or "")
        names = ((r, {fold_name(r.name), *map(fold_name, r.aliases)}) for r in self.referents.values())
        return next((r for r, known in names if sought and sought in known), None)


def fold_name(name: str) -> str:
    return name.casefold().strip().removeprefix("the ")


def lay_over(doc: Doc, mentions: Mentions) -> References:
    """Every mention on each of its tokens."""
    over: dict[int, list[Mention]] = {}
    for mention in sorted(mentions.mentions, key=lambda m: (m.span.end - m.span.start, m.span, m.referent)):
        for token in tokens_in(doc, [mention.span]):
            over.setdefault(token.i, []).append(mention)
    at = {token.idx: token.i for token in doc}
    return References(
        {i: tuple(held) for i, held in over.items()},
        {r.id: r for r in mentions.referents},
        {at[word]: at[noun] for word, noun in mentions.described.items()},
        {at[word]: candidates for word, candidates in mentions.open.items()},
    )
