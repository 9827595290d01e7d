// Free-text search against looking into every field of every event.
import { Model } from "../assets/model.js";
import { createSearch, fold } from "../assets/search.js";
import { equal, randomFrom, test } from "./check.js";
import { listsOf, randomEvents, textsOf } from "./columns.js";

const WORDS = ["shelling", "Évora", "town", "hall", "the", "Hall.", "ÅNGSTRÖM", "حلب", "straße", "a"];

/** A model, its texts and the fields of each event as one reads them. */
function someTexts(seed) {
  const { columns, rows } = randomEvents(seed, 25);
  const next = randomFrom(seed);
  const sentence = () => Array.from({ length: next(5) }, () => next.pick(WORDS)).join(" ");
  columns.place_name = textsOf(Array.from({ length: columns.place_name.length }, sentence));
  columns.actors = listsOf(rows.map(() => Array.from({ length: next(3) }, sentence)));
  const titles = Array.from({ length: 8 }, sentence);
  const versions = rows.map(() => Array.from({ length: next(4) }, () => ({ quote: sentence(), report: next(8) })));
  const flat = versions.flat();
  const text = { version_quote: textsOf(flat.map((one) => one.quote)), n_versions: Int32Array.from(versions, (of) => of.length), report_title: textsOf(titles), version_report: Int32Array.from(flat, (one) => one.report) };
  const fields = rows.map((row, i) => [...versions[i].flatMap((one) => [one.quote, titles[one.report]]), ...(row.place ? [columns.place_name.at(row.place - 1)] : []), ...columns.actors.of(i)].map(fold));
  const model = new Model(columns, {}, [null, null]);
  return { search: createSearch(model, async () => text), fields };
}

test("folding takes accents and capitals away, and nothing else", () => {
  equal(["Évora", "ÅNGSTRÖM", "ﬁre", "Straße", "İzmir", "حَلَب", "50\u202f%\n of"].map(fold), ["evora", "angstrom", "fire", "straße", "izmir", "حلب", "50 % of"]);
});
test("every word must be somewhere in the event, each in any field", async () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const { search, fields } = someTexts(seed);
    const next = randomFrom(500 + seed);
    const words = Array.from({ length: 1 + next(3) }, () => next.pick(WORDS));
    const found = await search.find(words.join("  "));
    equal(found, fields.map((of) => (words.every((word) => of.some((field) => field.includes(fold(word)))) ? 1 : 0)), `seed ${seed}: ${words}`);
  }
});
test("words in quotation marks stay together", async () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const { search, fields } = someTexts(seed);
    equal(await search.find('"town hall" the'), fields.map((of) => (["town hall", "the"].every((word) => of.some((field) => field.includes(word))) ? 1 : 0)), `seed ${seed}`);
  }
});
test("nothing is found across the end of a field", async () => {
  const { columns } = randomEvents(1, 2, { undated: 0 });
  columns.place_name = textsOf(columns.place_name.all().map(() => "north"));
  columns.actors = listsOf([[], []]);
  const text = { version_quote: textsOf(["one two", "three four"]), n_versions: Int32Array.of(1, 1), report_title: textsOf(["x"]), version_report: Int32Array.of(0, 0) };
  const search = createSearch(new Model(columns, {}, [null, null]), async () => text);
  equal([await search.find('"two three"'), await search.find("two three"), await search.find("two"), await search.find('"two\nthree"')], [[0, 0], [0, 0], [1, 0], [0, 0]]);
});
test("a search for no words lets all through", async () => {
  const { search } = someTexts(2);
  equal(await Promise.all(["", "   ", '""', '"', '" "'].map((query) => search.find(query))), [null, null, null, null, null]);
});
test("a quotation mark that is never closed is a word like others", async () => {
  const { search } = someTexts(3);
  equal(await search.find('"town'), await search.find("town"));
});
