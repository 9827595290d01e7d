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
# # Beside ACLED and UCDP: what agreement means
#
# Two sets of events on one war never hold the same rows. This notebook matches ours with two others, one to one, and asks how
# much of the agreement is worth anything.
#
# **The rows of ACLED and UCDP below are made up**, in the exact columns of the two, from our own sample events and chance. So
# there is an answer key, which no real comparison has. With your own downloads the cells stay the same: `gc.read_acled` and
# `gc.read_ucdp_ged` take files too. Rows of ACLED may not be passed on; keep them out of your repository.

# %%
from pathlib import Path
from tempfile import mkdtemp

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import geoconflict as gc

reports_folder = next(
    folder / "data" / "reports"
    for folder in [Path.cwd(), *Path.cwd().parents]
    if (folder / "data" / "reports").is_dir()
)
with gc.EventStore(Path(mkdtemp(prefix="geoconflict-")) / "war.sqlite") as store:
    gc.ingest([reports_folder], store)
    ours = store.events()
print(len(ours), "events of ours")

# %% [markdown]
# ## Make the other two sets
#
# The made-up coders see most of the violence that we see, and some that we do not. They put a town a kilometre off, date a few
# events a day later, and call some shelling a clash. UCDP has deadly events alone, and knows some by the province only.

# %%
acled_columns = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp"
).split()
ucdp_columns = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
    "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
    "source_article source_office source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end "
    "deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
).split()

draw = np.random.default_rng(2020)
violent = ours[
    ours["event_type"].isin(["Battles", "Explosions/Remote violence", "Violence against civilians"])
    & ours["status"].isin(["occurred", "claimed"])
    & ours["place_precision"].isin(["exact", "town", "near"])
]
war_days = pd.date_range("2020-09-27", "2020-11-10")
key = {}  # their row -> the row of ours that it was made from


def where_and_when(row) -> tuple[float, float, pd.Timestamp]:
    point = row.geometry.representative_point()
    east, north = draw.normal(0, 0.006, 2)  # degrees; somebody else's gazetteer
    return point.x + east, point.y + north, row.ends_on + pd.Timedelta(days=int(draw.random() < 0.15))


def acled_row(k: int, row, *, is_ours: bool) -> dict:
    lon, lat, day = where_and_when(row)
    kind, sub = (row.event_type, row.sub_event_type) if draw.random() > 0.15 else ("Battles", "Armed clash")
    if is_ours:
        key[f"acled:XXX{k}"] = row.event_id
    else:  # any day of the war, somewhere near
        lon, lat, day = (
            lon + draw.normal(0, 0.2),
            lat + draw.normal(0, 0.2),
            pd.Timestamp(draw.choice(war_days)),
        )
    return {
        "event_id_cnty": f"XXX{k}", "event_date": day.strftime("%Y-%m-%d"), "year": day.year, "time_precision": 1,
        "event_type": kind, "sub_event_type": sub, "actor1": "Military Forces of Azerbaijan (2003-)", "inter1": "State forces",
        "actor2": "Military Forces of Armenia (2018-)", "inter2": "State forces", "country": "Azerbaijan", "iso": 31,
        "location": row.place_name, "latitude": round(lat, 4), "longitude": round(lon, 4),
        "geo_precision": 2 if row.place_precision == "near" else 1, "source": "Made up", "notes": "Made up for a notebook.",
        "fatalities": 0 if pd.isna(row.killed_low) else int(row.killed_low),
    }  # fmt: skip


def ucdp_row(k: int, row) -> dict:
    lon, lat, day = where_and_when(row)
    is_coarse = draw.random() < 0.25
    low = 1 + int(draw.poisson(2)) if pd.isna(row.killed_low) else max(1, int(row.killed_low))
    high = low + int(draw.poisson(1))
    key[f"ucdp:{900_000 + k}"] = row.event_id
    return {
        "id": 900_000 + k, "year": day.year, "type_of_violence": 1, "conflict_name": "Made up", "side_a": "Government of Azerbaijan",
        "side_b": "Government of Armenia", "source_article": "Made up", "where_prec": 4 if is_coarse else 1,
        "where_coordinates": row.place_name, "latitude": round(lat, 4), "longitude": round(lon, 4), "country": "Azerbaijan",
        "date_prec": 1, "date_start": day.strftime("%Y-%m-%d"), "date_end": day.strftime("%Y-%m-%d"),
        "low": low, "best": low, "high": high,
    }  # fmt: skip


seen = violent[draw.random(len(violent)) < 0.7]
unseen = violent.sample(25, random_state=1)
acled_table = pd.DataFrame(
    [acled_row(k, row, is_ours=True) for k, row in enumerate(seen.itertuples())]
    + [acled_row(len(seen) + k, row, is_ours=False) for k, row in enumerate(unseen.itertuples())],
    columns=acled_columns,
)
deadly = violent[violent["killed_low"].fillna(0).gt(0) | (draw.random(len(violent)) < 0.25)]
ucdp_table = pd.DataFrame([ucdp_row(k, row) for k, row in enumerate(deadly.itertuples())], columns=ucdp_columns)

acled, ucdp = gc.read_acled(acled_table), gc.read_ucdp_ged(ucdp_table)
print(f"{len(acled)} rows in the columns of ACLED, {len(ucdp)} in those of UCDP GED")
acled[["event_id", "starts_on", "sub_event_type", "place_name", "place_precision", "killed_low", "killed_best"]].head(4)

