"""One report a line: JSON Lines. A file that is one document of JSON is read as that."""

from __future__ import annotations

import json
from collections.abc import Iterator

from geoconflict.models import Report
from geoconflict.reports._files import InputFile
from geoconflict.reports._json_document import fault_of_keys, is_document, read_json_document
from geoconflict.reports._lines import Line, LineReader
from geoconflict.reports._record import Admission, make_report, printable_id
from geoconflict.reports._rejection import Rejection

__all__ = ["read_json_lines"]


def read_json_lines(file: InputFile, admission: Admission) -> Iterator[Report | Rejection]:
    """Yield a report, or the reason why there is none, for each line that is not blank; of one JSON document for each of its objects."""
    if is_document(file):
        yield from read_json_document(file, admission)
        return
    with file.open() as stream:
        n_records = 0
        for line in LineReader(file, stream, admission.max_bytes):
            if line.fault is None and not line.text.strip():
                continue
            n_records += 1
            fields: dict[str, object] = {}
            try:
                fields = admission.pick(_parse(line))
                yield make_report(fields, admission, origin=f"{file.origin}:{line.number}")
            except Rejection as rejection:
                rejection.line, rejection.external_id = line.number, printable_id(fields)
                yield rejection
        if n_records == 0:
            raise Rejection("the file holds no line", "delete it, or put one JSON object a line into it")


def _parse(line: Line) -> dict[str, object]:
    if line.fault is not None:
        raise line.fault
    try:
        record = json.loads(line.text, object_pairs_hook=_with_keys_once)
    except json.JSONDecodeError as error:
        msg = f"not JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}"
        raise Rejection(msg, "put one JSON object on the line") from None
    except (ValueError, RecursionError) as error:
        msg = f"not usable JSON: {error}"
        raise Rejection(msg, "put one plain JSON object on the line") from None
    if not isinstance(record, dict):
        msg = f"the line is no JSON object but {line.text.strip():.40}"
        raise Rejection(msg, "put one JSON object on the line")
    return record


def _with_keys_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if (fault := fault_of_keys(pairs)) is not None:
        raise fault
    return dict(pairs)
