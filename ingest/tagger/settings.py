"""What is known of the network without running it: its files, and the name that tells its weights from others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NETWORK, VOCABULARY, SETTINGS = "tagger.onnx", "vocab.txt", "tagger.json"
WEIGHTS = Path(__file__).parent / "weights"


def read_settings(folder: Path = WEIGHTS) -> dict[str, Any] | None:
    """What was learned beside the weights, and the hash of each file; None where no weights are installed."""
    if not (folder / SETTINGS).exists():
        return None
    held: dict[str, Any] = json.loads((folder / SETTINGS).read_text(encoding="utf8"))
    return held


def tagger_name(folder: Path = WEIGHTS) -> str:
    held = read_settings(folder)
    return f"tagger@{held['sha256'][NETWORK][:12]}" if held else "no tagger"
