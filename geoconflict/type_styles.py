"""The colour and the shape of each event type: one table for maps, and for the files that other tools draw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib import resources
from typing import Any

__all__ = ["style_table"]


def style_table(types: Iterable[str] = ()) -> dict[str, Any]:
    """Return the colours and shapes of event types for light and dark ground, as ``resources/maps/types.json`` holds them.

    Any of `types` that is not there gets one of the colours with another shape than goes with it, by a rule that depends
    on the set of types alone: each in turn, by its name, takes of the colours that are used least the first from where the
    digest of its name points. Up to seven types differ in colour. Beyond 42 of others all look alike.
    """
    text = (resources.files("geoconflict.resources") / "maps" / "types.json").read_text("utf-8")
    table: dict[str, Any] = json.loads(text)
    names, known = list(table["types"]), list(table["types"].values())
    wanted = set(types)
    uses = [int(name in wanted) for name in names]
    free = {(ring, at) for ring in range(1, len(known)) for at in range(len(known))}
    for name in sorted(wanted - set(names))[: len(free)]:
        start = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[0]
        ring, at = min(free, key=lambda pair: (uses[pair[1]], pair[0], (pair[1] - start) % len(known)))
        free.remove((ring, at))
        uses[at] += 1
        table["types"][name] = known[at] | {"shape": known[(at + ring) % len(known)]["shape"]}
    return table
