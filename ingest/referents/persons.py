"""What shows that a bare name is a person's: "I" in its words, an age, "who", "he" and "she" after it, a nickname."""

from __future__ import annotations

from ingest.referents.page import Name, Page
from ingest.syntax.first_words import speaking

STRONG, FAIR = 4.0, 2.0
OPENING, CLOSING = frozenset({"“", '"', "‘", "``", "'"}), frozenset({"”", '"', "’", "''", "'"})
FIRST_PERSON = frozenset({"I", "my", "My", "me", "myself", "mine"})
THIRD_PERSON = frozenset({"he", "she", "his", "her", "him", "himself", "herself", "hers"})
CALLED = frozenset({"called", "nicknamed", "dubbed", "named"})
AGES = range(10, 111)


def weigh_person(page: Page, name: Name) -> float:
    """How much this occurrence speaks for a person, where the name itself does not say."""
    weight = STRONG if is_nickname(page, name) or has_age(page, name) else 0.0
    if subject_of(page, name) is not None:
        weight += STRONG if says_i(page, name) else 0.0
        weight += FAIR if is_he_or_she(page, name) else 0.0
    return weight


def subject_of(page: Page, name: Name) -> int | None:
    """The verb whose subject the name is."""
    top = name.end - 1
    while page.heads[top] != top and name.start <= page.heads[top] < name.end:
        top = page.heads[top]
    return page.heads[top] if page.deps[top] == "nsubj" else None


def is_nickname(page: Page, name: Name) -> bool:
    """A name in quotation marks of its own whose bearer speaks, or is called so: said “Lanky,” who sleeps there."""
    after = name.end + (name.end < len(page.words) and page.words[name.end] in (",", "."))
    before = page.words[name.start - 1] if name.start else ""
    if before not in OPENING or after >= len(page.words) or page.words[after] not in CLOSING:
        return False
    verb = subject_of(page, name)
    if verb is not None and page.lemma(verb) in speaking():
        return True
    lead = [word.lower() for word in page.words[max(0, name.start - 4) : name.start - 1]]
    told = lead[-1:] and (lead[-1] in CALLED or lead[-2:] == ["known", "as"])
    said = any(page.lemma(i) in speaking() for i in range(max(0, name.start - 3), name.start - 1))
    return bool(told) or said


def has_age(page: Page, name: Name) -> bool:
    """ "Holloway, 54, had worked there"."""
    words = page.words[name.end : name.end + 3]
    return len(words) == 3 and words[0] == "," and words[1].isdecimal() and int(words[1]) in AGES and words[2] in ",."


def says_i(page: Page, name: Name) -> bool:
    """Whether it says "I" or "my" inside quotation marks of the same sentence."""
    verb = subject_of(page, name)
    if verb is None or page.lemma(verb) not in speaking():
        return False
    sentence = page.doc[name.start].sent
    words = page.words[sentence.start : sentence.end]
    return any(w in FIRST_PERSON for w in words) and any(w in OPENING or w in CLOSING for w in words)


def is_he_or_she(page: Page, name: Name) -> bool:
    """Whether "he" or "she" follows in the sentence, or begins the next, and no other name stands between."""
    sentence = page.doc[name.start].sent
    for i in range(name.end, min(sentence.end + 1, len(page.words))):
        if page.words[i].lower() in THIRD_PERSON:
            return True
        if page.tags[i] in ("NNP", "NNPS") or page.words[i].lower() in ("it", "its"):
            return False
    return False
