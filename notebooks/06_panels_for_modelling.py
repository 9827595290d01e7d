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
# # Panels for modelling: cells, weeks, and what is in neither
#
# Models of conflict want a table with one row for each area and period. Three things go wrong on the way there: empty cells
# are dropped, vague events are counted where their stand-in point happens to lie, and missing deaths become zeros. This
# notebook makes such a table of the sample reports and shows what each choice does.

# %%
from pathlib import Path
from tempfile import mkdtemp

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import shapely

import geoconflict as gc

reports_folder = next(
    folder / "data" / "reports"
    for folder in [Path.cwd(), *Path.cwd().parents]
    if (folder / "data" / "reports").is_dir()
)
with gc.EventStore(Path(mkdtemp(prefix="geoconflict-")) / "war.sqlite") as store:
    gc.ingest([reports_folder], store)
    events = store.events()

violence = events[events["event_type"].isin(["Battles", "Explosions/Remote violence", "Violence against civilians"])]
print(f"{len(violence)} events of violence, {int((violence['status'] == 'denied').sum())} of them denied")

# %% [markdown]
# ## By what the events say of themselves
#
# The country of an event is that of the law, so the shelling of Stepanakert counts under Azerbaijan, whoever held the town on
# that day. No panel settles that: choose areas that fit the question.

# %%
gc.panel(violence, "country", "month")[["area", "period", "n_events", "killed_low", "killed_best", "n_without_killed"]]

# %% [markdown]
# `killed_best` is missing as soon as one event of the cell gives no best figure. `n_without_killed` says how many give none
# at all. A sum over the rest would be a sum over those that somebody happened to count.
#
# ## By cells of half a degree
#
# PRIO-GRID parts the world into such cells, 55 km from north to south, and many data sets come in them. Each cell with
# an event has a row for each week, also where nothing is told.

# %%
weeks = violence.conflict.panel("prio_grid", "week", level="cell", since="2020-09-28", until="2020-11-08")
cells = weeks[(weeks["area"] != "unassigned") & weeks["period"].notna()]
print(f"{len(cells)} rows: {cells['area'].nunique()} cells in {cells['period'].nunique()} weeks")
print(f"{(cells['n_events'] == 0).mean():.0%} of them without an event")
print("not counted:", weeks.attrs["left_out"])
print("unassigned:", weeks.attrs["unassigned"])

# %% [markdown]
# An empty row says that **these reports tell of nothing there**. Whether it was quiet, or nobody wrote, a panel cannot know.
#
# What cannot be put into one cell and one week has rows of its own, so the table still adds up:

# %%
known_area, known_week = weeks["area"] != "unassigned", weeks["period"].notna()
named = {
    (True, True): "cell and week",
    (False, True): "week alone",
    (True, False): "cell alone",
    (False, False): "neither",
}
adds_up = weeks.groupby([known_area, known_week])["n_events"].sum()
adds_up.index = [named[one] for one in adds_up.index]
print(adds_up.astype(int).to_string(), f"\n{adds_up.sum():.0f} in all")

# %% [markdown]
# ## The picture: cells by weeks
#
# Cells with at least one event, the busiest on top. The bottom row is part of the result: it is what a map of cells hides.

# %%
plt.rcParams.update({"figure.dpi": 110, "font.size": 9})
wide = cells.pivot(index="area", columns="period", values="n_events")
wide = wide[wide.sum(axis=1) > 0].pipe(lambda table: table.loc[table.sum(axis=1).sort_values(ascending=False).index])
rest = (
    weeks[(weeks["area"] == "unassigned") & weeks["period"].notna()]
    .groupby("period")["n_events"]
    .sum()
    .reindex(wide.columns, fill_value=0)
)
spots = violence[violence["place_precision"].isin(["exact", "town"])]
town_in = (
    spots.assign(gid=[str(gc.prio_grid_id(spot.x, spot.y)) for spot in spots.geometry.representative_point()])
    .groupby("gid")["place_name"]
    .agg(lambda names: names.value_counts().index[0])
)

