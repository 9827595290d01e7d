// Weeks, months and years of the calendar. A week starts on Monday.
import { calendar, dayOf, formatDay, formatDays } from "./text.js";

const WEEK_LIMIT = 70, MONTH_LIMIT = 3 * 366;
/**
 * The first day of the period that a day falls into. `kind` is "week", "month" or "year".
 * @param {PeriodKind} kind @param {number} day
 */
export function periodStart(kind, day) {
  const date = calendar(day);
  if (kind === "week") return day - date.weekday;
  return dayOf(date.year, kind === "month" ? date.month : 0, 1);
}
/** The first day of the period after the one that starts on `start`. @param {PeriodKind} kind @param {number} start */
export function nextStart(kind, start) {
  if (kind === "week") return start + 7;
  const date = calendar(start);
  return kind === "month" ? dayOf(date.year, date.month + 1, 1) : dayOf(date.year + 1, 0, 1);
}
/** @param {PeriodKind} kind @param {number} from @param {number} to */
export function periodLabel(kind, from, to) {
  if (kind === "week") return formatDays(from, to, "medium");
  return formatDay(from, kind === "month" ? "month" : "year");
}

/** @param {Model} model @param {string} wanted */
export function periodsOf(model, wanted) {
  if (wanted === "none" || !model.hasDays) return [];
  const span = model.lastDay - model.firstDay + 1;
  const kind = /** @type {PeriodKind} */ (wanted !== "auto" ? wanted : span <= WEEK_LIMIT ? "week" : span <= MONTH_LIMIT ? "month" : "year");
  const periods = [];
  for (let from = periodStart(kind, model.firstDay); from <= model.lastDay; ) {
    const next = nextStart(kind, from);
    periods.push({ from, to: next - 1, label: periodLabel(kind, from, next - 1), on: true });
    from = next;
  }
  return periods;
}
