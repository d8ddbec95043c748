"""Assertion → what it claims, in terms that can be compared across articles; from its own article alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.derive.stems import stem
from ingest.model import OPPOSING, Assertion, Identifier, Modality, Quantifier, Quantity, Time, fold, hash_id

WORD = re.compile(r"[\w$€£%]+(?:['’]\w+)*")
ABBREVIATION = re.compile(r"\b(?:[a-z]\.){2,}")
ENOUGH = 6  # words that say what they are about without any name


@dataclass(frozen=True, slots=True)
class Content:
    """What an assertion claims. Names stand for what they name, without kinds: one reads a person, another a firm."""

    names: tuple[str, ...]  # of what it mentions, sorted
    words: tuple[str, ...]  # its other terms, sorted
    stems: frozenset[str]  # their beginnings: "distilled" and "distillation" share one
    running: tuple[str, ...]  # its wording as folded words, in order
    act: str  # stem of its main verb or of the noun of the act; "" where it has none
    agent: str  # name of who did it, "" where no triple names it
    patient: str  # name of whom it was done to
    first: str  # the name that it begins with
    speakers: frozenset[str]  # names of who says it
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    identifiers: tuple[Identifier, ...]
    quantifier: Quantifier | None
    modality: Modality
    signs: tuple[str, ...]
    negative: bool
    denied: bool  # it is spoken against: of two who say not-X and deny X each means the other
    place: str  # who says it, or the article, where the words alone do not say what they are about; "" elsewhere

    @property
    def who(self) -> str:
        """By whom to whom; the name that it begins with where no triple was read."""
        told = f"{self.agent}>{self.patient}" if self.agent or self.patient else self.first
        return told if len(self.names) > 1 else ""

    def exact(self) -> str:
        """Equal for contents that say the same in the same words."""
        times = (f"{t.relation} {t.start} {t.end}" for t in self.times)
        numbers = (f"{q.value!r} {q.unit} {q.bound}" for q in self.quantities)
        named = (f"{i.of} {i.value}" for i in self.identifiers)
        told = "|".join(" ".join(sorted(found)) for found in (times, numbers, named, self.signs))
        return hash_id("exact", told, self.quantifier, self.core())

    def core(self) -> str:
        """Equal for contents that say the same but for what one leaves out: a time, a number, which of a kind."""
        return hash_id("core", *self.names, "|", *self.words, "|", self.who, self.modality, self.place)

    def says_as(self, other: Content) -> bool:
        """Whether the two have one core, wherever each stands."""
        return (self.names, self.words, self.who, self.modality) == (
            other.names,
            other.words,
            other.who,
            other.modality,
        )


def content_of(a: Assertion, names: Mapping[str, str], article: str) -> Content:
    """`names`: name keys by referent id, of the article that the assertion stands in; `article`: its id."""
    named = {t[1:] for t in a.terms if t.startswith("@")}
    # Whoever denies "any wrongdoing" denies their own.
    named |= {s.referent for s in a.sources} if a.general else set()
    mentioned = sorted({_bare(names.get(r, f"itself|{r}")) for r in named})
    plain = sorted({fold(t).replace("’", "'") for t in a.terms if not t.startswith("@")})
    speakers = frozenset(_bare(names[s.referent]) for s in a.sources if s.referent in names)
    known = any(not n.startswith("itself|") for n in mentioned)
    says_enough = known or len(plain) + len(a.quantities) >= ENOUGH
    agent, patient = (_bare(names[r]) if r is not None and r in names else "" for r in (a.subject, a.object))
    first = next((_bare(names[r]) for r in a.about if r in names and r in named), "")
    return Content(
        names=tuple(mentioned),
        words=tuple(plain),
        stems=frozenset(map(stem, plain)),
        running=running_words(a.wording),
        act=stem(a.relation) if a.relation else "",
        agent=agent,
        patient=patient,
        first=first,
        speakers=speakers,
        quantities=a.quantities,
        times=a.when,
        identifiers=a.identifiers,
        quantifier=a.quantifier,
        modality=a.modality,
        signs=a.signs,
        negative=a.polarity == "negative",
        denied=a.stance in OPPOSING,
        place="" if says_enough else " ".join(sorted(speakers)) or article,
    )


def running_words(wording: str) -> tuple[str, ...]:
    """The words as they follow each other, marks, case and typography folded: "the U.S." is "the us"."""
    plain = ABBREVIATION.sub(lambda found: found[0].replace(".", ""), wording.casefold().replace("’", "'"))
    return tuple(WORD.findall(plain))


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The most words that stand in a row in both."""
    best, before = 0, [0] * (len(b) + 1)
    for word in a:
        here = [0] * (len(b) + 1)
        for n, other in enumerate(b):
            if word == other:
                here[n + 1] = before[n] + 1
        best, before = max(best, *here), here
    return best


def _bare(name: str) -> str:
    kind, _, words = name.partition("|")
    return name if kind == "itself" else words
