"""Offices and jobs before a name: "Treasurer Dana Quill" is called Dana Quill, "Water Minister" is no place."""

from __future__ import annotations

import functools

from ingest.lexicon import read_list
from ingest.referents.known import signs_in_names, titles
from ingest.referents.page import Page
from ingest.syntax.first_words import index, is_agent, is_noun

OF_STATE = frozenset({"Minister", "Secretary", "Commissioner", "Officer", "Counsel", "Undersecretary", "Ombudsman"})
PLAIN_LABELS = frozenset({"", "ORG", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})


@functools.cache
def role_nouns() -> dict[str, str]:
    """Noun for what a person is → gender, or ""."""
    lists = read_list("people")["roles"]
    return {noun: gender for gender, key in (("", "either"), ("m", "m"), ("f", "f")) for noun in lists[key]}


@functools.cache
def given_names() -> dict[str, str]:
    """Given name → gender, or "" where it may be either."""
    lists = read_list("first_names")
    return {name: gender for gender, key in (("", "either"), ("m", "m"), ("f", "f")) for name in lists[key]}


def is_title(page: Page, i: int, begin: int, run: range) -> bool:
    """Whether a word of a run is a title before a name, no part of a body's: "Mr", but "Justice Department".

    `begin` is where the stretch that no title has ended yet begins.
    """
    word, signs = page.words[i], signs_in_names()
    following = page.words[run.start + 1] if len(run) > 1 else ""
    of_body = page.words[run.start] in signs and following in ("of", "for")
    whole = page.words[run.stop - 1] in signs or (of_body and page.words[min(i + 1, run.stop - 1)] not in given_names())
    if word in titles():
        return not whole or "." in word or word in ("Mr", "Mrs", "Ms", "Dr")
    return i == begin and not whole and is_job(page, i, run.stop)


def is_job(page: Page, i: int, end: int) -> bool:
    """A noun for people that begins a run and is no given name: "Treasurer Dana Quill", "Headteacher Nils Arden"."""
    word = page.words[i]
    lower = word.lower()
    if end - i < 2 or word in given_names() or word == word.upper():
        return False
    if lower in role_nouns():
        return True
    if is_given_here(page, i):
        return False
    named_after = page.doc[i + 1].ent_iob_ == "B" and page.labels[i + 1] == "PERSON"
    unnamed = page.labels[i] == "" or (page.labels[i] == "PERSON" and end - i > 2)
    known = lower in read_list("people")["more"]["nouns"] or (is_agent(lower) and is_noun(page.doc.vocab, lower))
    return known and unnamed and (named_after or end - i > 2)


def is_given_here(page: Page, i: int) -> bool:
    """Whether the word stands alone as a name elsewhere: Deacon Wells, then "Deacon has lived here"."""
    word, surname = page.words[i], page.words[i + 1]
    alone = (k for k in range(len(page.words) - 1) if page.words[k] == word and page.words[k + 1] != surname)
    return any(page.tags[k + 1].startswith("VB") and page.words[k - 1].lower() != "the" for k in alone)


def is_of_office(page: Page, start: int, title: int) -> bool:
    """Whether the words before a title say of what: "Water" Minister, "Chief Technical" Officer; not "Lowick" Mayor."""
    labels = set(page.labels[start:title])
    if title - start == 1 and page.words[start] in signs_in_names() and not labels - PLAIN_LABELS:
        return True
    if labels - PLAIN_LABELS or (page.words[title] not in OF_STATE and labels - {""}):
        return False
    return all(is_common(page, i) for i in range(start, title))


def is_common(page: Page, i: int) -> bool:
    """Whether a word with a capital is an English word: a noun or adjective, a plural, "Managing"."""
    lower, vocab = page.words[i].lower(), page.doc.vocab
    if lower in ("and", "&", "of", "for", "the") or lower.endswith("ing"):
        return True
    bare = lower[:-3] + "y" if lower.endswith("ies") else lower.removesuffix("s")
    past = lower.removesuffix("ed"), lower.removesuffix("d")
    verbs = any(word in index(vocab, "verb") for word in (lower, bare, *past))
    return (
        verbs
        or any(is_noun(vocab, word) for word in (lower, bare))
        or lower in index(vocab, "adj") | index(vocab, "adv")
    )


def is_office(page: Page, start: int, end: int) -> bool:
    """Whether the words are an office and nobody's name: "Technical Officer", "General Counsel"."""
    last = page.words[end - 1]
    if last in signs_in_names() or last.lower() not in role_nouns():
        return False
    return end - start > 1 and all(is_common(page, i) for i in range(start, end - 1))


def is_capital(page: Page, i: int) -> bool:
    return page.words[i][0].isupper()


def is_field(page: Page, start: int, end: int) -> bool:
    """ "Head of Planning", "Mines and Energy Minister": what an office is of, common nouns with capitals."""
    if page.words[end : end + 1] in (("and",), ("&",), (",",)):
        ahead = next((i for i in range(end + 1, len(page.words)) if not is_capital(page, i) or i > end + 4), end + 1)
        title = next((i for i in range(end + 2, ahead) if page.words[i] in OF_STATE), None)
        if title is not None and is_of_office(page, start, title):
            return True
    if start < 2 or page.words[start - 1] not in ("of", "for", "and") or set(page.labels[start:end]) - PLAIN_LABELS:
        return False
    office = page.words[start - 2]
    headed = office in titles() or (office[0].isupper() and office.lower() in role_nouns())
    return headed and all(is_common(page, i) for i in range(start, end))
