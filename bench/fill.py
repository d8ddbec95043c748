"""Fill a store with made-up articles: `python -m bench.fill STORE_URL ARTICLES [--first N]`

For benchmarks, and for whoever wants to try a dossier of a size of their own. The same numbers always give the same
articles, so a store can be filled further: `--first` is the number that the first new one bears.
"""

from __future__ import annotations

import argparse
import sys
import time

from bench.invented import invent
from graph.dossier import open_store

SHOWN = 1000  # articles between two lines of progress
BATCH = 50  # articles a transaction


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", metavar="STORE_URL")
    parser.add_argument("articles", type=int, metavar="ARTICLES")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--batch", type=int, default=BATCH, help="articles a transaction")
    arguments = parser.parse_args()
    fill(arguments.store, arguments.articles, first=arguments.first, batch=arguments.batch)
    return 0


def fill(url: str, articles: int, *, first: int = 0, batch: int = BATCH) -> None:
    """Write the articles, and tell on stderr how it goes: CPU of this process, which Neo4j's is not part of."""
    with open_store(url) as store:
        for start in range(first, first + articles, SHOWN):
            count = min(SHOWN, first + articles - start)
            seconds, cpu = time.perf_counter(), time.process_time()
            summary = store.write(invent(count, first=start), batch=batch)
            seconds, cpu = time.perf_counter() - seconds, time.process_time() - cpu
            speed = f"{count / seconds:.0f} articles/s, {1000 * cpu / count:.1f} ms of CPU each"
            print(f"{start + count:,} articles, {summary.assertions:,} new assertions: {speed}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
