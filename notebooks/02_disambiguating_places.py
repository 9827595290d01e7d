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
# # Which Martuni? Checking and correcting places
#
# Several towns share a name, a village is on no list, a party is called like a province. This notebook shows how to see why
# a point is where it is, and the two ways to change it: an override for a name, and a table of places of your own.
# Everything runs offline on the project's own sample reports.

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
reports = {report.origin: report for report in gc.read_reports(reports_folder)}

# %% [markdown]
# ## Why is this point here?
#
# `explain` reads one report and shows each place name in its sentence, the place it was taken for, the score, and why.
# Open a line to see the candidates and what each piece of evidence added.

# %%
why = gc.explain(reports["2020-10-01-journalists-martuni.md"])
why

# %% [markdown]
# Two towns called Martuni remain: one in Nagorno-Karabakh, one on Lake Sevan. What set them apart, in numbers:
# 0.7 more doubles the odds.

# %%
martuni = why.only(name="Martuni").mentions[0]
for one in martuni.candidates:
    print(f"{one.score:.2f}  {one.place.name}, {one.place.admin1}, {one.place.country}  {one.place.place_id}")
for evidence in martuni.decisive[:4]:
    print(f"  {evidence.added:+.1f} {evidence.words}")

# %%
import matplotlib.pyplot as plt

rows = list(reversed(martuni.decisive))
figure, axes = plt.subplots(figsize=(8, 0.5 + 0.42 * len(rows)), layout="constrained", dpi=110)
axes.barh(
    range(len(rows)), [one.added for one in rows], color=["#0072b2" if one.added > 0 else "#d55e00" for one in rows]
)
axes.set_yticks(range(len(rows)), [one.words for one in rows])
axes.axvline(0, color="#333", linewidth=0.8)
axes.set_xlabel("log of odds, for the chosen town (right) or the other")
figure.suptitle(
    "Which Martuni? The places around it decided, against size and country", x=0.01, ha="left", weight="bold"
)
axes.tick_params(axis="y", length=0)
axes.spines[["top", "right", "left"]].set_visible(False)
plt.show()

# %% [markdown]
# The same as a table, one row a candidate. Sort it by score to see what to check first.

# %%
table = why.to_frame()
table[["phrase", "outcome", "chosen", "score", "name", "admin1", "country", "place_id"]]

# %% [markdown]
# ## What to check first
#
# Over all reports: names without a place, and names placed with little to spare.

# %%
import pandas as pd

tools = gc.Tools()
explained = [gc.explain(report, tools=tools) for report in list(reports.values())[:20]]
everything = pd.concat([one.to_frame().assign(origin=one.report.origin) for one in explained], ignore_index=True)
unplaced = everything[everything["placed_at"] == ""].drop_duplicates(["origin", "mention"])
close = everything[everything["chosen"] & (everything["score"] < 0.8)]
print(f"{len(unplaced)} names without a place, {len(close)} to look at twice")
pd.concat([unplaced, close])[["origin", "phrase", "outcome", "score", "name", "admin1"]].head(12)

# %% [markdown]
# ## Overrides: your decision wins
#
# Each explained name brings rows ready to paste. Say that for reports that also name Stepanakert, Martuni is the one in
# Nagorno-Karabakh: the row is the one offered, with a context and a note.

# %%
header = why.to_dict()["overrides_header"]
chosen = next(one.place.place_id for one in martuni.candidates if one.chosen)
row = dict.fromkeys(header.split(","), "")
row |= {"surface": "Martuni", "context": "Stepanakert", "place_id": chosen, "note": "checked against the front line"}
(work / "overrides.csv").write_text(f"{header}\n{','.join(row.values())}\n", encoding="utf-8")
(work / "geoconflict.toml").write_text('[places]\noverrides = "overrides.csv"\n', encoding="utf-8")
print((work / "overrides.csv").read_text(encoding="utf-8"))

# %%
decided = gc.explain(
    reports["2020-10-01-journalists-martuni.md"], name="Martuni", tools=gc.Tools(gc.load_settings(work))
)
assert decided.mentions[0].outcome == "override"
decided

# %% [markdown]
# An override takes effect at the next build, without reading the reports again.
#
# ## Places of your own
#
# The village of Gashalti is on no list. The report says "near Naftalan", so it is placed on the ground around that town, and the
# reasons say that no more is known; without such words its name would stay unplaced.

# %%
report = reports["2020-09-28-tartar-shelled.md"]
gc.explain(report, name="Gashalti")

# %% [markdown]
# Until somebody looks the village up, a row of our own can say how far we think that "near" reaches: the point of
# Naftalan, and 10 km for not knowing better. It gives the village its own name, too. Such a table may also hold lines and areas.

# %%
(work / "places.csv").write_text(
    "place_id,name,precision,country,lon,lat,radius_km,source\n"
    "gashalti,Gashalti,near,AZE,46.82,40.508,10,the report: a village near Naftalan\n",
    encoding="utf-8",
)
(work / "geoconflict.toml").write_text('[places]\nextra = ["places.csv"]\n', encoding="utf-8")
placed = gc.explain(report, name="Gashalti", tools=gc.Tools(gc.load_settings(work)))
assert placed.mentions[0].resolution.place.place_id == "user:gashalti"
placed

# %% [markdown]
# The same on the command line, for a file, a report in a store, or text from elsewhere:
#
# ```sh
# geoconflict explain data/reports/2020-10-01-journalists-martuni.md --name Martuni
# geoconflict explain 684ea6c9 --store maps/demo.sqlite
# geoconflict explain - --published 2020-10-01 < text
# ```
