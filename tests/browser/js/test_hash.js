// The view in the address: every state comes back, and nothing that a stranger writes does harm.
import { applyFilters, applyTime, createHash, readHash } from "../assets/hash.js";
import { MODES, Model, PRECISIONS } from "../assets/model.js";
import { setLanguage } from "../assets/text.js";
import { STEPS } from "../assets/time_steps.js";
import { equal, ok, randomFrom, test } from "./check.js";
import { codesOf, listsOf, randomEvents, textsOf } from "./columns.js";

setLanguage("en", {});
const ODD = ["a,b", "50% & more", "#=&?", "é漢💥", "%41", "", "__proto__", "constructor", "a/b"];

function modelOf(seed) {
  const { columns, rows } = randomEvents(seed, 50);
  const next = randomFrom(seed);
  columns.actors = listsOf(rows.map(() => next.some(ODD, 3)));
  columns.event_type = codesOf(rows.map(() => next.pick(ODD)));
  return new Model(columns, {}, [null, null]);
}
const ids = textsOf(Array.from({ length: 50 }, (_, i) => `e${i}:x%`));
const addressOf = (model, view = null, isTable = false) => createHash(model, async () => ({ event_id: ids }), () => view, () => {}, () => isTable).address();
const stateOf = ({ from, to, compareDay, mode, step, query, dimensions }) =>
  [from, to, compareDay, mode, step, query, dimensions.killed.least, ...["type", "status", "actors", "claimants", "sources", "precision"].map((name) => Array.from(dimensions[name].on))];
function restore(model, state) {
  applyTime(model, state);
  applyFilters(model, state);
  if (state.query) model.setSearch(state.query, new Uint8Array(50));
}

test("every state comes back from its address", async () => {
  for (let seed = 0; seed < 120; seed += 1) {
    const model = modelOf(seed), next = randomFrom(seed);
    model.setMode(next.pick(MODES));
    model.setStep(next.pick(STEPS));
    model.setWindow(model.firstDay + next(20), model.firstDay + next(60));
    if (next(2)) model.setCompareDay(model.firstDay + next(90));
    if (next(2)) model.setLeastKilled(next.pick([1, 5, 10, 50, 100]));
    if (next(2)) model.setLeastPrecise(next(PRECISIONS.length));
    if (next(2)) model.setSearch(next.pick(ODD) || "x", new Uint8Array(50));
    for (const name of ["type", "status", "actors", "claimants", "sources"])
      for (let k = next(4); k > 0; k -= 1) model.setValues(name, [next(model.dimensions[name].values.length)], next(2) === 1);
    const address = await addressOf(model);
    const other = modelOf(seed);
    restore(other, readHash(address));
    equal(stateOf(other), stateOf(model), `seed ${seed}, ${address}`);
    equal(await addressOf(other), address);
  }
});
test("a fresh page has no address of its own", async () => {
  equal(await addressOf(modelOf(3)), "");
  equal(readHash(""), readHash("#"));
});
test("event, view and table come back", async () => {
  const model = modelOf(4);
  model.select(7);
  const state = readHash(await addressOf(model, [6.25, "-12.3456", "171.5000"], true));
  equal([state.event, state.view, state.marks], ["e7:x%", [6.25, -12.3456, 171.5], ["table"]]);
});
test("values by name outlive another order and values that are gone", () => {
  const model = modelOf(5);
  restore(model, readHash("#status=denied,never-heard-of&actors=a%2Cb"));
  equal(model.statuses.filter((_, code) => model.dimensions.status.isOn(code)), ["denied"]);
  equal(model.dimensions.actors.values.filter((_, code) => model.dimensions.actors.isOn(code)), ["a,b"]);
  restore(model, readHash("#status=never-heard-of"));
  ok(!model.dimensions.status.isActive, "a name that nothing has filters nothing");
});
test("what is not understood is left out", () => {
  const fresh = readHash("");
  const odd = ["t=2020-02-30..2020-03-01", "t=2020-03-02..2020-03-01", "t=2020-01-01", "c=2020-02-30", "c=", "c=2020", "m=__proto__", "s=year", "p=exact2", "k=-5", "k=99999", "k=1e3", "v=99999/0/0", "v=5/nan/0", "v=5/1",
    "e=<script>", "e=", "e=%E0%A4%A", "__proto__=x", "constructor=y", "not.actors=a", "not.__proto__=a", "=", "&&&", "x".repeat(5000)];
  for (const part of odd) equal(readHash(`#${part}`), fresh, part);
});
test("an address of endless length is not read at all", () => {
  equal(readHash(`#k=5&${"x".repeat(20000)}`), readHash(""));
  equal(readHash(`#k=5&${"x".repeat(500)}`).killed, 5);
});
test("an address changes no object but its state", () => {
  const state = readHash("#__proto__=polluted&type=__proto__&not.type=constructor&actors=%5F%5Fproto%5F%5F");
  equal([{}.polluted, Object.getPrototypeOf(state.values) === Object.prototype, state.values.type], [undefined, true, ["__proto__"]]);
});
test("random rubbish never fails and leaves a window within the timeline", () => {
  const parts = ["#", "&", "=", "t=", "c=", "2020-01-01", "..", "%", "%zz", "q=", "type=", "not.status=", ",", "k=", "p=", "m=trail", "v=3/4/5", "e=", "💥", "\0", "embed"];
  for (let seed = 0; seed < 500; seed += 1) {
    const next = randomFrom(seed);
    const state = readHash(Array.from({ length: next(30) }, () => next.pick(parts)).join(""));
    const model = modelOf(1);
    restore(model, state);
    ok(model.firstDay <= model.from && model.from <= model.to && model.to <= model.lastDay, "a window beyond the timeline");
  }
});
