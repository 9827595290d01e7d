"""One report a line: JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from geoconflict.models import Report
from geoconflict.reports._files import InputFile
from geoconflict.reports._lines import Line, LineReader
from geoconflict.reports._record import Admission, make_report, printable_id
from geoconflict.reports._rejection import Rejection

__all__ = ["read_json_lines"]


def read_json_lines(file: InputFile, admission: Admission) -> Iterator[Report | Rejection]:
    """Yield a report, or the reason why there is none, for each line that is not blank."""
    with file.open() as stream:
        n_records = 0
        for line in LineReader(file, stream, admission.max_bytes):
            if line.fault is None and not line.text.strip():
                continue
            n_records += 1
            fields: dict[str, object] = {}
            try:
                fields = admission.pick(_parse(line, is_first=n_records == 1))
                yield make_report(fields, admission, origin=f"{file.origin}:{line.number}")
            except Rejection as rejection:
                rejection.line, rejection.external_id = line.number, printable_id(fields)
                yield rejection
                if rejection.ends_file:
                    return
        if n_records == 0:
            raise Rejection("the file holds no line", "delete it, or put one JSON object a line into it")


def _parse(line: Line, *, is_first: bool) -> dict[str, object]:
    if line.fault is not None:
        raise line.fault
    if is_first:
        _refuse_document(line.text)
    try:
        record = json.loads(line.text, object_pairs_hook=_with_keys_once)
    except json.JSONDecodeError as error:
        msg = f"not JSON: {error.msg} at character {error.pos + 1}"
        raise Rejection(msg, "put one JSON object on the line") from None
    except (ValueError, RecursionError) as error:
        msg = f"not usable JSON: {error}"
        raise Rejection(msg, "put one plain JSON object on the line") from None
    if not isinstance(record, dict):
        msg = f"the line is no JSON object but {line.text.strip():.40}"
        raise Rejection(msg, "put one JSON object on the line")
    return record


def _with_keys_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object of its pairs; JSON lets a key stand twice, and no reader can know which value is meant."""
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for number, key in enumerate(keys) if key in keys[:number])
        msg = f"the key {twice!r:.40} stands twice in one object"
        raise Rejection(msg, "keep the value that is meant, and delete the other")
    return record


def _refuse_document(first: str) -> None:
    """Refuse a file that is one JSON document over many lines, once and not once a line."""
    if first.strip() in ("[", "{") or (first.lstrip().startswith("[{") and not first.rstrip().endswith("]")):
        what = "the file is one JSON document over several lines"
        raise Rejection(what, "write one JSON object a line, for example with jq -c '.[]'", ends_file=True)
