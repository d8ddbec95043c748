"""Words → stems, and how much a stem tells: its inverse document frequency in a fixed corpus, never in the store.

What is common in the store must not weigh less there: it would then depend on what else was read.
"""

from __future__ import annotations

import functools
import math
import re
from importlib import resources

LONG_ENDINGS = (
    "ization", "ational", "izing", "ized", "izes", "ations", "ation", "ities", "ition", "ments", "ement", "ment",
    "ness", "ance", "ence", "ions", "able", "ible", "ity", "ive", "ize", "ion", "ers", "ors", "ial", "ied", "ies", "al",
    "er", "or", "ly", "y",
)  # fmt: skip
SHORT_ENDINGS = ("ings", "ing", "ed", "es", "e", "s")
ENDINGS = (*((e, 4) for e in LONG_ENDINGS), *((e, 3) for e in SHORT_ENDINGS))  # with the letters that must stay
SPELLINGS = (
    (re.compile("our(?=$|[a-z]{2})"), "or"), (re.compile("yse"), "yze"), (re.compile("is(?=e[ds]?$|ing$|ation)"), "iz"),
)  # fmt: skip
RAREST = 8.0  # nats: of a stem that the corpus has not


@functools.lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What is left of a word without its ending, British and American spelling made one: "authorised" → "author"."""
    folded = word.casefold().replace("’", "'")
    for pattern, plain in SPELLINGS:
        folded = pattern.sub(plain, folded)
    for ending, least in ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= least:
            folded = folded.removesuffix(ending)
            break
    return folded[:-1] if len(folded) > 3 and folded[-1] == folded[-2] else folded


def weight(found: str) -> float:
    """How much a stem tells, in nats: 0 of one in every article, 8 of one in none."""
    return frequencies().get(found, RAREST)


@functools.cache
def frequencies() -> dict[str, float]:
    lines = resources.files(__package__).joinpath("frequencies.txt").read_text(encoding="utf8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {found: min(RAREST, -math.log(float(per_mille) / 1000)) for found, per_mille in rows}
