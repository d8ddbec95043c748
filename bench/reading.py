"""What reading costs beside the bare spaCy pipeline: `python -m bench.reading ARTICLES.jsonl [--articles 84]`

CPU seconds of the same texts in one run, one process, one thread; ARTICLES is JSON Lines with a `text` a line, such as
PolNeAR's dev.jsonl. Each is run twice and the smaller time counts, since other work on the machine only adds.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ingest.jsonl import from_json
from ingest.language import load_nlp
from ingest.model import Article
from ingest.pipeline import read_articles


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--articles", dest="limit", type=int, help="only the first so many")
    arguments = parser.parse_args()
    articles = load_articles(arguments.articles, arguments.limit)
    words = sum(len(article.text.split()) for article in articles)
    nlp = load_nlp()
    bare = least_cpu(lambda: [len(doc) for doc in nlp.pipe(article.text for article in articles)])
    read = least_cpu(lambda: [len(reading.assertions) for reading in read_articles(articles, nlp)])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(articles)} articles, {words} words, peak memory {memory:.0f} MiB")
    print(f"{'':16}{'CPU s':>8}{'words/s':>10}{'ratio':>8}")
    for name, seconds in (("bare spaCy", bare), ("onrecord read", read)):
        print(f"{name:16}{seconds:>8.1f}{words / seconds:>10.0f}{seconds / bare:>8.2f}")
    return 0


def load_articles(path: Path, limit: int | None) -> list[Article]:
    rows = map(json.loads, path.read_text(encoding="utf8").splitlines()[:limit])
    articles = (from_json({"text": row["text"], "title": row.get("title")}) for row in rows)
    return [article for article in articles if isinstance(article, Article)]


def least_cpu(work: Callable[[], object]) -> float:
    times = []
    for _ in range(2):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
