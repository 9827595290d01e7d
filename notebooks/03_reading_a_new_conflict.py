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
# # Reading a new conflict
#
# Somebody hands you a folder of reports from a war that this project was not made on. What to check before the first map
# goes out: what was found, what was not, which names are missing, and who the parties are.
#
# **The twelve reports below are invented**, and so are the armed groups. The towns of Sudan are real. The year is 2031, so
# that nobody takes a sentence for the record of a day.

# %%
import json
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd

import geoconflict as gc

work = Path(mkdtemp(prefix="geoconflict-"))
(work / "reports").mkdir()

# day of publication, how many events a person counts in it, the text
written = [
    (
        "2031-01-09",
        1,
        "Fighters of the Gezira Shield attacked an army post on the edge of Wad Madani before dawn on Thursday, killing six "
        "soldiers, the Sudanese army said.",
    ),
    (
        "2031-01-11",
        1,
        "Army artillery shelled the market of Sennar on Saturday. At least nine civilians were killed and 20 wounded, doctors "
        "at the hospital said. The army denied that it had fired into the town.",
    ),
    ("2031-01-14", 1, "The Gezira Shield captured Al Hasaheisa on Monday evening, residents said."),
    ("2031-01-17", 1, "An air strike hit a fuel depot near Rufaa on Thursday. No one was reported killed."),
    (
        "2031-01-20",
        1,
        "The White Nile Front ambushed a convoy on the road between Kosti and Rabak on Sunday and killed four drivers, a trade "
        "union said.",
    ),
    (
        "2031-01-21",
        2,
        "Gunmen looted the village of Um Sidrat, south of Sennar, on Monday and abducted 12 people there, the governor said.",
    ),
    (
        "2031-01-26",
        1,
        "Drones struck the airport of El Obeid overnight. The Gezira Shield said that two aircraft burned.",
    ),
    (
        "2031-01-29",
        1,
        "Heavy fighting was reported across Gezira state on Wednesday. More than 400 people have been killed since the start "
        "of the month, the health ministry said.",
    ),
    (
        "2031-02-02",
        1,
        "The Sudanese army said it had pushed the Gezira Shield out of Al Hasaheisa on Saturday. Residents said that fighters "
        "were still in the town.",
    ),
    (
        "2031-02-05",
        2,
        "Shelling killed five people in Umm Ruwaba on Wednesday, and a clinic in Singa burned down after a shell hit it.",
    ),
    ("2031-02-08", 1, "Delegations of the army and the Gezira Shield met in Jeddah on Friday for talks about a truce."),
    (
        "2031-02-12",
        2,
        "A ceasefire around Wad Madani took effect at midnight on Tuesday. Hours later shells fell on the east bank of the "
        "city, killing two, according to volunteers.",
    ),
]
for day, _, text in written:
    (work / "reports" / f"{day}.txt").write_text(text, encoding="utf-8")

# %% [markdown]
# ## The first run
#
# A day that lies ahead is mostly a slip of the pen, so such reports are refused. The latest day that we allow is a setting.

# %%
(work / "geoconflict.toml").write_text('[reports]\nlatest = "2031-12-31"\n', encoding="utf-8")
with gc.EventStore(work / "first.sqlite") as store:
    run = gc.ingest([work / "reports"], store, gc.Tools(gc.load_settings(work)))
    first, first_unlocated = store.events(), store.unlocated()
print(f"{run.stages[0].n_done} reports read, {run.n_failures} refused")
print(f"{len(first)} events with a place, {len(first_unlocated)} without")
shown = ["starts_on", "sub_event_type", "status", "place_name", "place_precision", "actors", "killed_low", "claimed_by"]
first[shown]

# %% [markdown]
# Read such a table with the reports beside it. Three things to look for:
#
# - an empty `actors`, or "Rebels" where the report names a group: **the groups are unknown**;
# - a `place_precision` of `country`, or a village shown as "south of" a town: **a place is unknown**;
# - a `killed_low` that is missing. It means *not stated*, and never nobody. The 0 near Rufaa is what that report says itself.
#
# ## Who the parties are
#
# The lexicon knows some 900 groups, and no invented ones. Ours go into a small file, with their days if they have any. Do
# this first: names of groups often hold names of places, and "Gezira" is a state.

