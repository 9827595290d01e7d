// The cross-filter against counting by brute force, on events made up at random.
import { MODES, Model, PRECISIONS, WHERE } from "../assets/model.js";
import { equal, ok, randomFrom, test } from "./check.js";
import { randomEvents } from "./columns.js";

const KILLED_STEPS = [1, 5, 10, 50, 100];
const LISTS = ["actors", "claimants", "sources"];

// ------------------------------------------------------------ the same by brute force
function passes(model, row, i, but = "") {
  const { dimensions } = model;
  const checks = {
    type: () => dimensions.type.isOn(model.pairs.findIndex(({ type, sub }) => model.types[type] === row.type && model.columns.sub_event_type.values[sub] === row.sub)),
    status: () => dimensions.status.isOn(model.statuses.indexOf(row.status)),
    precision: () => dimensions.precision.isOn(PRECISIONS.includes(row.precision) ? PRECISIONS.indexOf(row.precision) : PRECISIONS.length),
    killed: () => dimensions.killed.least === 0 || (row.killed_best || row.killed_low) - 1 >= dimensions.killed.least,
    ...Object.fromEntries(LISTS.map((name) => [name, () => {
      const chosen = dimensions[name].values.filter((_, code) => dimensions[name].isOn(code));
      return !chosen.length || row[name].some((one) => chosen.includes(one));
    }])),
    ...Object.fromEntries(["search", "extent"].map((name) => [name, () => !dimensions[name].within || dimensions[name].within[i] === 1])),
    periods: () => {
      if (model.periods.every((period) => period.on) || !row.dated || isOutside(model, row)) return true;
      for (let day = Math.max(row.day, model.firstDay); day <= Math.min(row.day + row.days, model.lastDay); day += 1)
        if (model.periods.some(({ from, to, on }) => on && from <= day && day <= to)) return true;
      return false;
    },
  };
  return Object.entries(checks).every(([name, check]) => name === but || check());
}
const isInWindow = (model, row) => !row.dated || isOutside(model, row) || (row.day <= model.to && row.day + row.days >= model.from);
const isOutside = (model, row) => row.dated && ((model.span[0] !== null && row.day + row.days < model.span[0]) || (model.span[1] !== null && row.day > model.span[1]));
function whereIs(model, row) {
  if (isOutside(model, row)) return WHERE.OUTSIDE;
  if (!row.place) return WHERE.UNLOCATED;
  if (row.precision === "country") return WHERE.COUNTRY;
  if (!row.dated) return WHERE.UNDATED;
  return row.unsure ? WHERE.UNSURE : WHERE.ON_MAP;
}

function checkAll(model, rows, about) {
  const at = rows.map((row, i) => i);
  const listed = at.filter((i) => passes(model, rows[i], i) && isInWindow(model, rows[i]));
  const shown = listed.filter((i) => whereIs(model, rows[i]) === WHERE.ON_MAP);
  equal(at.map((i) => model.where[i]), rows.map((row) => whereIs(model, row)), `${about}: where`);
  equal(model.listedEvents(), listed, `${about}: listed`);
  equal(model.shownEvents().sort((a, b) => a - b), shown, `${about}: shown`);
  equal(at.filter((i) => model.isShown(i)), shown, `${about}: isShown`);
  for (const reason of [WHERE.COUNTRY, WHERE.UNLOCATED, WHERE.UNDATED, WHERE.UNSURE, WHERE.OUTSIDE]) {
    const off = listed.filter((i) => whereIs(model, rows[i]) === reason);
    equal(model.nOff[reason], off.length, `${about}: off ${reason}`);
    equal(model.eventsOff(reason), off, `${about}: events off ${reason}`);
  }
  for (let p = 0; p < model.nPlaces; p += 1) equal(model.placeCounts[p], shown.filter((i) => rows[i].place === p + 1).length, `${about}: place ${p}`);
  // The counts of a dimension ignore that dimension alone.
  const counted = (name) => at.filter((i) => whereIs(model, rows[i]) === WHERE.ON_MAP && isInWindow(model, rows[i]) && passes(model, rows[i], i, name));
  equal(model.typeCounts, model.types.map((type) => counted("type").filter((i) => rows[i].type === type).length), `${about}: types`);
  equal(model.dimensions.status.counts, model.statuses.map((status) => counted("status").filter((i) => rows[i].status === status).length), `${about}: statuses`);
  for (const name of LISTS)
    equal(model.dimensions[name].counts, model.dimensions[name].values.map((value) => counted(name).filter((i) => rows[i][name].includes(value)).length), `${about}: ${name}`);
  equal(model.dimensions.killed.counts, KILLED_STEPS.map((least) => counted("killed").filter((i) => (rows[i].killed_best || rows[i].killed_low) > least).length), `${about}: killed`);
  const told = shown.map((i) => rows[i]).filter((row) => ["occurred", "claimed"].includes(row.status) && (row.killed_low || row.killed_best));
  equal(model.sum("killed"), {
    low: told.reduce((sum, row) => sum + (row.killed_low || row.killed_best) - 1, 0), high: told.reduce((sum, row) => sum + (row.killed_best || row.killed_low) - 1, 0), nStated: told.length,
  }, `${about}: sum`);
}

