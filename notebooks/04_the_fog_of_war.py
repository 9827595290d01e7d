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
# # The fog of war: who says so, and who denies it
#
# Most of what is known of a war on the day itself is what one side says. This notebook counts how much of a set rests on
# whose word, looks at what the sides dispute, and draws totals as the ranges that they are. It runs on the sample reports of
# the 2020 Nagorno-Karabakh war, which retell what was published then and decide nothing.

# %%
import json
from pathlib import Path
from tempfile import mkdtemp

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.dates import DateFormatter
from matplotlib.patches import Patch

import geoconflict as gc

reports_folder = next(
    folder / "data" / "reports"
    for folder in [Path.cwd(), *Path.cwd().parents]
    if (folder / "data" / "reports").is_dir()
)
with gc.EventStore(Path(mkdtemp(prefix="geoconflict-")) / "war.sqlite") as store:
    gc.ingest([reports_folder], store)
    events, unlocated, tolls = store.events(), store.unlocated(), store.tolls()

every = pd.concat([events.drop(columns="geometry"), unlocated], ignore_index=True)
every["status"].value_counts()

# %% [markdown]
# `claimed` is the largest group. It does not mean false: it means that the report hands on somebody's word. `denied` is what
# another side denies, `occurred` what a report tells as fact, which is the word of its reporter.
#
# ## Whose word
#
# `claimed_by` keeps the speaker in the words of the text, so one ministry has several names. To count sides, we sort the
# names ourselves, in the open. What the words do not settle ("the ministry", "a spokeswoman") stays unsorted: to give it to a
# side would be a guess.

# %%
every["claimed_by"].value_counts().drop("", errors="ignore").head(8)

# %%
words = {
    "Azerbaijan": ["azerbaijan", "baku", "aliyev"],
    "Armenia or Karabakh": ["armenia", "yerevan", "karabakh", "artsakh", "stepanakert", "pashinyan", "beglaryan"],
}


def side_of(speakers: str) -> str:
    if not speakers:
        return "no speaker named"
    found = [side for side, names in words.items() if any(name in speakers.lower() for name in names)]
    return found[0] if len(found) == 1 else "both" if found else "somebody else, or not said whose"


every["word of"] = every["claimed_by"].map(side_of)
order = ["no speaker named", "Azerbaijan", "Armenia or Karabakh", "both", "somebody else, or not said whose"]
order = [one for one in order if one in set(every["word of"])]
pd.crosstab(every["word of"], every["status"]).reindex(order)

# %% [markdown]
# ## The picture
#
# One bar a week, by the last day on which an event may have been: news without a day has no other. Hatched is what the other
# side denies.

# %%
plt.rcParams.update({"figure.dpi": 110, "axes.spines.top": False, "axes.spines.right": False, "font.size": 9.5})
colours = {
    "no speaker named": "#8c8c8c",
    "Azerbaijan": "#0072b2",
    "Armenia or Karabakh": "#e69f00",
    "both": "#009e73",
    "somebody else, or not said whose": "#d9d9d9",
}
dated = every[every["ends_on"] >= "2020-09-27"]
week = dated["ends_on"].dt.to_period("W").dt.start_time
weeks = pd.date_range(week.min(), week.max(), freq="7D")

figure, axes = plt.subplots(figsize=(8.6, 4.4), layout="constrained")
floor = pd.Series(0, index=weeks)
for side in order:
    for is_denied in (False, True):
        part = week[(dated["word of"] == side) & ((dated["status"] == "denied") == is_denied)]
        height = part.value_counts().reindex(weeks, fill_value=0)
        axes.bar(weeks, height, bottom=floor, width=5.6, color=colours[side], edgecolor="white",
                 hatch="////" if is_denied else None, linewidth=0.6)  # fmt: skip
        floor = floor + height
rest = (every["status"].isin(["claimed", "denied"])).mean()
axes.set_title(
    f"{rest:.0%} of the events rest on somebody's word, and some are denied", loc="left", weight="bold", pad=14
)
axes.set_ylabel("events")
axes.set_xlabel("week from Monday, 2020")
axes.set_xticks(weeks)
axes.xaxis.set_major_formatter(DateFormatter("%-d %b"))
axes.legend(
    handles=[Patch(color=colours[side], label=side) for side in order]
    + [Patch(facecolor="white", edgecolor="#444", hatch="////", label="denied by the other side")],
    frameon=False, fontsize=8.5, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.17),
)  # fmt: skip
figure.supxlabel(
    f"{len(dated)} events; {len(every) - len(dated)} without a day or from before the war are not drawn. "
    "Data: sample reports of geoconflict, retold.",
    fontsize=7.5, color="#555", x=0.01, ha="left",
)  # fmt: skip
plt.show()

