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
# # A nightly job: what it does again, and what a reviewer's decision survives
#
# A map that is rebuilt every night must cost what is new, say what failed, and keep what people have put right. This notebook
# plays four such runs with the sample reports, from Python, and looks at what each run says of itself. On a server a timer does
# the same with one command: [docs/operations.md](../docs/operations.md).

# %%
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import geoconflict as gc

samples = next(
    folder / "data" / "reports"
    for folder in [Path.cwd(), *Path.cwd().parents]
    if (folder / "data" / "reports").is_dir()
)
job = Path(mkdtemp(prefix="geoconflict-"))
(job / "reports").mkdir()
(job / "geoconflict.toml").write_text(
    """\
[reports]
paths = ["reports"]

[store]
path = "war.sqlite"

[review]
reviewer = "anna"

[[maps]]
name = "war"
title = "A war, rebuilt"
""",
    encoding="utf-8",
)

# %% [markdown]
# ## One night
#
# `gc.build` reads what is new under the paths of the settings, brings the events up to date, and draws the maps that are
# stale. It returns a `RunReport` and the files of the maps.


# %%
def night(until: str) -> gc.RunReport:
    """Bring the reports up to a day, as a fetcher would, and build."""
    for path in sorted(samples.glob("2020-*.md")):
        if path.name[:10] <= until:
            shutil.copy2(path, job / "reports" / path.name)
    settings = gc.load_settings(job)
    with gc.EventStore(job / settings.store.path) as store:
        run, _ = gc.build(store, gc.Tools(settings))
        state = store.counts()
    log.append({"night": until, "run": run, **state})
    return run


log = []
run = night("2020-10-04")
pd.DataFrame([one.to_dict() for one in run.stages]).set_index("stage")

# %% [markdown]
# `n_seen` is what a stage looked at, `n_done` what it worked on, `n_skipped` what was as before. `merge` counts events.
#
# ## A reviewer looks
#
# `review_items` lists what is doubtful, the worst first.

# %%
with gc.EventStore(job / "war.sqlite", read_only=True) as store:
    items = gc.review_items(store)
print(f"{len(items)} events to look at")
geoconflict = [sys.executable, "-m", "geoconflict"]


def command(*words: str) -> str:
    done = subprocess.run([*geoconflict, *words, "--config", str(job)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):  # 3: finished, with failed reports
        raise RuntimeError(done.stderr)
    return done.stdout


print(command("review", "--out", str(job / "review.csv")))
sheet = pd.read_csv(job / "review.csv", dtype=str, keep_default_na=False)
sheet[["doubt", "about", "sub_event_type", "place_name", "quote"]].head(4)

# %% [markdown]
# One of them is the shelling of Martuni in which two French journalists were wounded: two towns bear that name, and the place
# scores little. Anna reads the report, and decides for the Martuni of Nagorno-Karabakh, which Azerbaijan calls Khojavend.

# %%
row = sheet["quote"].str.contains("French journalists")
sheet.loc[row, ["decision", "value", "comment"]] = [
    "move",
    "47.113, 39.795, town, 3000, Martuni (Khojavend)",
    "the town in Nagorno-Karabakh, not the one on Lake Sevan",
]
sheet.to_csv(job / "review.csv", index=False)
print(command("review", "--apply", str(job / "review.csv"), "--who", "anna"))
corrections = gc.load_corrections(job / "corrections.jsonl")
for entry in corrections:
    print(entry.when.date(), entry.who, entry.what, entry.event[:8], "-", entry.why)

# %% [markdown]
# The decision stands in `corrections.jsonl`, a file of lines to keep in git, and not in the store: the store can be thrown away.
#
# ## More runs, and a faulty report
#
# Somebody drops a file without a day into the folder. The run goes on, and names it with how to repair it.

# %%
night("2020-10-11")
(job / "reports" / "from-the-phone.txt").write_text("Shells fell on the town again, a resident said.", encoding="utf-8")
run = night("2020-10-25")
for failure in run.failures:
    print(Path(failure.where).name, "-", failure.what, "-", failure.repair)
(job / "reports" / "from-the-phone.txt").unlink()
run = night("2020-11-10")

# %% [markdown]
# ## Does the decision still stand?
#
# Three runs later the event is where Anna put it, and says so to everyone who clicks it.

# %%
with gc.EventStore(job / "war.sqlite", read_only=True) as store:
    events, unlocated = store.events(), store.unlocated()
moved = events[events["place_name"] == "Martuni (Khojavend)"].iloc[0]
print(
    moved["place_name"],
    moved["place_precision"],
    f"within {moved['radius_m'] / 1000:.0f} km, score {moved['score']:.0f}",
)
print(moved["place_reasons"])

# %% [markdown]
# And without the store? A new one, built from the reports and the corrections alone, has the same events.

# %%
settings = gc.load_settings(job)
with gc.EventStore(job / "anew.sqlite") as store:
    gc.ingest([job / "reports"], store, gc.Tools(settings))
    anew = store.events()
assert set(anew["event_id"]) == set(events["event_id"])
assert "Martuni (Khojavend)" in set(anew["place_name"])
print(f"{len(anew)} events built anew, with the same ids, and Martuni is where Anna put it")

# %% [markdown]
# ## The picture: a run costs what is new
#
# Both panels come from the run reports alone.

# %%
plt.rcParams.update({"figure.dpi": 110, "axes.spines.top": False, "axes.spines.right": False, "font.size": 9.5})
stages = pd.DataFrame(
    [{"night": one["night"], **stage.to_dict()} for one in log for stage in one["run"].stages]
).set_index(["stage", "night"])
read, made = stages.loc["extract"], pd.DataFrame(log).set_index("night")
failed = stages.loc["read", "n_failed"]
at = np.arange(len(read))

figure, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.9), layout="constrained")
before = made["reports"] - read["n_done"]
left.bar(at, before, color="#d0d5db", label="unchanged: not read again")
left.bar(at, read["n_done"], bottom=before, color="#0072b2", label="new: read and placed")
for one in np.flatnonzero(failed):
    left.annotate(f"{failed.iloc[one]} refused,\nno day", (one, made["reports"].iloc[one]), xytext=(0, 12),
                  textcoords="offset points", ha="center", color="#b34700", fontsize=8.5)  # fmt: skip
