// What is not on the map: counted by reason, and listed.
import { el } from "./dom.js";
import { WHERE } from "./model.js";
import { formatNumber, tr } from "./text.js";

/** @type {[name: string, reason: number][]} */
const REASONS = [["country", WHERE.COUNTRY], ["unlocated", WHERE.UNLOCATED], ["undated", WHERE.UNDATED], ["unsure", WHERE.UNSURE], ["outside", WHERE.OUTSIDE]];

/** What to say above a list in which events are missed that the file counts alone. @param {Model} model @param {number[]} reasons */
const countedAlone = (model, reasons) => (model.nOutside && reasons.includes(WHERE.OUTSIDE) ? tr("off.outside.counted") : "");

/** Open the list of all events that are not drawn. @param {Model} model @param {Card} card */
export function listAllOff(model, card) {
  const events = REASONS.flatMap(([, reason]) => model.eventsOff(reason));
  card.openList(events.sort((a, b) => a - b), tr("panel.off"), countedAlone(model, [WHERE.OUTSIDE])); // by day, as the events stand
}

/**
 * The section of the panel: {element, show}; the element is null where every event is on the map.
 * @param {Model} model @param {Card} card
 */
export function createOff(model, card) {
  const parts = REASONS.filter(([, reason]) => model.totals[reason] > 0).map(([name, reason]) => {
    const count = el("span", { class: "gc-count" });
    const button = el("button", { type: "button", class: "gc-legend-row",
      on: { click: () => card.openList(model.eventsOff(reason), tr(`off.${name}`), [tr(`off.${name}.note`), countedAlone(model, [reason])].filter(Boolean).join(" ")) } },
      el("span", { class: "gc-legend-name", text: tr(`off.${name}`) }), count);
    return { reason, count, row: el("li", {}, button) };
  });
  const element = parts.length
    ? el("section", { class: "gc-section gc-off", id: "gc-off" }, el("h2", { class: "gc-h2", text: tr("panel.off") }),
      el("p", { class: "gc-note", text: tr("off.note") }), el("ul", { class: "gc-legend" }, ...parts.map(({ row }) => row)))
    : null;
  return { element, show: () => parts.forEach(({ reason, count }) => (count.textContent = formatNumber(model.nOff[reason]))) };
}
