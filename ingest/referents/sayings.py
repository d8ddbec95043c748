"""Who speaks where, as far as the parse alone tells it: the subject of a saying, and the words that it says.

A name in what somebody says is hardly ever the speaker's own, and "him" in a quotation is not the one who is quoted:
so whom "he said" means is settled before what stands in the quotation.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.lexicon import read_list
from ingest.referents.page import Page
from ingest.syntax.quotations import Quotation, find_quotations

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FARTHEST = 12  # tokens between a quotation and the verb that tells who speaks


@dataclass(frozen=True, slots=True)
class Saying:
    """One verb of saying with its subject's token; what is said as token indexes, in marks or not."""

    verb: int
    subject: int
    after: frozenset[int]  # the clause that follows the verb
    before: frozenset[int]  # the clause that it follows: "It was over, she said"
    quoted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sayings:
    of: dict[int, Saying]  # by the subject's token
    quoted: tuple[int, ...]  # per token: index of the quotation that it stands in, or -1
    speakers: dict[int, int]  # index of a quotation → token of the subject that speaks it


@functools.cache
def saying_verbs() -> frozenset[str]:
    """Verbs whose subject tells, wants, thinks or refuses something: people and bodies do."""
    return frozenset(lemma for row in read_list("cues")["verbs"] for lemma in row["lemmas"])


def find_sayings(page: Page) -> Sayings:
    quotations = find_quotations(page.text)
    quoted = number_quoted(page, quotations)
    of: dict[int, Saying] = {}
    for verb in (i for i, tag in enumerate(page.tags) if (tag.startswith("VB") or tag == "NNS") and quoted[i] < 0):
        if page.lemma(verb) not in saying_verbs():
            continue
        subject = subject_of(page, verb) if page.tags[verb] != "NNS" else subject_of_noun(page, verb)
        if subject is not None and subject not in of:
            of[subject] = read_saying(page, quotations, quoted, verb, subject)
    return Sayings(of, tuple(quoted), dict(find_speakers(page, quotations, of)))


def subject_of(page: Page, verb: int) -> int | None:
    """The verb's own subject, or that of the verb which it shares it with: "walked in and told them"."""
    for _ in range(4):
        subjects = [c for c in page.children[verb] if page.deps[c] in SUBJECTS]
        if subjects:
            own = max((c for c in subjects if c < verb), default=subjects[0])  # "BERLIN - Veldt said" has two
            return own if page.deps[own] == "nsubj" else None
        if page.deps[verb] not in ("conj", "xcomp"):
            return None
        verb = page.heads[verb]
    return None


def subject_of_noun(page: Page, verb: int) -> int | None:
    """As in "The start-up claims that", where the parse takes "claims" for a noun."""
    that = page.words[verb + 1 : verb + 2] == ("that",) and page.tags[verb - 1] in ("NN", "RP")
    return verb - 1 if that and verb - 1 > page.doc[verb].sent.start else None


def number_quoted(page: Page, quotations: list[Quotation]) -> list[int]:
    quoted = [-1] * len(page.words)
    for number, quotation in enumerate(quotations):
        for span in quotation.spans:
            for i in range(bisect_left(page.starts, span.start), bisect_left(page.starts, span.end)):
                quoted[i] = number
    return quoted


def read_saying(page: Page, quotations: list[Quotation], quoted: list[int], verb: int, subject: int) -> Saying:
    sentence = page.doc[verb].sent
    clauses = [c for c in page.children[verb] if page.deps[c] in ("ccomp", "xcomp", "dobj") and c > max(verb, subject)]
    after = {i for c in clauses for i in range(page.doc[c].left_edge.i, page.doc[c].right_edge.i + 1)}
    if page.tags[verb] == "NNS":
        after = set(range(verb + 1, sentence.end))
    first = min(page.doc[subject].left_edge.i, verb)
    before = set() if clauses else set(range(sentence.start, first))
    near = {q for i in range(sentence.start, sentence.end) if (q := quoted[i]) >= 0}
    start = sentence[0].idx
    near |= {n for n, q in enumerate(quotations) if 0 <= start - q.end <= 1 and runs_on(page.text, q)}
    said = frozenset(i for q in near for s in quotations[q].spans for i in range(page.at(s.start), page.at(s.end)))
    return Saying(verb, subject, frozenset(after), frozenset(before), said)


def runs_on(text: str, quotation: Quotation) -> bool:
    """Whether a quotation ends as one does before "he said": the sentence goes on."""
    return text[: quotation.end].rstrip("”\"’'» ")[-1:] in (",", "?", "!", "…")


def find_speakers(page: Page, quotations: list[Quotation], of: dict[int, Saying]) -> Iterator[tuple[int, int]]:
    """For each quotation the subject of the verb beside it; one that follows in its paragraph has the same."""
    last: tuple[int, int] | None = None  # the quotation before and its speaker
    verbs = {saying.verb: saying.subject for saying in of.values()}
    for number, quotation in enumerate(quotations):
        subject = beside(page, quotation, verbs)
        if subject is None and last is not None and "\n" not in page.text[quotations[last[0]].end : quotation.start]:
            subject = last[1]
        if subject is not None:
            yield number, subject
            last = (number, subject)


def beside(page: Page, quotation: Quotation, verbs: dict[int, int]) -> int | None:
    first, last = page.at(quotation.start), page.at(quotation.end)
    for i in range(last, min(last + FARTHEST, len(page.words))):
        if i in verbs:
            return verbs[i]
        if page.words[i] in (".", "!", "?") or "\n" in page.words[i]:
            break
    for i in range(first - 1, max(first - FARTHEST, -1), -1):
        if i in verbs:
            return verbs[i]
        if page.words[i] in (".", "!", "?") or "\n" in page.words[i]:
            break
    return None
