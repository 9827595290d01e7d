// Weeks, months, years, decades and centuries of the calendar. A week starts on Monday.
import { calendar, dayOf, formatDay, formatDays } from "./text.js";

const WEEK_LIMIT = 70, MONTH_LIMIT = 3 * 366;
// The finest first, with their usual days. Beyond so many entries the layer control is slow, and nobody reads it.
const KINDS = [["week", 7], ["month", 30.4], ["year", 365.2], ["decade", 3652], ["century", 36524]];
const YEARS = { year: 1, decade: 10, century: 100 };
const MOST_PERIODS = 60;

// Years below 100 would be taken for those of the 20th century.
const newYear = (year) => new Date(0).setUTCFullYear(year, 0, 1) / 86400000;

/** The first day of the period that a day falls into. `kind` is one of KINDS. */
export function periodStart(kind, day) {
  const date = calendar(day);
  if (kind === "week") return day - date.weekday;
  if (kind === "month") return dayOf(date.year, date.month, 1);
  return newYear(date.year - (date.year % YEARS[kind]));
}
/** The first day of the period after the one that starts on `start`. */
export function nextStart(kind, start) {
  if (kind === "week") return start + 7;
  const date = calendar(start);
  return kind === "month" ? dayOf(date.year, date.month + 1, 1) : newYear(date.year + YEARS[kind]);
}
export function periodLabel(kind, from, to) {
  if (kind === "week") return formatDays(from, to, "medium");
  if (kind === "month" || kind === "year") return formatDay(from, kind);
  return formatDays(from, to, "year");
}

/** The periods of the timeline, as wanted or coarser where they would be too many; none where even centuries are. */
export function periodsOf(model, wanted) {
  if (wanted === "none" || !model.hasDays) return [];
  const span = model.lastDay - model.firstDay + 1;
  const finest = wanted !== "auto" ? wanted : span <= WEEK_LIMIT ? "week" : span <= MONTH_LIMIT ? "month" : "year";
  const fitting = KINDS.slice(KINDS.findIndex(([name]) => name === finest)).find(([, days]) => span / days <= MOST_PERIODS);
  if (!fitting) return [];
  const [kind] = fitting;
  const periods = [];
  for (let from = periodStart(kind, model.firstDay); from <= model.lastDay; ) {
    const next = nextStart(kind, from);
    periods.push({ from, to: next - 1, label: periodLabel(kind, from, next - 1), on: true });
    from = next;
  }
  return periods;
}