# %% [markdown]
# What not to read out of it: that one side attacks more, or lies more. A side that publishes a bulletin every morning has more
# claims; a side that is asked by more reporters has more denials. And a set of reports leans on the languages that its
# collector reads.
#
# ## What they dispute
#
# A denial and the claim stay together in one event. A map shows both in one table on the event's card.

# %%
disputed = every[every["disagreements"] != ""]
print(f"{len(disputed)} events on which sources differ")
with pd.option_context("display.max_colwidth", None):
    display(disputed[["starts_on", "sub_event_type", "place_name", "status", "disagreements"]].head(8))

# %% [markdown]
# ## One event, several figures
#
# Of all events, this one has the most figures from different reports. No figure is chosen: the event has the lowest and
# the highest of them.


# %%
def figures(row) -> pd.DataFrame:
    told = [one for one in json.loads(row["sources"]) if one["killed"]]
    return pd.DataFrame(
        [{"who": one["claimed_by"] or one["source"], **one["killed"], "quote": one["quote"]} for one in told]
    )


most = max((row for _, row in every.iterrows()), key=lambda row: len(figures(row)))
print(f"{most['starts_on']:%d %b %Y}, {most['place_name']}, {most['sub_event_type']}")
print(f"killed: lowest {most['killed_low']}, best {most['killed_best']}, highest {most['killed_high']}")
figures(most)

# %% [markdown]
# ## Tolls over time
#
# "More than 700 so far" belongs to no event, so such figures stand apart and are never added up. What is compared must count
# the same people: soldiers of one side, or all. The words of each figure say which.

# %%
total = tolls[(tolls["scope"] == "war") & (tolls["measure"] == "killed")].sort_values("as_of")
series = gc.tolls_over_time(tolls, period="day")
print("left out:", series.attrs["left_out"])
series[["as_of", "speaker", "who", "low", "best", "high"]]

# %%
blue, red = "#0072b2", "#d55e00"
figure, axes = plt.subplots(figsize=(8.6, 4.6), layout="constrained")
names = []
for at, row in enumerate(total.itertuples()):
    low, high = (None if pd.isna(end) else int(end) for end in (row.low, row.high))
    if low is not None and high is not None:
        axes.plot([low, high], [at, at], color=blue, linewidth=2)
        axes.plot([low, high], [at, at], "o", color=blue)
    else:  # a bound: an arrow to where the number may be
        end, to, colour = (low, low * 1.6, blue) if high is None else (high, high / 1.6, red)
        axes.plot(end, at, "o", color=colour, markerfacecolor="white")
        axes.annotate("", (to, at), (end, at), arrowprops={"arrowstyle": "->", "color": colour, "shrinkA": 4})
    what = str(low) if low == high else f"at least {low}" if high is None else f"at most {high}"
    axes.annotate(what, (low or high, at), xytext=(0, 7), textcoords="offset points", fontsize=8, ha="center")
    speaker = row.claimed_by or row.source.removesuffix(" (retold)")
    names.append(f"{row.as_of:%-d %b}   {row.who or 'whom it counts is not said'}\n{speaker}")
axes.set_yticks(range(len(names)), names, fontsize=7.5)
axes.set_ylim(len(names) - 0.4, -0.8)
axes.set_xscale("log")
axes.set_xlim(8, 8000)
axes.xaxis.set_major_formatter("{x:,.0f}")
axes.grid(axis="x", color="#e5e5e5")
axes.set_axisbelow(True)
axes.tick_params(axis="y", length=0)
axes.spines["left"].set_visible(False)
axes.set_xlabel("people killed up to that day (logarithmic)")
figure.suptitle(f"{len(total)} totals of one war form no curve: they count different people",
                x=0.01, ha="left", weight="bold", fontsize=11.5)  # fmt: skip
figure.supxlabel("Arrows: bounds. Data: sample reports of geoconflict, retold.", fontsize=7.5, color="#555", x=0.01, ha="left")  # fmt: skip
plt.show()

# %% [markdown]
# `gc.plot_tolls(tolls)` draws the same at once, with a mark for each speaker, as an SVG for a web page.
#
# Three rules that keep such a picture honest:
#
# - draw a bound as a bound: "more than 1,000" is an arrow, not a point;
# - never join figures of different speakers with a line, nor those that count different people;
# - write beside each figure whom it counts and who says so, and leave out of the picture what you cannot say that of.