# %%
(work / "actors.toml").write_text(
    """\
[[actors.group]]
name = "Gezira Shield"
kind = "rebel group"
country = "SDN"

[[actors.group]]
name = "White Nile Front"
kind = "rebel group"
country = "SDN"
""",
    encoding="utf-8",
)

# %% [markdown]
# ## Where the village is
#
# No list has Um Sidrat. The report says "south of Sennar", and that is all the program says too: a ring on the ground.

# %%
settings = gc.load_settings(work)
reports = {
    report.published_on.isoformat(): report for report in gc.read_reports(work / "reports", settings=settings.reports)
}
gc.explain(reports["2031-01-21"], name="Um Sidrat", tools=gc.Tools(settings))

# %% [markdown]
# Suppose that a colleague who knows the region marks the village on a map. One row keeps that, with who says so. The
# precision is `near`, for a mark made by hand is no survey.

# %%
(work / "overrides.csv").write_text(
    "surface,lon,lat,name,precision,radius_m,note\n"
    "Um Sidrat,33.64,13.36,Um Sidrat,near,5000,marked by hand by a colleague from Sennar\n",
    encoding="utf-8",
)
(work / "geoconflict.toml").write_text(
    """\
[reports]
latest = "2031-12-31"

[extract]
lexicons = ["actors.toml"]

[places]
overrides = "overrides.csv"
""",
    encoding="utf-8",
)
tools = gc.Tools(gc.load_settings(work))
with gc.EventStore(work / "second.sqlite") as store:
    gc.ingest([work / "reports"], store, tools)
    events, unlocated, tolls = store.events(), store.unlocated(), store.tolls()
events[shown]

# %% [markdown]
# The groups stand under their names now, and the capture of Al Hasaheisa has become one by a non-state actor: the program
# says who overtook a town only where it knows who that is.
#
# ## What was not found
#
# The only way to know is to count by hand. Beside each text stands how many events a person sees in it. An event names the
# reports that tell it, so the two counts can stand side by side.

# %%
every = pd.concat([events.drop(columns="geometry"), unlocated], ignore_index=True)
told = pd.Series([one["published_on"] for text in every["sources"] for one in json.loads(text)]).value_counts()
count = pd.DataFrame(written, columns=["report", "by hand", "text"]).set_index("report")
count["found"] = told.reindex(count.index, fill_value=0)
print(f"by hand {count['by hand'].sum()}, found {count['found'].sum()}")
with pd.option_context("display.max_colwidth", None):
    display(count.loc[count["found"] != count["by hand"], ["by hand", "found", "text"]])

# %% [markdown]
# The program knew no event in "pushed out of Al Hasaheisa" when this was written. A miss like this goes into the notes of the
# map, for readers cannot see it.
#
# Equal counts do not mean equal events: read the two sides of those as well. Here they show two more doubts.
#
# - In the raid on Um Sidrat, "there" is read as "south of Sennar" for the abductions, so one raid stands at two spots. A
#   correction in `geoconflict review` puts it right for good.
# - The army's denial that it fired into Sennar speaks of firing into a town, not of the shelling of the market, and is not
#   joined to it. A map of this war would have to say so by hand.
#
# Twelve reports make no rate. From a hundred labelled ones on, `gc.evaluate` gives shares with their intervals.
#
# ## The map
#
# Hollow signs are claims, dashed rings are ground that the event lies somewhere within. The event of a whole state is an
# area; that of no place at all is listed and gets no pin.

# %%
gc.EventMap(events, unlocated=unlocated, tolls=tolls, title="An invented war in Sudan", labels=tools.town_labels)

# %% [markdown]
# For print, the same rules in one figure. The frame is ours: what lies outside it is counted below the title.

# %%
gc.plot_map(
    events,
    title="Twelve invented reports: most fighting lies along the Blue Nile",
    bounds=(29.8, 12.4, 35.0, 15.4),
    credit=gc.Gazetteer.open().attribution,
    n_unlocated=len(unlocated),
)

# %% [markdown]
# The title says what the reports tell, not where the war was. A quiet region on this map may be one from which nobody writes.
