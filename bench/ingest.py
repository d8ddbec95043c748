"""How fast articles go into each store, and whether a full one is slower: `python -m bench.ingest [--articles 1000]`

The articles are made up, already read (`bench.invented`): what is timed is writing, with all that is derived. CPU is
this process's, so that a busy machine does not count; of Neo4j, a local server of its own, only the time is told.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.invented import invent
from graph.dossier import open_store
from ingest.model import Reading
from onrecord.neo4j_server import LocalServer

BATCH = 50  # articles a transaction
PART = 100  # articles whose time is told apart; 1,000 of a large store


@dataclass(frozen=True, slots=True)
class Written:
    """What one part of the articles took."""

    articles: int
    assertions: int
    seconds: float
    cpu: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--store", choices=("sqlite", "neo4j"), help="only this one")
    arguments = parser.parse_args()
    part = PART if arguments.articles < 10_000 else 1000
    print(f"{arguments.articles:,} articles, {BATCH} a transaction; first and last are of {part} articles")
    print(
        f"{'':8}{'seconds':>9}{'articles/s':>12}{'first CPU':>11}{'last CPU':>10}{'ratio':>7}{'bytes an assertion':>20}"
    )
    with tempfile.TemporaryDirectory() as folder:
        if arguments.store != "neo4j":
            file = Path(folder) / "bench.sqlite"
            parts = write(f"sqlite:///{file}", invent(arguments.articles), part)
            print_row("sqlite", parts, file.stat().st_size)
        if arguments.store != "sqlite":
            with LocalServer(Path(folder) / "neo4j", 17687) as server:
                print_row("neo4j", write(server.url, invent(arguments.articles), part), None)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    return 0


def write(url: str, readings: Iterable[Reading], part: int) -> list[Written]:
    """Write the articles, a part at a time."""
    parts: list[Written] = []
    stream = iter(readings)
    with open_store(url) as store:
        while some := [reading for _, reading in zip(range(part), stream, strict=False)]:
            seconds, cpu = time.perf_counter(), time.process_time()
            store.write(some, batch=BATCH)
            seconds, cpu = time.perf_counter() - seconds, time.process_time() - cpu
            parts.append(Written(len(some), sum(len(reading.assertions) for reading in some), seconds, cpu))
    return parts


def print_row(name: str, parts: list[Written], size: int | None) -> None:
    seconds, articles = sum(p.seconds for p in parts), sum(p.articles for p in parts)
    first, last = (parts[i].cpu / parts[i].articles for i in (0, -1))
    told = f"{size / sum(p.assertions for p in parts):,.0f}" if size else ""
    speed = f"{seconds:>9.1f}{articles / seconds:>12.1f}"
    print(f"{name:8}{speed}{1000 * first:>8.1f} ms{1000 * last:>7.1f} ms{last / first:>7.2f}{told:>20}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
