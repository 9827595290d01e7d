// The foot of the panel: figures of the whole conflict, of a place over a time or of several places, what the map is made of, credits.
import { el, reportText, safeLink } from "./dom.js";
import { formatDay, formatDays, tr, trCount, wordFor } from "./text.js";
import { createWords } from "./words.js";

/** @param {Model} model @param {Config} config @param {ReadText} readText */
export function createTolls(model, config, readText) {
  if (!config.nTolls) return null;
  const list = el("ol", { class: "gc-tolls" });
  const details = el("details", { class: "gc-details" }, el("summary", { text: trCount("panel.tolls", config.nTolls) }),
    el("p", { class: "gc-note", text: tr("tolls.note") }), list);
  details.addEventListener("toggle", async () => {
    if (list.childElementCount || !details.open) return;
    const text = await readText();
    const words = createWords(model);
    for (let k = 0; k < text.toll_day.length; k += 1) {
      const range = words.range(text.toll_low[k], text.toll_best[k], text.toll_high[k]);
      const head = [wordFor("measure", text.toll_measure.at(k)), range || tr("count.none"), text.toll_who.at(k), text.toll_places.at(k)].filter(Boolean).join(" · ");
      // Since when, where and up to when people are counted.
      const since = text.toll_begins[k] ? tr("tolls.since", { day: formatDay(text.toll_since[k], "medium") }) : "";
      const asOf = text.toll_dated[k] ? tr("tolls.asOf", { day: formatDay(text.toll_day[k], "medium") }) : "";
      const by = text.toll_claimed_by.at(k) ? tr("tolls.by", { who: text.toll_claimed_by.at(k) }) : "";
      list.append(el("li", {}, reportText("span", "gc-fact", head),
        reportText("span", "gc-fact-note", [since, asOf, by].filter(Boolean).join(" · ")),
        reportText("q", "gc-toll-quote", text.toll_quote.at(k)),
        safeLink(text.toll_source.at(k) || tr("source.unknown"), text.toll_url.at(k), "gc-source-name")));
    }
  });
  return details;
}

/** @param {Model} model @param {Config} config */
export function createAbout(model, config) {
  const facts = [
    trCount("about.size", model.n, { reports: trCount("reports", config.nReports) }),
    model.hasDays ? tr("about.days", { days: formatDays(model.firstDay, model.lastDay, "long") }) : "",
  ].filter(Boolean).join(" ");
  return el("details", { class: "gc-details gc-about" }, el("summary", { text: tr("panel.about") }),
    el("p", { text: facts }), el("p", { text: tr("about.method") }), el("p", { text: tr("about.places") }),
    config.hasBasemap ? el("p", { text: tr("about.basemap") }) : null,
    el("p", { text: config.tiles ? tr("about.tiles", config.tiles) : tr("about.private") }),
    el("h3", { class: "gc-h3", text: tr("about.credits") }),
    el("ul", { class: "gc-credits" }, ...[...config.attribution, ...(config.tiles ? [config.tiles.attribution] : [])].map((line) => reportText("li", "", line)),
      el("li", { text: tr("about.leaflet") }), el("li", { text: tr("about.made") })));
}
