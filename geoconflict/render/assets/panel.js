// The side panel: what the map holds, the legend with live counts, what is not on the map, and where it all comes from.
import { themeColour } from "./canvas_layer.js";
import { isValidOn } from "./context.js";
import { el, icon, replaceContent, reportText, safeLink } from "./dom.js";
import { WHERE } from "./model.js";
import { ANY_TYPE, drawAreaFrame, drawSymbol, hatch, symbolPicture, typePicture } from "./symbols.js";
import { formatDay, formatDays, formatNumber, tr, trCount, wordFor } from "./text.js";
import { createWords } from "./words.js";

const TYPE_ORDER = ["Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
  "Strategic developments", "Diplomacy"];
const STATUS_ORDER = ["occurred", "claimed", "denied", "scheduled", "hypothetical"];
const rank = (order, value) => (order.indexOf(value) < 0 ? order.length : order.indexOf(value));

export function createPanel(model, config, root, { card, layers, contextItems, readText }) {
  const nOnMap = el("strong", { class: "gc-big" });
  const nOf = el("span", { class: "gc-big-note" });
  const nOff = el("button", { type: "button", class: "gc-off-link", on: { click: showOff } });
  const typeRows = rows(model.types, TYPE_ORDER, "type", (code) => model.typeOn[code], (code, on) => layers.setType(code, on), (value) => typePicture(value));
  const statusRows = rows(model.statuses, STATUS_ORDER, "status", (code) => model.statusOn[code], (code, on) => model.setStatus(code, on),
    (value) => typePicture(ANY_TYPE, value));
  const precisionKey = precisionLegend();
  const contextRows = contextLegend(contextItems);
  const off = offLists();

  replaceContent(
    root,
    config.description ? reportText("p", "gc-description", config.description) : null,
    el("div", { class: "gc-counts" }, nOnMap, nOf, nOff),
    el("button", { type: "button", class: "gc-wide gc-list-button", on: { click: listShown } }, icon("list"), tr("panel.list")),
    model.types.length ? section("panel.types", typeRows.element) : null,
    model.statuses.length ? section("panel.statuses", statusRows.element) : null,
    model.n ? section("panel.precision", precisionKey) : null,
    contextRows.element ? section("panel.context", contextRows.element) : null,
    off.element,
    tolls(),
    about(),
  );

  function section(key, content) {
    return el("section", { class: "gc-section" }, el("h2", { class: "gc-h2", text: tr(key) }), content);
  }

  // A legend row is a switch: it shows the symbol, the name and how many events it would show.
  function rows(values, order, kind, isOn, set, picture) {
    const element = el("ul", { class: "gc-legend" });
    const sorted = values.map((value, code) => ({ value, code })).sort((a, b) => rank(order, a.value) - rank(order, b.value) || (a.value < b.value ? -1 : 1));
    const parts = sorted.map(({ value, code }) => {
      const count = el("span", { class: "gc-count" });
      const button = el("button", { type: "button", class: "gc-legend-row", on: { click: () => set(code, !isOn(code)) } },
        picture(value), reportText("span", "gc-legend-name", wordFor(kind, value)), count);
      element.append(el("li", {}, button));
      return { code, button, count };
    });
    return {
      element,
      show: (counts) => {
        for (const { code, button, count } of parts) {
          count.textContent = formatNumber(counts[code]);
          button.setAttribute("aria-pressed", String(isOn(code) === 1));
        }
      },
    };
  }

  function precisionLegend() {
    const used = new Set();
    for (let i = 0; i < model.n; i += 1) if (model.where[i] === WHERE.ON_MAP) used.add(model.columns.place_precision.at(model.columns.place[i] - 1));
    const colour = () => themeColour("map-mixed");
    const pictures = {
      spot: (ctx, m) => drawSymbol(ctx, m, m, 6, ANY_TYPE, "occurred"),
      near: (ctx, m) => {
        ctx.beginPath();
        ctx.arc(m, m, 11, 0, 2 * Math.PI);
        ctx.setLineDash([3, 2.5]);
        ctx.strokeStyle = themeColour("map-ring");
        ctx.stroke();
        drawSymbol(ctx, m, m, 4.5, ANY_TYPE, "occurred");
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
        ctx.fillStyle = hatch(ctx, colour());
        ctx.globalAlpha = 0.7;
        ctx.fill();
        ctx.globalAlpha = 1;
        drawAreaFrame(ctx, m, m, 5);
      },
    };
    const shown = [["spot", used.has("exact") || used.has("town")], ["near", used.has("near")], ["line", used.has("line")],
      ["area", ["area", "admin1", "admin2", "region", "sea"].some((one) => used.has(one))]];
    return el("ul", { class: "gc-legend gc-key" }, ...shown.filter(([, is]) => is).map(([kind]) =>
      el("li", { class: "gc-key-row" }, symbolPicture(26, pictures[kind]), el("span", { text: tr(`legend.${kind}`) }))));
  }

  function contextLegend(items) {
    if (!items.length) return { element: null, show: () => {} };
    const parts = items.map((item) => {
      const days = item.from === null && item.to === null ? "" : item.from === null ? tr("context.until", { day: formatDay(item.to, "medium") })
        : item.to === null ? tr("context.since", { day: formatDay(item.from, "medium") }) : formatDays(item.from, item.to, "medium");
      const note = [item.approximate ? tr("context.approximate") : "", days, item.note].filter(Boolean).join(" · ");
      return { item, row: el("li", { class: "gc-key-row" }, symbolPicture(26, (ctx, m) => {
        ctx.strokeStyle = themeColour("map-context");
        ctx.lineWidth = 2.2;
        ctx.setLineDash(item.approximate ? [5, 3.5] : []);
        ctx.beginPath();
        ctx.moveTo(m - 10, m + 3);
        ctx.lineTo(m + 10, m - 3);
        ctx.stroke();
      }), el("span", {}, reportText("span", "gc-context-name", item.name), note ? reportText("span", "gc-fact-note", note) : null)) };
    });
    return {
      element: el("ul", { class: "gc-legend gc-key" }, ...parts.map(({ row }) => row)),
      show: () => parts.forEach(({ item, row }) => row.classList.toggle("gc-faded", model.hasDays && !isValidOn(item, model.to))),
    };
  }

  // ------------------------------------------------------------ what is not on the map
  function offLists() {
    const reasons = [["country", WHERE.COUNTRY], ["unlocated", WHERE.UNLOCATED], ["undated", WHERE.UNDATED], ["unsure", WHERE.UNSURE]];
    const parts = reasons.filter(([, reason]) => model.totals[reason] > 0).map(([name, reason]) => {
      const count = el("span", { class: "gc-count" });
      const button = el("button", { type: "button", class: "gc-legend-row",
        on: { click: () => card.openList(model.eventsOff(reason), tr(`off.${name}`), tr(`off.${name}.note`)) } },
        el("span", { class: "gc-legend-name", text: tr(`off.${name}`) }), count);
      return { reason, count, row: el("li", {}, button) };
    });
    const element = parts.length
      ? el("section", { class: "gc-section gc-off", id: "gc-off" }, el("h2", { class: "gc-h2", text: tr("panel.off") }),
        el("p", { class: "gc-note", text: tr("off.note") }), el("ul", { class: "gc-legend" }, ...parts.map(({ row }) => row)))
      : null;
    return { element, show: () => parts.forEach(({ reason, count }) => (count.textContent = formatNumber(model.nOff[reason]))) };
  }
  function showOff() {
    const all = [WHERE.COUNTRY, WHERE.UNLOCATED, WHERE.UNDATED, WHERE.UNSURE].flatMap((reason) => model.eventsOff(reason));
    card.openList(all, tr("panel.off"), "");
  }
  function listShown() {
    card.openList(model.shownEvents(), tr("panel.list"), model.hasDays ? formatDays(model.from, model.to, "medium") : "");
  }

  // ------------------------------------------------------------ figures for the whole conflict, and credits
  function tolls() {
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
        const head = [wordFor("measure", text.toll_measure.at(k)), range || tr("count.none"), text.toll_who.at(k)].filter(Boolean).join(" · ");
        const by = text.toll_claimed_by.at(k) ? tr("tolls.by", { who: text.toll_claimed_by.at(k) }) : "";
        list.append(el("li", {}, reportText("span", "gc-fact", head),
          reportText("span", "gc-fact-note", [text.toll_dated[k] ? tr("tolls.asOf", { day: formatDay(text.toll_day[k], "medium") }) : "", by].filter(Boolean).join(" · ")),
          reportText("q", "gc-toll-quote", text.toll_quote.at(k)),
          safeLink(text.toll_source.at(k) || tr("source.unknown"), text.toll_url.at(k), "gc-source-name")));
      }
    });
    return details;
  }
  function about() {
    const facts = [
      trCount("about.size", model.n, { reports: trCount("reports", config.nReports) }),
      model.hasDays ? tr("about.days", { days: formatDays(model.firstDay, model.lastDay, "long") }) : "",
    ].filter(Boolean).join(" ");
    return el("details", { class: "gc-details gc-about" }, el("summary", { text: tr("panel.about") }),
      el("p", { text: facts }), el("p", { text: tr("about.method") }), el("p", { text: tr("about.places") }),
      el("p", { text: tr("about.private") }),
      el("h3", { class: "gc-h3", text: tr("about.credits") }),
      el("ul", { class: "gc-credits" }, ...config.attribution.map((line) => reportText("li", "", line)),
        el("li", { text: tr("about.leaflet") }), el("li", { text: tr("about.made") })));
  }

  function show() {
    nOnMap.textContent = formatNumber(model.nShown);
    nOf.textContent = model.nShown === model.totals[WHERE.ON_MAP] ? trCount("panel.onMap", model.nShown)
      : tr("panel.onMapOf", { n: formatNumber(model.totals[WHERE.ON_MAP]) });
    const n = model.nOff.reduce((a, b) => a + b, 0);
    nOff.textContent = trCount("panel.nOff", n);
    nOff.hidden = model.n === model.totals[WHERE.ON_MAP];
    typeRows.show(model.typeCounts);
    statusRows.show(model.statusCounts);
    contextRows.show();
    off.show();
  }
  show();
  return { show };
}
