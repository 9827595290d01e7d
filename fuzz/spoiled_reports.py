"""Ingest many spoiled reports in one run, and see that it ends well: ``fuzz/spoiled_reports.py --files 100000``.

Each file is a sample report in one of the formats that are read, spoiled at random: bytes changed, cut off, repeated, swapped
with those of another report; words put in that formats, paths, markup, numbers or directions of writing stumble over. A part
carries names that point elsewhere. Then one run of the program ingests them all, in a process of its own, and

- ends by itself, with the exit code of a run that had failures or none, and without a traceback;
- accounts for every file: a report, a copy, or a failure that names it;
- writes nothing outside of its store and account;
- leaves a store that is whole, and a second run has nothing to do;
- grows no more than a bound: `--megabytes`.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from targets import DICTIONARY

from geoconflict.store.check import check_store

ROOT = Path(__file__).resolve().parent.parent

NASTY = [
    *DICTIONARY,
    "../../../../etc/passwd", "..\\..\\windows", "/dev/zero", "file:///etc/passwd", "http://169.254.169.254/latest/", "CON", "\u202e", "\u2066", "\u200d" * 40,
    "a\u0301" * 200, '=HYPERLINK("http://x")', "@SUM(1)", "<script>alert(1)</script>", "</script><!--", "<img src=x onerror=alert(1)>", "{{7*7}}", "%s%n" * 20,
    "9" * 400, "1e309", "-0", "NaN", "\ud7ff", "\ufffe", "\x1b[31m", "\x08" * 30, "'; DROP TABLE event; --", "{" * 300, "[" * 300, "(" * 300,
    "killed " * 300, "Martuni, " * 200, "in " * 300, "and " * 300, "Միլիոն", "شوشا", "Шуша", '<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>', "\0" * 50,
]  # fmt: skip

STRANGE_ENDS = ["..", " -rf", "%2e%2e%2f", "=1+1", "ü", "\u202etxt", "*", "{0}", "'", "\n"]
"""What names of files end in."""

Maker = Callable[[str, str, random.Random], bytes]


def _markdown(text: str, day: str, rng: random.Random) -> bytes:
    return f"---\ndate: {day}\nid: {rng.choice(['../', 'a/', '', '']) + str(rng.randrange(10**9))}\n---\n\n{text}\n".encode()


def _plain(text: str, day: str, rng: random.Random) -> bytes:  # noqa: ARG001
    return text.encode(rng.choice(["utf-8", "utf-16", "cp1251", "latin-1"]), "replace")


def _json_lines(text: str, day: str, rng: random.Random) -> bytes:
    row = {"date": day, "text": text, "title": text[:60], "id": rng.choice([None, 5, [], f"j{rng.randrange(10**9)}"])}
    return (json.dumps(row, ensure_ascii=rng.random() < 0.5) + "\n").encode("utf-8", "replace")


def _csv(text: str, day: str, rng: random.Random) -> bytes:  # noqa: ARG001
    cell = text.replace('"', '""')
    return f'date,title,text\n{day},"{cell[:40]}","{cell}"\n'.encode()


def _html(text: str, day: str, rng: random.Random) -> bytes:  # noqa: ARG001
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<!DOCTYPE html><html><head><title>{text[:40]}</title></head><body><article><time datetime='{day}'>{day}</time>{body}</article></body></html>".encode()


def _feed(text: str, day: str, rng: random.Random) -> bytes:  # noqa: ARG001
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item>'
    return (
        f"{head}<title>{text[:40]}</title><pubDate>{day}</pubDate><description>{text}</description></item></channel></rss>"
    ).encode()


def _mail_day(day: str) -> str:
    try:
        return dt.datetime.fromisoformat(day).strftime("%d %b %Y 12:00:00 +0000")
    except ValueError:
        return day


def _mail(text: str, day: str, rng: random.Random) -> bytes:  # noqa: ARG001
    return f"From: a@b\nSubject: {text[:40]!r}\nDate: {_mail_day(day)}\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode()


def _warc(text: str, day: str, rng: random.Random) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _html(text, day, rng)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{rng.randrange(10**12)}>\r\nWARC-Date: {day}T00:00:00Z\r\nWARC-Target-URI: http://x.example/{rng.randrange(99)}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
    return head.encode() + page + b"\r\n\r\n"


def _pdf(text: str, day: str, rng: random.Random) -> bytes:  # noqa: ARG001
    shown = text[:200].replace("(", "").replace(")", "").replace("\n", " ")
    stream = f"BT /F1 12 Tf 20 700 Td ({shown}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</CreationDate(D:{day.replace('-', '')})>>",
    ]
    file, starts = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(file))
        file += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 7\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Info 6 0 R/Size 7>>\nstartxref\n{len(file)}\n%%EOF"
    return (file + end).encode("latin-1", "replace")


MAKERS: dict[str, Maker] = {
    ".md": _markdown, ".txt": _plain, ".jsonl": _json_lines, ".csv": _csv, ".html": _html, ".xml": _feed, ".eml": _mail, ".mbox": _mail, ".warc": _warc,
    ".pdf": _pdf,
}  # fmt: skip


def spoil(content: bytes, other: bytes, rng: random.Random) -> bytes:
    """Return `content` with up to four changes."""
    for _ in range(rng.choice([0, 1, 1, 2, 4])):
        at = rng.randrange(len(content) + 1)
        to = min(len(content), at + rng.randrange(1, 80))
        match rng.randrange(7):
            case 0:
                content = content[:at] + rng.randbytes(rng.randrange(1, 12)) + content[to:]
            case 1:
                content = content[:at]
            case 2:
                content = content[:at] + content[at:to] * rng.randrange(2, 40) + content[to:]
            case 3:
                content = content[:at] + other[rng.randrange(len(other) + 1) :]
            case 4:
                content = content[:at] + content[to:]
            case _:
                content = content[:at] + rng.choice(NASTY).encode("utf-8", "replace") + content[at:]
    return content


def _texts() -> list[str]:
    files = sorted((ROOT / "data" / "reports").glob("*.md"))
    return [file.read_text(encoding="utf-8").rpartition("---\n")[2].strip() for file in files]


def write_files(folder: Path, n_files: int, seed: int) -> None:
    """Write `n_files` spoiled files into subfolders of `folder`."""
    rng = random.Random(seed)
    texts = _texts()
    for n in range(n_files):
        suffix = rng.choice(list(MAKERS))
        day = f"{rng.choice([2020, 2021, 2022, 1994])}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        if rng.random() < 0.1:
            day = rng.choice(
                ["9999-12-31", "0000-00-00", "2020-13-01", "31/02/2020", "", "tomorrow", "2020-10-05T25:61:00+99:00"]
            )
        make = MAKERS[suffix]
        text = rng.choice(texts)
        text = text[rng.randrange(len(text) // 2) :][: rng.randrange(100, 900)] if rng.random() < 0.9 else text
        content = spoil(make(text, day, rng), make(rng.choice(texts), day, rng), rng)
        stem = (
            (f"{day}-" if rng.random() < 0.5 and "/" not in day else "")
            + f"{n:06}"
            + ("" if rng.random() < 0.9 else rng.choice(STRANGE_ENDS))
        )
        part = folder / f"{n // 1000:03}"
        part.mkdir(exist_ok=True)
        (part / f"{stem}{suffix}").write_bytes(content)


def _kept_failures(store: Path) -> list[str]:
    """Return the failures that the store keeps, those of reports that could be read; the account of a run holds the first alone."""
    with contextlib.closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as opened:
        return [record for (record,) in opened.execute("SELECT record FROM failure ORDER BY report_id")]


def _state(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder)) for path in folder.rglob("*") if "reports" not in path.relative_to(folder).parts
    }


def run(folder: Path, account: str) -> tuple[int, str, int, float]:
    """Ingest once; return the exit code, what was said, the peak of memory in MB, and CPU seconds."""
    command = [sys.executable, "-m", "geoconflict", "ingest", "reports", "--report", account, "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with (folder / "said").open("w+", encoding="utf-8", errors="replace") as said:
        process = psutil.Popen(command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT)
        peak, cpu, ended = 0, 0.0, threading.Event()

        def look() -> None:
            nonlocal peak, cpu
            while not ended.wait(0.2):
                try:
                    peak = max(peak, process.memory_info().rss)
                    times = process.cpu_times()
                    cpu = times.user + times.system
                except psutil.Error:
                    return

        looker = threading.Thread(target=look)
        looker.start()
        code = process.wait()
        ended.set()
        looker.join()
        said.seek(0)
        return code, said.read(), peak // 1_000_000, cpu


def faults_of(folder: Path, n_files: int, megabytes: int) -> tuple[list[str], dict[str, Any]]:
    """Ingest twice, and return what was wrong and what was seen."""
    faults: list[str] = []
    expected = {"geoconflict.sqlite", ".geoconflict.sqlite", "said", "first.json", "second.json"}
    code, said, peak, cpu = run(folder, "first.json")
    if code not in (0, 3):
        faults.append(f"the run ended with {code}: {said[-2000:]}")
    if "Traceback" in said:
        faults.append(f"a traceback: {said[said.index('Traceback') :][:2000]}")
    if peak > megabytes:
        faults.append(f"the run took {peak} MB")
    first = json.loads((folder / "first.json").read_text())
    stages = {stage["stage"]: stage for stage in first["stages"]}
    read = stages["read"]
    seen = {"exit code": code, "MB": peak, "CPU s": round(cpu, 1), "reports": first["counts"], "read": read}
    if read["n_seen"] < n_files:
        faults.append(f"{n_files} files, {read['n_seen']} accounted for")
    if stages["extract"]["n_failed"] or stages["resolve"]["n_failed"]:
        faults.append(f"failed after reading: {_kept_failures(folder / 'geoconflict.sqlite')}")
    faults += [str(fault) for fault in check_store(folder / "geoconflict.sqlite")]
    strangers = {name for name in _state(folder) if not any(name.startswith(one) for one in expected)}
    if strangers:
        faults.append(f"files that do not belong there: {sorted(strangers)[:9]}")
    code, said, _, cpu = run(folder, "second.json")
    again = {stage["stage"]: stage["n_done"] for stage in json.loads((folder / "second.json").read_text())["stages"]}
    seen |= {"second exit code": code, "second CPU s": round(cpu, 1), "second did": again}
    if any(again.values()):
        faults.append(f"the second run did something: {again}")
    return faults, seen


def main() -> None:
    """Write the files, ingest them, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--megabytes", type=int, default=1_500, help="what the run may take at its peak")
    parser.add_argument("--keep", type=Path, help="an empty folder to work in, left as it is; else a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        (folder / "reports").mkdir(parents=True)
        began = time.monotonic()
        write_files(folder / "reports", options.files, options.seed)
        kinds = Counter(path.suffix for path in (folder / "reports").rglob("*") if path.is_file())
        print(f"{options.files} files in {time.monotonic() - began:.0f} s: {dict(kinds)}", flush=True)
        faults, seen = faults_of(folder, options.files, options.megabytes)
    for name, value in seen.items():
        print(f"{name}: {value}")
    for fault in faults:
        print(f"fault: {fault}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
