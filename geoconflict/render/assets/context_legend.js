// The legend of lines and areas, whose rows fade when they do not hold, and the day to compare with.
import { fillArea, isDrawn, isEarlier, itemColour, strokeEarlier } from "./context.js";
import { el, icon, makeButton, reportText } from "./dom.js";
import { symbolPicture } from "./symbols.js";
import { formatDay, formatDays, isoDay, parseDay, tr, trCount } from "./text.js";

// Rows that a long legend shows at once, and that its button adds.
const ROWS_AT_ONCE = 40;

/** @param {Model} model @param {ContextItem[]} items */
export function contextLegend(model, items) {
  if (!items.length) return { element: null, show: () => {} };
  /** @type {{item: ContextItem, row: HTMLElement}[]} */
  const parts = [];
  const list = el("ul", { class: "gc-legend gc-key" });
  const more = makeButton("gc-text-button", "", () => {
    addRows();
    show();
  });
  /** @param {ContextItem} item */
  const rowOf = (item) => {
    const days = item.from === null ? (item.to === null ? "" : tr("context.until", { day: formatDay(item.to, "medium") }))
      : item.to === null ? tr("context.since", { day: formatDay(item.from, "medium") }) : formatDays(item.from, item.to, "medium");
    const note = [item.approximate ? tr("context.approximate") : "", days, item.note].filter(Boolean).join(" · ");
    const row = el("li", { class: "gc-key-row" }, symbolPicture(26, (ctx, m) => drawKey(ctx, m, item)),
      el("span", {}, reportText("span", "gc-context-name", item.name), note ? reportText("span", "gc-fact-note", note) : null));
    return { item, row };
  };
  function addRows() {
    const added = items.slice(parts.length, parts.length + ROWS_AT_ONCE).map(rowOf);
    parts.push(...added);
    list.append(...added.map(({ row }) => row));
    more.hidden = parts.length === items.length;
    more.textContent = trCount("legend.more", items.length - parts.length);
    more.setAttribute("aria-label", more.textContent);
  }
  addRows();
  const compare = model.hasDays && items.some((item) => item.from !== null || item.to !== null) ? createCompare(model) : null;
  return {
    element: el("div", {}, list, more, compare && compare.element),
    show,
  };
  function show() {
    for (const { item, row } of parts) row.classList.toggle("gc-faded", !isDrawn(model, item) && !isEarlier(model, item));
    if (compare) compare.show();
  }
}

/** @param {Pen} ctx @param {number} m @param {ContextItem} item */
function drawKey(ctx, m, item) {
  ctx.beginPath();
  if (item.shape.isArea) {
    ctx.roundRect(m - 10, m - 7, 20, 14, 4);
    fillArea(ctx, item, itemColour(item));
  } else {
    ctx.moveTo(m - 10, m + 3);
    ctx.lineTo(m + 10, m - 3);
  }
  ctx.strokeStyle = itemColour(item);
  ctx.lineWidth = item.shape.isArea ? 1.4 : 2.2;
  ctx.setLineDash(item.approximate ? [5, 3.5] : []);
  ctx.stroke();
}

// A day whose lines and areas are drawn as outlines beside those of the end of the time window.
/** @param {Model} model */
function createCompare(model) {
  const input = el("input", { type: "date", class: "gc-compare-day", id: "gc-compare-day", on: { change: () => model.setCompareDay(parseDay(input.value)) } });
  const clear = makeButton("gc-round", tr("compare.clear"), () => {
    model.setCompareDay(null);
    input.focus();
  }, icon("close"));
  const words = el("span", { class: "gc-compare-note" });
  const note = el("div", { class: "gc-key-row" }, symbolPicture(26, (ctx, m) => {
    ctx.beginPath();
    ctx.moveTo(m - 10, m + 3);
    ctx.lineTo(m + 10, m - 3);
    strokeEarlier(ctx, itemColour({ ownColour: "" }));
  }), words);
  return {
    element: el("div", { class: "gc-compare" },
      el("div", { class: "gc-compare-row" }, el("label", { for: "gc-compare-day", text: tr("compare.label") }), input, clear), note),
    show: () => {
      const day = model.compareDay;
      if (day !== parseDay(input.value)) input.value = day === null ? "" : isoDay(day);
      clear.hidden = note.hidden = day === null;
      if (day !== null) words.textContent = tr("compare.note", { day: formatDay(day, "medium"), now: formatDay(model.to, "medium") });
    },
  };
}