figure, (top, bottom) = plt.subplots(
    2, 1, figsize=(7.6, 7.2), layout="constrained", sharex=True, gridspec_kw={"height_ratios": [len(wide), 1.2]}
)
most = max(wide.to_numpy().max(), rest.max())
for axes, table in ((top, wide.to_numpy()), (bottom, rest.to_numpy()[None, :])):
    shown = axes.imshow(np.where(table > 0, table, np.nan), cmap="YlOrBr", vmin=0, vmax=most, aspect="auto")
    for (at, week), n in np.ndenumerate(table):
        axes.text(
            week, at, f"{n:.0f}" if n else "·", ha="center", va="center", color="white" if n > most * 0.6 else "#333"
        )
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
top.set_yticks(range(len(wide)), [f"{town_in.get(gid, 'no town named')}   {gid}" for gid in wide.index])
bottom.set_yticks([0], ["in no one cell, that week"])
bottom.set_xticks(range(len(wide.columns)), [f"{week:%-d %b}" for week in wide.columns])
bottom.set_xlabel("week from Monday, 2020")
top.set_ylabel("town named most, and number of the PRIO-GRID cell")
share_top = wide.iloc[:2].sum().sum() / wide.sum().sum()
figure.suptitle(
    f"Two cells hold {share_top:.0%} of the violence that has a cell", x=0.01, ha="left", weight="bold", fontsize=12
)
figure.colorbar(shown, ax=[top, bottom], shrink=0.4, label="events", aspect=30)
figure.supxlabel(
    "Dots: no event told. Data: sample reports of geoconflict, retold. Cells: PRIO-GRID.",
    fontsize=7.5,
    color="#555",
    x=0.01,
    ha="left",
)
plt.show()

# %% [markdown]
# ## Vague events: leave out, spread, or trust the point
#
# A province has a point only so that it can be drawn. Put into the cell of that point, its events make a hot spot in the
# middle of nowhere. `spread` shares an event out over the cells and weeks that it may be in.


# %%
def cell_of(gid: int) -> shapely.Polygon:
    row, column = divmod(gid - 1, 720)
    return shapely.box(-180 + column / 2, -90 + row / 2, -179.5 + column / 2, -89.5 + row / 2)


gids = sorted(int(gid) for gid in cells["area"].unique())
grid = gpd.GeoDataFrame({"name": [str(gid) for gid in gids]}, geometry=[cell_of(gid) for gid in gids], crs="EPSG:4326")
table = gc.place_sensitivity(violence, grid, level="cell")
table.sort_values("share_vague", ascending=False).head(6)

# %%
busy = table.drop(index="outside").query("at_the_point >= 2").sort_values("at_the_point")
figure, axes = plt.subplots(figsize=(7.6, 4.8), layout="constrained")
at = np.arange(len(busy))
axes.hlines(
    at,
    busy[["left_out", "spread", "at_the_point"]].min(axis=1),
    busy[["left_out", "spread", "at_the_point"]].max(axis=1),
    color="#bbb",
    linewidth=2,
    zorder=1,
)
axes.scatter(busy["left_out"], at, color="#0072b2", marker="o", s=42, label="sharp events alone", zorder=3)
axes.scatter(busy["spread"], at, color="#e69f00", marker="D", s=34, label="vague ones spread", zorder=2)
axes.scatter(
    busy["at_the_point"],
    at,
    facecolor="white",
    edgecolor="#333",
    marker="s",
    s=42,
    label="vague ones at their point",
    zorder=2,
)
axes.set_yticks(at, [f"{town_in.get(gid, 'no town named')}   {gid}" for gid in busy.index])
axes.set_xlabel("events, 27 September to 10 November 2020")
axes.grid(axis="x", color="#e8e8e8")
axes.set_axisbelow(True)
axes.tick_params(axis="y", length=0)
for side in ("top", "right", "left"):
    axes.spines[side].set_visible(False)
axes.legend(frameon=False, loc="lower right")
made_up = int((busy["share_vague"] == 1).sum())
figure.suptitle(
    f"{made_up} of these {len(busy)} cells stand on vague events alone", x=0.01, ha="left", weight="bold", fontsize=12
)
figure.supxlabel(
    "Data: sample reports of geoconflict, retold. Cells: PRIO-GRID.", fontsize=7.5, color="#555", x=0.01, ha="left"
)
plt.show()

# %% [markdown]
# A finding that holds for all three marks does not hang on vague places. One that holds for the square alone is made of
# stand-ins.
#
# ## A baseline before any model
#
# A panel with its empty cells makes honest baselines easy. Here: next week is like this week, or nothing ever happens. The
# second does well wherever most rows are empty, so give both beside the score of a model.

# %%
whole = cells.pivot(index="area", columns="period", values="n_events")
actual, before = whole.iloc[:, 1:].to_numpy(), whole.iloc[:, :-1].to_numpy()
errors = pd.DataFrame(
    {
        "all rows": [abs(actual - before).mean(), abs(actual).mean()],
        "rows with an event": [abs(actual - before)[actual > 0].mean(), abs(actual)[actual > 0].mean()],
    },
    index=["like last week", "nothing ever happens"],
)
errors.rename_axis("mean error, events a cell and week").round(2)
