"""Runs of words with capitals that the parse takes for names, cut at titles and offices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.lang.en.stop_words import STOP_WORDS

from ingest.referents.known import calendar, cities, known_common, origins, plain, signs_in_names
from ingest.referents.offices import is_common, is_field, is_of_office, is_office, is_title
from ingest.referents.page import Name, Page
from ingest.referents.persons import CLOSING, OPENING
from ingest.syntax.first_words import index

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "NORP"})
PARTICLES = frozenset(
    {"de", "da", "del", "der", "den", "van", "von", "la", "le", "al", "bin", "ibn", "ten", "di", "du"}
)
JOINTS = frozenset(
    {"ng", "des", "du", "dos", "das", "e", "y", "und", "och", "og", "et", "für", "voor", "della", "delle", "degli"}
)
LONGEST_NAME = 15  # words; more are a list, or a page in capitals
OWNING = frozenset({"their", "its", "his", "her", "our", "your", "my", "a", "an"})
COMMON_HEADS = frozenset({"Terms", "Code", "Letter", "Letters", "Statement", "Notice"})  # "of" …
DATELINE = re.compile(
    r"\s*(?:,[^\n–—]{1,40})?(?:\([^)\n]{1,40}\)\s*)?\s[–—-]{1,2}\s"
)  # behind "DUNSKETH": ", 4 March – "
VERSION = re.compile(r"\d{1,2}(?:\.\d+)*[a-z]?|[A-Z]\d{1,2}|Pro|Mini|Max|Ultra|Turbo")
NO_LETTERS = re.compile(r"[$€£¥%<>=@_/\\#\"]")  # money, markup
PARTY = re.compile(r"[DRI]-[A-Z].*")
POSSESSIVE = re.compile(r"['’]s?$")
NAME_TAGS = frozenset({"NNP", "NNPS"})


def find_runs(page: Page, taken: list[bool], headlines: frozenset[int]) -> Iterator[Name]:
    """Runs of words that the parse takes for names, cut at known names, titles and roles."""
    i, count = 0, len(page.words)
    while i < count:
        if page.sentence[i] in headlines or not may_be_name(page, i, taken):
            i += 1
            continue
        end = end_of_run(page, i, taken)
        yield from cut_run(page, i, end, taken)
        i = end


def may_be_name(page: Page, i: int, taken: list[bool]) -> bool:
    word = page.words[i]
    if taken[i] or page.closed[i] or is_date_word(page, i) or is_people(word) or NO_LETTERS.search(word):
        return False
    if not (word[0].isupper() or (word[0].islower() and any(map(str.isupper, word)))) or not word[0].isalpha():
        return False
    if page.tags[i] in NAME_TAGS:
        return page.labels[i] not in ("DATE", "TIME", "LANGUAGE", "MONEY")
    # An adjective or noun with a capital inside a name: "the Model Standards Office".
    return page.labels[i] in NAME_LABELS - {"NORP"} and page.tags[i] in ("NN", "NNS", "JJ", "VBG", "VBN", "FW", "CD")


def is_people(word: str) -> bool:
    """ "Filipino", "Asians"."""
    return word in origins() or word.removesuffix("s") in origins()


def is_date_word(page: Page, i: int) -> bool:
    """Whether it is a day or month; "Jan Brandt" and "April Rask" are people."""
    if page.words[i] not in calendar():
        return False
    follows = i + 1 < len(page.words) and page.tags[i + 1] == "NNP" and page.words[i + 1] not in calendar()
    return not (follows and (page.labels[i] == "PERSON" or page.labels[i + 1] == "PERSON"))


def goes_on(page: Page, i: int, taken: list[bool]) -> bool:
    """ "of the Skerry Islands", "of the Philippine Islands": whom they are of is part of the name."""
    origin = i < len(page.words) and page.words[i] in origins() and not taken[i]
    return may_be_name_at(page, i, taken) or (origin and may_be_name_at(page, i + 1, taken))


def may_be_name_at(page: Page, i: int, taken: list[bool]) -> bool:
    return i < len(page.words) and may_be_name(page, i, taken)


def is_of_people(page: Page, i: int, start: int, taken: list[bool]) -> bool:
    """ "Museum of African American History", "American Federation of Teachers": the parser's name holds the people."""
    ent = page.doc[i].ent_iob_
    inside = page.words[i] in origins() and not taken[i] and page.labels[i] in ("ORG", "FAC", "GPE", "EVENT", "LAW")
    if not inside or page.tags[i] not in ("JJ", *NAME_TAGS):
        return False
    return ent == "I" if i > start else i + 1 < len(page.words) and page.doc[i + 1].ent_iob_ == "I" and ent == "B"


def end_of_run(page: Page, start: int, taken: list[bool]) -> int:
    i = start + 1
    while i < len(page.words) and page.sentence[i] == page.sentence[start]:
        if may_be_name(page, i, taken) or is_of_people(page, i, start, taken):
            i += 1
        elif is_joint(page, start, i) and i + 1 < len(page.words) and may_be_name(page, i + 1, taken):
            i += 2
        elif is_joint(page, start, i) and page.words[i + 1 : i + 2] == ("the",) and goes_on(page, i + 2, taken):
            i += 3  # "Bank of the Skerry Islands"
        elif is_version(page, i):
            i += 1
        elif is_nickname(page, i) and may_be_name_at(page, i + 3, taken):
            i += 4
        else:
            break
    return i


