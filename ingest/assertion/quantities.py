"""Doc → numbers as claimed: amounts of money, percentages, shares and counts, with what bounds them.

"less than 6 million dollars" is (6e6, "USD", "below"); "hundreds of billions" is (1e11, "", "above"): a vague plural
stands for its least magnitude. Dates, clock times, years, ordinals and the numbers of names ("Ostrel 2") are left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from ingest.lexicon import read_list
from ingest.model import Bound, Quantity, Span
from ingest.syntax.trees import tokens_in

SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12}
SCALES = {"hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12}
VAGUE = {"dozens": 12.0, "scores": 20.0} | {f"{scale}s": value for scale, value in SCALES.items()}
SHARES = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
COUNTING = {word: float(n) for n, word in enumerate(SMALL)} | {word: 10.0 * n for n, word in enumerate(TENS, 2)}
LONGEST_NOUN_PHRASE = 6  # tokens from a number to the noun that it counts


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    span: Span
    quantity: Quantity


def find_quantities(doc: Doc, names: Sequence[Span] = ()) -> Iterator[FoundQuantity]:
    """Every amount in the text, in order; a number inside one of `names` belongs to the name."""
    yield from join_ranges(doc.text, list(find_single(doc, names)))


def join_ranges(text: str, found: list[FoundQuantity]) -> Iterator[FoundQuantity]:
    """ "Between 5 and 10 million euros" is above 5 and below 10 million euros; all else stays as it is."""
    for before, here, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if after is not None and is_range(text, here, after):
            low, high = here.quantity, after.quantity
            scaled = low.value * (SCALES.get(scale_of(high.words), 1) if scale_of(low.words) == "" else 1)
            yield replace(here, quantity=replace(low, value=scaled, unit=high.unit, bound="above"))
        elif before is not None and is_range(text, before, here):
            yield replace(here, quantity=replace(here.quantity, bound="below"))
        else:
            yield here


def is_range(text: str, low: FoundQuantity, high: FoundQuantity) -> bool:
    """Whether the words say "between … and …"; "rose from … to …" is two amounts."""
    opening = text[max(0, low.span.start - 9) : low.span.start].lower().split()
    return opening[-1:] == ["between"] and text[low.span.end : high.span.start].strip().lower() == "and"


def scale_of(words: str) -> str:
    return next((word for word in words.lower().split() if word in SCALES), "")


def find_single(doc: Doc, names: Sequence[Span]) -> Iterator[FoundQuantity]:
    """Each amount by itself."""
    text = doc.text
    inside_names = {position for name in names for position in range(name.start, name.end)}
    for match in amount_pattern().finditer(text):
        number_at = match.end("bound") + 1 if match["bound"] else match.start()
        if number_at in inside_names or is_label(text, match):
            continue
        span = Span(match.start(), match.end())
        tokens = tokens_in(doc, [span])
        unit = find_unit(match) or counted_noun(tokens)
        if is_amount(match, unit, tokens):
            yield FoundQuantity(span, Quantity(find_value(match), unit, find_bound(match), span.of(text)))


@functools.cache
def amount_pattern() -> re.Pattern[str]:
    """One expression for every amount: what bounds it, sign, number, scale, unit."""
    lists = read_list("quantities")
    bounds = alternatives([phrase for phrases in lists["bounds"].values() for phrase in phrases])
    shares = r"half|thirds?|quarters?|fifths?|tenths?"
    return re.compile(
        rf"""(?<![\w.,/:-])
        (?:(?P<bound>{bounds})\s)?
        (?P<sign>{alternatives(list(lists["signs"]))})?
        (?:
            (?P<digits>\d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d{{1,6}})?|\d{{1,15}}(?:\.\d{{1,6}})?)
          | (?P<vague>{alternatives(list(VAGUE))})(?:\ of\ (?P<more>{alternatives(list(VAGUE))}))?\b
          | (?:(?P<dozens>a|two|three|four|half\ a)\ dozen)\b
          | (?:(?P<parts>a|one|two|three|four|nine)[ -])?(?P<share>{shares})(?=\ (?:of|the|its|their|his|her|a)\b)
          | (?P<tens>{"|".join(TENS)})(?:-(?P<ones>{"|".join(SMALL[1:10])}))?\b
          | (?P<small>{alternatives(SMALL)}|a(?=\ (?:{"|".join(SCALES)})\b))\b
        )
        (?:[\ -]?(?P<scale>{"|".join(SCALES)})\b|(?P<suffix>{alternatives(list(SUFFIXES))})\b)?
        (?P<plus>\+)?
        (?:[\ -]?(?P<percent>%|per\ cent\b|percent\b|percentage\ points?\b)
          |[\ -](?:of\ )?(?P<currency>{alternatives(list(lists["currencies"]))})\b)?
        (?P<after>\ or\ (?:more|less|fewer|so)\b)?
        (?![\w/:]|[.,–-]\d)""",
        re.IGNORECASE | re.VERBOSE,
    )


def alternatives(words: Sequence[str]) -> str:
    """The words as one branch of an expression, longest first, spaces kept in verbose mode."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def find_value(match: re.Match[str]) -> float:
    """The number as a float: "2.5bn" is 2.5e9, "two thirds" of something is 66.67 (percent)."""
    if match["share"]:
        return round(
            100 * PARTS.get((match["parts"] or "a").lower(), 1) * SHARES[match["share"].lower().rstrip("s")], 2
        )
    if match["vague"]:
        return VAGUE[match["vague"].lower()] * VAGUE.get((match["more"] or "").lower(), 1)
    if match["dozens"]:
        return 12 * PARTS[match["dozens"].lower()]
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
    elif match["tens"]:
        value = COUNTING[match["tens"].lower()] + COUNTING[(match["ones"] or "zero").lower()]
    else:
        value = COUNTING.get(match["small"].lower(), 1.0)
    value *= SCALES.get((match["scale"] or "").lower(), 1) * SUFFIXES.get((match["suffix"] or "").lower(), 1)
    return round(value, 6)


