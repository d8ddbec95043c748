"""The onrecord command, as a reporter types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMMANDS = [
    "ingest",
    "fetch",
    "read",
    "claims",
    "trace",
    "origins",
    "entity",
    "search",
    "path",
    "graph",
    "compare",
    "disputes",
    "stats",
    "dump",
    "verify",
    "copy",
    "remove",
    "rebuild",
    "decide",
    "decisions",
    "undo",
    "neo4j",
    "app",
]


def onrecord(*arguments: object, store: str = "", stdin: str = "") -> subprocess.CompletedProcess[str]:
    chosen = ["--store", store] if store else []
    command = [sys.executable, "-m", "onrecord.cli", *map(str, arguments), *chosen]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, cwd=ROOT, timeout=240)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample dossier, read once."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli')}/first.sqlite"
    done = onrecord("ingest", "samples/first/articles.jsonl", store=url)
    assert done.returncode == 0, done.stderr
    assert "The store now speaks of 16 articles of 9 outlets" in done.stdout
    return url


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_ends_with_an_example(command: str):
    done = onrecord(command, "--help")
    assert done.returncode == 0
    assert done.stdout.strip().splitlines()[-1].startswith(f"Example: onrecord {command}")


def test_claims_say_who_says_so_with_sourcing_and_dispute_of_what_was_read(store: str):
    lines = onrecord("claims", "--dispute", "retracted", store=store).stdout.splitlines()
    assert "Leonie Marskell had ordered the deletion of training logs" in lines[0]
    assert "[invented sample]" in lines[0]
    assert "first said by Jonas Fehlmark" in lines[1]
    assert lines[2].strip() == "one origin (Jonas Fehlmark) · denied, retracted"
    assert lines[-1].startswith("Of what was read: 16 articles of 9 outlets")


def test_what_nobody_states_is_not_said_to_have_been_said(store: str):
    lines = onrecord("claims", "--words", "deletion", "--sourcing", "no_source_found", store=store).stdout.splitlines()
    assert lines[1].strip().startswith("first called for by")
    assert lines[2].strip().startswith("no source found")


def test_a_general_denial_is_no_claim_and_is_shown_beside_what_its_maker_is_charged_with(store: str):
    assert onrecord("claims", "--words", "wrongdoing", store=store).stdout.startswith("Of what was read")
    rows = [
        json.loads(line)
        for line in onrecord("claims", "--json", "--entity", "Murrowell", store=store).stdout.splitlines()
    ]
    traces = [json.loads(onrecord("trace", row["id"], "--json", store=store).stdout) for row in rows[:12]]
    assert "any wrongdoing" in {row["quote"] for trace in traces for row in trace["general_denials"]}


def test_claims_as_json_are_all_of_them_and_say_of_what(store: str):
    rows = [json.loads(line) for line in onrecord("claims", "--json", store=store).stdout.splitlines()]
    assert len(rows) > 26
    assert all(row["said_by"] and row["sourcing"] and row["coverage"] for row in rows)


def test_any_members_id_opens_a_claim_with_its_rule(store: str):
    (row,) = map(json.loads, onrecord("claims", "--json", "--dispute", "retracted", store=store).stdout.splitlines())
    trace = json.loads(onrecord("trace", row["id"], "--json", store=store).stdout)
    member = trace["assertions"][0]["assertion"]["id"]
    assert f"because {row['rule']}" in onrecord("trace", member, store=store).stdout


def test_namesakes_are_asked_for_by_id(store: str):
    done = onrecord("entity", "Daniel Thornvale", store=store)
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: 2 bear the name 'Daniel Thornvale', ask by id: e_")


def test_a_path_goes_through_claims_with_their_words(store: str):
    told = onrecord("path", "Pellucor", "Drayhurst", store=store).stdout
    assert "Pellucor and Murrowell, both in:" in told
    assert "Murrowell is in talks to be sold to Pellucor" in told


def test_the_store_is_sound_and_its_copy_is_the_same(store: str, tmp_path: Path):
    assert onrecord("verify", store=store).returncode == 0
    other = f"sqlite:///{tmp_path}/copy.sqlite"
    assert onrecord("copy", store, other).stdout == "16 articles copied\n"
    assert onrecord("dump", store=other).stdout == onrecord("dump", store=store).stdout


def test_readings_go_from_one_command_to_the_next(tmp_path: Path):
    story = "Mill closes\n\nThe mill at Orrow closes in May, said Ada Brandt, its owner.\n"
    readings = onrecord("read", "-", stdin=story).stdout
    url = f"sqlite:///{tmp_path}/mill.sqlite"
    (tmp_path / "mill.jsonl").write_text(readings, encoding="utf8")
    assert onrecord("ingest", tmp_path / "mill.jsonl", store=url).returncode == 0
    assert "first said by Ada Brandt" in onrecord("claims", store=url).stdout


def test_one_bad_file_is_told_and_the_rest_is_read(tmp_path: Path):
    (tmp_path / "good.txt").write_text("Mill closes\n\nThe mill closes in May, said Ada Brandt.\n")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    done = onrecord("ingest", tmp_path, "--json", store=f"sqlite:///{tmp_path}/some.sqlite")
    result = json.loads(done.stdout)
    assert done.returncode == 1
    assert result["articles"] == 1
    assert "bad.txt" in result["not_read"][0]


def test_an_article_is_taken_out_whole(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/one.sqlite"
    onrecord("ingest", "-", store=url, stdin="Mill closes\n\nThe mill closes in May, said Ada Brandt.\n")
    article = json.loads(onrecord("dump", store=url).stdout.splitlines()[0])["id"]
    assert onrecord("remove", article, store=url).returncode == 0
    assert onrecord("dump", store=url).stdout == ""
    assert onrecord("remove", article, store=url).returncode == 1


def test_what_is_stored_is_not_read_again_unless_something_about_it_is_another(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/twice.sqlite"
    (tmp_path / "mill.txt").write_text("Mill closes\n\nThe mill closes in May, said Ada Brandt.\n")
    first = onrecord("ingest", tmp_path / "mill.txt", store=url)
    again = onrecord("ingest", tmp_path / "mill.txt", store=url)
    assert (first.stdout, first.stderr != "", again.stderr) == (again.stdout, True, "")
    assert "read: Mill closes" in onrecord("ingest", tmp_path / "mill.txt", "--genre", "opinion", store=url).stderr


def test_a_decision_is_made_listed_carried_elsewhere_and_undone(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/one.sqlite"
    onrecord("ingest", "-", store=url, stdin="Mill closes\n\nThe mill closes in May, said Ada Brandt.\n")
    row = json.loads(onrecord("claims", "--json", store=url).stdout.splitlines()[0])
    before = onrecord("trace", row["id"], store=url).stdout
    said = ("--to", "alleges", "--who", "Ines", "--why", "she only heard")
    done = onrecord("decide", "stance", row["id"], *said, store=url)
    decision = done.stdout.split()[0]
    assert "first alleged by Ada Brandt" in onrecord("claims", store=url).stdout
    assert "in force: stance" in onrecord("decisions", store=url).stdout
    assert "asserts → alleges\n    Ines: she only heard" in onrecord("decisions", store=url).stdout
    (tmp_path / "log.jsonl").write_text(onrecord("decisions", "--json", store=url).stdout, encoding="utf8")
    assert onrecord("undo", decision, store=url).returncode == 0
    assert onrecord("trace", row["id"], store=url).stdout == before
    assert onrecord("decide", "--from", tmp_path / "log.jsonl", store=url).stdout == "1 decisions kept\n"
    assert onrecord("verify", store=url).returncode == 0
    assert onrecord("decide", "stance", row["id"], "--to", "shouts", store=url).returncode == 1


def test_the_store_may_be_named_before_the_command(store: str):
    assert onrecord("--store", store, "stats").stdout == onrecord("stats", store=store).stdout


@pytest.mark.parametrize("words", ["garbage", "2031-13", "9999-99-99", "03/04/2031", ""])
def test_a_date_that_is_none_is_refused(store: str, words: str):
    for option in ("--since", "--until"):
        done = onrecord("claims", f"{option}={words}", store=store)
        assert (done.returncode, done.stdout) == (2, "")
        assert "is no date: write 2031, 2031-03 or 2031-03-04" in done.stderr
    assert onrecord("claims", "--since", "2031", "--until", "2031-12", store=store).returncode == 0


def test_a_copy_goes_into_an_empty_store_only(store: str, tmp_path: Path):
    full = f"sqlite:///{tmp_path}/full.sqlite"
    onrecord("ingest", "-", store=full, stdin="Mill closes\n\nThe mill closes in May, said Ada Brandt.\n")
    before = onrecord("dump", store=full).stdout
    for source, target in ((full, full), (store, full)):
        done = onrecord("copy", source, target)
        assert (done.returncode, done.stdout) == (1, "")
        assert "holds a dossier already" in done.stderr
    assert onrecord("dump", store=full).stdout == before


def test_a_mistyped_path_makes_no_file(tmp_path: Path):
    nowhere = f"sqlite:///{tmp_path}/nowhere.sqlite"
    for done in (onrecord("remove", "x", store=nowhere), onrecord("copy", nowhere, f"sqlite:///{tmp_path}/to.sqlite")):
        assert done.returncode == 1
        assert "no dossier at" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("claims",), "no dossier at"),
        (("trace", "x"), "no dossier at"),
        (("claims", "--store", "mysql://x"), "mysql"),
    ],
)
def test_what_cannot_be_done_ends_as_one_line_that_says_what_to_do(
    arguments: tuple[str, ...], told: str, tmp_path: Path
):
    done = onrecord(*arguments, store="" if "--store" in arguments else f"sqlite:///{tmp_path}/none.sqlite")
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_title_works_on_the_terminal(tmp_path: Path):
    told = {"title": "\x1b[2JGone\u202e", "text": "Mara Lindqvist said that Orrin Labs copied the arms of Halden."}
    (tmp_path / "hostile.jsonl").write_text(json.dumps(told), encoding="utf8")
    store = f"sqlite:///{tmp_path}/hostile.sqlite"
    done = onrecord("ingest", str(tmp_path / "hostile.jsonl"), store=store)
    shown = done.stderr + onrecord("search", "Gone", store=store).stdout
    assert "Gone" in shown
    assert not set("\x1b\u202e") & set(shown)


def test_the_origins_of_a_claim_are_told_with_the_tellings_that_lead_to_them(store: str):
    row = json.loads(onrecord("claims", "--words", "talks sold", "--json", store=store).stdout.splitlines()[0])
    told = onrecord("origins", row["id"], store=store).stdout
    assert "a person familiar with the negotiations" in told
    assert "(unnamed)" in told
    assert json.loads(onrecord("origins", row["id"], "--json", store=store).stdout.splitlines()[0])["kind"] == "unnamed"
