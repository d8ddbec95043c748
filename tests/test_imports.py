"""Imports point one way: app, views, onrecord → graph → ingest.model, and through each house room by room."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHOWN_BY_STREAMLIT = {"streamlit", "altair", "pandas"}


def modules_loaded_by(statement: str) -> set[str]:
    program = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def imports_in(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_graph_never_loads_spacy():
    loaded = modules_loaded_by("import graph, graph.dossier, graph.ask.questions, onrecord.cli, graph.ask.wording")
    assert not {name for name in loaded if name.split(".")[0] in {"spacy", "onnxruntime", "trafilatura"}}


def test_reading_never_loads_the_graph_or_streamlit():
    loaded = modules_loaded_by("import ingest.pipeline, ingest.formats.articles, ingest.formats.jsonl")
    assert not {name for name in loaded if name.split(".")[0] in {"graph", "streamlit", "neo4j", "views"}}


def test_the_model_needs_nothing_but_the_standard_library():
    outside = {name.split(".")[0] for name in modules_loaded_by("import ingest.model")} - sys.stdlib_module_names
    assert outside <= {"ingest", "__main__"} | {n for n in outside if n.startswith("_") or n == "sitecustomize"}


def test_of_reading_the_graph_uses_the_model_alone():
    for path in (ROOT / "graph").rglob("*.py"):
        used = {name for name in imports_in(path) if name.split(".")[0] == "ingest"}
        assert used <= {"ingest.model"}, f"{path.name} imports {sorted(used - {'ingest.model'})}"


WALK = {
    "ingest": ("model", "errors", "lexicon", "formats", "syntax", "referents", "tagger", "attribution", "assertion",
               "reader", "pipeline"),
    "graph": ("model", "errors", "store", "derive", "deciding", "writing", "rebuild", "verify", "scope", "dossier",
              "ask"),
}  # fmt: skip


@pytest.mark.parametrize("house", WALK)
def test_a_house_is_walked_in_one_direction(house: str):
    """A room uses the rooms before it, never one that comes after."""
    rooms = WALK[house]
    for path in (ROOT / house).rglob("*.py"):
        room = path.relative_to(ROOT / house).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for name in imports_in(path):
            parts = name.split(".")
            if parts[0] == house and len(parts) > 1:
                assert rooms.index(parts[1]) <= rooms.index(room), f"{path.relative_to(ROOT)} imports {name}"


def test_nothing_inside_imports_what_a_person_starts():
    for house in ("ingest", "graph", "views"):
        for path in (ROOT / house).rglob("*.py"):
            assert not {n for n in imports_in(path) if n.split(".")[0] == "onrecord"}, path.name


def test_streamlit_is_imported_in_the_app_and_its_views_only():
    for folder in ("ingest", "graph", "onrecord", "evals", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            drawn = {name for name in imports_in(path) if name.split(".")[0] in SHOWN_BY_STREAMLIT}
            assert not drawn, f"{path.relative_to(ROOT)} imports {sorted(drawn)}"


def test_views_ask_the_graph_and_never_the_database():
    for path in [ROOT / "app.py", *(ROOT / "views").rglob("*.py")]:
        used = {name.split(".")[0] for name in imports_in(path)}
        assert not used & {"sqlite3", "neo4j", "spacy"}, path.name
