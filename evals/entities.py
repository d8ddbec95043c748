"""What articles are read to speak of, each thing on a line with its kind and its words, to be judged by eye.

    python -m evals.entities FOLDER_OR_FILE… [--kind company] [--articles N]

A dossier's folder, or a file of JSON Lines as `onrecord read` takes it. A thing is one name of one kind; behind it how
many articles hold it, the ways in which it was found, and a sentence of one. Prints the count of each kind at the end.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from ingest.formats.articles import read_paths
from ingest.model import Article, Reading, Referent
from ingest.pipeline import read_articles
from ingest.syntax.parsing import load_nlp

AROUND = 45  # characters on either side of a mention


def find_readings(paths: list[Path], articles: int | None) -> Iterator[Reading]:
    files = [path / "articles.jsonl" if path.is_dir() else path for path in paths]
    found = [item for item in read_paths(files) if isinstance(item, Article)]
    yield from read_articles(found[:articles], load_nlp())


def show(reading: Reading, referent: Referent) -> str:
    """The first mention with the words around it."""
    mention = next((m for m in reading.mentions if m.referent == referent.id), None)
    if mention is None:
        return "(no mention)"
    text, span = reading.article.text, mention.span
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return " ".join(f"{mention.method}: …{before}[{span.of(text)}]{after}…".split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--kind")
    parser.add_argument("--articles", type=int)
    given = parser.parse_args()
    things: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reading in find_readings(given.paths, given.articles):
        for referent in reading.referents:
            if given.kind in (None, referent.kind):
                things[referent.kind, referent.name].append(show(reading, referent))
    for (kind, name), shown in sorted(things.items()):
        print(f"{kind:12} {len(shown):3}  {name:40} {shown[0]}")
    print(Counter(kind for kind, _ in things))


if __name__ == "__main__":
    main()
