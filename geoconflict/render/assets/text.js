// Strings, numbers and dates in the reader's language. Days are whole numbers since 1970-01-01, always in UTC.
const DAY_MS = 86400000;
/** @type {Strings} */
let strings = {};
let language = "en";
/** @type {Intl.PluralRules} */
let plurals;
/** @type {Intl.NumberFormat} */
let numbers;
/** @type {Intl.NumberFormat} */
let shortNumbers;
/** @type {Map<DayStyle, Intl.DateTimeFormat>} */
const dates = new Map();

// Day before month in English too: most readers outside one country write dates so.
/** @type {Strings} */
const LOCALES = { en: "en-GB" };

/** @param {string} code @param {Strings} table */
export function setLanguage(code, table) {
  strings = table;
  language = LOCALES[code] || code;
  plurals = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(language);
  shortNumbers = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 2 });
}

// The string of a key with {name} replaced; the result is plain text.
/** @param {string} key @param {{readonly [name: string]: any}} [values] */
export function tr(key, values) {
  const text = Object.hasOwn(strings, key) ? strings[key] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values && Object.hasOwn(values, name) ? String(values[name]) : whole));
}

// As t, with the form of the key for a number of things: "events.one", "events.other". {n} is the number.
/** @param {string} key @param {number} n @param {Values=} values */
export function trCount(key, n, values) {
  const form = `${key}.${plurals.select(n)}`;
  return tr(Object.hasOwn(strings, form) ? form : `${key}.other`, { n: formatNumber(n), ...values });
}

// A word of a closed vocabulary; a word that the vocabulary lacks stands for itself.
/** @param {string} kind @param {string} value @param {Values=} values */
export function wordFor(kind, value, values) {
  const key = `${kind}.${value}`;
  return Object.hasOwn(strings, key) ? tr(key, values) : value;
}

/** @param {number} n */
export const formatNumber = (n) => numbers.format(n);
/** A number as it fits into a symbol: 1,234 as 1.2K. @param {number} n */
export const formatShort = (n) => (n < 1000 ? numbers : shortNumbers).format(n);

/** @type {{[style in DayStyle]: Intl.DateTimeFormatOptions}} */
const STYLES = {
  full: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  long: { day: "numeric", month: "long", year: "numeric" },
  medium: { day: "numeric", month: "short", year: "numeric" },
  short: { day: "numeric", month: "short" },
  month: { month: "long", year: "numeric" },
  shortMonth: { month: "short" },
  year: { year: "numeric" },
};
/** @param {DayStyle} style */
function format(style) {
  let found = dates.get(style);
  if (!found) dates.set(style, (found = new Intl.DateTimeFormat(language, { ...STYLES[style], timeZone: "UTC" })));
  return found;
}
/** @param {number} day */
const date = (day) => new Date(day * DAY_MS);

/** @param {number} day @param {DayStyle} style */
export const formatDay = (day, style) => format(style).format(date(day));
/** @param {number} from @param {number} to @param {DayStyle} style */
export const formatDays = (from, to, style) => (from === to ? formatDay(from, style) : format(style).formatRange(date(from), date(to)));
/** @param {number} day */
export function isoDay(day) {
  const text = date(day).toISOString();
  return text.slice(0, text.indexOf("T"));
}
// The day of an ISO date, or null: only YYYY-MM-DD that exists in the calendar.
/** @param {string} text */
export function parseDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(text + "T00:00:00Z");
  return Number.isFinite(ms) && isoDay(ms / DAY_MS) === text ? ms / DAY_MS : null;
}
// Year, month (0 to 11), day of the month and weekday (Monday is 0).
/** @param {number} day */
export function calendar(day) {
  const d = date(day);
  return { year: d.getUTCFullYear(), month: d.getUTCMonth(), day: d.getUTCDate(), weekday: (d.getUTCDay() + 6) % 7 };
}
/** @param {number} year @param {number} month @param {number} day */
export const dayOf = (year, month, day) => Date.UTC(year, month, day) / DAY_MS;
