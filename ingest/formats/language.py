"""Text → the language that it is in."""

from __future__ import annotations

import functools
import importlib
import re

from ingest.lexicon import read_list

FEWEST_LETTERS = 20  # below it a language is a guess
FLASH = 15  # words; in so few the names outweigh the language
NEAR = ("de", "fr", "es", "it", "nl", "pt", "da", "nb", "sv", "fi", "pl", "ro", "hu", "tr", "id", "ca", "cs", "af")


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that a text is in; None where it is too short to tell."""
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        return None
    import py3langid  # numpy comes with it, which most commands do without

    code, _ = py3langid.classify(text)
    if code != "en" and len(text.split()) <= FLASH and is_english_flash(text):
        return "en"
    return str(code)


def is_english_flash(text: str) -> bool:
    """True if more words of a line speak for English than for another language; names speak for none."""
    words = re.findall(r"(?<![\w’'-])[^\W\d_A-Z][^\W\d_]*(?![\w-])", text)
    english = [word for word in words if word in english_words()]
    foreign = [word for word in words if word in foreign_words() or not word.isascii()]
    return len(english) > len(foreign)


@functools.cache
def english_words() -> frozenset[str]:
    """Frequent words of English alone, and every form of the verbs that say or do something in our lists."""
    acts = {verb for row in read_list("relations").values() for verb in row["verbs"]}
    says = {verb for row in read_list("cues")["verbs"] for verb in row["lemmas"]}
    forms = frozenset(form for verb in acts | says for form in forms_of(verb))
    return (small_words("en") | forms | frozenset(read_list("language")["past"])) - shared_words()


@functools.cache
def foreign_words() -> frozenset[str]:
    return frozenset[str]().union(*map(small_words, NEAR)) - small_words("en")


@functools.cache
def shared_words() -> frozenset[str]:
    """Small words of English that are small words elsewhere too: "an", "do", "is"."""
    return frozenset[str]().union(*map(small_words, NEAR)) & small_words("en")


@functools.cache
def small_words(code: str) -> frozenset[str]:
    """A language's most frequent words, as spaCy lists them."""
    return frozenset(importlib.import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS)


def forms_of(verb: str) -> tuple[str, ...]:
    """A regular verb as it may be printed: "deny" → deny, denies, denied, denying."""
    if verb.endswith("y") and verb[-2:-1] not in "aeou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    base = verb.removesuffix("e")
    return verb, verb + "s", verb + "es", base + "ed", base + "ing", base + base[-1:] + "ed"
