// What each report says of an event: side by side where they differ, then each in its own words with the evidence marked.
import { el, reportText, shownText, safeLink, safeUrl } from "./dom.js";
import { formatDay, parseDay, tr, trCount, wordFor } from "./text.js";
import { versionsOf } from "./versions.js";

/** @param {Model} model @param {Words} words */
export function createSources(model, words) {
  const c = model.columns;
  /** @param {number} v @param {"killed" | "wounded"} what @param {TextColumns} text */
  const count = (v, what, text) => words.range(text[`version_${what}_low`][v], text[`version_${what}_best`][v], text[`version_${what}_high`][v]);
  /** @param {number} v @param {TextColumns} text */
  const outlet = (v, text) => text.report_source.at(text.version_report[v]) || tr("source.unknown");
  // Whose words a report has: those of the outlet that printed the text first, where it is a copy.
  /** @param {number} v @param {TextColumns} text */
  const author = (v, text) => text.report_source.at(text.report_text[text.version_report[v]]) || tr("source.unknown");
  // Who speaks: the side that claims or denies it, else the outlet on its own word.
  /** @param {number} v @param {TextColumns} text */
  function speaker(v, text) {
    const isDenied = text.version_status.at(v) === "denied";
    return (isDenied && text.version_denied_by.at(v)) || text.version_claimed_by.at(v);
  }

  /**
   * Who gives the figures of an event: "according to X", or each with its own figure where they differ.
   * @param {number} i @param {"killed" | "wounded"} what @param {TextColumns} text
   */
  function figuresBy(i, what, text) {
    const said = new Map();
    for (const v of versionsOf(text, i)) {
      const figure = count(v, what, text);
      if (!figure) continue;
      const who = text.version_figures_by.at(v) || speaker(v, text) || author(v, text);
      if (!said.has(figure)) said.set(figure, new Set());
      said.get(figure).add(who);
    }
    // A figure that a reviewer gives is nobody's of those who report another.
    if (said.size === 1 && said.has(words.count(i, what))) return tr("count.by", { who: [...said.values()].flatMap((who) => [...who]).join(", ") });
    return [...said].map(([figure, who]) => tr("count.says", { who: [...who].join(", "), n: figure })).join("; ");
  }

  /** What is told of this place and others as one figure, each once. @param {number} i @param {TextColumns} text */
  function together(i, text) {
    const said = versionsOf(text, i).flatMap((v) => /** @type {("killed" | "wounded")[]} */ (["killed", "wounded"]).map((what) => {
      const [low, best, high] = /** @type {Bound[]} */ (["low", "best", "high"]).map((bound) => text[`version_${what}_together_${bound}`][v]);
      const range = words.range(low, best, high);
      return range && tr("together.says", { what: tr(`count.${what}`, { n: range }), places: text.version_together.at(v).split("; ").join(", ") });
    }));
    return [...new Set(said.filter(Boolean))].join("; ");
  }

  /** Whether somebody tells of an event in a report that says of no denial. @param {string} who @param {number} i @param {TextColumns} text */
  const isToldBy = (who, i, text) => versionsOf(text, i).some((v) => text.version_claimed_by.at(v) === who && text.version_status.at(v) !== "denied");

  // ------------------------------------------------------------ side by side
  // Reports in which one side says the same of it share a column.
  /** @param {number} i @param {TextColumns} text */
  function sides(i, text) {
    const found = new Map();
    /** @param {number} v @param {string} who @param {{status: string, killed: string, wounded: string}} said */
    const add = (v, who, said) => {
      const key = JSON.stringify([who || author(v, text), said]);
      if (!found.has(key)) found.set(key, { ...said, who, dates: new Set(), versions: [] });
      const side = found.get(key);
      side.versions.push(v);
      if (text.version_date_text.at(v)) side.dates.add(tr("quote", { words: text.version_date_text.at(v) }));
    };
    for (const v of versionsOf(text, i)) {
      const said = { status: text.version_status.at(v), killed: count(v, "killed", text), wounded: count(v, "wounded", text) };
      const claimant = text.version_claimed_by.at(v);
      // What somebody tells and somebody else denies has two sides, unless the first one tells it in another report, too. The
      // figures are not those of the one who denies it, but where they are given on his word.
      const isOfTwo = said.status === "denied" && claimant && claimant !== speaker(v, text)
        && (text.version_figures_by.at(v) === claimant || !isToldBy(claimant, i, text));
      const isDeniers = text.version_figures_by.at(v) === speaker(v, text);
      const without = { status: said.status, killed: "", wounded: "" };
      if (isOfTwo) add(v, claimant, isDeniers ? { ...without, status: "claimed" } : { ...said, status: "claimed" });
      add(v, speaker(v, text), isOfTwo && !isDeniers ? without : said);
    }
    return [...found.values()];
  }

  /** A table of who says what, where the sources of an event differ; else null. @param {number} i @param {TextColumns} text */
  function comparison(i, text) {
    const lines = text.disagreements.at(i).split("\n").filter((line) => line.trim() !== "");
    const all = sides(i, text);
    /** @type {{[row in Row]: (side: Side) => string}} */
    const cells = {
      status: (side) => side.status && wordFor("status", side.status),
      date: (side) => [...side.dates].join(", "),
      killed: (side) => side.killed,
      wounded: (side) => side.wounded,
    };
    // A claim beside a report of the same is no disagreement, a denial is. Dates are told in other words more often than not;
    // what one side leaves out, it does not dispute.
    /** @param {Row} row */
    const differs = (row) => {
      if (row === "date") return false;
      const said = all.map(row === "status" ? (side) => (side.status === "denied" ? "denied" : "told") : cells[row]);
      return new Set(said.filter(Boolean)).size > 1;
    };
    const rows = /** @type {Row[]} */ (Object.keys(cells)).filter((row) => all.some(cells[row]));
    if (all.length < 2 || !(lines.length || rows.some(differs))) return lines.length ? section(sentences(lines)) : null;
    const table = el("table", { class: "gc-sides" },
      el("caption", { class: "gc-unseen", text: tr("sides.caption") }),
      el("thead", {}, el("tr", {}, el("td", {}), ...all.map((side) => el("th", { scope: "col" }, ...head(side, text))))),
      el("tbody", {}, ...rows.map((row) => el("tr", { class: differs(row) ? "gc-differs" : "" },
        el("th", { scope: "row" }, tr(`sides.${row}`), differs(row) ? el("span", { class: "gc-unseen", text: ` (${tr("sides.differs")})` }) : null),
        ...all.map((side) => cell(side, cells[row](side), row))))));
    return section(el("div", { class: "gc-sides-box", tabindex: "0", role: "group", "aria-label": tr("sides.caption") }, table), lines.length ? sentences(lines) : null);
  }
  /** @param {Side} side @param {TextColumns} text */
  function head(side, text) {
    const links = side.versions.map((v) => safeLink(outlet(v, text), text.report_url.at(text.version_report[v]), "gc-side-source"));
    return [side.who ? reportText("span", "gc-side-who", side.who) : el("span", { class: "gc-side-who gc-side-own", text: tr("sides.own") }),
      ...[...new Map(links.map((link) => [`${link.textContent} ${link.getAttribute("href") || ""}`, link])).values()]];
  }
  /** @param {Side} side @param {string} said @param {Row} row */
  function cell(side, said, row) {
    if (!said) return el("td", { class: "gc-unsaid" }, el("span", { text: tr("count.none") }));
    return el("td", row === "status" ? { "data-status": side.status } : {}, reportText("bdi", "", said));
  }
  /** @param {...(HTMLElement | null)} content */
  const section = (...content) => el("section", { class: "gc-section gc-differences" }, el("h3", { class: "gc-h3", text: tr("card.disagreements") }), ...content.filter(Boolean));
  /** @param {string[]} lines */
  const sentences = (lines) => el("ul", { class: "gc-disagreements" }, ...lines.map((line) => reportText("li", "", line)));

  // ------------------------------------------------------------ one by one
  /** Every report with its quote. @param {number} i @param {TextColumns} text */
  function list(i, text) {
    const all = versionsOf(text, i);
    if (!all.length) return null;
    // Of reports that print one text the first is shown in full; the others say where else it stands.
    /** @type {Map<number, number[]>} */
    const reportsOf = new Map();
    for (const v of all) {
      const r = text.version_report[v];
      const reports = reportsOf.get(text.report_text[r]);
      if (!reports) reportsOf.set(text.report_text[r], [r]);
      else if (!reports.includes(r)) reports.push(r);
    }
    const own = all.filter((v) => /** @type {number[]} */ (reportsOf.get(text.report_text[text.version_report[v]]))[0] === text.version_report[v]);
    const last = new Map(own.map((v) => [text.version_report[v], v]));
    return el("section", { class: "gc-section" }, el("h3", { class: "gc-h3", text: trCount("card.sources", c.n_sources[i]) }),
      ...own.flatMap((v) => {
        const [r, ...copies] = /** @type {number[]} */ (reportsOf.get(text.report_text[text.version_report[v]]));
        const figure = version(v, text, own.length > 1);
        if (copies.length && last.get(r) === v) figure.append(sameText(copies, text));
        return figure;
      }));
  }
  /** Where else a text was printed. @param {number[]} reports @param {TextColumns} text */
  function sameText(reports, text) {
    return el("div", { class: "gc-copies" }, el("p", { class: "gc-copies-head", text: trCount("card.copies", reports.length) }),
      el("ul", { class: "gc-copies-list" }, ...reports.map((r) => {
        const published = parseDay(text.report_published_on.at(r));
        return el("li", {}, safeLink(text.report_source.at(r) || tr("source.unknown"), text.report_url.at(r), "gc-source-name"),
          published === null ? null : el("span", { class: "gc-source-date", text: formatDay(published, "medium") }));
      })));
  }
  /** @param {number} v @param {TextColumns} text @param {boolean} isOneOfMany */
  function version(v, text, isOneOfMany) {
    const r = text.version_report[v];
    const quote = text.version_quote.at(v);
    const start = text.version_mark_start[v], end = text.version_mark_end[v];
    const block = el("blockquote", { class: "gc-quote", dir: "auto" }, shownText(quote.slice(0, start)),
      end > start ? el("mark", { text: shownText(quote.slice(start, end)) }) : null, shownText(quote.slice(end)));
    const published = parseDay(text.report_published_on.at(r));
    const title = text.report_title.at(r);
    const address = text.report_url.at(r);
    const caption = el("figcaption", { class: "gc-source" }, safeLink(outlet(v, text), address, "gc-source-name"),
      published === null ? null : el("span", { class: "gc-source-date", text: formatDay(published, "medium") }),
      title ? reportText("span", "gc-source-title", title) : null);
    if (address && safeUrl(address) === null) caption.append(reportText("span", "gc-source-title", address));
    return el("figure", { class: "gc-version" }, isOneOfMany ? says(v, text) : null, block, caption);
  }
  // What this one report says, where reports may differ.
  /** @param {number} v @param {TextColumns} text */
  function says(v, text) {
    const parts = [];
    const status = text.version_status.at(v), by = speaker(v, text);
    if (status) parts.push(wordFor("status", status) + (by ? ` — ${by}` : ""));
    if (text.version_date_text.at(v)) parts.push(tr("quote", { words: text.version_date_text.at(v) }));
    for (const what of /** @type {("killed" | "wounded")[]} */ (["killed", "wounded"])) if (count(v, what, text)) parts.push(tr(`count.${what}`, { n: count(v, what, text) }));
    return parts.length ? el("ul", { class: "gc-says" }, ...parts.map((part) => reportText("li", "", part))) : null;
  }
  return { comparison, list, figuresBy, together };
}
