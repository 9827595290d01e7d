"""A store with events to review, and the review page served from it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import threading

from builders import day, place, report, source, toponym

from geoconflict.events import merge_into
from geoconflict.models import Reading, Resolution, ScoredPlace
from geoconflict.reviewing.serving.api import Api
from geoconflict.reviewing.serving.server import ReviewServer
from geoconflict.settings import load_settings
from geoconflict.store import EventStore

HILL = place("Hilltown", 30.6, 10.4, place_id="near:hilltown", admin1="Valley")
NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)


def make_project(folder, days=(0, 9, 9)):
    """Write settings and a store of three reports on some days, by default of two events; the first is at a doubtful place."""
    (folder / "geoconflict.toml").write_text('[places]\noverrides = "overrides.csv"\n')
    texts = [
        "Artillery struck Riverton on Thursday.",
        "Mortars struck Riverton <b>at</b> dawn.",
        "Artillery hit Riverton again.",
    ]
    with EventStore(folder / "geoconflict.sqlite") as store, store.transaction():
        sources = []
        for n, (text, on) in enumerate(zip(texts, days, strict=True)):
            told = report(text, source=f"Agency {n}")
            of = dataclasses.replace(source(told, when=day(on)), place_score=0.2 if n == 0 else 0.6)
            sources.append(of)
            store.put_report(told)
            store.put_reading(Reading(report_id=told.report_id, toponyms=(toponym(),), mentions=(of.mention,)), "r")
            others = (ScoredPlace(place=HILL, score=0.15, reasons=("named nearby",)),)
            found = Resolution(toponym=of.mention.place, place=place(), score=0.2, alternatives=others)
            store.put_resolutions(told.report_id, [found], "k")
        merge_into(store.ledger, sources)
    return folder


@contextlib.contextmanager
def review_server(folder):
    """Serve the page of a project on this machine, and give the server."""
    api = Api(load_settings(folder), folder / "geoconflict.sqlite", who="anna", now=lambda: NOON)
    with ReviewServer(api) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(timeout=60)
