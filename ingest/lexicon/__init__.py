"""Word lists that an editor can correct: TOML files beside this module, each with a comment saying what it is for."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from importlib import resources
from typing import Any

from ingest.errors import LexiconMalformed


@functools.cache
def read_list(name: str) -> dict[str, Any]:
    """The tables of `NAME.toml`. Raises LexiconMalformed if it is absent or not TOML."""
    source = resources.files(__name__) / f"{name}.toml"
    try:
        return tomllib.loads(source.read_text(encoding="utf8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconMalformed(f"lexicon/{name}.toml cannot be read ({error}): correct it or restore it") from error


@functools.cache
def lexicon_hash() -> str:
    """Twelve digits that change when any list does; part of a reader's name."""
    lists = sorted((r for r in resources.files(__name__).iterdir() if r.name.endswith(".toml")), key=lambda r: r.name)
    return hashlib.sha256(b"\0".join(r.name.encode() + b"\0" + r.read_bytes() for r in lists)).hexdigest()[:12]