def is_joint(page: Page, start: int, i: int) -> bool:
    """Whether a small word stands inside a name: "Ministry of Trade", "van der Meer", "Pell & Osgard"."""
    word = page.words[i]
    if word in ("&", "-", "–"):
        return word == "&" or (page.doc[i].whitespace_ == "" and page.doc[i - 1].whitespace_ == "")
    if word in ("of", "for"):
        return any(w in signs_in_names() for w in page.words[start:i])
    if word == "and":
        after = page.words[i + 1] if i + 1 < len(page.words) else ""
        plurals = page.words[i - 1].endswith("s") and after.endswith("s") and after[0].isupper()
        inside = (page.doc[i].ent_iob_ == "I" or plurals) and any(w in ("of", "for") for w in page.words[start:i])
        return inside and signs_in_names().get(page.words[start]) in ("government", "organization")
    foreign = word in JOINTS and page.tags[i - 1] == "NNP" and page.words[i - 1][0].isupper()
    return foreign or (word in PARTICLES and page.labels[i] == "PERSON")


def is_nickname(page: Page, i: int) -> bool:
    """Ewan “Chalky” Whitlow."""
    inner = page.words[i + 1] if i + 2 < len(page.words) else ""
    return page.words[i] in OPENING and inner[:1].isupper() and page.words[i + 2] in CLOSING


def is_version(page: Page, i: int) -> bool:
    """ "Ostrel 2": a number that counts nothing."""
    if page.tags[i] != "CD" or not VERSION.fullmatch(page.words[i]) or page.doc[i - 1].whitespace_ != " ":
        return False
    counts = page.deps[i] == "nummod" and page.heads[i] > i
    following = page.words[i + 1] if i + 1 < len(page.words) else ""
    return not counts and following not in ("percent", "per", "%", "million", "billion", "p.m.", "a.m.")


def cut_run(page: Page, start: int, end: int, taken: list[bool]) -> Iterator[Name]:
    """The names in a run: titles and offices are taken off and remembered, words that name nothing dropped."""
    for begin, stop, title in find_pieces(page, start, end):
        first, last = trim(page, begin, stop)
        if first == last or last - first > LONGEST_NAME or names_nothing(page, first, last, taken):
            continue
        span = page.span(first, last)
        label = page.labels[last - 1]
        inside = page.doc[first].ent_iob_ != "O"
        text = span.of(page.text)
        if is_dateline(page, first, last):
            yield Name(span, first, last, text.title() if text.isupper() else text, "dateline", kind="place")
        else:
            text = plain(text) if plain(text) in cities() else text
            yield Name(span, first, last, text, "ner" if inside else "parse", label=label, title=title)


def names_nothing(page: Page, first: int, last: int, taken: list[bool]) -> bool:
    of_office = is_office(page, first, last) or is_field(page, first, last)
    return of_office or is_party(page, first, last) or is_plain(page, first, last, taken)


def find_pieces(page: Page, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The stretches of a run between its titles, each with the title before it."""
    begin, title = start, ""
    for i in range(start, end):
        if is_title(page, i, begin, range(start, end)):
            if begin < i and not is_of_office(page, begin, i):
                yield begin, i, title
            begin, title = i + 1, page.words[i]
    if begin < end:
        yield begin, end, title


def is_plain(page: Page, first: int, last: int, taken: list[bool]) -> bool:
    """Whether a word with a capital is but a word here: "Central bank", "their Terms of Service", "a system (MIS)"."""
    word, before = page.words[first], page.words[first - 1] if first else ""
    if last - first > 1 or page.labels[first] in ("GPE", "PERSON", "NORP", "LOC"):
        return False
    if word.isupper():
        if word.lower() in STOP_WORDS and page.labels[first] not in ("ORG", "GPE"):
            return True  # "THEY TOLD HIM"
        spelled = before == "(" and is_initials(page, word, first - 1)
        return spelled or (not page.labels[first] and len(word) > 2 and is_common(page, first))
    after = page.words[last] if last < len(page.words) else ""
    adjective = word.lower() in index(page.doc.vocab, "adj") and page.deps[first] in ("amod", "compound")
    if adjective and after.islower() and page.tags[last : last + 1] in (("NN",), ("NNS",)):
        return True
    known = first > 0 and taken[first - 1] and page.text[page.starts[first] - 1] == " "  # "Apple Store"
    owned = known or before.lower() in OWNING or (before == "of" and page.words[first - 2] in COMMON_HEADS)
    return owned and is_common(page, first)


def is_party(page: Page, first: int, last: int) -> bool:
    """ "(D-Mont.)": a party and where from."""
    return PARTY.fullmatch(page.span(first, last).of(page.text)) is not None


def is_initials(page: Page, word: str, end: int) -> bool:
    """Whether the words before the bracket, in small letters, begin with these letters."""
    words = page.words[max(0, end - len(word)) : end]
    return all(w.islower() for w in words) and [w[0].upper() for w in words] == list(word)


def trim(page: Page, first: int, last: int) -> tuple[int, int]:
    """Without an article, a possessive or a joint at its ends; empty where too little is left for a name."""
    while first < last and page.words[first] in ("The", "the", "A", "An", "&", "of", "for"):
        first += 1
    while last > first and (
        POSSESSIVE.fullmatch(page.words[last - 1]) or page.words[last - 1] in ("&", "of", "for", "and")
    ):
        last -= 1
    if last - first == 1:
        word = page.words[first]
        plural_people = page.labels[first] == "NORP" and (word.endswith("s") or page.tags[first] != "NNP")
        if len(word) < 2 or plural_people or word in known_common():
            return first, first
    return first, last


def is_dateline(page: Page, start: int, end: int) -> bool:
    """Whether a line begins with this name and a dash: "DUNSKETH, 4 March – "."""
    first = start == 0 or "\n" in page.words[start - 1]
    return first and DATELINE.match(page.text, page.span(start, end).end) is not None
