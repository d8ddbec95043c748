"""One reading of an article from front to back: what was spoken of, in order, and what stands for what."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.model import Article
from ingest.referents.chains import Chain
from ingest.referents.descriptions import Description
from ingest.referents.page import Page
from ingest.referents.profiles import Profile
from ingest.referents.roles import Owners
from ingest.referents.salience import Choice, Described, Standing, speaks, standing_of
from ingest.referents.sayings import Sayings

PER_SENTENCE = 0.8  # what a sentence of distance takes away
NEAR = 3  # sentences after which it makes little difference how far away a thing is
PER_FAR_SENTENCE = 0.1
PER_TIME = 0.08  # what each time that a thing was spoken of adds
MOST_TIMES = 6


@dataclass(slots=True)
class Reader:
    article: Article
    page: Page
    chains: list[Chain]
    owners: Owners
    sayings: Sayings
    profiles: dict[int, Profile]
    history: list[tuple[int, Standing]] = field(default_factory=list)  # token, who is spoken of
    subjects: dict[int, Standing | None] = field(default_factory=dict)  # noun or pronoun as subject → settled as
    counts: dict[int, int] = field(default_factory=dict)  # id() of a standing → times so far
    described: dict[int, Described] = field(default_factory=dict)  # token → whom without a name it stands for
    open: dict[int, Choice] = field(default_factory=dict)  # token → who may be meant
    told: list[tuple[int, Description, Chain | None]] = field(default_factory=list)  # descriptions, settled as
    done: set[int] = field(default_factory=set)

    def note(self, i: int, one: Standing) -> None:
        self.history.append((i, one))
        self.counts[id(one)] = self.counts.get(id(one), 0) + 1

    def stands_at(self, i: int) -> Standing | None:
        return self.owners.at(i) or self.described.get(i)

    def is_named(self, i: int, one: Standing) -> bool:
        """Whether a token is part of its name, no pronoun and no description."""
        return self.owners.at(i) is one and self.page.tags[i].startswith("NNP")

    def spoken_of(self, i: int, window: int) -> list[Standing]:
        """Everybody and everything that was spoken of within so many sentences, the latest first."""
        found: list[Standing] = []
        for j, one in reversed(self.history):
            if self.page.sentence[i] - self.page.sentence[j] > window:
                break
            if one not in found and j < i:
                found.append(one)
        return found

    def last(self, one: Standing, i: int) -> int | None:
        return next((j for j, other in reversed(self.history) if other is one and j < i), None)

    def spoke(self, one: Standing, i: int) -> bool:
        """Whether it was the subject of a verb of saying in its last sentences."""
        for j, other in reversed(self.history):
            if self.page.sentence[i] - self.page.sentence[j] > NEAR:
                return False
            if other is one and j < i and speaks(self.page, self.owners, self.sayings, j):
                return True
        return False

    def weight(self, i: int, one: Standing, window: int) -> float:
        """How much it stands out at `i`: by the best of its places near before."""
        times = PER_TIME * min(self.counts.get(id(one), 0), MOST_TIMES)
        best = -9.0
        for j, other in reversed(self.history):
            if self.page.sentence[i] - self.page.sentence[j] > window:
                break
            if other is one and j < i:
                best = max(best, self.weight_of(i, j))
        return best + times

    def standing_at(self, j: int) -> float:
        return standing_of(self.page, self.owners, self.sayings, j)

    def weight_of(self, i: int, j: int) -> float:
        """What the place at `j` weighs, seen from `i`."""
        distance = max(0, self.page.sentence[i] - self.page.sentence[j])
        far = PER_SENTENCE * min(distance, NEAR) + PER_FAR_SENTENCE * max(0, distance - NEAR)
        return self.standing_at(j) - far - 0.002 * min(i - j, 100)

    def joined(self, j: int) -> list[Chain]:
        """The chains of a coordination, where each of its members is a name."""
        page, top = self.page, j
        while page.deps[top] in ("conj", "compound") and page.heads[top] != top:
            top = page.heads[top]
        members, found = [top], []
        while members:
            member = members.pop()
            chain = self.owners.at(member)
            if chain is not None and chain not in found:
                found.append(chain)
            members.extend(c for c in page.children[member] if page.deps[c] == "conj")
        return found
