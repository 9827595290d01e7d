// Strings, numbers and dates in the reader's language. Days are whole numbers since 1970-01-01, always in UTC.
const DAY_MS = 86400000;
/** @type {Strings} */
let strings = {};
let code = "en";
let language = "en"; // as the browser is asked for it
// Each takes milliseconds, so they are made when they are first asked for: the map is drawn before that.
/** @type {boolean | null} whether the browser knows the language: some lack the dates and numbers of smaller ones */
let known = null;
/** @type {Intl.PluralRules | null} */
let plurals = null;
/** @type {Intl.NumberFormat | null} */
let numbers = null;
/** @type {Intl.NumberFormat | null} */
let shortNumbers = null;
/** @type {Map<DayStyle, Intl.DateTimeFormat>} */
const dates = new Map();

// Day before month in English too: most readers outside one country write dates so.
// Arabic with the digits that the reports and the files saved from the page have.
/** @type {Strings} */
const LOCALES = { en: "en-GB", ar: "ar-u-nu-latn" };

/** @param {string} given @param {Strings} table */
export function setLanguage(given, table) {
  strings = table;
  code = given;
  language = LOCALES[code] || code;
  known = plurals = numbers = shortNumbers = null;
  dates.clear();
}
// Languages of browsers themselves, which all know. Of others one may say that it has them and write "M09" for September.
const CERTAIN = ["ar", "en", "fr", "ru", "uk"];
const hasDates = () => Intl.DateTimeFormat.supportedLocalesOf(language).length > 0 && format("medium").formatToParts(0).every(({ type, value }) => type !== "month" || !/\d/.test(value));
const isKnown = () => (known ??= CERTAIN.includes(code) || hasDates());
const digits = () => (isKnown() ? language : "fr"); // 1 234,5, as most of Europe writes

// The string of a key with {name} replaced; the result is plain text.
/** @param {string} key @param {{readonly [name: string]: any}} [values] */
export function tr(key, values) {
  const text = Object.hasOwn(strings, key) ? strings[key] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values && Object.hasOwn(values, name) ? String(values[name]) : whole));
}

// As tr, with the form of the key for a number of things: "events.one", "events.other". {n} is the number.
/** @param {string} key @param {number} n @param {Values=} values */
export function trCount(key, n, values) {
  plurals ??= new Intl.PluralRules(language);
  const form = `${key}.${plurals.select(n)}`;
  return tr(Object.hasOwn(strings, form) ? form : `${key}.other`, { n: formatNumber(n), ...values });
}

// A word of a closed vocabulary; a word that the vocabulary lacks stands for itself.
/** @param {string} kind @param {string} value @param {Values=} values */
export function wordFor(kind, value, values) {
  const key = `${kind}.${value}`;
  return Object.hasOwn(strings, key) ? tr(key, values) : value;
}

const isSmall = (/** @type {number} */ n) => n >= 0 && n < 1000 && Number.isInteger(n); // every language of ours writes these alike
/** @param {number} n */
export function formatNumber(n) {
  if (isSmall(n)) return String(n);
  numbers ??= new Intl.NumberFormat(digits());
  return numbers.format(n);
}
/** A number as it fits into a symbol: 1,234 as 1.2K. @param {number} n */
export function formatShort(n) {
  if (n < 1000) return formatNumber(n);
  shortNumbers ??= new Intl.NumberFormat(digits(), { notation: "compact", maximumSignificantDigits: 2 });
  return shortNumbers.format(n);
}

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

// Dates of a language that the browser lacks, with the names in our tables.
/** @type {{[style in DayStyle]: string}} */
const PATTERNS = {
  full: "{weekday}, {day} {month} {year}", long: "{day} {month} {year}", medium: "{day} {short} {year}", short: "{day} {short}",
  month: "{alone} {year}", shortMonth: "{short}", year: "{year}",
};
/** @param {number} day @param {DayStyle} style */
function ownDay(day, style) {
  const { year, month, day: ofMonth, weekday } = calendar(day);
  /** @param {string} list @param {number} at */
  const name = (list, at) => tr(`calendar.${list}`).split(" ")[at];
  /** @type {{[part: string]: string | number}} */
  const parts = { year, day: ofMonth, weekday: name("weekdays", weekday), month: name("months", month), alone: name("monthsAlone", month), short: name("shortMonths", month) };
  return PATTERNS[style].replace(/\{(\w+)\}/g, (_, part) => String(parts[part]));
}

/** @param {number} day @param {DayStyle} style */
export const formatDay = (day, style) => (isKnown() ? format(style).format(date(day)) : ownDay(day, style));
/** @param {number} from @param {number} to @param {DayStyle} style */
export function formatDays(from, to, style) {
  if (from === to) return formatDay(from, style);
  return isKnown() ? format(style).formatRange(date(from), date(to)) : `${ownDay(from, style)} – ${ownDay(to, style)}`;
}
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
export function dayOf(year, month, day) {
  // Date.UTC takes years below 100 for those of the 20th century.
  return new Date(0).setUTCFullYear(year, month, day) / DAY_MS;
}
