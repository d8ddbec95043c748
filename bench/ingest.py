"""How fast articles go into each store, and whether a full one is slower: `python -m bench.ingest [--articles 1000]`

The articles are made up here, already read: what is timed is writing, with all that is derived. Each has about 25
mentions and 12 assertions, a third of which another article of the week makes too. Neo4j is a local server of its own.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from graph.dossier import open_store
from ingest.model import (
    Article,
    Assertion,
    Mention,
    Quantity,
    Reading,
    Referent,
    Span,
    Speaker,
    article_id,
    assertion_id,
    referent_id,
    text_sha256,
    version_id,
)
from onrecord.neo4j_server import LocalServer

BATCH = 50  # articles a transaction
SYLLABLES = (
    "bar",
    "del",
    "fin",
    "gor",
    "hal",
    "kes",
    "lom",
    "mer",
    "nor",
    "pel",
    "rud",
    "sen",
    "tor",
    "vik",
    "wen",
    "zan",
)
VERBS = ("bought", "sued", "closed", "left", "praised", "sold", "delayed", "audited", "fined", "hired")
THINGS = ("a plant", "the licence", "its stake", "two patents", "the contract", "a lawsuit", "the audit", "its campus")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--store", choices=("sqlite", "neo4j"), help="only this one")
    arguments = parser.parse_args()
    readings = [make_reading(number) for number in range(arguments.articles)]
    assertions = sum(len(reading.assertions) for reading in readings)
    print(f"{len(readings)} articles, {assertions} assertions, {BATCH} articles a transaction")
    print(f"{'':8}{'seconds':>9}{'articles/s':>12}{'first 100 s':>13}{'last 100 s':>12}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        if arguments.store != "neo4j":
            print_row("sqlite", time_writing(f"sqlite:///{folder}/bench.sqlite", readings))
        if arguments.store != "sqlite":
            with LocalServer(Path(folder) / "neo4j", 17687) as server:
                print_row("neo4j", time_writing(server.url, readings))
    return 0


def time_writing(url: str, readings: list[Reading]) -> list[float]:
    """Seconds that each hundred articles took."""
    times = []
    with open_store(url) as store:
        for start in range(0, len(readings), 100):
            started = time.perf_counter()
            store.write(readings[start : start + 100], batch=BATCH)
            times.append(time.perf_counter() - started)
    return times


def print_row(name: str, times: list[float]) -> None:
    total, ratio = sum(times), times[-1] / times[0]
    print(
        f"{name:8}{total:>9.1f}{100 * len(times) / total:>12.1f}{times[0]:>13.1f}{times[-1]:>12.1f}{ratio:>7.2f}",
        flush=True,
    )


def make_reading(number: int) -> Reading:
    """An invented article; those of one week (20 articles) speak of the same people and companies."""
    chance, week = random.Random(number), random.Random(number // 20)
    people = [f"{make_name(week)} {make_name(week)}" for _ in range(4)]
    companies = [f"{make_name(week)} Works" for _ in range(4)]
    said = [make_claim(week, companies) for _ in range(8)]
    lines = [(chance.choice(people), chance.choice(said)) for _ in range(4)]
    lines += [(chance.choice([*people, ""]), make_claim(chance, companies)) for _ in range(8)]
    text = "\n".join(f"{who} said {what}." if who else f"{what}." for who, what in lines)
    title, outlet = f"Report {number}", f"{make_name(random.Random(number % 17))} Post"
    published_at = f"2031-{number // 280 % 12 + 1:02}-{number // 10 % 28 + 1:02}T09:00:00Z"
    i, sha256 = article_id(None, outlet, title, published_at, text), text_sha256(text)
    article = Article(
        i,
        version_id(i, sha256),
        None,
        title,
        outlet,
        (),
        published_at,
        "en",
        "news",
        None,
        (),
        text,
        sha256,
        None,
        "bench",
    )
    referents = {name: Referent(referent_id(i, "person", name), name, "person", (name,)) for name in people}
    referents |= {name: Referent(referent_id(i, "company", name), name, "company", (name,)) for name in companies}
    return read(article, lines, {name: r for name, r in referents.items() if name in text})


def make_name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize()


def make_claim(chance: random.Random, companies: list[str]) -> str:
    one, other = chance.sample(companies, 2)
    return f"{one} {chance.choice(VERBS)} {chance.choice(THINGS)} of {other} for {chance.randint(2, 99)} dollars"


def read(article: Article, lines: list[tuple[str, str]], referents: dict[str, Referent]) -> Reading:
    mentions, assertions, offset = [], [], 0
    for who, what in lines:
        start = offset + (len(f"{who} said ") if who else 0)
        content, source = Span(start, start + len(what)), Span(offset, offset + len(who))
        found = [
            Mention(r.id, find(article, name, content), "bench", 1.0) for name, r in referents.items() if name in what
        ]
        mentions += found + ([Mention(referents[who].id, source, "bench", 1.0)] if who else [])
        recurs = sum(a.wording == what for a in assertions)
        speakers = (Speaker(referents[who].id, "itself"),) if who else ()
        assertions.append(make_assertion(article, what, recurs, content, source, speakers, found))
        offset = content.end + 2
    return Reading(article, "bench", tuple(referents.values()), tuple(mentions), tuple(assertions))


def find(article: Article, name: str, within: Span) -> Span:
    start = article.text.index(name, within.start)
    return Span(start, start + len(name))


def make_assertion(
    article: Article,
    what: str,
    recurs: int,
    content: Span,
    source: Span,
    speakers: tuple[Speaker, ...],
    mentions: list[Mention],
) -> Assertion:
    words = what.split()
    about = tuple(m.referent for m in sorted(mentions, key=lambda m: m.span))
    return Assertion(
        id=assertion_id(article.id, what, recurs), source=(source,) if speakers else (), cue=(), content=(content,),
        part="body", source_type="named" if speakers else "writer", sources=speakers, affiliations=(), hops=(),
        within=None, quotation="indirect", stance="asserts", certainty="unstated", polarity="positive",
        tense="non_future", basis="unstated", channel="unstated", asserted_at=None, source_count=None,
        anonymity_reason=None, wording=what, subject=about[0], relation=words[2], object=None, about=about,
        terms=(f"@{about[0]}", *words[2:5], f"@{about[1]}", "dollar"),
        quantities=(Quantity(float(words[-2]), "dollar", "exact", " ".join(words[-2:])),), method="bench",
        confidence=1.0,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
