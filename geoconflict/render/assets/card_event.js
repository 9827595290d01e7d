// One event in the card: what, when, where, who, how many, what the sources say of it and why it stands where it does.
import { createSources } from "./card_sources.js";
import { el, icon, makeButton, reportText } from "./dom.js";
import { addressWith, copyLink, hasAddress } from "./link.js";
import { formatNumber, tr, wordFor } from "./text.js";
import { actorsWith, AGENT, TARGET } from "./versions.js";

/** Returns a function that makes the content of an event's card from its texts. @param {Model} model @param {Words} words */
export function createEventContent(model, words) {
  const c = model.columns;
  const sources = createSources(model, words);

  /** @param {number} i */
  function statusLine(i) {
    const by = c.claimants.of(i).slice(0, c.n_claimed[i]).join("; ");
    const status = c.status.at(i);
    const line = el("p", { class: "gc-status", "data-status": status });
    line.append(el("strong", {}, reportText("bdi", "", words.status(i))));
    if (by) line.append(" — ", tr(status === "denied" ? "status.claimedBy" : "status.by"), " ", reportText("bdi", "", by));
    else line.append(" — ", wordFor("statusNote", status));
    return line;
  }

  /** @param {number} i @param {TextColumns} text */
  function facts(i, text) {
    const rows = el("dl", { class: "gc-facts" });
    /** @param {string} key @param {string} value @param {string=} note @param {string=} className */
    const add = (key, value, note, className) => {
      if (!value) return;
      rows.append(el("dt", { text: tr(key) }),
        el("dd", { class: className }, reportText("span", "gc-fact", value), note ? reportText("span", "gc-fact-note", note) : null));
    };
    add("fact.when", ...words.date(i, text.date_text.at(i)));
    const [name, note] = words.place(i);
    const context = words.placeContext(i);
    add("fact.where", context ? `${name}, ${context}` : name, note);
    add("fact.agents", actorsWith(c, i, AGENT).join("; "));
    add("fact.targets", actorsWith(c, i, TARGET).join("; "));
    add("fact.actors", actorsWith(c, i, 0).join("; "));
    for (const what of /** @type {("killed" | "wounded")[]} */ (["killed", "wounded"])) {
      const count = words.count(i, what);
      add(`fact.${what}`, count || tr("count.none"), count ? sources.figuresBy(i, what, text) : "", count ? "gc-number" : "gc-unsaid");
    }
    add("fact.together", sources.together(i, text), tr("together.note"));
    add("fact.captured", words.count(i, "captured"), "", "gc-number");
    add("fact.displaced", words.count(i, "displaced"), "", "gc-number");
    return rows;
  }

  /** @param {number} i @param {TextColumns} text */
  function reasons(i, text) {
    if (!c.place[i]) return null;
    const lines = text.place_reasons.at(i).split("; ").filter((line) => line.trim() !== "");
    if (!lines.length && !text.place_score[i]) return null;
    return el("details", { class: "gc-details" },
      el("summary", { text: text.place_score[i] ? tr("card.reasons", { n: formatNumber(text.place_score[i] - 1) }) : tr("card.reasonsAlone") }),
      lines.length ? el("ul", {}, ...lines.map((line) => reportText("li", "", line))) : el("p", { text: tr("card.noReasons") }));
  }

  // Where the event is found again: its id, which outlives a rebuild, and an address that opens it.
  /** @param {number} i @param {TextColumns} text */
  function reference(i, text) {
    const id = text.event_id.at(i);
    const name = el("p", {}, tr("card.id"), " ", reportText("code", "", id));
    if (!hasAddress()) return el("div", { class: "gc-reference" }, name); // a frame in a notebook
    const copy = () => copyLink(addressWith(`#e=${encodeURIComponent(id)}`));
    return el("div", { class: "gc-reference" }, name, makeButton("gc-small gc-copy", tr("card.copy"), copy, icon("link"), tr("card.copy")));
  }

  /** @param {number} i @param {TextColumns} text */
  return (i, text) => [statusLine(i), facts(i, text), sources.comparison(i, text), sources.list(i, text), reasons(i, text), reference(i, text)]
    .filter((part) => part !== null);
}
