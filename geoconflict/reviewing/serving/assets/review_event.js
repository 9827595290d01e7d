// One event: what is doubtful of it, what its sources say with the words that decided highlighted, where it may be.
import { el, replaceContent, safeLink } from "./dom.js";
import { past } from "./review_list.js";
import { letter } from "./review_map.js";

/** @typedef {import("./review_list.js").Item} Item */
/** @typedef {import("./review_map.js").Place & {score: number, reasons: string[]}} Alternative */
/** @typedef {{mention: string, report: string, outlet: string, title: string | null, url: string | null, published: string, quote: string, marks: [number, number, string][], place: string | null, says: string, reasons: string[], notes: string[], is_copy: boolean}} Source */
/** @typedef {{id: string, type: string, day: string, place: string | null, km: number | null, n_sources: number, quote: string}} Near */
/** @typedef {Item & {state: string, kind: string, country: string | null, score: number, here: import("./review_map.js").Place | null, alternatives: Alternative[], sources: Source[], near: Near[], around: number[], starts_on: string, ends_on: string, status: string, by: string, agents: string, targets: string, parties: string, figures: {[measure: string]: string}, disagreements: string[]}} Event_ */

// Offsets count code points, as the program does.
/** @param {Source} source */
function quote(source) {
  const letters = Array.from(source.quote);
  const box = el("blockquote", { class: "rv-quote", dir: "auto" });
  let at = 0;
  for (const [start, end, kind] of source.marks) {
    if (start < at) continue; // two marks on the same words: the first says enough
    box.append(letters.slice(at, start).join(""), el("mark", { class: `rv-mark rv-mark-${kind}`, text: letters.slice(start, end).join("") }));
    at = end;
  }
  box.append(letters.slice(at).join(""));
  return box;
}

/** @param {Source} source @param {number} n */
function sourceCard(source, n) {
  return el("li", { class: "rv-source" },
    el("p", { class: "rv-source-head" },
      el("span", { class: "rv-number", text: String(n + 1) }),
      el("strong", { dir: "auto", text: source.outlet }),
      source.published ? el("span", { text: source.published }) : null,
      source.is_copy ? el("span", { class: "rv-tag", text: "copy" }) : null,
      source.url ? safeLink("open", source.url, "rv-link") : null),
    quote(source),
    el("p", { class: "rv-small", dir: "auto", text: `told as: ${source.says}` }),
    source.place ? el("p", { class: "rv-small", dir: "auto", text: `placed at ${source.place}: ${source.reasons.slice(0, 3).join("; ") || "no reason is known"}` }) : el("p", { class: "rv-small", text: "no place was found for it" }),
    ...source.notes.map((note) => el("p", { class: "rv-note", dir: "auto", text: note })));
}

/** @param {Alternative} place @param {number} n @param {(n: number) => void} choose */
function alternativeRow(place, n, choose) {
  const where = [place.admin1, place.country].filter(Boolean).join(", ");
  return el("li", {}, el("button", { type: "button", class: "rv-alternative", "data-n": n, on: { click: () => choose(n) } },
    el("span", { class: "rv-letter", text: letter(n) }),
    el("span", { class: "rv-alternative-name", dir: "auto" }, el("strong", { text: place.name }), where ? ` ${where}` : ""),
    el("span", { class: "rv-small", text: `${place.precision}, ${place.score.toFixed(2)}` })));
}

/** @param {{id: string, what: string, who: string, on: string, why: string}} entry @param {(id: string) => void} takeBack */
function entryRow(entry, takeBack) {
  return el("li", {},
    el("span", { dir: "auto", text: `${past(entry.what)} by ${entry.who} on ${entry.on}${entry.why ? `: ${entry.why}` : ""}` }),
    el("button", { type: "button", class: "rv-text-button", on: { click: () => takeBack(entry.id) } }, "Take back"));
}

// Whether it happened, who did it to whom, and how many: what an acceptance says is right.
/** @param {Event_} event */
function particulars(event) {
  const figures = Object.entries(event.figures).filter(([, number]) => number).map(([measure, number]) => `${measure} ${number}`);
  const told = [
    event.by && event.status !== "occurred" ? `${event.status} (by ${event.by})` : event.status,
    event.agents && `by ${event.agents}`, event.targets && `against ${event.targets}`, event.parties && `between ${event.parties}`, ...figures,
  ];
  return told.filter(Boolean).join(" · ");
}

/**
 * @param {Event_} event
 * @param {{choose: (n: number) => void, takeBack: (id: string) => void, back: () => void}} calls
 */
export function eventView(event, calls) {
  const credits = creditsBox();
  const mapBox = el("div", { class: "rv-map", role: "region", "aria-label": "Map of the place and its alternatives" });
  const view = el("article", { class: "rv-event" },
    el("header", { class: "rv-event-head" },
      el("button", { type: "button", class: "rv-back", on: { click: calls.back } }, "‹ List"),
      el("h1", { id: "event-title", tabindex: "-1" }, event.type),
      el("p", { class: "rv-facts", dir: "auto", text: [event.place || "no place", event.day, `score ${event.score.toFixed(2)}`].join(" · ") }),
      el("p", { class: "rv-facts rv-particulars", dir: "auto", text: particulars(event) })),
    event.entries.length ? el("ul", { class: "rv-entries", "aria-label": "Decided" }, ...event.entries.map((one) => entryRow(one, calls.takeBack))) : null,
    el("ul", { class: "rv-doubts", "aria-label": "What is doubtful" }, ...event.doubts.map((one) =>
      el("li", { "data-level": one.weight >= 0.7 ? "high" : one.weight >= 0.45 ? "middle" : "low" },
        el("strong", { text: one.aspect }), el("span", { dir: "auto", text: one.words })))),
    el("div", { class: "rv-columns" },
      el("section", { "aria-label": "Sources" },
        el("h2", { text: `What is told (${event.sources.length})` }),
        el("ol", { class: "rv-sources" }, ...event.sources.map(sourceCard))),
      el("section", { class: "rv-where", "aria-label": "Place" },
        el("h2", { text: "Where" }),
        mapBox,
        event.here ? el("p", { class: "rv-small rv-here", dir: "auto" }, el("span", { class: "rv-letter rv-letter-here", text: "•" }), `now: ${event.here.name} (${event.here.precision})`) : null,
        event.alternatives.length
          ? el("ol", { class: "rv-alternatives", "aria-label": "Other places" }, ...event.alternatives.map((place, n) => alternativeRow(place, n, calls.choose)))
          : el("p", { class: "rv-small", text: "No other place was weighed. A click on the map chooses a point." }),
        credits.element)));
  return { view, mapBox, credits };
}

// Who made the data of the map and of its places; the licences ask for it.
function creditsBox() {
  const lines = el("ul", {});
  const element = el("details", { class: "rv-credits", hidden: true }, el("summary", { text: "Credits and licences" }), lines);
  return {
    element,
    /** @param {string[]} credited */
    show: (credited) => {
      element.hidden = !credited.length;
      replaceContent(lines, ...credited.map((one) => el("li", { text: one })));
    },
  };
}
