// Periods, boxes of names, groups of symbols, and stepping through time.
import { createContextNames } from "../assets/context_names.js";
import { Crowd } from "../assets/crowd.js";
import { createNames } from "../assets/event_names.js";
import { grouped, symbolOf } from "../assets/groups.js";
import { periodsOf } from "../assets/periods.js";
import { drawStack, setStyle } from "../assets/symbols.js";
import { calendar, dayOf, setLanguage } from "../assets/text.js";
import { addSteps, openingWindow, periodStart, STEPS, steppedWindow } from "../assets/time_steps.js";
import { equal, ok, randomFrom, test } from "./check.js";

setLanguage("en", {});

test("periods cover every day of the timeline once", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const next = randomFrom(seed);
    const firstDay = next(30000) - 15000, lastDay = firstDay + next(3000);
    const periods = periodsOf({ hasDays: true, firstDay, lastDay }, next.pick(["auto", "week", "month", "year"]));
    ok(periods[0].from <= firstDay && lastDay <= periods.at(-1).to, `seed ${seed}: a day without a period`);
    periods.forEach(({ from, to, on }, k) => equal([on, to >= from, k === 0 || periods[k - 1].to + 1 === from], [true, true, true], `seed ${seed}`));
  }
  equal([periodsOf({ hasDays: false }, "auto"), periodsOf({ hasDays: true, firstDay: 0, lastDay: 9 }, "none")], [[], []]);
});
test("a period starts on its first day and the next one right after it", () => {
  const next = randomFrom(1);
  for (let k = 0; k < 2000; k += 1) {
    const day = next(40000) - 20000;
    for (const kind of ["week", "month", "year"]) {
      const start = periodStart(kind, day), after = addSteps(start, kind, 1);
      ok(start <= day && day < after, `${kind} of ${day}`);
      equal([periodStart(kind, start), periodStart(kind, after), periodStart(kind, after - 1)], [start, after, start], `${kind} of ${day}`);
      const { weekday, day: date, month } = calendar(start);
      ok({ week: weekday === 0, month: date === 1, year: date === 1 && month === 0 }[kind], `${kind} starts on ${start}`);
    }
  }
});
test("the ring of a stack gives each type its share, however rare", () => {
  setStyle({ types: {}, other: { shape: "disc", colour: "#123", dark: "#abc" } });
  for (let seed = 0; seed < 200; seed += 1) {
    const next = randomFrom(seed);
    const counts = Array.from({ length: 1 + next(7) }, () => next.pick([0, 1, 3, 40, 7000]));
    const n = counts.reduce((a, b) => a + b, 0);
    if (!n) continue;
    const arcs = [];
    const pen = new Proxy({}, { get: (_, name) => (...values) => name === "arc" && arcs.push(values.slice(3)), set: () => true });
    drawStack(pen, 0, 0, counts, counts.map((_, k) => `Kind ${k}`), n);
    let start = -Math.PI / 2;
    const sectors = counts.filter(Boolean).map((count) => [start, (start += (2 * Math.PI * count) / n)]);
    equal(arcs.length, 1 + sectors.length, `seed ${seed}: the ground and an arc for each type`);
    arcs.slice(1).forEach(([from, to], k) => {
      const [first, last] = sectors[k];
      ok(first <= from && from < to && to <= last + 1e-9 && to - from >= (last - first) / 2.01, `seed ${seed}: ${[counts, from, to, first, last]}`);
    });
  }
});
test("the name of a line gives way to events, moves only when it has to, and stands nowhere rather than beneath them", () => {
  const steps = Array.from({ length: 17 }, (_, k) => [100 + 30 * k, 100 + 30 * k]);
  const item = { shape: { isArea: false, parts: [steps.flat()], box: [100, 100, 580, 580] } };
  const at = [...steps, ...steps.map(([x, y]) => [x + 40, y]), ...steps.map(([x, y]) => [x - 40, y])];
  const model = {
    nPlaces: at.length, placeX: at.map(([x]) => x), placeY: at.map(([, y]) => y), placeNames: at.map(() => "Aa"), placeCounts: at.map(() => 0),
    columns: { place_precision: { values: ["town"], codes: at.map(() => 0) } },
  };
  let written = [];
  const ctx = { measureText: (text) => ({ width: 6 * text.length }), strokeText: () => {}, fillText: (_, x, y) => written.push([x, y]) };
  const frame = { ctx, sight: [0, 0, 900, 700], width: 900, height: 700, zoom: 7, x: (x) => x, y: (y) => y };
  const draw = createContextNames(model);
  const drawn = () => {
    written = [];
    draw(frame, [{ item, name: "Front", colour: "red" }]);
    return written;
  };
  equal(drawn(), [[350, 340]], "beside the middle");
  model.placeCounts[8] = 1;
  const [[x, y]] = drawn();
  ok(Math.abs(y - 340) > 20, "beside another part");
  model.placeCounts[8] = 0;
  equal(drawn(), [[x, y]], "it stays");
  model.placeCounts.fill(1);
  equal(drawn(), []);
});
test("a name covers no symbol and has none near its ends but its own, and most that have room are written", () => {
  let written = 0, all = 0;
  for (let seed = 0; seed < 100; seed += 1) {
    const next = randomFrom(seed), n = 1 + next(40);
    const items = Array.from({ length: n }, (_, k) => ({ places: [k], n: 1 + next(30), x: next(900), y: next(600), r: 8 + next(9) }));
    const names = items.map((_, k) => `P${k}`.padEnd(3 + next(12), "x"));
    const boxes = [];
    const ctx = {
      measureText: (text) => ({ width: 6 * text.length }), strokeText: () => {},
      fillText: (name, left, middle) => {
        const right = left + 6 * name.length;
        items.forEach(({ x, y, r }, k) => {
          const aside = Math.max(left - x - r, x - r - right);
          const isLevel = y - r < middle + 8 && middle - 8 < y + r;
          ok(!isLevel || aside >= (names[k] === name ? 0 : 10), `seed ${seed}: ${name} at ${left}, ${middle} and a symbol at ${x}, ${y}`);
        });
        ok(boxes.every(([l, r, y]) => right <= l || r <= left || Math.abs(y - middle) >= 16), `seed ${seed}: ${name} covers a name`);
        boxes.push([left, right, middle]);
      },
    };
    createNames(([k]) => names[k], () => 1)({ ctx, sight: [0, 0, 900, 600], zoom: 7 }, items);
    written += boxes.length;
    all += n;
  }
  ok(written > 0.6 * all, `only ${written} of ${all} names`);
});
test("a name that could be read as a neighbour's stands elsewhere, and nowhere where there is no room", () => {
  const written = [];
  const ctx = { measureText: () => ({ width: 60 }), strokeText: () => {}, fillText: (name, x, y) => written.push([name, x, y]) };
  const draw = createNames(([k]) => ["Avdan", "Berd"][k], () => 1);
  const frame = { ctx, sight: [0, 0, 900, 600], zoom: 7 };
  const at = (k, x, y) => ({ places: [k], n: 2 - k, x, y, r: 9 });
  // To the right of the first its name would end where the second stands.
  draw(frame, [at(0, 300, 300), at(1, 392, 302)]);
  equal(written, [["Avdan", 226, 300], ["Berd", 406, 302]]);
  written.length = 0;
  const ring = [[392, 300], [208, 300], [300, 282], [300, 318]].map(([x, y], k) => at(k + 2, x, y));
  draw(frame, [at(0, 300, 300), ...ring]);
  ok(!written.some(([name]) => name === "Avdan"), "no room");
});
test("whole months stay whole when they are stepped", () => {
  equal(addSteps(dayOf(2024, 0, 31), "month", 1), dayOf(2024, 1, 29));
  equal(addSteps(dayOf(2024, 1, 29), "month", 1), dayOf(2024, 2, 31));
  equal(addSteps(dayOf(2023, 0, 30), "month", 1), dayOf(2023, 1, 28));
  equal(addSteps(dayOf(1970, 0, 15), "month", -1), dayOf(1969, 11, 15));
});
test("windows never leave the timeline, whatever is stepped", () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const next = randomFrom(seed);
    const firstDay = next(1000) - 500, lastDay = firstDay + next(400);
    const from = firstDay + next(lastDay - firstDay + 1), to = from + next(lastDay - from + 1);
    const model = { firstDay, lastDay, from, to, mode: next.pick(["window", "cumulative", "trail"]) };
    for (const step of STEPS)
      for (const [start, end] of [steppedWindow(model, step, 1), steppedWindow(model, step, -1), openingWindow(model, step, true), openingWindow(model, step, false)])
        ok(firstDay <= start && start <= end && end <= lastDay, `seed ${seed}, ${step}: ${[firstDay, start, end, lastDay]}`);
  }
});

