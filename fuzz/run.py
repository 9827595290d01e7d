"""Fuzz one target with atheris, guided by what the inputs reach, for a bounded time.

    make fuzz [SECONDS=60]
    python fuzz/run.py dates 60 [FOLDER]

The folder keeps the corpus and what crashed; without one nothing is kept but the report on the screen. A crash ends the run
with its traceback; the input that caused it belongs into a test.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["geoconflict"]):
    from targets import DICTIONARY, TARGETS


def main() -> None:
    """Fuzz."""
    if len(sys.argv) < 3 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: python fuzz/run.py {{{','.join(TARGETS)}}} SECONDS [FOLDER]")
    name, seconds = sys.argv[1], int(sys.argv[2])
    folder = Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp(prefix="geoconflict-fuzz-")) / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    words = folder / "words"
    words.write_text("".join(_entry(word) for word in DICTIONARY), encoding="utf-8")
    options = [
        f"-max_total_time={seconds}", "-max_len=600", f"-dict={words}", f"-artifact_prefix={folder}/", "-timeout=20", "-rss_limit_mb=3000",
        "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name])
    atheris.Fuzz()


def _entry(word: str) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n'


if __name__ == "__main__":
    main()
