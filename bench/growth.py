"""What one more article costs as a store grows, in eight shapes: `python -m bench.growth [--sizes 100 1600]`

For each shape the store is filled with n made-up articles, then the next few are written one by one; the figure is the
median CPU time of one, in milliseconds, and of the last size against the first. Flat is 1.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench.invented import Line, tell
from graph.dossier import open_store
from ingest.model import Kind, Reading

BATCH = 100  # articles a transaction, while filling
NEXT = 7  # articles that are timed
HUB = "Halden Works"
BODIES: dict[str, Kind] = {f"{name} Group": "company" for name in ("Arrin", "Belt", "Corvo", "Delm", "Esk", "Farrow")}
SPEAKERS: dict[str, Kind] = {f"Office {number}": "organization" for number in range(30)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1600])
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES), help="only these")
    parser.add_argument("--minutes", type=float, default=3, help="to fill one shape; what takes longer is left")
    arguments = parser.parse_args()
    print("shape" + " " * 38 + "".join(f"{f'n={n}, ms':>13}" for n in arguments.sizes) + f"{'growth':>9}", flush=True)
    for name in arguments.shapes:
        figures = [measure(SHAPES[name], size, 60 * arguments.minutes) for size in arguments.sizes]
        shown = "".join(f"{figure * 1000:>13.1f}" if figure else f"{'too long':>13}" for figure in figures)
        growth = f"{figures[-1] / figures[0]:>9.2f}" if figures[0] and figures[-1] else f"{'–':>9}"
        print(f"{name:43}{shown}{growth}", flush=True)
    return 0


def measure(shape: Callable[[int], Iterator[Reading]], size: int, seconds: float) -> float | None:
    """CPU seconds of the article after `size` others; None where filling takes longer than `seconds`."""
    readings = shape(size + NEXT)
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 'growth.sqlite'}") as store:
        started = time.monotonic()
        for start in range(0, size, BATCH):
            store.write(islice(readings, min(BATCH, size - start)), batch=BATCH)
            if time.monotonic() - started > seconds:
                return None
        times = []
        for reading in readings:
            began = time.process_time()
            store.write([reading])
            times.append(time.process_time() - began)
    return statistics.median(times)


def day(number: int) -> str:
    """A moment for each number, later for a greater one: forty articles a day."""
    minutes = number % 40 * 30
    days = number // 40
    return f"20{31 + days // 336}-{days // 28 % 12 + 1:02}-{days % 28 + 1:02}T{minutes // 60:02}:{minutes % 60:02}:00Z"


def one_wire_story(size: int) -> Iterator[Reading]:
    """(1) The same story, printed by n outlets, each with a line of its own."""
    story = [Line("Office 1", f"{HUB} closed plant {word} after the flood reached its gates") for word in PLACES]
    for number in range(size):
        own = Line("", f"reporters of paper {number} were at the gates {WORDS[number % 7]}")
        yield plain(number, [*story, own], outlet=f"Paper {number}", title="Flood")


def general_denials(size: int) -> Iterator[Reading]:
    """(2) n accusations of one body, each with its denial of any wrongdoing."""
    for number in range(size):
        lines = [
            Line(f"Office {number % 30}", f"{HUB} cheated customer {spelled(number)}", "alleges"),
            Line(HUB, "any wrongdoing", "denies", general=True),
        ]
        yield plain(number, lines)


def figures_for_one_thing(size: int) -> Iterator[Reading]:
    """(3) n numbers for one thing, by thirty sources in turn."""
    for number in range(size):
        yield plain(number, [Line(f"Office {number % 30}", f"{HUB} lost {number + 2} workers")])


def one_claim(size: int) -> Iterator[Reading]:
    """(4) One claim told n times, by thirty sources in turn."""
    for number in range(size):
        yield plain(number, [Line(f"Office {number % 30}", f"{HUB} sold its shipyard")])


def smaller_member(size: int) -> Iterator[Reading]:
    """(5) n claims about one body; each article's referent of it has a smaller id than all before."""
    made = [plain(number, [Line("Office 2", f"{HUB} opened plant {spelled(number)}")]) for number in range(size)]
    yield from sorted(made, key=lambda reading: next(r.id for r in reading.referents if r.name == HUB), reverse=True)


def better_spelling(size: int) -> Iterator[Reading]:
    """(6) n claims about one body and by it; each of the last articles spells its name better than all before."""
    for number in range(size):
        name = HUB + " Ltd" * max(0, number + 1 - (size - NEXT))
        lines = [Line("Office 2", f"{name} opened plant {spelled(number)}"), Line(name, "the weather was fine")]
        yield plain(number, lines, {name: "company"})


def ambiguous_person(size: int) -> Iterator[Reading]:
    """(7) n articles that name one person, whose name is no identity, in one of six jobs."""
    for number in range(size):
        employer = list(BODIES)[number % len(BODIES)]
        lines = [Line("Mara Lindqvist", f"Mara Lindqvist left {employer} over {spelled(number)}")]
        yield plain(number, lines, {"Mara Lindqvist": "person", **BODIES}, employers={"Mara Lindqvist": employer})


def plain_article(size: int) -> Iterator[Reading]:
    """(8) A plain article that names the hub."""
    for number in range(size):
        yield plain(number, [Line(f"Office {number % 30}", f"{HUB} opened plant {spelled(number)}")])


def plain(number: int, lines: list[Line], kinds: dict[str, Kind] | None = None, **told: Any) -> Reading:
    """The article of a number, of one of twenty outlets unless `told` says otherwise."""
    known: dict[str, Kind] = {**SPEAKERS, **({HUB: "company"} if kinds is None else kinds)}
    given = {"title": f"Story {number}", "outlet": f"Paper {number % 20}", **told}
    return tell(lines, known, published_at=day(number), **given)


WORDS = ("early", "late", "again", "twice", "briefly", "alone", "first")
PLACES = ("north", "south", "east", "west", "mill", "harbour", "quarry", "bridge", "forge", "orchard")


def spelled(number: int) -> str:
    """A number as a made-up word, so that it is no quantity."""
    return "q" + "".join("bcdfghjklm"[int(digit)] + "a" for digit in str(number))


SHAPES: dict[str, Callable[[int], Iterator[Reading]]] = {
    "one wire story in n outlets": one_wire_story,
    "n general denials": general_denials,
    "n figures for one thing": figures_for_one_thing,
    "one claim told n times": one_claim,
    "smaller member at a hub of n": smaller_member,
    "better spelling at it": better_spelling,
    "n articles name one ambiguous person": ambiguous_person,
    "a plain article at the hub": plain_article,
}

if __name__ == "__main__":
    sys.exit(main())
