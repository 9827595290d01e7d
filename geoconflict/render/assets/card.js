// The card: one event with its evidence, or the list of the events at one spot.
import { el, icon, makeButton, replaceContent, reportText, safeLink, safeUrl } from "./dom.js";
import { typePicture } from "./symbols.js";
import { formatDay, formatNumber, parseDay, tr, trCount, wordFor } from "./text.js";
import { createWords } from "./words.js";

const LIST_STEP = 100;

export function createCard(model, root, readText, onOpen) {
  const c = model.columns;
  const words = createWords(model);
  let opener = null;
  let list = null; // {events, title} that the open event was picked from
  let request = 0;

  function show(title, ...content) {
    const heading = el("h2", { class: "gc-card-title", tabindex: "-1" }, ...title);
    replaceContent(
      root,
      el("div", { class: "gc-card-head" }, heading, makeButton("gc-round gc-close", tr("card.close"), () => close(), icon("close"))),
      el("div", { class: "gc-card-body", tabindex: "0", role: "group", "aria-label": tr("card.label") }, ...content),
    );
    if (root.hidden) opener = document.activeElement;
    root.hidden = false;
    onOpen();
    document.documentElement.classList.add("gc-card-open");
    heading.focus({ preventScroll: true });
  }

  function close() {
    if (root.hidden) return;
    request += 1;
    list = null;
    root.hidden = true;
    document.documentElement.classList.remove("gc-card-open");
    model.select(-1);
    if (opener && opener !== document.body && opener.checkVisibility()) opener.focus({ preventScroll: true });
    else document.querySelector(".gc-map").focus({ preventScroll: true });
  }

  // ------------------------------------------------------------ list
  // The events of the places that one symbol stands for, the first place giving its name.
  function openPlaces(places) {
    const events = model.eventsAt(places);
    if (events.length === 1) return openEvent(events[0], null);
    const name = c.place_name.at(places[0]);
    const nOthers = new Set(places.map((p) => c.place_name.at(p))).size - 1;
    if (nOthers) openList(events, trCount("list.places", nOthers, { place: name }), tr("list.closeUp"));
    else openList(events, name, places.map((p) => wordFor("precisionList", c.place_precision.at(p))).join(", "));
    return undefined;
  }
  function openList(events, title, note) {
    list = { events, title, note };
    const items = el("ol", { class: "gc-list" });
    const more = makeButton("gc-wide", tr("list.more"), addItems);
    more.textContent = tr("list.more");
    let shown = 0;
    const isOnePlace = events.every((i) => c.place[i] > 0 && c.place_name.at(c.place[i] - 1) === c.place_name.at(c.place[events[0]] - 1));
    function addItems() {
      for (const i of events.slice(shown, shown + LIST_STEP)) items.append(item(i, isOnePlace));
      shown = Math.min(events.length, shown + LIST_STEP);
      more.hidden = shown === events.length;
    }
    addItems();
    model.select(-1);
    show([reportText("span", "", title)],
      el("p", { class: "gc-note", text: [trCount("events", events.length), note].filter(Boolean).join(" · ") }), items, more);
  }
  function item(i, isOnePlace) {
    return el("li", {},
      el("button", { type: "button", class: "gc-item", on: { click: () => openEvent(i, list) } },
        typePicture(c.event_type.at(i), c.status.at(i)),
        el("span", { class: "gc-item-text" },
          el("span", { class: "gc-item-name" }, reportText("bdi", "", words.subType(i)), statusChip(i)),
          el("span", { class: "gc-item-more" }, el("span", { text: words.shortDate(i) }),
            isOnePlace ? null : " · ", isOnePlace ? null : reportText("bdi", "", words.place(i)[0]),
            c.n_sources[i] > 1 ? " · " + trCount("reports", c.n_sources[i]) : null))));
  }
  function statusChip(i) {
    const status = c.status.at(i);
    return status === "occurred" ? null : el("span", { class: "gc-chip", "data-status": status }, reportText("bdi", "", words.status(i)));
  }

  // ------------------------------------------------------------ event
  async function openEvent(i, from) {
    list = from;
    model.select(i);
    const ticket = (request += 1);
    const head = [typePicture(c.event_type.at(i), c.status.at(i), 26),
      el("span", { class: "gc-card-names" }, reportText("span", "gc-card-name", words.subType(i)), reportText("span", "gc-card-type", words.type(i)))];
    show(head, el("p", { class: "gc-note", text: tr("loading") }));
    const text = await readText();
    if (ticket !== request) return;
    show(head, navigation(i), statusLine(i), facts(i, text), disagreements(i, text), versions(i, text), reasons(i, text), reference(i, text));
  }

  function navigation(i) {
    if (!list || list.events.length < 2) return null;
    const at = list.events.indexOf(i);
    const { events, title, note } = list;
    const back = el("button", { type: "button", class: "gc-small gc-back", on: { click: () => openList(events, title, note) } },
      icon("list"), trCount("events", events.length));
    const step = (to, label, picture) => {
      const button = makeButton("gc-round", tr(label), () => openEvent(events[to], list), icon(picture));
      button.disabled = to < 0 || to >= events.length;
      return button;
    };
    return el("nav", { class: "gc-nav", "aria-label": tr("card.nav") }, back,
      el("span", { class: "gc-nav-at", text: tr("card.at", { n: formatNumber(at + 1), all: formatNumber(events.length) }) }),
      step(at - 1, "card.previous", "back"), step(at + 1, "card.next", "forward"));
  }

  function statusLine(i) {
    const by = c.claimants.of(i).slice(0, c.n_claimed[i]).join("; ");
    const status = c.status.at(i);
    const line = el("p", { class: "gc-status", "data-status": status });
    line.append(el("strong", {}, reportText("bdi", "", words.status(i))));
    if (by) line.append(" — ", tr(status === "denied" ? "status.claimedBy" : "status.by"), " ", reportText("bdi", "", by));
    else line.append(" — ", wordFor("statusNote", status));
    return line;
  }

  function facts(i, text) {
    const rows = el("dl", { class: "gc-facts" });
    const add = (key, value, note, className) => {
      if (!value) return;
      rows.append(el("dt", { text: tr(key) }),
        el("dd", { class: className }, reportText("span", "gc-fact", value), note ? reportText("span", "gc-fact-note", note) : null));
    };
    add("fact.when", ...words.date(i, text.date_text.at(i)));
    const [name, note] = words.place(i);
    const context = words.placeContext(i);
    add("fact.where", context ? `${name}, ${context}` : name, note);
    // Bits of what each did: 1 it was the agent, 2 the target.
    const actorsOf = (matches) => c.actors.of(i).filter((_, k) => matches(c.actor_parts[c.actors.starts[i] + k])).join("; ");
    add("fact.agents", actorsOf((part) => part & 1));
    add("fact.targets", actorsOf((part) => part & 2));
    add("fact.actors", actorsOf((part) => !part));
    add("fact.killed", words.count(i, "killed") || tr("count.none"), "", words.count(i, "killed") ? "gc-number" : "gc-unsaid");
    add("fact.wounded", words.count(i, "wounded") || tr("count.none"), "", words.count(i, "wounded") ? "gc-number" : "gc-unsaid");
    add("fact.captured", words.count(i, "captured"), "", "gc-number");
    add("fact.displaced", words.count(i, "displaced"), "", "gc-number");
    return rows;
  }

  function disagreements(i, text) {
    const lines = text.disagreements.at(i).split("\n").filter((line) => line.trim() !== "");
    if (!lines.length) return null;
    return section("card.disagreements", el("ul", { class: "gc-disagreements" }, ...lines.map((line) => reportText("li", "", line))));
  }

  function versionRange(i, text) {
    if (!text.firstVersion) {
      text.firstVersion = new Int32Array(text.n_versions.length + 1);
      text.n_versions.forEach((n, k) => (text.firstVersion[k + 1] = text.firstVersion[k] + n));
    }
    return Array.from({ length: text.n_versions[i] }, (_, k) => text.firstVersion[i] + k);
  }
  function versions(i, text) {
    const all = versionRange(i, text);
    if (!all.length) return null;
    const title = el("h3", { class: "gc-h3", text: trCount("card.sources", c.n_sources[i]) });
    return el("section", { class: "gc-section" }, title, ...all.map((v) => version(v, text, all.length > 1)));
  }
  function version(v, text, isOneOfMany) {
    const r = text.version_report[v];
    const quote = text.version_quote.at(v);
    const start = text.version_mark_start[v], end = text.version_mark_end[v];
    const block = el("blockquote", { class: "gc-quote", dir: "auto" }, quote.slice(0, start),
      end > start ? el("mark", { text: quote.slice(start, end) }) : null, quote.slice(end));
    const published = parseDay(text.report_published_on.at(r));
    const source = text.report_source.at(r) || tr("source.unknown");
    const title = text.report_title.at(r);
    const caption = el("figcaption", { class: "gc-source" }, safeLink(source, text.report_url.at(r), "gc-source-name"),
      published === null ? null : el("span", { class: "gc-source-date", text: formatDay(published, "medium") }),
      title ? reportText("span", "gc-source-title", title) : null);
    const address = text.report_url.at(r);
    if (address && safeUrl(address) === null) caption.append(reportText("span", "gc-source-title", address));
    return el("figure", { class: "gc-version" }, isOneOfMany ? says(v, text) : null, block, caption);
  }
  // What this one report says, where reports may differ.
  function says(v, text) {
    const count = (what) => words.range(text[`version_${what}_low`][v], text[`version_${what}_best`][v], text[`version_${what}_high`][v]);
    const parts = [];
    const status = text.version_status.at(v), by = text.version_claimed_by.at(v);
    if (status) parts.push(wordFor("status", status) + (by ? ` — ${by}` : ""));
    if (text.version_date_text.at(v)) parts.push(tr("quote", { words: text.version_date_text.at(v) }));
    if (count("killed")) parts.push(tr("count.killed", { n: count("killed") }));
    if (count("wounded")) parts.push(tr("count.wounded", { n: count("wounded") }));
    return parts.length ? el("ul", { class: "gc-says" }, ...parts.map((part) => reportText("li", "", part))) : null;
  }

  function reasons(i, text) {
    if (!c.place[i]) return null;
    const lines = text.place_reasons.at(i).split("; ").filter((line) => line.trim() !== "");
    if (!lines.length && !text.place_score[i]) return null;
    return el("details", { class: "gc-details" },
      el("summary", { text: tr("card.reasons", { n: formatNumber(text.place_score[i]) }) }),
      lines.length ? el("ul", {}, ...lines.map((line) => reportText("li", "", line))) : el("p", { text: tr("card.noReasons") }));
  }
  function reference(i, text) {
    return el("p", { class: "gc-reference" }, tr("card.id"), " ", reportText("code", "", text.event_id.at(i)));
  }
  function section(key, ...content) {
    return el("section", { class: "gc-section" }, el("h3", { class: "gc-h3", text: tr(key) }), ...content);
  }

  return { openPlaces, openEvent, openList, close, isOpen: () => !root.hidden };
}
