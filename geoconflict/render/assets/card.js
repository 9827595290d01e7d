// The card: one event with its evidence, or the list of the events at one spot.
"use strict";
(function (gc) {
  const LIST_STEP = 100;

  gc.card = function (model, root, readText, onOpen) {
    const c = model.columns;
    const words = gc.words(model);
    let opener = null;
    let list = null; // {events, title} that the open event was picked from
    let request = 0;

    function show(title, ...content) {
      const heading = gc.el("h2", { class: "gc-card-title", tabindex: "-1" }, ...title);
      gc.replace(
        root,
        gc.el("div", { class: "gc-card-head" }, heading, gc.button("gc-round gc-close", gc.t("card.close"), () => close(), gc.icon("close"))),
        gc.el("div", { class: "gc-card-body", tabindex: "0", role: "group", "aria-label": gc.t("card.label") }, ...content),
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
      if (nOthers) openList(events, gc.tn("list.places", nOthers, { place: name }), gc.t("list.closeUp"));
      else openList(events, name, places.map((p) => gc.word("precisionList", c.place_precision.at(p))).join(", "));
      return undefined;
    }
    function openList(events, title, note) {
      list = { events, title, note };
      const items = gc.el("ol", { class: "gc-list" });
      const more = gc.button("gc-wide", gc.t("list.more"), addItems);
      more.textContent = gc.t("list.more");
      let shown = 0;
      const isOnePlace = events.every((i) => c.place[i] > 0 && c.place_name.at(c.place[i] - 1) === c.place_name.at(c.place[events[0]] - 1));
      function addItems() {
        for (const i of events.slice(shown, shown + LIST_STEP)) items.append(item(i, isOnePlace));
        shown = Math.min(events.length, shown + LIST_STEP);
        more.hidden = shown === events.length;
      }
      addItems();
      model.select(-1);
      show([gc.reportText("span", "", title)],
        gc.el("p", { class: "gc-note", text: [gc.tn("events", events.length), note].filter(Boolean).join(" · ") }), items, more);
    }
    function item(i, isOnePlace) {
      return gc.el("li", {},
        gc.el("button", { type: "button", class: "gc-item", on: { click: () => openEvent(i, list) } },
          gc.typePicture(c.event_type.at(i), c.status.at(i)),
          gc.el("span", { class: "gc-item-text" },
            gc.el("span", { class: "gc-item-name" }, gc.reportText("bdi", "", words.subType(i)), statusChip(i)),
            gc.el("span", { class: "gc-item-more" }, gc.el("span", { text: words.shortDate(i) }),
              isOnePlace ? null : " · ", isOnePlace ? null : gc.reportText("bdi", "", words.place(i)[0]),
              c.n_sources[i] > 1 ? " · " + gc.tn("reports", c.n_sources[i]) : null))));
    }
    function statusChip(i) {
      const status = c.status.at(i);
      return status === "occurred" ? null : gc.el("span", { class: "gc-chip", "data-status": status }, gc.reportText("bdi", "", words.status(i)));
    }

    // ------------------------------------------------------------ event
    async function openEvent(i, from) {
      list = from;
      model.select(i);
      const ticket = (request += 1);
      const head = [gc.typePicture(c.event_type.at(i), c.status.at(i), 26),
        gc.el("span", { class: "gc-card-names" }, gc.reportText("span", "gc-card-name", words.subType(i)), gc.reportText("span", "gc-card-type", words.type(i)))];
      show(head, gc.el("p", { class: "gc-note", text: gc.t("loading") }));
      const text = await readText();
      if (ticket !== request) return;
      show(head, navigation(i), statusLine(i, text), facts(i, text), disagreements(i, text), versions(i, text), reasons(i, text), reference(i, text));
    }

    function navigation(i) {
      if (!list || list.events.length < 2) return null;
      const at = list.events.indexOf(i);
      const { events, title, note } = list;
      const back = gc.el("button", { type: "button", class: "gc-small gc-back", on: { click: () => openList(events, title, note) } },
        gc.icon("list"), gc.tn("events", events.length));
      const step = (to, label, icon) => {
        const button = gc.button("gc-round", gc.t(label), () => openEvent(events[to], list), gc.icon(icon));
        button.disabled = to < 0 || to >= events.length;
        return button;
      };
      return gc.el("nav", { class: "gc-nav", "aria-label": gc.t("card.nav") }, back,
        gc.el("span", { class: "gc-nav-at", text: gc.t("card.at", { n: gc.number(at + 1), all: gc.number(events.length) }) }),
        step(at - 1, "card.previous", "back"), step(at + 1, "card.next", "forward"));
    }

    function statusLine(i, text) {
      const by = text.claimed_by.at(i);
      const status = c.status.at(i);
      const line = gc.el("p", { class: "gc-status", "data-status": status });
      line.append(gc.el("strong", {}, gc.reportText("bdi", "", words.status(i))));
      if (by) line.append(" — ", gc.t(status === "denied" ? "status.claimedBy" : "status.by"), " ", gc.reportText("bdi", "", by));
      else line.append(" — ", gc.word("statusNote", status));
      return line;
    }

    function facts(i, text) {
      const rows = gc.el("dl", { class: "gc-facts" });
      const add = (key, value, note, className) => {
        if (!value) return;
        rows.append(gc.el("dt", { text: gc.t(key) }),
          gc.el("dd", { class: className }, gc.reportText("span", "gc-fact", value), note ? gc.reportText("span", "gc-fact-note", note) : null));
      };
      add("fact.when", ...words.date(i, text.date_text.at(i)));
      const [name, note] = words.place(i);
      const context = words.placeContext(i);
      add("fact.where", context ? `${name}, ${context}` : name, note);
      const agents = text.agents.at(i), targets = text.targets.at(i);
      add("fact.agents", agents);
      add("fact.targets", targets);
      const named = [...agents.split("; "), ...targets.split("; ")];
      add("fact.actors", c.actors.of(i).filter((actor) => !named.includes(actor)).join("; "));
      add("fact.killed", words.count(i, "killed") || gc.t("count.none"), "", words.count(i, "killed") ? "gc-number" : "gc-unsaid");
      add("fact.wounded", words.count(i, "wounded") || gc.t("count.none"), "", words.count(i, "wounded") ? "gc-number" : "gc-unsaid");
      add("fact.captured", words.count(i, "captured"), "", "gc-number");
      add("fact.displaced", words.count(i, "displaced"), "", "gc-number");
      return rows;
    }

    function disagreements(i, text) {
      const lines = text.disagreements.at(i).split("\n").filter((line) => line.trim() !== "");
      if (!lines.length) return null;
      return section("card.disagreements", gc.el("ul", { class: "gc-disagreements" }, ...lines.map((line) => gc.reportText("li", "", line))));
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
      const title = gc.el("h3", { class: "gc-h3", text: gc.tn("card.sources", c.n_sources[i]) });
      return gc.el("section", { class: "gc-section" }, title, ...all.map((v) => version(v, text, all.length > 1)));
    }
    function version(v, text, isOneOfMany) {
      const r = text.version_report[v];
      const quote = text.version_quote.at(v);
      const start = text.version_mark_start[v], end = text.version_mark_end[v];
      const block = gc.el("blockquote", { class: "gc-quote", dir: "auto" }, quote.slice(0, start),
        end > start ? gc.el("mark", { text: quote.slice(start, end) }) : null, quote.slice(end));
      const published = gc.parseDay(text.report_published_on.at(r));
      const source = text.report_source.at(r) || gc.t("source.unknown");
      const title = text.report_title.at(r);
      const caption = gc.el("figcaption", { class: "gc-source" }, gc.link(source, text.report_url.at(r), "gc-source-name"),
        published === null ? null : gc.el("span", { class: "gc-source-date", text: gc.day(published, "medium") }),
        title ? gc.reportText("span", "gc-source-title", title) : null);
      const address = text.report_url.at(r);
      if (address && gc.safeUrl(address) === null) caption.append(gc.reportText("span", "gc-source-title", address));
      return gc.el("figure", { class: "gc-version" }, isOneOfMany ? says(v, text) : null, block, caption);
    }
    // What this one report says, where reports may differ.
    function says(v, text) {
      const count = (what) => words.range(text[`version_${what}_low`][v], text[`version_${what}_best`][v], text[`version_${what}_high`][v]);
      const parts = [];
      const status = text.version_status.at(v), by = text.version_claimed_by.at(v);
      if (status) parts.push(gc.word("status", status) + (by ? ` — ${by}` : ""));
      if (text.version_date_text.at(v)) parts.push(gc.t("quote", { words: text.version_date_text.at(v) }));
      if (count("killed")) parts.push(gc.t("count.killed", { n: count("killed") }));
      if (count("wounded")) parts.push(gc.t("count.wounded", { n: count("wounded") }));
      return parts.length ? gc.el("ul", { class: "gc-says" }, ...parts.map((part) => gc.reportText("li", "", part))) : null;
    }

    function reasons(i, text) {
      if (!c.place[i]) return null;
      const lines = text.place_reasons.at(i).split("; ").filter((line) => line.trim() !== "");
      return gc.el("details", { class: "gc-details" },
        gc.el("summary", { text: gc.t("card.reasons", { n: gc.number(text.place_score[i]) }) }),
        lines.length ? gc.el("ul", {}, ...lines.map((line) => gc.reportText("li", "", line))) : gc.el("p", { text: gc.t("card.noReasons") }));
    }
    function reference(i, text) {
      return gc.el("p", { class: "gc-reference" }, gc.t("card.id"), " ", gc.reportText("code", "", text.event_id.at(i)));
    }
    function section(key, ...content) {
      return gc.el("section", { class: "gc-section" }, gc.el("h3", { class: "gc-h3", text: gc.t(key) }), ...content);
    }

    return { openPlaces, openEvent, openList, close, isOpen: () => !root.hidden };
  };
})((window.geoconflict = window.geoconflict || {}));
