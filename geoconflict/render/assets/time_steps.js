// Stepping through time by day, week or month: calendar arithmetic on day numbers, no drawing, no DOM.
import { nextStart, periodStart } from "./periods.js";
import { calendar, dayOf } from "./text.js";

/** What the window steps and plays by. */
export const STEPS = ["day", "week", "month"];

const DAYS_FOR_DAYS = 120, DAYS_FOR_WEEKS = 1100;
const OPENING_SHARE = 9;

/** The step that crosses a period in a number of moves that a person can watch. */
export function usualStep(nDays) {
  return nDays <= DAYS_FOR_DAYS ? "day" : nDays <= DAYS_FOR_WEEKS ? "week" : "month";
}

const daysIn = (year, month) => dayOf(year, month + 1, 1) - dayOf(year, month, 1);

/** The day `n` steps later. The last day of a month goes to the last day of another, so whole months stay whole. */
export function addSteps(day, step, n) {
  if (step !== "month") return day + n * (step === "week" ? 7 : 1);
  const { year, month, day: date } = calendar(day);
  const last = daysIn(year, month + n);
  return dayOf(year, month + n, date === daysIn(year, month) ? last : Math.min(date, last));
}

/** The first and the last day of the day, week or month of the calendar that a day falls into. */
function unitOf(day, step) {
  if (step === "day") return [day, day];
  const start = periodStart(step, day);
  return [start, nextStart(step, start) - 1];
}

/** Whether a window is one day, week or month of the calendar, as far as the timeline goes. */
export function isOneUnit({ from, to, firstDay, lastDay }, step) {
  const [start, end] = unitOf(from, step);
  return from === Math.max(firstDay, start) && to === Math.min(lastDay, end);
}

/**
 * The window [from, to] after `n` steps. Whole weeks and months stay whole: what the ends of the timeline cut off is put
 * back before the step. Any other window keeps its length where it meets the end of the timeline.
 * @param {{from: number, to: number, firstDay: number, lastDay: number, mode: string}} model
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
export function openingWindow(model, step, atEnd) {
  const { firstDay, lastDay } = model;
  const [start, end] = unitOf(atEnd ? lastDay : firstDay, step);
  if (model.mode === "cumulative") return [firstDay, Math.max(firstDay, Math.min(atEnd ? start - 1 : end, lastDay))];
  return [Math.max(firstDay, start), Math.min(lastDay, end)];
}

/** How many days more than one a window has that is opened by a press on the timeline. */
export const pressedLength = ({ firstDay, lastDay }) => Math.max(0, Math.round((lastDay - firstDay + 1) / OPENING_SHARE) - 1);
