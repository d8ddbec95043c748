"""Are the claims of a sample dossier judged rightly? `python -m evals.dossiers samples/first [samples/second]`

Reads a dossier's articles into a store of its own and prints, for each expected claim: how many of its assertions were
found, with the right source and stance, in one claim; then sourcing, origins, unnamed sources and dispute marks,
expected against found. A claim is right where all four are. A claim that is expected and found nowhere is wrong. A
general denial is right where it is its maker's and expresses no claim.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.dossier import Store, open_store
from graph.store.transaction import Transaction
from ingest.formats.articles import read_paths
from ingest.model import Article, Reading, Span, fold
from ingest.pipeline import read_articles
from ingest.syntax.parsing import load_nlp

ALIKE = 0.5  # share of the shorter one's words by which a found assertion is the expected one


@dataclass(frozen=True, slots=True)
class Judged:
    """One expected claim against the one found for it."""

    id: str
    wording: str
    found: int
    expected: int
    together: int  # of those found, in the claim that holds most of them
    alone: bool  # that claim holds no assertion that is expected in another one
    rows: tuple[tuple[str, str, str], ...]  # what, expected, found

    @property
    def right(self) -> bool:
        return bool(self.rows) and all(wanted == got for _, wanted, got in self.rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    arguments = parser.parse_args()
    wrong = 0
    for folder in arguments.folders:
        expected = json.loads((folder / "expected.json").read_text(encoding="utf8"))
        with open_store("memory://") as store:
            readings = read(folder / "articles.jsonl")
            store.write(readings)
            judged = list(judge(expected, readings, store))
            links = list(judge_links(expected, readings, store))
        print_judged(folder, judged, links)
        wrong += sum(not one.right for one in judged)
    return 1 if wrong else 0


def read(path: Path) -> list[Reading]:
    """The readings of a dossier's articles, as `onrecord ingest` would write them."""
    articles = [item for item in read_paths([path]) if isinstance(item, Article)]
    return list(read_articles(articles, load_nlp()))


def judge(expected: Mapping[str, Any], readings: Sequence[Reading], store: Store) -> Iterator[Judged]:
    """Each expected claim against what the store holds."""
    by_url = {reading.article.url: reading for reading in readings}
    wanted = {claim["id"]: [find_assertion(a, by_url) for a in claim["assertions"]] for claim in expected["claims"]}
    optional = {
        claim["id"]: {i for i, a in zip(wanted[claim["id"]], claim["assertions"], strict=True) if a.get("paraphrase")}
        for claim in expected["claims"]
    }
    owner = {i: claim for claim, found in wanted.items() for i in found if i}
    with store.read() as tx:
        claim_of = {e.start: e.end for e in tx.edges(["EXPRESSES"], starts=set(owner))}
        for claim in expected["claims"]:
            found = [i for i in wanted[claim["id"]] if i]
            held = Counter(claim_of[i] for i in found if i in claim_of and i not in optional[claim["id"]])
            best = min(held, key=lambda c: (-held[c], c)) if held else None
            strangers = {owner[i] for i, c in claim_of.items() if c == best} - {claim["id"]}
            of_claim = tuple(compare(tx, claim, best)) if best else ()
            yield Judged(
                id=claim["id"],
                wording=claim["wording"],
                found=len(found),
                expected=len(claim["assertions"]),
                together=held[best] if best else 0,
                alone=not strangers,
                rows=tuple(compare_general(tx, claim, found)) if "general" in claim else of_claim,
            )


def find_assertion(expected: Mapping[str, Any], by_url: Mapping[str | None, Reading]) -> str | None:
    """The assertion found where this one is expected: the same words and, of several, the same kind of source."""
    reading = by_url[expected["article"]]
    where = place(reading.article.text, expected["quote"], expected.get("occurrence", 1))
    near = [(overlap(a.content, where), a) for a in reading.assertions]
    alike = [(share, a) for share, a in near if share >= ALIKE]
    by_kind = [(share, a) for share, a in alike if a.source_type == expected["source_type"]] or alike
    return max(by_kind, key=lambda pair: (pair[0], pair[1].id))[1].id if by_kind else None


def place(text: str, quote: str, occurrence: int) -> Span:
    """Where a quotation stands in a text."""
    start = -1
    for _ in range(occurrence):
        start = text.index(quote, start + 1)
    return Span(start, start + len(quote))


