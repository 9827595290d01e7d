// The side panel: what the map holds, the legend with live counts, what is not on the map, and where it all comes from.
"use strict";
(function (gc) {
  const TYPE_ORDER = ["Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
    "Strategic developments", "Diplomacy"];
  const STATUS_ORDER = ["occurred", "claimed", "denied", "scheduled", "hypothetical"];
  const rank = (order, value) => (order.indexOf(value) < 0 ? order.length : order.indexOf(value));

  gc.panel = function (model, config, root, { card, layers, contextItems, readText }) {
    const nOnMap = gc.el("strong", { class: "gc-big" });
    const nOf = gc.el("span", { class: "gc-big-note" });
    const nOff = gc.el("button", { type: "button", class: "gc-off-link", on: { click: showOff } });
    const typeRows = rows(model.types, TYPE_ORDER, "type", (code) => model.typeOn[code], (code, on) => layers.setType(code, on), (value) => gc.typePicture(value));
    const statusRows = rows(model.statuses, STATUS_ORDER, "status", (code) => model.statusOn[code], (code, on) => model.setStatus(code, on),
      (value) => gc.typePicture(gc.ANY_TYPE, value));
    const precisionKey = precisionLegend();
    const contextRows = contextLegend(contextItems);
    const off = offLists();

    gc.replace(
      root,
      config.description ? gc.reportText("p", "gc-description", config.description) : null,
      gc.el("div", { class: "gc-counts" }, nOnMap, nOf, nOff),
      gc.el("button", { type: "button", class: "gc-wide gc-list-button", on: { click: listShown } }, gc.icon("list"), gc.t("panel.list")),
      model.types.length ? section("panel.types", typeRows.element) : null,
      model.statuses.length ? section("panel.statuses", statusRows.element) : null,
      model.n ? section("panel.precision", precisionKey) : null,
      contextRows.element ? section("panel.context", contextRows.element) : null,
      off.element,
      tolls(),
      about(),
    );

    function section(key, content) {
      return gc.el("section", { class: "gc-section" }, gc.el("h2", { class: "gc-h2", text: gc.t(key) }), content);
    }

    // A legend row is a switch: it shows the symbol, the name and how many events it would show.
    function rows(values, order, kind, isOn, set, picture) {
      const element = gc.el("ul", { class: "gc-legend" });
      const sorted = values.map((value, code) => ({ value, code })).sort((a, b) => rank(order, a.value) - rank(order, b.value) || (a.value < b.value ? -1 : 1));
      const parts = sorted.map(({ value, code }) => {
        const count = gc.el("span", { class: "gc-count" });
        const button = gc.el("button", { type: "button", class: "gc-legend-row", on: { click: () => set(code, !isOn(code)) } },
          picture(value), gc.reportText("span", "gc-legend-name", gc.word(kind, value)), count);
        element.append(gc.el("li", {}, button));
        return { code, button, count };
      });
      return {
        element,
        show: (counts) => {
          for (const { code, button, count } of parts) {
            count.textContent = gc.number(counts[code]);
            button.setAttribute("aria-pressed", String(isOn(code) === 1));
          }
        },
      };
    }

    function precisionLegend() {
      const used = new Set();
      for (let i = 0; i < model.n; i += 1) if (model.where[i] === gc.where.ON_MAP) used.add(model.columns.place_precision.at(model.columns.place[i] - 1));
      const colour = () => gc.colour("map-mixed");
      const pictures = {
        spot: (ctx, m) => gc.drawSymbol(ctx, m, m, 6, gc.ANY_TYPE, "occurred"),
        near: (ctx, m) => {
          ctx.beginPath();
          ctx.arc(m, m, 11, 0, 2 * Math.PI);
          ctx.setLineDash([3, 2.5]);
          ctx.strokeStyle = gc.colour("map-ring");
          ctx.stroke();
          gc.drawSymbol(ctx, m, m, 4.5, gc.ANY_TYPE, "occurred");
        },
        line: (ctx, m) => {
          ctx.strokeStyle = colour();
          ctx.lineCap = "round";
          for (const [width, alpha] of [[9, 0.18], [2.4, 1]]) {
            ctx.globalAlpha = alpha;
            ctx.lineWidth = width;
            ctx.beginPath();
            ctx.moveTo(m - 8, m + 5);
            ctx.bezierCurveTo(m - 3, m - 9, m + 3, m + 9, m + 8, m - 5);
            ctx.stroke();
          }
          ctx.globalAlpha = 1;
        },
        area: (ctx, m) => {
          ctx.beginPath();
          ctx.roundRect(m - 10, m - 8, 20, 16, 6);
          ctx.fillStyle = gc.hatch(ctx, colour());
          ctx.globalAlpha = 0.7;
          ctx.fill();
          ctx.globalAlpha = 1;
          gc.drawAreaFrame(ctx, m, m, 5);
        },
      };
      const shown = [["spot", used.has("exact") || used.has("town")], ["near", used.has("near")], ["line", used.has("line")],
        ["area", ["area", "admin1", "admin2", "region", "sea"].some((one) => used.has(one))]];
      return gc.el("ul", { class: "gc-legend gc-key" }, ...shown.filter(([, is]) => is).map(([kind]) =>
        gc.el("li", { class: "gc-key-row" }, gc.symbolPicture(26, pictures[kind]), gc.el("span", { text: gc.t(`legend.${kind}`) }))));
    }

    function contextLegend(items) {
      if (!items.length) return { element: null, show: () => {} };
      const parts = items.map((item) => {
        const days = item.from === null && item.to === null ? "" : item.from === null ? gc.t("context.until", { day: gc.day(item.to, "medium") })
          : item.to === null ? gc.t("context.since", { day: gc.day(item.from, "medium") }) : gc.days(item.from, item.to, "medium");
        const note = [item.approximate ? gc.t("context.approximate") : "", days, item.note].filter(Boolean).join(" · ");
        return { item, row: gc.el("li", { class: "gc-key-row" }, gc.symbolPicture(26, (ctx, m) => {
          ctx.strokeStyle = gc.colour("map-context");
          ctx.lineWidth = 2.2;
          ctx.setLineDash(item.approximate ? [5, 3.5] : []);
          ctx.beginPath();
          ctx.moveTo(m - 10, m + 3);
          ctx.lineTo(m + 10, m - 3);
          ctx.stroke();
        }), gc.el("span", {}, gc.reportText("span", "gc-context-name", item.name), note ? gc.reportText("span", "gc-fact-note", note) : null)) };
      });
      return {
        element: gc.el("ul", { class: "gc-legend gc-key" }, ...parts.map(({ row }) => row)),
        show: () => parts.forEach(({ item, row }) => row.classList.toggle("gc-faded", model.hasDays && !gc.isValidOn(item, model.to))),
      };
    }

    // ------------------------------------------------------------ what is not on the map
    function offLists() {
      const reasons = [["country", gc.where.COUNTRY], ["unlocated", gc.where.UNLOCATED], ["undated", gc.where.UNDATED], ["unsure", gc.where.UNSURE]];
      const parts = reasons.filter(([, reason]) => model.totals[reason] > 0).map(([name, reason]) => {
        const count = gc.el("span", { class: "gc-count" });
        const button = gc.el("button", { type: "button", class: "gc-legend-row",
          on: { click: () => card.openList(model.eventsOff(reason), gc.t(`off.${name}`), gc.t(`off.${name}.note`)) } },
          gc.el("span", { class: "gc-legend-name", text: gc.t(`off.${name}`) }), count);
        return { reason, count, row: gc.el("li", {}, button) };
      });
      const element = parts.length
        ? gc.el("section", { class: "gc-section gc-off", id: "gc-off" }, gc.el("h2", { class: "gc-h2", text: gc.t("panel.off") }),
          gc.el("p", { class: "gc-note", text: gc.t("off.note") }), gc.el("ul", { class: "gc-legend" }, ...parts.map(({ row }) => row)))
        : null;
      return { element, show: () => parts.forEach(({ reason, count }) => (count.textContent = gc.number(model.nOff[reason]))) };
    }
    function showOff() {
      const all = [gc.where.COUNTRY, gc.where.UNLOCATED, gc.where.UNDATED, gc.where.UNSURE].flatMap((reason) => model.eventsOff(reason));
      card.openList(all, gc.t("panel.off"), "");
    }
    function listShown() {
      card.openList(model.shownEvents(), gc.t("panel.list"), model.hasDays ? gc.days(model.from, model.to, "medium") : "");
    }

    // ------------------------------------------------------------ figures for the whole conflict, and credits
    function tolls() {
      if (!config.nTolls) return null;
      const list = gc.el("ol", { class: "gc-tolls" });
      const details = gc.el("details", { class: "gc-details" }, gc.el("summary", { text: gc.tn("panel.tolls", config.nTolls) }),
        gc.el("p", { class: "gc-note", text: gc.t("tolls.note") }), list);
      details.addEventListener("toggle", async () => {
        if (list.childElementCount || !details.open) return;
        const text = await readText();
        const words = gc.words(model);
        for (let k = 0; k < text.toll_day.length; k += 1) {
          const range = words.range(text.toll_low[k], text.toll_best[k], text.toll_high[k]);
          const head = [gc.word("measure", text.toll_measure.at(k)), range || gc.t("count.none"), text.toll_who.at(k)].filter(Boolean).join(" · ");
          const by = text.toll_claimed_by.at(k) ? gc.t("tolls.by", { who: text.toll_claimed_by.at(k) }) : "";
          list.append(gc.el("li", {}, gc.reportText("span", "gc-fact", head),
            gc.reportText("span", "gc-fact-note", [text.toll_dated[k] ? gc.t("tolls.asOf", { day: gc.day(text.toll_day[k], "medium") }) : "", by].filter(Boolean).join(" · ")),
            gc.reportText("q", "gc-toll-quote", text.toll_quote.at(k)),
            gc.link(text.toll_source.at(k) || gc.t("source.unknown"), text.toll_url.at(k), "gc-source-name")));
        }
      });
      return details;
    }
    function about() {
      const facts = [
        gc.tn("about.size", model.n, { reports: gc.tn("reports", config.nReports) }),
        model.hasDays ? gc.t("about.days", { days: gc.days(model.firstDay, model.lastDay, "long") }) : "",
      ].filter(Boolean).join(" ");
      return gc.el("details", { class: "gc-details gc-about" }, gc.el("summary", { text: gc.t("panel.about") }),
        gc.el("p", { text: facts }), gc.el("p", { text: gc.t("about.method") }), gc.el("p", { text: gc.t("about.places") }),
        gc.el("p", { text: gc.t("about.private") }),
        gc.el("h3", { class: "gc-h3", text: gc.t("about.credits") }),
        gc.el("ul", { class: "gc-credits" }, ...config.attribution.map((line) => gc.reportText("li", "", line)),
          gc.el("li", { text: gc.t("about.leaflet") }), gc.el("li", { text: gc.t("about.made") })));
    }

    function show() {
      nOnMap.textContent = gc.number(model.nShown);
      nOf.textContent = model.nShown === model.totals[gc.where.ON_MAP] ? gc.tn("panel.onMap", model.nShown)
        : gc.t("panel.onMapOf", { n: gc.number(model.totals[gc.where.ON_MAP]) });
      const n = model.nOff.reduce((a, b) => a + b, 0);
      nOff.textContent = gc.tn("panel.nOff", n);
      nOff.hidden = model.n === model.totals[gc.where.ON_MAP];
      typeRows.show(model.typeCounts);
      statusRows.show(model.statusCounts);
      contextRows.show();
      off.show();
    }
    show();
    return { show };
  };
})((window.geoconflict = window.geoconflict || {}));
