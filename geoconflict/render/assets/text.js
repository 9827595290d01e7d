// Strings, numbers and dates in the reader's language. Days are whole numbers since 1970-01-01, always in UTC.
const DAY_MS = 86400000;
let strings = {};
let language = "en";
let plurals = null;
let numbers = null;
let shortNumbers = null;
const dates = new Map();

// Day before month in English too: most readers outside one country write dates so.
const LOCALES = { en: "en-GB" };

export function setLanguage(code, table) {
  strings = table;
  language = LOCALES[code] || code;
  plurals = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(language);
  shortNumbers = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 2 });
}

// The string of a key with {name} replaced; the result is plain text.
export function tr(key, values) {
  const text = Object.hasOwn(strings, key) ? strings[key] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values && Object.hasOwn(values, name) ? String(values[name]) : whole));
}

// As tr, with the form of the key for a number of things: "events.one", "events.other". {n} is the number.
export function trCount(key, n, values) {
  const form = `${key}.${plurals.select(n)}`;
  return tr(Object.hasOwn(strings, form) ? form : `${key}.other`, { n: formatNumber(n), ...values });
}

// A word of a closed vocabulary; a word that the vocabulary lacks stands for itself.
export function wordFor(kind, value, values) {
  const key = `${kind}.${value}`;
  return Object.hasOwn(strings, key) ? tr(key, values) : value;
}

export const formatNumber = (n) => numbers.format(n);
/** A number as it fits into a symbol: 1,234 as 1.2K. */
export const formatShort = (n) => (n < 1000 ? numbers : shortNumbers).format(n);

const STYLES = {
  full: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  long: { day: "numeric", month: "long", year: "numeric" },
  medium: { day: "numeric", month: "short", year: "numeric" },
  short: { day: "numeric", month: "short" },
  month: { month: "long", year: "numeric" },
  shortMonth: { month: "short" },
  year: { year: "numeric" },
};
function format(style) {
  if (!dates.has(style)) dates.set(style, new Intl.DateTimeFormat(language, { ...STYLES[style], timeZone: "UTC" }));
  return dates.get(style);
}
const date = (day) => new Date(day * DAY_MS);

export const formatDay = (day, style) => format(style).format(date(day));
export const formatDays = (from, to, style) => (from === to ? formatDay(from, style) : format(style).formatRange(date(from), date(to)));
export function isoDay(day) {
  const text = date(day).toISOString();
  return text.slice(0, text.indexOf("T"));
}
// The day of an ISO date, or null: only YYYY-MM-DD that exists in the calendar.
export function parseDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(text + "T00:00:00Z");
  return Number.isFinite(ms) && isoDay(ms / DAY_MS) === text ? ms / DAY_MS : null;
}
// Year, month (0 to 11), day of the month and weekday (Monday is 0).
export function calendar(day) {
  const d = date(day);
  return { year: d.getUTCFullYear(), month: d.getUTCMonth(), day: d.getUTCDate(), weekday: (d.getUTCDay() + 6) % 7 };
}
export const dayOf = (year, month, day) => Date.UTC(year, month, day) / DAY_MS;
