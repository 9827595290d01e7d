// The periods that the layer control lists: weeks, months, years, decades or centuries of the calendar.
import { formatDay, formatDays } from "./text.js";
import { addSteps, periodStart } from "./time_steps.js";

const WEEK_LIMIT = 70, MONTH_LIMIT = 3 * 366;
// The finest first, with their usual days. Beyond so many entries the layer control is slow, and nobody reads it.
/** @type {[kind: PeriodKind, days: number][]} */
const KINDS = [["week", 7], ["month", 30.4], ["year", 365.2], ["decade", 3652], ["century", 36524]];
const MOST_PERIODS = 60;

/** @param {PeriodKind} kind @param {number} from @param {number} to */
export function periodLabel(kind, from, to) {
  if (kind === "week") return formatDays(from, to, "medium");
  if (kind === "month" || kind === "year") return formatDay(from, kind);
  return formatDays(from, to, "year");
}

/** The periods of the timeline, as wanted or coarser where they would be too many; none where even centuries are. */
/** @param {Model} model @param {string} wanted */
export function periodsOf(model, wanted) {
  if (wanted === "none" || !model.hasDays) return [];
  const span = model.lastDay - model.firstDay + 1;
  const finest = wanted !== "auto" ? wanted : span <= WEEK_LIMIT ? "week" : span <= MONTH_LIMIT ? "month" : "year";
  const fitting = KINDS.slice(KINDS.findIndex(([name]) => name === finest)).find(([, days]) => span / days <= MOST_PERIODS);
  if (!fitting) return [];
  const [kind] = fitting;
  const periods = [];
  for (let from = periodStart(kind, model.firstDay); from <= model.lastDay; ) {
    const [start, end] = [from, addSteps(from, kind, 1) - 1];
    // Named when the layer control asks: what writes dates takes long to make.
    periods.push({ from: start, to: end, on: true, get label() { return periodLabel(kind, start, end); } });
    from = end + 1;
  }
  return periods;
}
