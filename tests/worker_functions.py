"""What tests have workers do: functions of a module that worker processes can import."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path


def doubled(items):
    return [item * 2 for item in items]


def told(items):
    """Do what each item says; the answer names the process."""
    return [_do(item) for item in items]


def _do(item):
    kind, _, value = item.partition(" ")
    if kind == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "die-once":
        Path(value).touch(exist_ok=False) if not Path(value).exists() else None
        if Path(value).read_text() == "":
            Path(value).write_text("dead")
            os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "hold":  # the interpreter, in a match that never ends
        re.match(r"(a+)+$", "a" * 64 + "b")
    elif kind == "sleep":
        time.sleep(float(value))
    elif kind == "fill":
        return len(bytes(int(value) * 1_000_000))
    elif kind == "print":
        sys.stdout.write("a library talks\n")
        sys.stdout.flush()
    elif kind == "environment":
        return os.environ.get(value), "numpy" in sys.modules
    elif kind == "raise":
        raise ValueError(value)
    elif kind == "pid":
        return os.getpid()
    return item


def unable_to_start(items):
    os._exit(7)


def out_of_memory(items):
    if "large" in items:
        raise MemoryError
    return items
