""" "The report said", after "the Courier reported": the Courier's, until a report of somebody else's is spoken of."""

from __future__ import annotations

import functools

from ingest.lexicon import read_list
from ingest.referents.chains import Chain
from ingest.referents.documents import is_own
from ingest.referents.page import Page
from ingest.referents.reader import Reader

FARTHEST = 6  # sentences
OWNERS = frozenset({"poss", "compound", "nmod", "amod", "prep", "acl"})


@functools.cache
def report_nouns() -> tuple[frozenset[str], frozenset[str]]:
    """Nouns for what an outlet printed or sent, and the verbs by which it did."""
    table = read_list("nominals")["cited_reports"]
    return frozenset(table["nouns"]), frozenset(table["verbs"])


def settle_report(reader: Reader, i: int) -> Chain | None:
    """The outlet whose report "the report" is; None where it is not told."""
    page = reader.page
    nouns, _ = report_nouns()
    if not (page.words[i].lower() in nouns and is_bare(page, i)) and not is_news_service(page, i):
        return None
    if not is_definite(page, i):
        return None
    for j, one in reversed(reader.history):
        if page.sentence[i] - page.sentence[j] > FARTHEST or has_other_report(page, j, i):
            return None
        if isinstance(one, Chain) and one.kind == "outlet" and not is_own(reader.article, one) and reports(page, j):
            return one
    return None


def is_bare(page: Page, i: int) -> bool:
    return all(page.deps[c] in ("det", "punct") or c > i for c in page.children[i])


def is_news_service(page: Page, i: int) -> bool:
    """ "The news service", "the news agency", "the wire service"."""
    before = page.words[i - 1].lower() if i else ""
    return page.words[i].lower() in ("service", "agency", "outlet", "site", "website") and before in ("news", "wire")


def is_definite(page: Page, i: int) -> bool:
    return any(page.words[c].lower() in ("the", "this", "that") for c in page.children[i])


def reports(page: Page, j: int) -> bool:
    """Did the outlet report: "the Courier reported", "reported by", "according to", "a Courier report"?"""
    nouns, verbs = report_nouns()
    head = page.heads[j]
    if page.deps[j] in ("nsubj", "nsubjpass"):
        return page.lemma(head) in verbs
    if page.deps[j] == "pobj":
        above = page.heads[head]
        return page.lemma(above) in verbs or page.words[above].lower() == "according" or page.lemma(above) in nouns
    return page.deps[j] in ("compound", "poss", "nmod") and page.lemma(head) in nouns


def has_other_report(page: Page, j: int, i: int) -> bool:
    """Whether between the two a report of another's is spoken of: "published its report", "a report of the office"."""
    nouns, _ = report_nouns()
    others = [k for k in range(j + 1, i) if page.words[k].lower() in nouns and page.tags[k] == "NN"]
    return any(page.deps[c] in OWNERS for k in others for c in page.children[k])