test("boxes that were taken never overlap, and a free place is never refused", () => {
  for (let seed = 0; seed < 30; seed += 1) {
    const next = randomFrom(seed), crowd = new Crowd(), taken = [];
    for (let k = 0; k < 300; k += 1) {
      const left = next(1200) - 300, top = next(900) - 300;
      const box = [left, top, left + 1 + next(160), top + 1 + next(30)];
      const isFree = taken.every((b) => box[0] >= b[2] || box[2] <= b[0] || box[1] >= b[3] || box[3] <= b[1]);
      equal(crowd.isFree(...box), isFree, `seed ${seed}, box ${k}`);
      equal(crowd.take(...box), isFree, `seed ${seed}, box ${k}`);
      if (isFree) taken.push(box);
    }
  }
});

/** Places at random, and a frame in which a Mercator unit is a pixel. */
function randomPlaces(seed, n) {
  const next = randomFrom(seed);
  const of = (Kind, give) => Kind.from({ length: n }, give);
  return {
    frame: { x: (x) => x, y: (y) => y, width: 800, height: 600 },
    model: { placeX: of(Float64Array, () => next(800)), placeY: of(Float64Array, () => next(600)), placeCounts: of(Int32Array, () => 1 + next(next(2) ? 3 : 200)), isSpot: of(Uint8Array, () => (next(5) ? 1 : 0)) },
    all: Array.from({ length: n }, (_, p) => p),
  };
}
test("groups lose no place and no event, and no symbol is moved", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const { frame, model, all } = randomPlaces(seed, 1 + seed * 12);
    const items = grouped(frame, model, [...all]);
    equal(items.flatMap((item) => item.places).sort((a, b) => a - b), all, `seed ${seed}: places`);
    for (const { places, n, x, y } of items) {
      equal(n, places.reduce((sum, p) => sum + model.placeCounts[p], 0), `seed ${seed}: events`);
      equal([x, y], [model.placeX[places[0]], model.placeY[places[0]]], `seed ${seed}: moved`);
      ok(places.every((p) => model.isSpot[p] <= model.isSpot[places[0]]), `seed ${seed}: a spot beneath an area`);
    }
  }
});
test("groups depend on the places and not on their order", () => {
  const { frame, model, all } = randomPlaces(9, 120);
  equal(grouped(frame, model, [...all].reverse()), grouped(frame, model, [...all]));
});
test("places far apart stay alone", () => {
  const model = { placeX: [0, 200, 400], placeY: [0, 0, 0], placeCounts: [1, 5, 900], isSpot: [1, 1, 0] };
  const frame = { x: (x) => x, y: (y) => y };
  equal(grouped(frame, model, [0, 1, 2]).map(({ places }) => places).sort(), [[0], [1], [2]]);
  ok(symbolOf(frame, model, [2]).r > symbolOf(frame, model, [1]).r, "more events, a larger symbol");
});
