"""Run a program that ends when its starter does, whatever ended that: `python neo4j_supervisor.py PID_FILE COMMAND…`.

The starter holds the other end of this process's standard input, which the system closes for it even after kill -9.
Should this process be killed instead, Linux tells the program. Needs nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import threading
from pathlib import Path

PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
PATIENCE = 60  # seconds that a program has to end by itself


def main(pid_file: Path, command: list[str]) -> int:
    """Gives the program's exit code."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent) as program:
        pid_file.write_text(str(program.pid))
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: program.terminate())
        threading.Thread(target=_end_with_input, args=[program], daemon=True).start()
        code = program.wait()
    if pid_file.read_text() == str(program.pid):  # else the next one has already begun
        pid_file.unlink()
    return code


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_with_input(program: subprocess.Popen[bytes]) -> None:
    sys.stdin.buffer.read()
    program.terminate()
    try:
        program.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        program.kill()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
