"""What reading costs beside bare spaCy and textacy: `python -m bench.reading ARTICLES.jsonl [--processes 2]`

CPU seconds of the same texts in one run, one process, one thread; ARTICLES is JSON Lines with a `text` a line, such as
PolNeAR's dev.jsonl. All take turns, because a machine that others use is slower at one time than at another; the median
of the turns counts, and the least and most are shown beside it. Memory is the peak of `onrecord read` as a command of
its own. With --processes it is also timed by the clock, in turns too, how much sooner so many have read everything than
one has, their start left out: that needs as many idle cores.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from statistics import median

from spacy.language import Language

from ingest.formats.jsonl import from_json
from ingest.model import Article
from ingest.pipeline import open_reader, read_articles
from ingest.syntax.parsing import load_nlp

MOST_CPU = 2.5  # times bare spaCy
MOST_MEMORY = 1000  # MiB, however many articles


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--articles", dest="limit", type=int, help="only the first so many")
    parser.add_argument("--processes", type=int, default=1, help="time so many against one, by the clock")
    parser.add_argument("--turns", type=int, default=3, help="how often each is run")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.articles.read_text(encoding="utf8").splitlines()[: arguments.limit]]
    given = [{"text": row["text"], "title": row.get("title")} for row in rows]
    memory = peak_memory(given)  # first: a child's peak is never less than its parent's
    articles = [article for article in map(from_json, given) if isinstance(article, Article)]
    show_cpu(articles, arguments.turns)
    print(f"peak memory of onrecord read: {memory:.0f} MiB, aim: at most {MOST_MEMORY}")
    if arguments.processes > 1:
        show_processes(articles, arguments.processes, arguments.turns)
    return 0


def peak_memory(rows: Iterable[dict[str, object]]) -> float:
    """MiB that `onrecord read` of these rows holds at most, all else that runs here left out."""
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder) / "feed.jsonl"
        feed.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
        command = [sys.executable, "-m", "onrecord.cli", "read", str(feed)]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"onrecord read ended with {child.returncode}: run it on these articles by itself")
    return used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def show_cpu(articles: list[Article], turns: int) -> None:
    nlp = load_nlp()
    words = sum(len(article.text.split()) for article in articles)
    rows: dict[str, Callable[[], object]] = {
        "bare spaCy": lambda: [len(doc) for doc in nlp.pipe(article.text for article in articles)],
        "onrecord read": lambda: [len(reading.assertions) for reading in read_articles(articles, nlp)],
    }
    if importlib.util.find_spec("textacy"):
        rows["textacy"] = lambda: quotations_by_textacy(articles, nlp)
    print(f"{len(articles)} articles, {words} words, {turns} turns")
    print(f"{'':16}{'CPU s':>8}{'words/s':>10}{'ratio':>8}  of each turn")
    times = take_turns(time.process_time, rows, turns)
    for name, seconds in times.items():
        ratios = [mine / bare for mine, bare in zip(seconds, times["bare spaCy"], strict=True)]
        middle = median(seconds)
        print(f"{name:16}{middle:>8.1f}{words / middle:>10.0f}{median(ratios):>8.2f}  {show_range(ratios)}", flush=True)
    if "textacy" not in rows:
        print("textacy is not installed: pip install textacy")
    print(f"aim of onrecord read: at most {MOST_CPU} × bare spaCy")


def quotations_by_textacy(articles: Iterable[Article], nlp: Language) -> int:
    """How many direct quotations textacy finds, a paragraph at a time: in a whole article it finds little."""
    direct_quotations = importlib.import_module("textacy.extract.triples").direct_quotations
    found = 0
    for doc in nlp.pipe(article.text for article in articles):
        breaks = [token.i for token in doc if token.is_space and "\n" in token.text]
        for start, end in zip([0, *breaks], [*breaks, len(doc)], strict=True):
            with suppress(ValueError):  # of one stray quotation mark
                found += sum(1 for _ in direct_quotations(doc[start:end].as_doc()))
    return found


def show_processes(articles: list[Article], processes: int, turns: int) -> None:
    with open_reader(1) as read_alone, open_reader(processes) as read_together:
        rows: dict[str, Callable[[], object]] = {
            "one": lambda: sum(len(reading.assertions) for reading in read_alone(articles)),
            "several": lambda: sum(len(reading.assertions) for reading in read_together(articles)),
        }
        times = take_turns(time.perf_counter, rows, turns)
    gains = [one / several for one, several in zip(times["one"], times["several"], strict=True)]
    one, several = median(times["one"]), median(times["several"])
    by_clock = f"{several:.1f} s by the clock, one {one:.1f} s"
    print(f"{processes} processes: {by_clock}: {median(gains):.2f} × {show_range(gains)}")


def take_turns(clock: Callable[[], float], rows: dict[str, Callable[[], object]], turns: int) -> dict[str, list[float]]:
    """The seconds that each row's work took in each turn, after one that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in rows}
    for turn in range(turns + 1):
        for name, work in rows.items():
            started = clock()
            work()
            if turn:
                times[name].append(clock() - started)
    return times


def show_range(values: list[float]) -> str:
    return f"({min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    sys.exit(main())
