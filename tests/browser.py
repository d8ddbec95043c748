"""The browser that the tests drive: found on this machine, or brought to it by `python tests/browser.py`.

Brought from where this machine can have it: Playwright's own Chromium, else the system's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SECONDS = 600  # that one way may take: an unreachable host may leave a download hanging
TO_BRING_ONE = "no browser: install Chromium or Chrome with the system's packages, then run `make test` again"
WITHOUT_QUESTIONS = {"DEBIAN_FRONTEND": "noninteractive"}


def launch(playwright: Playwright) -> Browser:
    """The machine's Chromium or Chrome, else Playwright's own. Raises playwright's Error where there is neither."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return playwright.chromium.launch(executable_path=found, args=QUIET)


def is_there() -> bool:
    """Whether a browser starts: one that lacks a library of the system's does not."""
    with sync_playwright() as playwright:
        try:
            launch(playwright).close()
        except Error:
            return False
    return True


def ways() -> Iterator[Sequence[Sequence[str]]]:
    """Commands that bring a browser, the likeliest first."""
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return  # a system's packages are its owner's to install
    if shutil.which("apt-get"):
        yield [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    if shutil.which("dnf"):
        yield [["dnf", "install", "-y", "-q", "chromium"]]


def succeeds(command: Sequence[str]) -> bool:
    environment = {**os.environ, **WITHOUT_QUESTIONS}
    try:
        done = subprocess.run(command, capture_output=True, env=environment, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def bring() -> bool:
    """Whether this machine has a browser, brought where it had none."""
    return is_there() or any(all(map(succeeds, commands)) and is_there() for commands in ways())


if __name__ == "__main__":
    sys.exit(None if bring() else TO_BRING_ONE)
