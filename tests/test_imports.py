"""Imports point one way: app, views, CLI → graph → ingest.model."""

import ast
import subprocess
import sys
from pathlib import Path

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
    loaded = modules_loaded_by("import graph, graph.store, graph.questions, graph.cli, graph.report")
    assert not {name for name in loaded if name.split(".")[0] in {"spacy", "onnxruntime", "trafilatura"}}


def test_reading_never_loads_the_graph_or_streamlit():
    loaded = modules_loaded_by("import ingest.pipeline, ingest.articles, ingest.jsonl")
    assert not {name for name in loaded if name.split(".")[0] in {"graph", "streamlit", "neo4j", "views"}}


def test_the_model_needs_nothing_but_the_standard_library():
    outside = {name.split(".")[0] for name in modules_loaded_by("import ingest.model")} - sys.stdlib_module_names
    assert outside <= {"ingest", "__main__"} | {n for n in outside if n.startswith("_") or n == "sitecustomize"}


def test_of_reading_the_graph_uses_the_model_alone():
    joins = {"cli.py"}  # the one place that joins the halves
    for path in (ROOT / "graph").glob("*.py"):
        used = {name for name in imports_in(path) if name.split(".")[0] == "ingest"}
        allowed = used if path.name in joins else {"ingest.model"}
        assert used <= allowed, f"{path.name} imports {sorted(used - allowed)}"


def test_streamlit_is_imported_in_the_app_and_its_views_only():
    for folder in ("ingest", "graph", "evals", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            drawn = {name for name in imports_in(path) if name.split(".")[0] in SHOWN_BY_STREAMLIT}
            assert not drawn, f"{path.relative_to(ROOT)} imports {sorted(drawn)}"


def test_views_ask_the_graph_and_never_the_database():
    for path in [ROOT / "app.py", *(ROOT / "views").rglob("*.py")]:
        used = {name.split(".")[0] for name in imports_in(path)}
        assert not used & {"sqlite3", "neo4j", "spacy"}, path.name
