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
# # Scaling out with Dask
#
# Reading reports is what takes time, and it can be shared out. This notebook reads sample reports on a cluster of two
# workers on this machine, compares the store with one that was read alone, and reads the events back as months of
# GeoParquet. On a larger cluster nothing changes but the address: [docs/scaling.md](../docs/scaling.md).
#
# It needs `pip install '.[dask]'` in a checkout. Where Dask is missing, the cells that need it say so and the rest runs.

# %%
import importlib.util
import logging
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp

import matplotlib.pyplot as plt
import pandas as pd

import geoconflict as gc

reports_folder = next(
    folder / "data" / "reports"
    for folder in [Path.cwd(), *Path.cwd().parents]
    if (folder / "data" / "reports").is_dir()
)
reports = sorted(reports_folder.glob("2020-*.md"))[::2]  # every second one, to be quick
work = Path(mkdtemp(prefix="geoconflict-"))
missing = [name for name in ("dask", "distributed") if importlib.util.find_spec(name) is None]
if missing:
    print(f"Without {' and '.join(missing)}: all is read in this process. pip install '.[dask]' for the cluster.")

# %% [markdown]
# ## Alone
#
# First in this process, to compare with.

# %%
with gc.EventStore(work / "alone.sqlite") as store:
    gc.ingest(reports, store)
    alone = store.events()
print(len(alone), "events")

# %% [markdown]
# ## On a cluster
#
# Workers read and place; this process alone writes the store. A client that the process has made is used, whatever started
# its cluster. The workers listen on the loopback address alone, with one thread each. They start as processes, which takes
# longer than forty short reports do: a cluster pays off from some thousands on.

# %%
(work / "geoconflict.toml").write_text(f'[run]\nengine = "{"local" if missing else "dask"}"\n', encoding="utf-8")
with ExitStack() as stack, gc.EventStore(work / "cluster.sqlite") as store:
    if not missing:
        import dask
        from distributed import Client, LocalCluster

        stack.enter_context(dask.config.set({"distributed.comm.timeouts.connect": "120s"}))  # for slow machines
        cluster = stack.enter_context(
            LocalCluster(
                n_workers=2,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        )
        client = stack.enter_context(Client(cluster, timeout="120s"))
        client.wait_for_workers(1, timeout=240)  # the second one joins when it is there
        print(len(client.ncores()), "workers so far")
    run = gc.ingest(reports, store, gc.Tools(gc.load_settings(work)))
    events, unlocated = store.events(), store.unlocated()
print({stage.stage: stage.n_done for stage in run.stages})

# %% [markdown]
# However many workers there are and in whatever order they finish, the store holds the same:

# %%
pd.testing.assert_frame_equal(pd.DataFrame(events), pd.DataFrame(alone))
print(f"the same {len(events)} events, column by column")

# %% [markdown]
# ## Months of GeoParquet
#
# A folder with a file a month is what a cluster can read again. Each file carries the credit.

# %%
credit = gc.Gazetteer.open().attribution
gc.export_partitions(events, unlocated, work / "events", attribution=credit)
for path in sorted((work / "events").rglob("*.parquet")):
    print(path.relative_to(work), f"{path.stat().st_size / 1000:.0f} kB")

# %% [markdown]
# `read_partitions` opens only the months that the question needs, and finds what began earlier and may have lasted.

# %%
october_south = gc.read_partitions(
    work / "events",
    since=pd.Timestamp("2020-10-01").date(),
    until=pd.Timestamp("2020-10-31").date(),
    bbox=(46.0, 38.8, 48.0, 39.6),
)
print(len(october_south), "events in the south that may be of October")

# %% [markdown]
# Other tools read the folder as it is. GeoPandas takes all or one month; dask-geopandas, where it is installed, makes each month
# a partition and counts without loading them all.

# %%
import geopandas

whole = geopandas.read_parquet(work / "events")
one = geopandas.read_parquet(work / "events", filters=[("month", "==", "2020-10")])
print(f"geopandas: {len(whole)} events, {len(one)} that begin in October")

if importlib.util.find_spec("dask_geopandas") is None:
    print("dask-geopandas is not installed: counted with geopandas")
    types = whole["event_type"].value_counts()
else:
    import dask_geopandas

    parts = dask_geopandas.read_parquet(work / "events")
    types = parts["event_type"].value_counts().compute(scheduler="synchronous")
    print(f"dask-geopandas: {parts.npartitions} partitions")
assert types.sum() == len(events) + len(unlocated)
types.sort_values(ascending=False)

# %% [markdown]
# ## What a cluster is good for
#
# The time of reading is shared out; merging and writing are not. This is reckoned, not measured: from 8 ms of CPU that a short
# item takes to read and place, 0.4 ms that the command itself needs to send it and to take it back, and 0.6 ms to merge it
# ([docs/scaling.md](../docs/scaling.md)). Measure a thousand of your own first.

# %%
workers = pd.Series([1, 2, 4, 8, 16, 32, 64])
million = pd.DataFrame({"read and place": 8e-3 / workers, "send and commit": 0.4e-3, "merge": 0.6e-3}) * 1e6 / 3600
reading = million[["read and place", "send and commit"]].max(axis=1)  # they overlap: the slower one is waited for

plt.rcParams.update({"figure.dpi": 110, "axes.spines.top": False, "axes.spines.right": False, "font.size": 9.5})
figure, axes = plt.subplots(figsize=(7.8, 4.2), layout="constrained")
at = range(len(workers))
axes.bar(at, reading, color="#0072b2", label="read and place, shared out")
axes.bar(at, million["merge"], bottom=reading, color="#e69f00", label="merge, in the command alone")
for one, hours in enumerate(reading + million["merge"]):
    axes.annotate(f"{hours:.1f} h" if hours >= 1 else f"{hours * 60:.0f} min", (one, hours), xytext=(0, 4),
                  textcoords="offset points", ha="center")  # fmt: skip
axes.set_xticks(list(at), workers)
axes.set_xlabel("workers, each with a core of its own")
axes.set_ylabel("hours for a million short items")
axes.legend(frameon=False)
axes.set_title(
    "Beyond some twenty workers, the one process that writes is what all wait for", loc="left", weight="bold", pad=12
)
figure.supxlabel(
    "Reckoned from measured times of single items; an article of 2,000 characters takes some six times as long.",
    fontsize=7.5,
    color="#555",
    x=0.01,
    ha="left",
)
plt.show()

# %% [markdown]
# Two more things to know before you rent machines:
#
# - workers need the same geoconflict, the same gazetteer and the same lexicons; each checks and refuses to work otherwise;
# - Dask runs whatever code it is sent. Keep the scheduler's port inside a network that you trust.
