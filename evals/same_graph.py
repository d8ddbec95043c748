"""Is it one graph, whatever the way to it? `python -m evals.same_graph ARTICLES.jsonl STORE_URL… [--kills 10]`

Reads the articles once, then writes the readings into each store twice, in three shuffled orders, one article a run,
and in runs killed with kill -9 at random moments and started again; prints for each way whether its dump is that of one
clean run. A store is emptied between ways: name stores of their own, never one with a dossier in it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from graph.dossier import open_store

SEED = 20261125


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("stores", nargs="+", metavar="STORE_URL")
    parser.add_argument("--kills", type=int, default=10)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        readings = read_once(arguments.articles, Path(folder))
        results = [row for url in arguments.stores for row in measure(url, readings, arguments.kills, Path(folder))]
    for row in results:
        print("\t".join(row))
    dumps = {row[2] for row in results}
    print(f"{len(results)} ways, {len(dumps)} different dump{'s' if len(dumps) > 1 else ''}")
    return 0 if len(dumps) == 1 else 1


def read_once(articles: Path, folder: Path) -> list[str]:
    """The readings as lines; what is measured is the store, so the language model runs once."""
    with (folder / "readings.jsonl").open("w", encoding="utf8") as out:
        subprocess.run([sys.executable, "-m", "onrecord.cli", "read", str(articles)], stdout=out, check=True)
    return (folder / "readings.jsonl").read_text(encoding="utf8").splitlines(keepends=True)


def measure(url: str, readings: list[str], kills: int, folder: Path) -> Iterator[tuple[str, str, str]]:
    shuffles = [random.Random(SEED + n).sample(readings, len(readings)) for n in range(3)]
    ways: dict[str, Callable[[], None]] = {
        "one clean run": lambda: ingest(url, readings, folder),
        "twice": lambda: [ingest(url, readings, folder) for _ in range(2)] and None,
        **{f"shuffled, order {n + 1}": lambda o=o: ingest(url, o, folder) for n, o in enumerate(shuffles)},
        "one article a run": lambda: [ingest(url, [line], folder) for line in shuffles[0]] and None,
        f"killed {kills} times": lambda: ingest_and_kill(url, readings, kills, folder),
    }
    for name, way in ways.items():
        empty(url)
        way()
        with open_store(url, read_only=True) as store:
            digest = hashlib.sha256("\n".join(store.dump()).encode()).hexdigest()[:16]
        yield url.split(":")[0], name, digest


def ingest(url: str, lines: Sequence[str], folder: Path) -> None:
    subprocess.run(command(url, lines, folder), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ingest_and_kill(url: str, lines: Sequence[str], kills: int, folder: Path) -> None:
    """Kill a run at a random moment of the time that a whole one takes, `kills` times, then let one end."""
    started = time.monotonic()
    ingest(url, lines, folder)
    whole = time.monotonic() - started
    empty(url)
    moments = random.Random(SEED)
    for _ in range(kills):
        run = subprocess.Popen(command(url, lines, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0, whole))
        run.kill()
        run.wait()
    ingest(url, lines, folder)


def command(url: str, lines: Sequence[str], folder: Path) -> list[str]:
    path = folder / "some.jsonl"
    path.write_text("".join(lines), encoding="utf8")
    return [sys.executable, "-m", "onrecord.cli", "ingest", "--store", url, str(path)]


def empty(url: str) -> None:
    with open_store(url) as store:
        with store.read() as tx:
            articles = [node.id for node in tx.nodes_of("Article")]
        for article in articles:
            store.remove(article)


if __name__ == "__main__":
    sys.exit(main())