BOUND_AFTER: dict[str, Bound] = {"more": "above", "less": "below", "fewer": "below", "so": "about"}
PARTS = {"half a": 0.5, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}


def find_unit(match: re.Match[str]) -> str:
    """The currency's code or "%"; "" where the words after the number must tell."""
    lists = read_list("quantities")
    if match["percent"] or match["share"]:
        return "%"
    for group, table in (("sign", "signs"), ("currency", "currencies")):
        if match[group]:
            return {name.casefold(): str(code) for name, code in lists[table].items()}[match[group].casefold()]
    return ""


def find_bound(match: re.Match[str]) -> Bound:
    """Which side of the number the words leave open."""
    after = (match["after"] or "").split()
    if after:
        return BOUND_AFTER[after[-1].lower()]
    bounds: dict[Bound, list[str]] = read_list("quantities")["bounds"]
    for bound, phrases in bounds.items():
        if match["bound"] and match["bound"].lower() in phrases:
            return bound
    return "above" if match["vague"] or match["plus"] else "exact"


def counted_noun(tokens: Sequence[Token]) -> str:
    """The lemma of the noun that the number counts ("2048 H800 cards" → "card"); "" where it counts none."""
    if not tokens:
        return ""
    last = tokens[-1]
    for child in last.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == last.i + 1:
            return next((t.lemma_.lower() for t in child.children if t.dep_ == "pobj" and t.pos_ == "NOUN"), "")
    head = last
    while head.dep_ in ("nummod", "compound", "quantmod", "amod", "advmod", "nmod") and head.head.i != head.i:
        head = head.head
    near = last.i < head.i <= last.i + LONGEST_NOUN_PHRASE
    return head.lemma_.lower() if near and head.pos_ in ("NOUN", "PROPN") else ""


def is_amount(match: re.Match[str], unit: str, tokens: Sequence[Token]) -> bool:
    """Whether the number says how much, not when: a bare year is no amount, nor is a lone "one"."""
    marked = unit or match["scale"] or match["suffix"] or match["bound"] or match["vague"]
    if match["small"] and match["small"].lower() in ("one", "a", "zero"):
        return bool(unit or match["scale"])
    if match["small"] or match["tens"]:
        return bool(marked) or bool(tokens and tokens[-1].dep_ in ("nummod", "attr", "dobj", "pobj"))
    bare_year = match["digits"] and re.fullmatch(r"(1[5-9]|20)\d\d", match["digits"])
    return not bare_year or bool(unit or match["scale"] or match["suffix"] or match["sign"])


def is_label(text: str, match: re.Match[str]) -> bool:
    """Whether the number is the day of a date or the number of a section, by the word on either side."""
    lists = read_list("quantities")["not_counts"]
    if match["sign"] or match["percent"] or match["scale"]:
        return False
    before = re.search(r"([\w.]+)\s$", text[max(0, match.start() - 20) : match.start()])
    after = re.match(r"(?:st|nd|rd|th)?\s([\w.]+)", text[match.end() : match.end() + 20])
    labelled = before is not None and before[1].lower() in [*lists["labels"], *lists["months"]]
    return labelled or (after is not None and after[1].rstrip(".").lower() in lists["months"] and after[1][0].isupper())
