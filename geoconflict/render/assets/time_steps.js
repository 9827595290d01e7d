// Stepping through time by day, week or month: calendar arithmetic on day numbers, no drawing, no DOM.
import { calendar, dayOf } from "./text.js";

/** What the window steps and plays by. */
/** @type {Step[]} */
export const STEPS = ["day", "week", "month"];

const DAYS_FOR_DAYS = 120, DAYS_FOR_WEEKS = 1100;
const OPENING_SHARE = 9;

/** The step that crosses a period in a number of moves that a person can watch. @param {number} nDays @returns {Step} */
export function usualStep(nDays) {
  return nDays <= DAYS_FOR_DAYS ? "day" : nDays <= DAYS_FOR_WEEKS ? "week" : "month";
}

/** @param {number} year @param {number} month */
const daysIn = (year, month) => dayOf(year, month + 1, 1) - dayOf(year, month, 1);

const YEARS = { year: 1, decade: 10, century: 100 };

/**
 * The first day of the period that a day falls into; a week starts on Monday.
 * @param {PeriodKind} kind @param {number} day
 */
export function periodStart(kind, day) {
  const date = calendar(day);
  if (kind === "week") return day - date.weekday;
  if (kind === "month") return dayOf(date.year, date.month, 1);
  return dayOf(date.year - (date.year % YEARS[kind]), 0, 1);
}

/**
 * The day `n` steps later: days, weeks, months, years or more. The last day of a month goes to the last day of another, so whole
 * months stay whole.
 * @param {number} day @param {Step | PeriodKind} step @param {number} n
 */
export function addSteps(day, step, n) {
  if (step === "day" || step === "week") return day + n * (step === "week" ? 7 : 1);
  const { year, month, day: date } = calendar(day);
  const to = month + n * (step === "month" ? 1 : 12 * YEARS[step]);
  const last = daysIn(year, to);
  return dayOf(year, to, date === daysIn(year, month) ? last : Math.min(date, last));
}

/** The first and the last day of the day, week or month of the calendar that a day falls into. @param {number} day @param {Step} step */
function unitOf(day, step) {
  if (step === "day") return [day, day];
  const start = periodStart(step, day);
  return [start, addSteps(start, step, 1) - 1];
}

/** Whether a window is one day, week or month of the calendar, as far as the timeline goes. @param {Model} model @param {Step} step */
export function isOneUnit({ from, to, firstDay, lastDay }, step) {
  const [start, end] = unitOf(from, step);
  return from === Math.max(firstDay, start) && to === Math.min(lastDay, end);
}

/**
 * The window [from, to] after `n` steps. Whole weeks and months stay whole: what the ends of the timeline cut off is put
 * back before the step. Any other window keeps its length where it meets the end of the timeline.
 * @param {{from: number, to: number, firstDay: number, lastDay: number, mode: Mode}} model
 * @param {Step} step @param {number} n
 * @returns {[from: number, to: number]}
 */
export function steppedWindow(model, step, n) {
  const { from, to, firstDay, lastDay } = model;
  if (model.mode === "cumulative") return [firstDay, Math.max(firstDay, Math.min(addSteps(to, step, n), lastDay))];
  const unitStart = unitOf(from, step)[0], unitEnd = unitOf(to, step)[1];
  if (from === Math.max(firstDay, unitStart) && to === Math.min(lastDay, unitEnd)) {
    if (n > 0 ? to === lastDay : from === firstDay) return [from, to];
    return [Math.max(firstDay, addSteps(unitStart, step, n)), Math.min(lastDay, addSteps(unitEnd, step, n))];
  }
  const start = addSteps(from, step, n), end = addSteps(to, step, n);
  if (end > lastDay) return [Math.max(firstDay, lastDay - (to - from)), lastDay];
  if (start < firstDay) return [firstDay, Math.min(lastDay, firstDay + to - from)];
  return [start, end];
}

/** The window to begin with where none is chosen yet: the first day, week or month of the timeline, or the last. */
/** @param {Model} model @param {Step} step @param {boolean} atEnd @returns {[from: number, to: number]} */
export function openingWindow(model, step, atEnd) {
  const { firstDay, lastDay } = model;
  const [start, end] = unitOf(atEnd ? lastDay : firstDay, step);
  if (model.mode === "cumulative") return [firstDay, Math.max(firstDay, Math.min(atEnd ? start - 1 : end, lastDay))];
  return [Math.max(firstDay, start), Math.min(lastDay, end)];
}

/** How many days more than one a window has that is opened by a press on the timeline. @param {Model} model */
export const pressedLength = ({ firstDay, lastDay }) => Math.max(0, Math.round((lastDay - firstDay + 1) / OPENING_SHARE) - 1);
