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
# ## Map
#
# One HTML file that opens from disk without a network.

# %%
drawn = gc.EventMap(events, title="The 2020 Nagorno-Karabakh war", unlocated=store.unlocated())
drawn.save(work / "war.html")
print(f"{(work / 'war.html').stat().st_size / 1e6:.2f} MB")

# %% [markdown]
# ## Share the data
#
# GeoJSON, GeoParquet, GeoPackage or CSV, by suffix; the credit for the place data goes along.

# %%
gazetteer = gc.Gazetteer.open()
for name in ("war.geojson", "war.parquet", "war.csv"):
    n = gc.export_events(events, store.unlocated(), work / name, attribution=gazetteer.attribution)
    print(f"{name}: {n} events")
store.close()
