"""`onrecord ingest`, `read` and `fetch`: articles into readings, one bad one at a time told and set aside."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from graph.ask import questions
from graph.ask import wording as report
from graph.dossier import open_store
from ingest.model import Article, Genre, Reading

if TYPE_CHECKING:
    from ingest.formats.articles import Given, Item, Unread
    from ingest.pipeline import Read

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def add_reading(added: argparse.ArgumentParser) -> None:
    """The options of a command that reads articles."""
    added.add_argument(
        "--processes", type=at_least_one, default=1, metavar="N", help="that read at once, half a gigabyte each"
    )
    added.add_argument("--genre", choices=get_args(Genre), help="what kind of text these articles are")
    added.add_argument("--issued-by", metavar="NAME", help="of a press release, filing or ruling: whose voice it is")
    added.add_argument(
        "--as-version-of", metavar="ARTICLE", help="the id of the article that this is a later version of"
    )
    added.add_argument("--outlet", metavar="NAME", help="who published them, where the files do not say")
    added.add_argument("--confidential", action="store_true", help="mark them as confidential")


def at_least_one(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("it is at least 1")
    return number


def run_ingest(arguments: argparse.Namespace) -> int:
    return ingest(arguments, items_at(arguments.paths, given_by(arguments)))


def run_fetch(arguments: argparse.Namespace) -> int:
    from onrecord.fetching import fetch_articles

    given = given_by(arguments)
    return ingest(arguments, fetch_articles(arguments.urls, given, allow_private=arguments.allow_private))


def run_read(arguments: argparse.Namespace) -> int:
    from ingest.formats.jsonl import to_json

    reader = ArticleReader(arguments.processes)
    for reading in reader.read(items_at(arguments.paths, given_by(arguments))):
        print(json.dumps(to_json(reading), ensure_ascii=False))
    return 1 if reader.unread else 0


def ingest(arguments: argparse.Namespace, items: Iterable[Item]) -> int:
    """Read the articles into the store; tells what was read and of how much the store now speaks."""
    reader = ArticleReader(arguments.processes)
    with open_store(arguments.store) as store:
        reader.stored = store.find_reading
        summary = store.write(reader.read(items))
        with store.read() as tx:
            coverage = questions.what_was_read(tx)
    result = {
        "articles": summary.articles,
        "assertions": summary.assertions,
        "not_read": [f"{unread.place}: {unread.error}" for unread in reader.unread],
        "store": str(coverage),
    }
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(
            f"{report.counted(summary.articles, 'article')} with {report.counted(summary.assertions, 'assertion')}; "
            f"{len(reader.unread)} could not be read"
        )
        print(f"The store now speaks of {coverage}.")
    return 1 if reader.unread else 0


class ArticleReader:
    """Reads articles into readings, one bad article at a time reported and kept in `unread`.

    `stored` gives what this reader found in an article before, if anything: then it need not be read again.
    """

    def __init__(self, processes: int) -> None:
        self.unread: list[Unread] = []
        self.stored: Callable[[Article, str], Reading | None] = not_stored
        self._processes = processes

    def read(self, items: Iterable[Item]) -> Iterator[Reading]:
        with ExitStack() as opened:
            read: Read | None = None  # opened for the first article: what has been read already needs none
            for is_read, found in itertools.groupby(self._to_read(items), lambda item: isinstance(item, Reading)):
                if is_read:
                    yield from (item for item in found if isinstance(item, Reading))
                    continue
                read = read or opened.enter_context(self._open())
                for reading in read(item for item in found if isinstance(item, Article)):
                    print(report.to_plain_line(f"read: {reading.article.title or reading.article.id}"), file=sys.stderr)
                    yield reading

    def _open(self) -> AbstractContextManager[Read]:
        from ingest.pipeline import open_reader

        return open_reader(self._processes)

    def _to_read(self, items: Iterable[Item]) -> Iterator[Article | Reading]:
        for name in THREADS:  # numpy would start as many as there are cores, in each process
            os.environ.setdefault(name, "1")
        from ingest.formats.articles import Unread
        from ingest.reader import reader_name

        for item in items:
            if isinstance(item, Unread):
                self.unread.append(item)
                print(report.to_plain_line(f"not read: {item.place}: {item.error}"), file=sys.stderr)
            else:
                yield (isinstance(item, Article) and self.stored(item, reader_name())) or item


def items_at(paths: Iterable[str], given: Given) -> Iterator[Item]:
    """What stands in these files and folders; "-" is standard input."""
    from ingest.formats.articles import read_paths

    sources: list[Path | Literal["-"]] = ["-" if path == "-" else Path(path) for path in paths]
    yield from read_paths(sources, given)


def not_stored(article: Article, reader: str) -> Reading | None:  # noqa: ARG001
    """Where there is no store, nothing was read before."""
    return None


def given_by(arguments: argparse.Namespace) -> Given:
    from ingest.formats.articles import Given

    return Given(
        genre=arguments.genre,
        issued_by=arguments.issued_by,
        outlet=arguments.outlet,
        as_version_of=arguments.as_version_of,
        confidential=arguments.confidential,
    )
