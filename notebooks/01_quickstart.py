# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Quickstart: from reports to a map
#
# Reports go in, dated and placed events come out, each one sentence away from its evidence. Everything here runs
# offline on the project's own sample reports of the 2020 Nagorno-Karabakh war.

# %%
from pathlib import Path
from tempfile import mkdtemp

import geoconflict as gc

reports_folder = next(
    folder / "data" / "reports"
    for folder in [Path.cwd(), *Path.cwd().parents]
    if (folder / "data" / "reports").is_dir()
)
work = Path(mkdtemp(prefix="geoconflict-"))

# %% [markdown]
# ## Read
#
# `read_reports` reads files and folders. What cannot be read is in `failures`, with file, line and how to repair it.

# %%
reader = gc.read_reports(reports_folder)
reports = list(reader)
print(f"{len(reports)} reports, {len(reader.failures)} failures")
print(f"from {min(r.published_on for r in reports)} to {max(r.published_on for r in reports)}")
print(reports[0].text[reports[0].body_start :][:300])

# %% [markdown]
# ## Ingest
#
# An event store is one SQLite file. Ingesting the same reports again changes nothing.

# %%
store = gc.EventStore(work / "war.sqlite")
run = gc.ingest([reports_folder], store)
for stage in run.stages:
    print(f"{stage.stage:>8}: {stage.n_done} done, {stage.n_skipped} unchanged, {stage.n_failed} failed")

# %% [markdown]
# ## Look
#
# Located events are a GeoDataFrame in EPSG:4326. Events without a place are kept apart and counted.

# %%
events = store.events()
print(f"{len(events)} located events, {len(store.unlocated())} without a place")
events[["starts_on", "event_type", "sub_event_type", "status", "place_name", "place_precision", "killed_low"]].head(10)

# %%
events.groupby(["event_type", "status"]).size().unstack(fill_value=0)

# %% [markdown]
# Every event leads to its evidence: who says it, in which sentence, and why the place is the one on the map.

# %%
one = events[events["n_sources"] == events["n_sources"].max()].iloc[0]
print(one.starts_on.date(), one.sub_event_type, "at", one.place_name, f"({one.place_precision})")
print("why there:", one.place_reasons)
print(one.sources[:600])

# %% [markdown]
# Cumulative figures ("more than 700 so far") are no events. They stand in a table of their own.

# %%
store.tolls()[["as_of", "measure", "low", "high", "who", "claimed_by"]].head(10)

# %%
gc.plot_tolls(store.tolls())

# %% [markdown]
# ## Ask the frame
#
# `frame.conflict` has what analysts ask most: days, areas, periods, counts, maps. Days are asked as they are known: an event
# "on 4 or 5 October" may be of either.

# %%
october = events.conflict.between("2020-10-01", "2020-10-31")
only = events.conflict.between("2020-10-01", "2020-10-31", whole=True)
print(f"{len(october)} events may be of October, {len(only)} of them surely")
events.conflict.panel("country", "month")[["area", "period", "n_events", "killed_low", "n_without_killed"]]

# %% [markdown]
# ## Map
#
# A cell shows the map. Saved, it is one HTML file that opens from disk without a network.

# %%
drawn = events.conflict.explore(
    title="The 2020 Nagorno-Karabakh war",
    unlocated=store.unlocated(),
    tolls=store.tolls(),
    labels=gc.Tools().town_labels,
)
drawn.save(work / "war.html")
print(f"{(work / 'war.html').stat().st_size / 1e6:.2f} MB")
drawn

# %% [markdown]
# For print there is a figure. Hollow is what is known only roughly; what could not be drawn is counted below the title.

# %%
gazetteer = gc.Gazetteer.open()
events.conflict.plot_map(
    title="Six weeks of reports: most name the towns of Nagorno-Karabakh",
    credit=gazetteer.attribution,
    bounds=(45.2, 38.7, 48.0, 41.2),
    n_unlocated=len(store.unlocated()),
)

# %% [markdown]
# ## Share the data
#
# GeoJSON, GeoParquet, GeoPackage or CSV, by suffix; the credit for the place data goes along.

# %%
for name in ("war.geojson", "war.parquet", "war.csv"):
    n = gc.export_events(events, store.unlocated(), work / name, attribution=gazetteer.attribution)
    print(f"{name}: {n} events")
store.close()

# %% [markdown]
# Next: [which Martuni?](02_disambiguating_places.ipynb), [a conflict that is new to you](03_reading_a_new_conflict.ipynb),
# [who says so](04_the_fog_of_war.ipynb).
