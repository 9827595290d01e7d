// The list of events, the worst first, and what is contested or gone.
import { el, replaceContent } from "./dom.js";

/** @typedef {{id: string, doubt: number, doubts: {aspect: string, weight: number, words: string}[], type: string, day: string, place: string | null, n_sources: number, is_reviewed: boolean, entries: Entry[]}} Item */
/** @typedef {{id: string, what: string, who: string, on: string, why: string}} Entry */

const PAST = { accept: "accepted", move: "moved", retype: "retyped", redate: "redated", restatus: "status changed", actors: "actors changed", figures: "figures changed", merge: "merged", split: "split", reject: "rejected", comment: "commented", add: "added" };

/** @param {string} what */
export const past = (what) => /** @type {{[what: string]: string}} */ (PAST)[what] || what;

/** @param {Item} item @param {boolean} isChosen @param {(id: string) => void} choose */
function row(item, isChosen, choose) {
  const last = item.entries.at(-1);
  const worst = item.doubts[0];
  const why = last ? `${past(last.what)} by ${last.who}` : item.is_reviewed ? "reviewed" : worst ? `${worst.aspect}: ${worst.words}` : "nothing is doubtful";
  return el("li", {},
    el("button", {
      type: "button", class: `rv-item${last ? " rv-done" : ""}`, "data-id": item.id, "aria-current": isChosen ? "true" : null,
      on: { click: () => choose(item.id) },
    },
      el("span", { class: "rv-item-head" },
        el("span", { class: "rv-item-type", text: item.type }),
        el("span", { class: "rv-item-day", text: item.day })),
      el("span", { class: "rv-item-place", dir: "auto", text: item.place || "no place" }),
      el("span", { class: "rv-item-why", dir: "auto", text: why }),
      meter(item.doubt)));
}

/** @param {number} doubt */
function meter(doubt) {
  const meter = el("span", { class: "rv-meter", "data-level": doubt >= 0.7 ? "high" : doubt >= 0.45 ? "middle" : "low" });
  const bar = el("span", { class: "rv-meter-bar" });
  bar.style.width = `${Math.round(100 * doubt)}%`;
  meter.append(el("span", { class: "rv-meter-track" }, bar), el("span", { class: "rv-meter-text", text: `doubt ${doubt.toFixed(2)}` }));
  return meter;
}

/** @param {HTMLElement} list @param {Item[]} items @param {string | null} chosen @param {(id: string) => void} choose */
export function showList(list, items, chosen, choose) {
  replaceContent(list, ...items.map((item) => row(item, item.id === chosen, choose)));
}

/** @param {HTMLElement} list @param {Item} item @param {string | null} chosen @param {(id: string) => void} choose */
export function renewRow(list, item, chosen, choose) {
  const before = rowOf(list, item.id);
  if (before) before.parentElement?.replaceWith(row(item, item.id === chosen, choose));
}

/** @param {HTMLElement} list @param {string} id */
export function rowOf(list, id) {
  return Array.from(list.querySelectorAll("button")).find((button) => button.dataset.id === id) || null;
}

/** @param {HTMLElement} box @param {string} title @param {string[]} lines @param {((n: number) => void) | null} takeBack */
export function notice(box, title, lines, takeBack = null) {
  if (!lines.length) return;
  box.append(el("details", { class: `rv-notice${takeBack ? " rv-notice-mine" : ""}` },
    el("summary", { text: `${title}: ${lines.length}` }),
    el("ul", {}, ...lines.map((line, n) => el("li", {},
      el("span", { dir: "auto", text: line }),
      takeBack ? el("button", { type: "button", class: "rv-text-button", on: { click: () => takeBack(n) } }, "Take back") : null)))));
}
