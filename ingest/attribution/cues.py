"""The lexicon's reporting words, ready to be asked: which stance does a verb give to a content of that form?"""

from __future__ import annotations

import functools

from ingest.lexicon import read_list
from ingest.model import Stance


@functools.cache
def verb_stances() -> dict[str, dict[str, Stance]]:
    """Lemma → form of content (clause, quotation, phrase, infinitive … or a preposition) → stance."""
    return collect("verbs", "takes")


@functools.cache
def noun_stances() -> dict[str, Stance]:
    """Lemma of a noun that holds a content → stance: "claim" → alleges."""
    return {lemma: row["stance"] for row in read_list("cues")["nouns"] for lemma in row["lemmas"]}


@functools.cache
def words(table: str, key: str) -> frozenset[str]:
    """One plain list of cues.toml: `words("hearsay", "adverbs")`."""
    return frozenset(read_list("cues")[table][key])


def collect(table: str, key: str) -> dict[str, dict[str, Stance]]:
    found: dict[str, dict[str, Stance]] = {}
    for row in read_list("cues")[table]:
        for lemma in row["lemmas"]:
            for form in row[key]:
                found.setdefault(lemma, {}).setdefault(form, row["stance"])
    return found


def takes(lemma: str, form: str) -> bool:
    return form in verb_stances().get(lemma, {})
