// The periods that the layer control lists: weeks, months or years of the calendar.
import { formatDay, formatDays } from "./text.js";
import { addSteps, periodStart } from "./time_steps.js";

const WEEK_LIMIT = 70, MONTH_LIMIT = 3 * 366;
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
    const next = addSteps(from, kind, 1);
    periods.push({ from, to: next - 1, label: periodLabel(kind, from, next - 1), on: true });
    from = next;
  }
  return periods;
}