function change(model, next, n) {
  const { dimensions } = model;
  const marks = () => (next(2) ? Uint8Array.from({ length: n }, () => next(2)) : null);
  const codeOf = (name) => [next(Math.max(1, dimensions[name].values.length))];
  const steps = {
    window: () => model.setWindow(model.firstDay - 3 + next(60), model.firstDay - 3 + next(60)),
    grow: () => model.setWindow(model.from, model.to + 1 + next(3)),
    mode: () => model.setMode(next.pick(MODES)),
    type: () => model.setType(next(Math.max(1, model.types.length)), next(2) === 1),
    status: () => model.setValues("status", codeOf("status"), next(2) === 1),
    list: () => { const name = next.pick(LISTS); model.setValues(name, codeOf(name), next(2) === 1); },
    precision: () => model.setLeastPrecise(next(PRECISIONS.length)),
    killed: () => model.setLeastKilled(next.pick([0, ...KILLED_STEPS])),
    search: () => model.setSearch("word", marks()),
    extent: () => model.setExtent(marks()),
    periods: () => { for (const period of model.periods) period.on = next(3) > 0; model.periodsChanged(); },
    clear: () => model.clearFilters(),
  };
  const name = next.pick(Object.keys(steps));
  steps[name]();
  return name;
}

function walk(seed, n, options, span = [null, null]) {
  const next = randomFrom(1000 + seed);
  const { columns, rows } = randomEvents(seed, n, options);
  const model = Object.assign(new Model(columns, {}, span), { span });
  checkAll(model, rows, `seed ${seed}, at first`);
  const periods = [];
  for (let from = model.firstDay; from <= model.lastDay; from += 9) periods.push({ from, to: Math.min(from + 8, model.lastDay), label: "", on: true });
  model.setPeriods(periods);
  let path = "";
  for (let k = 0; k < 40; k += 1) {
    path += `${change(model, next, n)} `;
    checkAll(model, rows, `seed ${seed}, ${path}`);
  }
}

test("counts agree with brute force whatever is filtered and stepped", () => {
  for (let seed = 0; seed < 12; seed += 1) walk(seed, 60);
});
test("long events are in every window that they touch", () => {
  for (let seed = 20; seed < 26; seed += 1) walk(seed, 40, { longest: 200 });
});
test("a timeline that its maker cut leaves out what lies beyond", () => {
  for (let seed = 30; seed < 36; seed += 1) walk(seed, 40, {}, [-5, 10]);
});
test("undated events alone", () => {
  for (let seed = 40; seed < 44; seed += 1) walk(seed, 20, { undated: 1 });
});
test("one event", () => {
  for (let seed = 50; seed < 60; seed += 1) walk(seed, 1);
});
test("no event", () => {
  walk(60, 0);
  const model = new Model(randomEvents(60, 0).columns, {}, [null, null]);
  equal([model.hasDays, model.nShown, model.shownEvents(), model.activeFilters()], [false, 0, [], []]);
});
test("a window that gave way to everything before it comes back with its length", () => {
  const model = new Model(randomEvents(1, 80).columns, {}, [null, null]);
  model.setWindow(model.firstDay + 4, model.firstDay + 9);
  model.setMode("cumulative");
  equal([model.from, model.to], [model.firstDay, model.firstDay + 9]);
  model.setMode("window");
  equal([model.from, model.to], [model.firstDay + 4, model.firstDay + 9]);
});
test("listeners are told once of what changed, and of nothing that did not", () => {
  const model = new Model(randomEvents(2, 30).columns, {}, [null, null]);
  const told = [];
  model.onChange((what) => told.push(what));
  model.setWindow(model.from, model.to);
  model.setMode(model.mode);
  equal(told, []);
  model.setWindow(model.from + 1, model.to);
  model.setLeastKilled(5);
  model.select(3);
  model.setCompareDay(2);
  equal(told, ["window", "filters", "selection", "compare"]);
});
test("clearing takes back every filter", () => {
  const model = new Model(randomEvents(3, 30).columns, {}, [null, null]);
  model.setType(0, false);
  model.setLeastPrecise(1);
  model.setSearch("a", new Uint8Array(30));
  equal(model.activeFilters(), ["type", "precision", "search"]);
  model.clearFilters();
  equal([model.activeFilters(), model.query], [[], ""]);
  ok(model.fails.every((bits) => bits === 0), "a bit is left");
});