left.set_ylabel("reports")
left.set_ylim(0, made["reports"].max() * 1.25)
left.legend(frameon=False, loc="upper left")
right.bar(at, made["events"] - made["unlocated"], color="#009e73", label="with a place")
right.bar(at, made["unlocated"], bottom=made["events"] - made["unlocated"], color="white", edgecolor="#666", hatch="////",
          linewidth=0.6, label="without a place, listed")  # fmt: skip
right.set_ylabel("events in the store")
right.set_ylim(0, made["events"].max() * 1.25)
right.legend(frameon=False, loc="upper left")
for axes in (left, right):
    axes.set_xticks(at, [f"{pd.Timestamp(day):%-d %b}" for day in read.index])
    axes.set_xlabel("run, with the reports up to this day of 2020")
share = read["n_done"].iloc[-1] / made["reports"].iloc[-1]
figure.suptitle(f"The last run read {read['n_done'].iloc[-1]} of {made['reports'].iloc[-1]} reports ({share:.0%})",
                x=0.01, ha="left", weight="bold", fontsize=12)  # fmt: skip
figure.supxlabel("Data: sample reports of geoconflict, retold.", fontsize=7.5, color="#555", x=0.01, ha="left")
plt.show()

# %% [markdown]
# ## What a machine reads
#
# The command writes an account of a run as JSON, and metrics for Prometheus. A night with nothing new does nothing.

# %%
command("build", "--quiet", "--report", str(job / "run.json"), "--metrics", str(job / "geoconflict.prom"))
account = json.loads((job / "run.json").read_text(encoding="utf-8"))
print(account["outcome"], "exit code", account["exit_code"], account["counts"])
print({stage["stage"]: stage["n_done"] for stage in account["stages"]})
status = json.loads(command("status", "--json"))
print({name: status[name] for name in ("n_to_extract", "n_to_resolve", "merge_is_stale", "stale_maps", "corrections")})

# %% [markdown]
# ## Hand it on
#
# Exports replace their files whole, so a reader never meets half of one. The folder of months replaces those alone that
# changed.

# %%
credit = gc.Gazetteer.open().attribution
for name in ("war.geojson", "war.parquet", "war.gpkg"):
    print(name, gc.export_events(events, unlocated, job / name, attribution=credit), "events")
gc.export_partitions(events, unlocated, job / "months", attribution=credit)
sorted(path.parent.name for path in (job / "months").rglob("*.parquet"))

# %% [markdown]
# What to watch in the morning: `exit_code` (3 is "finished, some reports failed"), `n_failures`, the number of events without a
# place, and `corrections`, which names decisions whose report is gone or on which two reviewers differ. A map that is quiet
# for three nights may be a fetcher that broke.
