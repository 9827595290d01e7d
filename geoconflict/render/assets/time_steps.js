// Stepping through time by day, week or month: calendar arithmetic on day numbers, no drawing, no DOM.
import { calendar, dayOf } from "./text.js";

/** What the window steps and plays by. */
/** @type {Step[]} */
export const STEPS = ["day", "week", "month"];

const DAYS_FOR_DAYS = 120, DAYS_FOR_WEEKS = 1100;
const OPENING_SHARE = 9;
const MONTH_DAYS = 30.4;

/** The step that crosses a period in a number of moves that a person can watch. @param {number} nDays @returns {Step} */
export function usualStep(nDays) {
  return nDays <= DAYS_FOR_DAYS ? "day" : nDays <= DAYS_FOR_WEEKS ? "week" : "month";
}

/** @param {number} year @param {number} month */
const daysIn = (year, month) => dayOf(year, month + 1, 1) - dayOf(year, month, 1);

/** The first day of the period that a day falls into: "week", which starts on Monday, "month" or "year". @param {PeriodKind} kind @param {number} day */
export function periodStart(kind, day) {
  const date = calendar(day);
  if (kind === "week") return day - date.weekday;
  return dayOf(date.year, kind === "month" ? date.month : 0, 1);
}

/**
 * The day `n` steps later: days, weeks, months or years. The last day of a month goes to the last day of another, so whole
 * months stay whole.
 * @param {number} day @param {Step | PeriodKind} step @param {number} n
 */
export function addSteps(day, step, n) {
  if (step === "day" || step === "week") return day + n * (step === "week" ? 7 : 1);
  const { year, month, day: date } = calendar(day);
  const to = month + n * (step === "year" ? 12 : 1);
  const last = daysIn(year, to);
  return dayOf(year, to, date === daysIn(year, month) ? last : Math.min(date, last));
}

/**
 * The window [from, to] after `n` steps; it keeps its length where it meets the end of the timeline.
 * @param {{from: number, to: number, firstDay: number, lastDay: number, mode: Mode}} model
 * @param {Step} step @param {number} n
 * @returns {[from: number, to: number]}
 */
export function steppedWindow(model, step, n) {
  const { from, to, firstDay, lastDay } = model;
  const end = addSteps(to, step, n);
  if (model.mode === "cumulative") return [firstDay, Math.max(firstDay, Math.min(end, lastDay))];
  const start = addSteps(from, step, n);
  if (end > lastDay) return [Math.max(firstDay, lastDay - (to - from)), lastDay];
  if (start < firstDay) return [firstDay, Math.min(lastDay, firstDay + to - from)];
  return [start, end];
}

/**
 * The window to begin with where none is chosen yet: at the start of the timeline, or at its end.
 * @param {Model} model @param {Step} step @param {boolean} atEnd
 * @returns {[from: number, to: number]}
 */
export function openingWindow(model, step, atEnd) {
  const { firstDay, lastDay } = model;
  if (model.mode === "cumulative") {
    const end = atEnd ? addSteps(lastDay, step, -1) : addSteps(firstDay, step, 1) - 1;
    return [firstDay, Math.max(firstDay, Math.min(end, lastDay))];
  }
  const about = Math.max(1, Math.round((lastDay - firstDay + 1) / OPENING_SHARE));
  let days = about;
  if (step === "week") days = 7 * Math.max(1, Math.round(about / 7));
  if (step === "month") {
    const first = periodStart("month", atEnd ? lastDay : firstDay);
    const nMonths = Math.max(1, Math.round(about / MONTH_DAYS));
    if (atEnd) return [Math.max(firstDay, addSteps(first, "month", 1 - nMonths)), lastDay];
    return [firstDay, Math.min(lastDay, addSteps(first, "month", nMonths) - 1)];
  }
  return atEnd ? [Math.max(firstDay, lastDay - days + 1), lastDay] : [firstDay, Math.min(lastDay, firstDay + days - 1)];
}
