"""Runs the app on this machine: Streamlit in a child process, with every setting of ours said on its command line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent  # a checkout, or the folder that the wheel is installed in
SECONDS_TO_STOP = 10


def run(store_url: str, address: str, port: int, *, browser: bool, read_only: bool = False) -> int:
    """Serve the app until it ends or is interrupted; gives its exit code. No child is left behind.

    The settings of `.streamlit/config.toml` are passed as flags, since a file of that name in the folder where the
    command is called would else take their place. The store's URL goes by the environment: it may hold a password.
    `read_only`: nobody decides anything in it.
    """
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf8"))
    settings["server"] |= {"address": address, "port": port, "headless": not browser}
    settings["server"]["allowedHosts"] = sorted({*settings["server"]["allowedHosts"], address})
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *_flags(settings)]
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)  # a shell that starts it in the background has it ignored
    asked = {"ONRECORD_STORE": store_url, "ONRECORD_READ_ONLY": "1" if read_only else ""}
    child = subprocess.Popen(command, env={**os.environ, **asked})
    print(f"On Record is at http://{address}:{port} – Ctrl+C ends it", file=sys.stderr, flush=True)
    try:
        return child.wait()
    finally:
        _stop(child)


def _flags(settings: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """'--server.port=8501' for each setting, one a value where there are several."""
    for section, options in settings.items():
        for name, value in options.items():
            for each in value if isinstance(value, list) else [value]:
                yield f"--{section}.{name}={str(each).lower() if isinstance(each, bool) else each}"


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
