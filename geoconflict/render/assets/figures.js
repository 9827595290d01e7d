// Figures of events, as everything on the page reckons with them: bars, sums, layers, filters, the table.

const TOLD_STATUSES = ["occurred", "claimed", "unstated"];

/** Whether somebody says that what has this status happened, as fact or as a claim; figures of anything else add nothing. */
export const isToldStatus = (/** @type {string} */ status) => TOLD_STATUSES.includes(status);

/**
 * How a figure of an event is read. The columns hold it moved up by one; 0 is "not stated".
 * @param {FigureColumns} columns of the block of what is drawn
 * @param {"killed" | "wounded" | "captured" | "displaced"} what
 */
export function figuresOf(columns, what) {
  const low = columns[`${what}_low`], best = columns[`${what}_best`], high = columns[`${what}_high`];
  return {
    /** @param {number} i */
    isStated: (i) => low[i] > 0 || best[i] > 0 || high[i] > 0,
    /** At least so many: the lowest figure, else the best; none where only an upper end is told. @param {number} i */
    least: (i) => (low[i] || best[i] || 1) - 1,
    /** The one number to reckon with: the best figure, else the lowest. @param {number} i */
    likely: (i) => (best[i] || low[i] || 1) - 1,
    /** At most so many. @param {number} i */
    most: (i) => (high[i] || best[i] || low[i] || 1) - 1,
    /** What to sort by: as `likely`, else the upper end; NaN where nothing is told. @param {number} i */
    rank: (i) => (best[i] || low[i] || high[i] || NaN) - 1,
  };
}
