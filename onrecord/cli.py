"""The `onrecord` command: the one place that joins reading and graph.

Results go to stdout, progress to stderr; an error that is ours ends as one line that says what to do.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, get_args

from graph.ask import questions
from graph.ask import wording as report
from graph.ask.answers import Coverage, EntityRow
from graph.ask.comparing import compare_claims, list_disputed
from graph.ask.relating import list_relations, relation_lines
from graph.dossier import Store, open_store
from graph.errors import GraphError, NameAmbiguous, NotFound
from graph.model import CarriedBy, DisputeMark, Sourcing
from graph.scope import Scope
from graph.store.transaction import ClaimFilter, Transaction
from ingest.errors import IngestError
from ingest.model import SourceType
from onrecord import deciding, reading
from onrecord.disputing import comparison_lines, disputed_lines
from onrecord.origins import origin_lines

BROWSER_PORT = 7474
DEFAULT_STORE = "sqlite:///onrecord.sqlite"


AddCommand: TypeAlias = Callable[[str, object, str, str], argparse.ArgumentParser]  # name, what runs, what for, example


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0, 1 for what could not be done or read, 2 for wrong usage."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except (GraphError, IngestError) as error:
        print(report.to_plain_line(f"onrecord: {error}"), file=sys.stderr)
        return 1
    except BrokenPipeError:  # `onrecord claims | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onrecord", description="Who says so, how do they know, who disputes it?")
    store = "sqlite:///FILE or neo4j://USER:PASSWORD@HOST:PORT (default: ONRECORD_STORE, else onrecord.sqlite)"
    parser.add_argument("--store", default=os.environ.get("ONRECORD_STORE", DEFAULT_STORE), help=store)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, what: str, example: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name,
            help=what,
            description=what,
            epilog=f"Example: {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        added.set_defaults(run=run)
        # Without a default of its own, so that one named before the command stands.
        added.add_argument("--store", default=argparse.SUPPRESS, help=store)
        return added

    for add in (add_reading_commands, add_claim_questions, add_name_questions, add_upkeep, add_decisions, add_servers):
        add(command)
    return parser


def with_json(added: argparse.ArgumentParser) -> argparse.ArgumentParser:
    added.add_argument("--json", action="store_true", help="JSON Lines")
    return added


def with_scope(added: argparse.ArgumentParser) -> argparse.ArgumentParser:
    added.add_argument("--as-of", type=a_date, metavar="DATE", help="what had been published by then, 2031-03-04")
    return with_json(added)


def add_reading_commands(command: AddCommand) -> None:
    what = "Read articles into the store: files, folders, - for standard input"
    added = command("ingest", reading.run_ingest, what, "onrecord ingest story.html report.pdf wire.jsonl")
    added.add_argument("paths", nargs="+", metavar="PATH")
    reading.add_reading(with_json(added))
    what = "Fetch pages and feeds from the web into the store"
    added = command("fetch", reading.run_fetch, what, "onrecord fetch https://courier.example/feed.xml")
    added.add_argument("urls", nargs="+", metavar="URL")
    added.add_argument("--allow-private", action="store_true", help="addresses of this machine and its network, too")
    reading.add_reading(with_json(added))
    what = "Read articles and print the readings as JSON Lines; no store"
    added = command("read", reading.run_read, what, "onrecord read story.html report.pdf wire.jsonl")
    added.add_argument("paths", nargs="+", metavar="PATH")
    reading.add_reading(added)


def add_claim_questions(command: AddCommand) -> None:
    added = with_scope(command("claims", run_claims, "A row a claim", "onrecord claims --dispute denied"))
    add_claim_filter(added)
    added = with_scope(command("trace", run_trace, "All that stands behind a claim", "onrecord trace c_5e0f2a…"))
    added.add_argument("claim", metavar="CLAIM", help="its id, or that of any assertion of it")
    added = with_scope(command("origins", run_origins, "Whom it leads back to", "onrecord origins c_5e0f2a…"))
    added.add_argument("claim", metavar="CLAIM", help="its id, or that of any assertion of it")


def add_name_questions(command: AddCommand) -> None:
    added = with_scope(command("entity", run_entity, "What it says and what is said of it", "onrecord entity OpenAI"))
    added.add_argument("name", metavar="NAME", help="a name, an alias or an id")
    added = with_scope(command("search", run_search, "Where words stand", 'onrecord search "training data"'))
    added.add_argument("words", nargs="+", metavar="WORDS")
    added.add_argument("--limit", type=int, default=50)
    added = with_scope(command("path", run_path, "How two are connected through claims", "onrecord path OpenAI Nvidia"))
    added.add_argument("start", metavar="A")
    added.add_argument("end", metavar="B")
    what = "Who is said to do what to whom, and by which claim"
    added = with_scope(command("relations", run_relations, what, "onrecord relations OpenAI Microsoft"))
    added.add_argument("name", metavar="A", help="a name, an alias or an id")
    added.add_argument("other", nargs="?", metavar="B", help="only between the two")
    added.add_argument("--limit", type=reading.at_least_one, default=50)
    added = with_confidential(with_scope(command("graph", run_graph, "What stands round it", "onrecord graph OpenAI")))
    added.add_argument("name", metavar="NAME", help="a name, an alias, or the id of an entity or a claim")
    added.add_argument("--graphml", action="store_true", help="as GraphML, for Gephi, yEd or Cytoscape")
    added.add_argument("--limit", type=reading.at_least_one, default=300, help="claims and entities (default 300)")
    added = with_scope(
        command("compare", run_compare, "Why two are or are not one claim", "onrecord compare c_5e… c_9a…")
    )
    added.add_argument("one", metavar="CLAIM", help="its id, or an assertion's")
    added.add_argument("other", metavar="CLAIM")
    added = with_scope(command("disputes", run_disputes, "What is spoken against, by whom", "onrecord disputes OpenAI"))
    added.add_argument("name", nargs="?", metavar="NAME", help="only claims about it, or said by it")
    added.add_argument("--limit", type=int, default=50)


def add_upkeep(command: AddCommand) -> None:
    what = "Check the word lists as an editor left them"
    added = command("lexicon", run_lexicon, what, "onrecord lexicon check")
    added.add_argument("what", choices=["check"])
    with_scope(command("stats", run_stats, "How much of everything there is", "onrecord stats"))
    with_confidential(
        command("dump", run_dump, "The whole store as sorted JSON Lines", "onrecord dump > dossier.jsonl")
    )
    command("verify", run_verify, "Check every span and recompute all that is derived", "onrecord verify")
    command("rebuild", run_rebuild, "Derive everything anew by the rules of this version", "onrecord rebuild")
    added = with_confidential(
        command(
            "copy", run_copy, "Copy a dossier into another, empty store", "onrecord copy sqlite:///a.sqlite neo4j://…"
        )
    )
    added.add_argument("source", metavar="FROM")
    added.add_argument("target", metavar="TO")
    added = command("remove", run_remove, "Take an article out, whole", "onrecord remove 5e0f2a…")
    added.add_argument("article", metavar="ARTICLE")


def add_decisions(command: AddCommand) -> None:
    example = "onrecord decide not_said ID --why 'she was misquoted'"
    deciding.add_decide(command("decide", deciding.run_decide, "Say what is so; who and why are kept", example))
    added = with_json(command("decisions", deciding.run_decisions, "What people decided", "onrecord decisions"))
    added.add_argument("--orphaned", action="store_true", help="only those whose article or words are gone")
    added = command("undo", deciding.run_undo, "Take a decision back", "onrecord undo 5e0f2a… --why 'two people'")
    added.add_argument("decision", metavar="ID")
    deciding.add_person(added)


def add_servers(command: AddCommand) -> None:
    added = command("neo4j", run_neo4j, "Run a local Neo4j in the foreground", "onrecord neo4j --home dossier-neo4j")
    added.add_argument("--home", type=Path, default=Path("onrecord-neo4j"), help="where its data are kept")
    added.add_argument("--browser", action="store_true", help=f"Neo4j Browser too, on 127.0.0.1:{BROWSER_PORT}")
    added.add_argument("--port", type=int, default=7687, help="0 takes a free one")
    added = command("app", run_app, "Open the app on this machine", "onrecord app --port 8501")
    added.add_argument("--port", type=int, default=8501)
    added.add_argument("--address", default="127.0.0.1", help="leave it, unless a gate with logins stands in front")
    added.add_argument("--read-only", action="store_true", help="nobody decides anything in it")
    added.add_argument("--no-browser", action="store_true", help="do not open a browser window")


def with_confidential(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    what = "articles marked as confidential too, with all that rests on them; else derived anew as if never read"
    parser.add_argument("--with-confidential", action="store_true", help=what)
    return parser


def leaving(arguments: argparse.Namespace) -> Scope:
    """What leaves the machine: without confidential articles, unless they are asked for."""
    return Scope(with_confidential=arguments.with_confidential)


def asked(arguments: argparse.Namespace) -> Scope:
    """What a question on this machine is asked of."""
    return Scope(as_of=arguments.as_of)


def a_date(words: str) -> str:
    """A year, month, day or moment as ISO 8601 has it."""
    whole = words + "2031-01-01"[len(words) :] if len(words) in (4, 7) else words
    try:
        datetime.fromisoformat(whole)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{words!r} is no date: write 2031, 2031-03 or 2031-03-04") from error
    return words


def add_claim_filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sourcing", choices=get_args(Sourcing))
    parser.add_argument("--dispute", choices=get_args(DisputeMark))
    parser.add_argument("--source-type", choices=get_args(SourceType))
    parser.add_argument("--entity", metavar="NAME", help="about it")
    parser.add_argument("--speaker", metavar="NAME", help="said by it")
    parser.add_argument("--outlet", metavar="NAME", help="in an article of it")
    parser.add_argument("--carried-by", choices=get_args(CarriedBy), help="how many outlets")
    parser.add_argument("--since", type=a_date, metavar="DATE", help="first asserted on or after, 2031-03-04")
    parser.add_argument("--until", type=a_date, metavar="DATE", help="first asserted on or before")
    parser.add_argument("--words", metavar="WORDS", help="whose wording holds these words")
    parser.add_argument("--limit", type=int, help="at most so many (default 50; with --json all)")


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────


def run_claims(arguments: argparse.Namespace) -> int:
    limit = arguments.limit if arguments.limit is not None or arguments.json else 50
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        coverage = questions.what_was_read(tx)
        page = questions.list_claims(tx, claim_filter(tx, arguments), limit=limit)
        blocks = ([report.to_json(row, coverage)] if arguments.json else report.claim_lines(row) for row in page.rows)
        print_blocks(blocks, coverage, arguments.json)
        if page.after:
            print(f"More than {limit}: ask with --limit or a filter.", file=sys.stderr)
    return 0


def run_trace(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        trace = questions.trace_claim(tx, arguments.claim)
        lines = [report.to_json(trace, trace.coverage)] if arguments.json else report.trace_lines(trace)
        print_blocks([lines], trace.coverage, arguments.json)
    return 0


def run_origins(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        trace = questions.trace_claim(tx, arguments.claim)
        told = {"claim": trace.claim.id, "sourcing": trace.claim.sourcing, "rule": trace.claim.rule}
        rows = [*trace.origins, *trace.unnamed]
        lines = [report.to_json(row, trace.coverage, told) for row in rows] if arguments.json else origin_lines(trace)
        print_blocks([lines], trace.coverage, arguments.json)
    return 0


def run_entity(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        entity = get_one_entity(tx, arguments.name)
        page = questions.get_entity(tx, entity.id)
        lines = [report.to_json(page, page.coverage)] if arguments.json else report.entity_lines(page)
        print_blocks([lines], page.coverage, arguments.json)
    return 0


def run_search(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        coverage = questions.what_was_read(tx)
        hits = questions.search(tx, " ".join(arguments.words), limit=arguments.limit)
        blocks = ([report.to_json(hit, coverage)] if arguments.json else report.hit_lines(hit) for hit in hits)
        print_blocks(blocks, coverage, arguments.json)
    return 0


def run_path(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        coverage = questions.what_was_read(tx)
        start, end = get_one_entity(tx, arguments.start), get_one_entity(tx, arguments.end)
        steps = questions.find_path(tx, start.id, end.id)
        if arguments.json:
            print_blocks(([report.to_json(step, coverage)] for step in steps), coverage, as_json=True)
        else:
            nothing = [f"No chain of claims that were read connects {start.name} and {end.name}."]
            print_blocks([report.path_lines(steps) if steps else nothing], coverage, as_json=False)
    return 0


def run_relations(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        coverage = questions.what_was_read(tx)
        entity = get_one_entity(tx, arguments.name).id
        other = get_one_entity(tx, arguments.other).id if arguments.other else None
        rows = list_relations(tx, entity, other, limit=arguments.limit)
        blocks = ([report.to_json(row, coverage)] if arguments.json else relation_lines(row) for row in rows)
        print_blocks(blocks, coverage, arguments.json)
    return 0


def run_graph(arguments: argparse.Namespace) -> int:
    from graph.ask.structure import stand_between, to_graphml

    scope = Scope(leaving(arguments).with_confidential or not arguments.graphml, arguments.as_of)
    with open_store(arguments.store, read_only=True) as store, store.read(scope) as tx:
        coverage = questions.what_was_read(tx)
        centre = arguments.name if arguments.name.startswith("c_") else get_one_entity(tx, arguments.name).id
        found = questions.neighbourhood(tx, (centre,), limit=arguments.limit)
    if not found.nodes:
        raise NotFound(f"nothing here is called {arguments.name!r}: `onrecord search WORDS` finds ids")
    if arguments.graphml:
        print(to_graphml(found))
        return 0
    if arguments.json:
        print_blocks([[report.to_json(found, coverage)]], coverage, as_json=True)
    else:
        print_blocks([report.neighbourhood_lines(found, stand_between(found))], coverage, as_json=False)
    return 0


def run_compare(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        found = compare_claims(tx, arguments.one, arguments.other)
        lines = [report.to_json(found, found.coverage)] if arguments.json else comparison_lines(found)
        print_blocks([lines], found.coverage, arguments.json)
    return 0


def run_disputes(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        coverage = questions.what_was_read(tx)
        entity = get_one_entity(tx, arguments.name).id if arguments.name else None
        rows = list_disputed(tx, entity, limit=arguments.limit)
        blocks = ([report.to_json(row, coverage)] if arguments.json else disputed_lines(row) for row in rows)
        print_blocks(blocks, coverage, arguments.json)
    return 0


def run_lexicon(arguments: argparse.Namespace) -> int:  # noqa: ARG001  # there is one thing to do yet
    from ingest.referents.checking import check_lexicon

    faults = list(check_lexicon())
    for fault in faults:
        print(fault)
    if not faults:
        print("The word lists can be used.")
    return 1 if faults else 0


def run_stats(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store, store.read(asked(arguments)) as tx:
        stats = questions.get_stats(tx)
        lines = [report.to_json(stats, stats.coverage)] if arguments.json else report.stats_lines(stats)
        print_blocks([lines], stats.coverage, arguments.json)
    return 0


def run_dump(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store:
        for line in store.dump(leaving(arguments)):
            print(line)
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    with opened(arguments.store) as store:
        faults = store.verify()
    for fault in faults:
        print(fault)
    told = f"{len(faults)} faults: `onrecord rebuild` derives anew; for words that are gone, read the article again"
    print(told if faults else "sound", file=sys.stderr)
    return 1 if faults else 0


def run_rebuild(arguments: argparse.Namespace) -> int:
    def progress(done: int, total: int) -> None:
        print(f"{done} of {total} articles derived anew", file=sys.stderr)

    with open_store(arguments.store, create=False) as store:
        store.rebuild(progress)
    print("up to date")
    return 0


def run_copy(arguments: argparse.Namespace) -> int:
    with open_store(arguments.source, read_only=True) as source, open_store(arguments.target) as target:
        print(f"{source.copy_to(target, leaving(arguments))} articles copied")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    with open_store(arguments.store, create=False) as store:
        store.remove(arguments.article)
    print(f"{arguments.article} is taken out")
    return 0


def run_neo4j(arguments: argparse.Namespace) -> int:
    from onrecord import neo4j_server

    browser = BROWSER_PORT if arguments.browser else None
    return neo4j_server.run(arguments.home, arguments.port, sys.stdout, browser=browser)


def run_app(arguments: argparse.Namespace) -> int:
    from onrecord import app_server

    return app_server.run(
        arguments.store,
        arguments.address,
        arguments.port,
        browser=not arguments.no_browser,
        read_only=arguments.read_only,
    )


# ── what the commands share ──────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """A store to ask of, with a word on stderr where other rules than these derived it."""
    with open_store(url, read_only=True) as store:
        if store.is_outdated():
            print("other rules derived this dossier: `onrecord rebuild` brings it up to date", file=sys.stderr)
        yield store


def claim_filter(tx: Transaction, arguments: argparse.Namespace) -> ClaimFilter:
    """Names in the arguments become entities. Raises NotFound and NameAmbiguous."""

    def entity(name: str | None) -> str | None:
        return get_one_entity(tx, name).id if name else None

    return ClaimFilter(
        sourcing=arguments.sourcing,
        dispute=arguments.dispute,
        source_type=arguments.source_type,
        entity=entity(arguments.entity),
        speaker=entity(arguments.speaker),
        outlet=entity(arguments.outlet),
        carried_by=arguments.carried_by,
        since=arguments.since,
        until=arguments.until,
        words=arguments.words,
    )


def get_one_entity(tx: Transaction, name: str) -> EntityRow:
    """The one entity of this name, alias or id. Raises NotFound, or NameAmbiguous where several bear it."""
    found = questions.find_entities(tx, name)
    if not found:
        raise NotFound(f"nothing of the name {name!r} was read: try `onrecord search {name}`")
    if len(found) > 1:
        listed = "; ".join(report.entity_words(entity) for entity in found)
        raise NameAmbiguous(f"{len(found)} bear the name {name!r}, ask by id: {listed}")
    return found[0]


def print_blocks(blocks: Iterable[Iterable[str]], coverage: Coverage, as_json: bool) -> None:
    """Blocks of lines with an empty line between; in plain text what they are said of comes last."""
    for block in blocks:
        for line in block:
            print(line if as_json else report.to_plain_line(line))
        if not as_json:
            print()
    if not as_json:
        print(report.coverage_line(coverage))


if __name__ == "__main__":
    sys.exit(main())