# %% [markdown]
# ACLED writes 0 also where nobody reported deaths. The reader keeps that apart: at least 0, best not known.
#
# ## Compare
#
# The summary gives a range: what agrees is the least share, what may agree besides (a point that stands for a province) makes
# the most.

# %%
found = gc.compare_events(ours, acled, names=("ours", "ACLED"))
found

# %%
found.pairs[
    ["left_place", "left_starts_on", "left_sub_type", "right_sub_type", "distance_km", "days_apart", "score"]
].head(6)

# %% [markdown]
# The answer key says which of these pairs are true. That is what rows of real data never tell.

# %%
agreed = found.pairs[found.pairs["agreement"] == "agrees"]
made_from = agreed["right_id"].map(key)
n_true = int((made_from == agreed["left_id"]).sum())
n_other = int((made_from.notna() & (made_from != agreed["left_id"])).sum())
print(
    f"{len(agreed)} pairs agree: {n_true} true, {n_other} with another event of ours, {len(agreed) - n_true - n_other} of rows made from chance"
)
print(f"{len(set(key) & set(acled['event_id']))} rows were made from ours")

# %% [markdown]
# ## How much would agree by chance?
#
# Real data have no answer key, but they have this test: shift all days of one set and compare again. No shifted row is about
# the same event, so what still agrees is chance. Towns at war are shelled again and again, so that is not nothing.

# %%
days = [-21, -16, -12, -8, -5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 12, 16, 21]


def share(other, shift: int) -> float:
    by = pd.Timedelta(days=shift)
    moved = other.assign(starts_on=other["starts_on"] + by, ends_on=other["ends_on"] + by)
    both = gc.compare_events(ours, moved, names=("ours", "theirs"))
    return both.summary().loc["theirs", "share at least"]


shares = pd.DataFrame(
    {name: [share(other, one) for one in days] for name, other in {"ACLED": acled, "UCDP": ucdp}.items()}, index=days
)
far = shares[abs(shares.index) >= 5].mean()

# %%
plt.rcParams.update({"figure.dpi": 110, "axes.spines.top": False, "axes.spines.right": False, "font.size": 9.5})
figure, axes = plt.subplots(figsize=(8.2, 4.2), layout="constrained")
for name, colour, mark, height in (("ACLED", "#0072b2", "o", 86), ("UCDP", "#d55e00", "s", 79)):
    axes.plot(shares.index, 100 * shares[name], color=colour, marker=mark, markersize=5, linewidth=1.6)
    axes.axhline(100 * far[name], color=colour, linewidth=1, linestyle=(0, (4, 3)))
    axes.text(
        2, height, f"{name} (made up): {shares[name][0]:.0%}, by chance {far[name]:.0%}", color=colour, weight="bold"
    )
axes.text(-21, 7, "dashed: the mean of all shifts of 5 days and more, which is chance", color="#444")
axes.set_ylim(0, 100)
axes.set_xlabel("days by which their rows are shifted")
axes.set_ylabel("their rows that agree with ours, %")
axes.set_title(
    f"{far.max():.0%} of the rows still agree with ours when all their days are wrong",
    loc="left",
    weight="bold",
    pad=12,
)
figure.supxlabel("Ours: sample reports of geoconflict. ACLED and UCDP: rows made up in their columns.", fontsize=7.5, color="#555", x=0.01, ha="left")  # fmt: skip
plt.show()

# %% [markdown]
# Say a share of agreement only beside its share by chance. The left shoulder is no chance: news that names no day may be of
# either of the two days before, so rows that are dated too early still meet ours.
#
# ## UCDP, and what is too coarse to say
#
# A point that stands for a province agrees with anything in it. Such pairs are listed, and never count.

# %%
found_ucdp = gc.compare_events(ours, ucdp, names=("ours", "UCDP"))
found_ucdp.summary()

# %%
found_ucdp.deaths()

# %% [markdown]
# ## Look at the rows that one side has alone
#
# A map shows both, with the rows that have no pair. It is the fastest way to a systematic gap, such as a town that one side
# spells otherwise.

# %%
found.map(title="Ours and made-up ACLED rows")

# %% [markdown]
# ## One set out of three
#
# Each event once, the figures of each set beside each other. Rows that may repeat another are marked, not dropped.

# %%
whole = gc.integrate_events({"ours": ours, "ACLED": acled, "UCDP": ucdp})
print(f"{len(whole)} rows, {int((whole['may_repeat'] != '').sum())} of which may repeat another")
whole["held_by"].value_counts()

# %%
columns = ["starts_on", "place_name", "held_by", "killed_low", "killed_low_ours", "killed_low_ACLED", "killed_low_UCDP"]
whole.loc[whole["n_sets"] == 3, columns].head(6)

# %% [markdown]
# ## What agreement means, and what it does not
#
# - Two sets that agree may have read the same agency. Agreement of sources that copy from each other confirms nothing.
# - A row that one side has alone is no error of either: the sets count by different rules, and UCDP only what killed somebody.
# - Deaths that overlap agree on a range, not on a number. Never add up the figures of two sets.
# - The shares hang on `within_km`, `within_days` and `kinds`. Decide on these before you look, and report them.
