// Words, numbers and days.
import { calendar, dayOf, formatDay, formatDays, formatNumber, formatShort, isoDay, parseDay, setLanguage, tr, trCount, wordFor } from "../assets/text.js";
import { equal, randomFrom, test } from "./check.js";

const STRINGS = { "events.one": "{n} event", "events.other": "{n} events", hello: "Hello {name}, {name} and {who}", "type.Riots": "Riot in {place}" };
setLanguage("en", STRINGS);

test("a key that has no string stands for itself, and so do keys of every object", () => {
  equal(["hello", "none", "toString", "__proto__"].map((key) => tr(key)), ["Hello {name}, {name} and {who}", "none", "toString", "__proto__"]);
});
test("values are put in as they are, each time, and never read again", () => {
  equal(tr("hello", { name: "{who}", who: "$& $1 <b>" }), "Hello {who}, {who} and $& $1 <b>");
  equal(tr("hello", { name: 0 }), "Hello 0, 0 and {who}");
  equal(tr("hello", Object.create({ name: "inherited" })), "Hello {name}, {name} and {who}");
});
test("plural forms follow the number", () => {
  equal([0, 1, 2, 1000].map((n) => trCount("events", n)), ["0 events", "1 event", "2 events", "1,000 events"]);
});
test("plural forms of a language with more of them", () => {
  setLanguage("ar", { "events.zero": "z", "events.one": "o", "events.two": "t", "events.few": "f {n}", "events.many": "m", "events.other": "x" });
  equal([0, 1, 2, 11, 100].map((n) => trCount("events", n)), ["z", "o", "t", "m", "x"]);
  setLanguage("en", STRINGS);
});
test("a word that the vocabulary lacks stands for itself", () => {
  equal([wordFor("type", "Riots", { place: "X" }), wordFor("type", "Heists"), wordFor("type", "")], ["Riot in X", "Heists", ""]);
});
test("numbers fit into symbols", () => {
  equal([0, 999, 1000, 1234, 99_500, 1_000_000].map((n) => formatShort(n).toLowerCase()), ["0", "999", "1k", "1.2k", "100k", "1m"]);
  equal(formatNumber(1234567), "1,234,567");
});
test("days before 1970 are days like others", () => {
  equal([-1, 0, -365, -719162].map(isoDay), ["1969-12-31", "1970-01-01", "1969-01-01", "0001-01-01"]);
  equal(formatDay(-1, "full"), "Wednesday, 31 December 1969".replace(",", formatDay(0, "full").includes(",") ? "," : ""));
  equal(calendar(-1), { year: 1969, month: 11, day: 31, weekday: 2 });
  equal(dayOf(1969, 11, 31), -1);
});
test("days go to dates and back, whatever the time zone of the reader", () => {
  const next = randomFrom(7);
  for (let k = 0; k < 2000; k += 1) {
    const day = next(1_000_000) - 700_000;
    equal(parseDay(isoDay(day)), day, String(day));
    const { year, month, day: date } = calendar(day);
    if (year > 99) equal(dayOf(year, month, date), day, String(day)); // two digits mean 19xx to Date.UTC
  }
});
test("only days of the calendar are read", () => {
  const refused = ["2023-02-29", "2023-13-01", "2023-00-10", "2023-1-1", " 2023-01-01", "2023-01-01T00:00", "2023-01-01\n", "20230101", "+002023-01-01", "", "null", "٢٠٢٣-٠١-٠١"];
  equal(refused.map(parseDay), refused.map(() => null));
  equal(["2024-02-29", "0001-01-01", "9999-12-31"].map(parseDay), [19782, -719162, 2932896]);
});
test("a span of one day is that day", () => {
  equal(formatDays(5, 5, "medium"), formatDay(5, "medium"));
  equal(formatDays(0, 40, "medium").replaceAll(/[\u2009\u202f]/g, " "), "1 Jan – 10 Feb 1970");
});
