// What the columns mean, in words: dates with their precision, places with theirs, numbers as ranges.
import { OTHER_TYPES } from "./model.js";
import { calendar, formatDay, formatDays, formatNumber, tr, trCount, wordFor } from "./text.js";

/** The name of one of `model.drawnTypes`. @param {Model} model @param {string} type */
export function typeName(model, type) {
  if (type === OTHER_TYPES) return trCount("types.others", model.types.length - model.drawnTypes.length + 1);
  // A type of a foreign frame may be called what one of ours is in the reader's language.
  const name = wordFor("type", type);
  return name === type || !model.types.includes(name) ? name : type;
}

/** @param {Model} model */
export function createWords(model) {
  const c = model.columns;
  const countries = model.countries;

  // [the date, how it is known]
  /** @param {number} i @param {string} dateText @returns {[string, string]} */
  function date(i, dateText) {
    if (!c.dated[i]) return [tr("date.unknown"), ""];
    const from = c.day[i], to = model.last[i];
    const precision = c.date_precision.at(i);
    const basis = c.date_basis.at(i);
    let text = from === to ? formatDay(from, "full") : formatDays(from, to, "long");
    if (c.open_start[i] || (basis === "published" && from === to)) text = tr("date.until", { day: formatDay(to, "long") });
    else if (c.open_end[i]) text = tr("date.since", { day: formatDay(from, "long") });
    else if (precision === "month" && isWhole(from, to, "month")) text = tr("date.month", { month: formatDay(from, "month") });
    else if (precision === "year" && isWhole(from, to, "year")) text = tr("date.year", { year: formatDay(from, "year") });
    else if (from !== to && (precision === "unknown" || precision === "day")) text = tr("date.between", { days: text });
    else if (from !== to && precision === "week") text = tr("date.week", { days: text });
    const notes = [];
    if (from !== to) notes.push(tr("date.span"));
    if (basis === "published") notes.push(tr("basis.published"));
    else if (dateText) notes.push(wordFor("basis", basis, { words: dateText }));
    return [text, notes.join(" ")];
  }
  /** @param {number} from @param {number} to @param {PeriodKind} kind */
  function isWhole(from, to, kind) {
    const first = calendar(from), next = calendar(to + 1);
    if (first.day !== 1 || next.day !== 1) return false;
    return kind === "year" ? first.month === 0 && next.month === 0 && next.year === first.year + 1
      : 12 * (next.year - first.year) + next.month - first.month === 1;
  }
  // Short, for lists.
  /** @param {number} i */
  function shortDate(i) {
    if (!c.dated[i]) return tr("date.unknown");
    if (c.open_start[i] || (c.date_basis.at(i) === "published" && !c.days[i])) return tr("date.until", { day: formatDay(model.last[i], "medium") });
    return formatDays(c.day[i], model.last[i], "medium");
  }

  // [the place, what stands for it on the map]
  /** @param {number} i @returns {[string, string]} */
  function place(i) {
    const p = c.place[i] - 1;
    if (p < 0) return [tr("place.unknown"), tr("place.unknownNote")];
    const precision = c.place_precision.at(p);
    const km = c.place_radius_m[p] / 1000;
    const distance = tr("distance.km", { n: formatNumber(km >= 10 ? Math.round(km) : Math.round(10 * km) / 10) });
    return [model.placeTitle(p), wordFor("precisionNote", precision, { distance })];
  }
  /** @param {number} i */
  function placeContext(i) {
    const p = c.place[i] - 1;
    if (p < 0) return "";
    const code = c.place_country.at(p);
    const country = Object.hasOwn(countries, code) ? countries[code] : code;
    const parts = [c.place_admin1.at(p), country].filter((part) => part !== "" && part !== c.place_name.at(p));
    return parts.join(", ");
  }

  // Counts are stored one higher, 0 is "not stated". `form` is that of the strings: "" in words, "Short" in signs. Returns "" when nothing is stated.
  /** @param {number} low @param {number} best @param {number} high */
  function range(low, best, high, form = "") {
    const [l, b, h] = [low - 1, best - 1, high - 1];
    if (b >= 0 && (l < 0 || l === b) && (h < 0 || h === b)) return formatNumber(b);
    if (l >= 0 && h >= 0) return l === h ? formatNumber(l) : tr("count.range", { low: formatNumber(l), high: formatNumber(h) });
    if (l >= 0) return tr(`count.least${form}`, { n: formatNumber(l) });
    if (h >= 0) return tr(`count.most${form}`, { n: formatNumber(h) });
    return b >= 0 ? formatNumber(b) : "";
  }
  /** @param {number} i @param {Figure} what @param {string=} form */
  const count = (i, what, form) => range(c[`${what}_low`][i], c[`${what}_best`][i], c[`${what}_high`][i], form);
  // For narrow columns: signs in the place of words.
  /** @param {number} i @param {Figure} what */
  const shortCount = (i, what) => count(i, what, "Short");

  /** @param {number} i */
  const type = (i) => wordFor("type", c.event_type.at(i));
  /** @param {number} i */
  const subType = (i) => wordFor("sub", c.sub_event_type.at(i));
  /** @param {number} i */
  const status = (i) => wordFor("status", c.status.at(i));
  return { date, shortDate, place, placeContext, range, count, shortCount, type, subType, status };
}