def overlap(spans: Iterable[Span], where: Span) -> float:
    """Characters that both cover, as a share of the shorter."""
    spans = list(spans)
    common = sum(max(0, min(s.end, where.end) - max(s.start, where.start)) for s in spans)
    return common / max(1, min(sum(s.end - s.start for s in spans), where.end - where.start))


def compare(tx: Transaction, expected: Mapping[str, Any], claim: str) -> Iterator[tuple[str, str, str]]:
    """What is said of a claim: expected against found."""
    f = tx.nodes([claim])[claim].properties
    origins = [e for e in tx.edges(["ORIGINATES_FROM"], starts=[claim]) if e.key != "unnamed"]
    unnamed = (f.get("unnamed_low", 0), f.get("unnamed_high", 0))
    yield "sourcing", expected["sourcing"], str(f["sourcing"])
    yield "origins", listed(map(plain, expected["origins"])), listed(plain(str(e.properties["name"])) for e in origins)
    yield "unnamed", span(expected["unnamed"] or (0, 0)), span(unnamed)
    parties = (plain(str(e.properties["name"])) for e in origins if e.properties["party"])
    yield "party", listed(map(plain, expected["party"])), listed(parties)
    yield "dispute", listed(expected["dispute"]), listed(f.get("marks", ()))  # type: ignore[arg-type]


def compare_general(
    tx: Transaction, expected: Mapping[str, Any], found: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """What is said of a general denial: whose it is, and that it expresses no claim."""
    makers = {e.end for e in tx.edges(["DENIES_IN_GENERAL"], starts=found)}
    claims = {e.end for e in tx.edges(["EXPRESSES"], starts=found)}
    yield "sourcing", "no claim", "no claim" if found and not claims else "a claim"
    for what in ("origins", "unnamed", "party"):
        yield what, "–", "–"
    names = (plain(str(node.properties["name"])) for node in tx.nodes(makers).values())
    yield "dispute", f"by {listed(map(plain, expected['general']))}", f"by {listed(names)}"


def plain(name: str) -> str:
    """A name without its article, for comparing."""
    return fold(name).removeprefix("the ")


def listed(items: Iterable[str]) -> str:
    return ", ".join(sorted(items)) or "–"


def span(pair: Sequence[Any]) -> str:
    return "–" if not pair[1] else f"{pair[0]} to {pair[1]}"


def judge_links(expected: Mapping[str, Any], readings: Sequence[Reading], store: Store) -> Iterator[tuple[str, bool]]:
    """Each expected link between claims: whether it was found, in either direction."""
    by_url = {reading.article.url: reading for reading in readings}
    members = {
        claim["id"]: {i for a in claim["assertions"] if (i := find_assertion(a, by_url))}
        for claim in expected["claims"]
    }
    with store.read() as tx:
        for link in expected["links"]:
            one, other = ({e.end for e in tx.edges(["EXPRESSES"], starts=members[c])} for c in link["between"])
            found = tx.edges([link["kind"]], starts=one | other, ends=one | other)
            ok = any((e.start in one and e.end in other) or (e.start in other and e.end in one) for e in found)
            yield f"{link['between'][0]} {link['kind']} {link['between'][1]}", ok


def print_judged(folder: Path, judged: Sequence[Judged], links: Sequence[tuple[str, bool]]) -> None:
    print(f"{folder}")
    for one in judged:
        mark = "ok   " if one.right else "WRONG"
        mixed = "" if one.alone else ", MIXED with another claim"
        print(f"{mark} {one.id:4} {one.found} of {one.expected} found, {one.together} together{mixed}: {one.wording}")
        for what, wanted, got in one.rows:
            if wanted != got:
                print(f"           {what}: expected {wanted}; found {got}")
    for link, ok in links:
        print(f"{'ok   ' if ok else 'WRONG'} link {link}")
    for n, what in enumerate(("sourcing", "origins", "unnamed", "party", "dispute")):
        print(f"{what}: {sum(bool(j.rows) and j.rows[n][1] == j.rows[n][2] for j in judged)} of {len(judged)}")
    print(f"assertions found: {sum(j.found for j in judged)} of {sum(j.expected for j in judged)}")
    print(f"links: {sum(ok for _, ok in links)} of {len(links)}")
    print(f"claims right in all: {sum(j.right for j in judged)} of {len(judged)}")


if __name__ == "__main__":
    sys.exit(main())
