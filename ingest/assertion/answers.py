"""Assertions → which claim of its article a reply answers: "denied it", "that is not true", "called the report false".

By words, not by the parse: a content of nothing but pointing words and a verdict has no claim of its own. One that
finds nothing to point at is a general denial. Only what stands before it in the article is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.lexicon import read_list
from ingest.model import OPPOSING, SUPPORTING, Article, Assertion, Referent, Stance, fold

WORD = re.compile(r"\w+(?:['’]\w+)?")
FARTHEST = 1500  # characters back to the claim that a reply answers
NEXT = 400  # … where it is not about who replies
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")

Verdict = Literal["false", "true"]


@dataclass(frozen=True, slots=True)
class Reply:
    """A content that only points: its verdict, if it tells one, and whether it points at anything in particular."""

    verdict: Verdict | None
    general: bool
    takes_back: bool  # "we got that wrong"


def with_answers(
    article: Article, referents: Iterable[Referent], assertions: Sequence[Assertion]
) -> tuple[Assertion, ...]:
    """The assertions, each reply with the claim that it answers."""
    employers = {r.id: r.employers for r in referents}
    ordered = sorted(assertions, key=start_of)
    answered: dict[str, Assertion] = {}
    for n, a in enumerate(ordered):
        reply = read_reply(article.text, a)
        if reply is not None:
            before = [b for b in ordered[:n] if read_reply(article.text, b) is None]
            # Nobody answers his own claim but by taking it back.
            near = [b for b in before if reply.takes_back or b.sources != a.sources]
            answered[a.id] = as_answer(a, reply, find_answered(article.text, a, near, employers), employers)
        elif takes_part(a):
            others = [b for b in ordered if b.id != a.id]
            answered[a.id] = replace(a, answers=find_same_deed(a, others, employers))
    return tuple(answered.get(a.id, a) for a in assertions)


def start_of(a: Assertion) -> int:
    return a.content[0].start


def as_answer(
    a: Assertion, reply: Reply, target: Assertion | None, employers: Mapping[str, Sequence[str]]
) -> Assertion:
    """The reply with its stance told by the verdict; a general denial where there is nothing that it points at.

    Who calls false what he, or who he speaks for, had said takes it back.
    """
    against = a.stance in OPPOSING or reply.verdict == "false"
    if target is None:
        return replace(a, stance="denies", general=True, polarity="positive") if against else a
    own = {s.referent for s in target.sources} & set(parties_of(a, employers))
    stance: Stance = a.stance if a.stance in OPPOSING else "denies" if against else "confirms"
    if own and reply.takes_back:
        stance = "retracts"
    return replace(a, stance=stance, polarity="positive", modality=target.modality, general=False, answers=target.id)


def read_reply(text: str, a: Assertion) -> Reply | None:
    """What a content that only points says of what it points at; None where it claims something itself."""
    if not a.source or (a.stance not in OPPOSING and a.stance not in SUPPORTING):
        return None
    words = [w.replace("’", "'") for span in a.content for w in WORD.findall(span.of(text).casefold())]
    lists: Mapping[str, list[str]] = read_list("answers")
    kinds = ("pointing", "claims", "general", "false", "true", "negations", "beside", "taking_back")
    known = {word for kind in kinds for word in lists[kind]}
    if not words or not all(word in known or word.removesuffix("n't") in known for word in words):
        return None
    points = any(word.split("'")[0] in lists["pointing"] or word in lists["claims"] for word in words)
    verdict = find_verdict(words, lists)
    if not points or (verdict is None and a.stance not in OPPOSING and a.stance != "confirms"):
        return None
    general, takes_back = (any(word in lists[kind] for word in words) for kind in ("general", "taking_back"))
    return Reply(verdict, general, takes_back)


def find_verdict(words: Sequence[str], lists: Mapping[str, list[str]]) -> Verdict | None:
    """ "Not true" is false, "not false" true."""
    negated = sum(word in lists["negations"] or word.endswith("n't") for word in words) % 2 == 1
    if any(word in lists["false"] for word in words) or ("without" in words and "made" not in words):
        return "true" if negated else "false"
    if any(word in lists["true"] for word in words):
        return "false" if negated else "true"
    return None


def find_answered(
    text: str, a: Assertion, before: Sequence[Assertion], employers: Mapping[str, Sequence[str]]
) -> Assertion | None:
    """The nearest claim before it that is about who replies, else that of the sentence right before it."""
    parties = set(parties_of(a, employers))
    near = [
        b for b in reversed(before)
        if is_claim(b) and start_of(a) - b.content[-1].end <= FARTHEST
    ]  # fmt: skip
    own = next((b for b in near if parties & named_in(b)), None)
    return own or next((b for b in near if is_right_before(text, b, a)), None)


def parties_of(a: Assertion, employers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for speaker in a.sources:
        yield speaker.referent
        yield from employers.get(speaker.referent, ())


def named_in(a: Assertion) -> set[str]:
    return {*a.about, *(term[1:] for term in a.terms if term.startswith("@"))}


def is_claim(a: Assertion) -> bool:
    return a.stance in SUPPORTING and a.part != "headline" and bool(a.terms) and not a.general and not a.bare


def is_right_before(text: str, a: Assertion, reply: Assertion) -> bool:
    """Whether one sentence at most stands between a claim and a reply."""
    first = min(span.start for span in (*reply.source, *reply.cue, *reply.content))
    gap = text[a.content[-1].end : first]
    return len(gap) <= NEXT and len(SENTENCE_END.findall(gap)) <= 1


def takes_part(a: Assertion) -> bool:
    """ "Any involvement in the fire": a denial of a part in a deed that others told of."""
    parts = read_list("answers")["parts"]
    return a.stance in OPPOSING and not a.general and a.subject is None and any(t in parts for t in a.terms[:40])


def find_same_deed(a: Assertion, others: Sequence[Assertion], employers: Mapping[str, Sequence[str]]) -> str | None:
    """The claim about who denies a part in it that tells of the same thing."""
    parties, telling = set(parties_of(a, employers)), telling_terms(a)
    about = [b for b in others if is_claim(b) and parties & named_in(b) and b.sources != a.sources]
    alike = [(len(telling & telling_terms(b)), -abs(start_of(a) - start_of(b)), b.id) for b in about]
    best = max((found for found in alike if found[0]), default=None)
    return best[2] if best else None


def telling_terms(a: Assertion) -> set[str]:
    """Its terms but those that only say that somebody took part, and those that name its sources."""
    own = {f"@{speaker.referent}" for speaker in a.sources}
    return {fold(term) for term in a.terms} - set(read_list("answers")["parts"]) - own
