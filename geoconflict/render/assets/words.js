// What the columns mean, in words: dates with their precision, places with theirs, numbers as ranges.
"use strict";
(function (gc) {
  gc.words = function (model) {
    const c = model.columns;
    const countries = model.countries;

    // [the date, how it is known]
    function date(i, dateText) {
      if (!c.dated[i]) return [gc.t("date.unknown"), ""];
      const from = c.day[i], to = model.last[i];
      const precision = c.date_precision.at(i);
      const basis = c.date_basis.at(i);
      let text = from === to ? gc.day(from, "full") : gc.days(from, to, "long");
      if (c.open_start[i] || (basis === "published" && from === to)) text = gc.t("date.until", { day: gc.day(to, "long") });
      else if (c.open_end[i]) text = gc.t("date.since", { day: gc.day(from, "long") });
      else if (precision === "month" && isWhole(from, to, "month")) text = gc.t("date.month", { month: gc.day(from, "month") });
      else if (precision === "year" && isWhole(from, to, "year")) text = gc.t("date.year", { year: gc.day(from, "year") });
      else if (from !== to && (precision === "unknown" || precision === "day")) text = gc.t("date.between", { days: text });
      else if (from !== to && precision === "week") text = gc.t("date.week", { days: text });
      const notes = [];
      if (from !== to) notes.push(gc.t("date.span"));
      if (basis === "published") notes.push(gc.t("basis.published"));
      else if (dateText) notes.push(gc.word("basis", basis, { words: dateText }));
      return [text, notes.join(" ")];
    }
    function isWhole(from, to, kind) {
      const first = gc.calendar(from), next = gc.calendar(to + 1);
      if (first.day !== 1 || next.day !== 1) return false;
      return kind === "year" ? first.month === 0 && next.month === 0 && next.year === first.year + 1
        : 12 * (next.year - first.year) + next.month - first.month === 1;
    }
    // Short, for lists.
    function shortDate(i) {
      if (!c.dated[i]) return gc.t("date.unknown");
      if (c.open_start[i] || (c.date_basis.at(i) === "published" && !c.days[i])) return gc.t("date.until", { day: gc.day(model.last[i], "medium") });
      return gc.days(c.day[i], model.last[i], "medium");
    }

    // [the place, what stands for it on the map]
    function place(i) {
      const p = c.place[i] - 1;
      if (p < 0) return [gc.t("place.unknown"), gc.t("place.unknownNote")];
      const precision = c.place_precision.at(p);
      const km = c.place_radius_m[p] / 1000;
      const distance = gc.t("distance.km", { n: gc.number(km >= 10 ? Math.round(km) : Math.round(10 * km) / 10) });
      return [c.place_name.at(p), gc.word("precisionNote", precision, { distance })];
    }
    function placeContext(i) {
      const p = c.place[i] - 1;
      if (p < 0) return "";
      const code = c.place_country.at(p);
      const country = Object.hasOwn(countries, code) ? countries[code] : code;
      const parts = [c.place_admin1.at(p), country].filter((part) => part !== "" && part !== c.place_name.at(p));
      return parts.join(", ");
    }

    // Counts are stored one higher, 0 is "not stated". Returns "" when nothing is stated.
    function range(low, best, high) {
      const [l, b, h] = [low - 1, best - 1, high - 1];
      if (b >= 0 && (l < 0 || l === b) && (h < 0 || h === b)) return gc.number(b);
      if (l >= 0 && h >= 0) return l === h ? gc.number(l) : gc.t("count.range", { low: gc.number(l), high: gc.number(h) });
      if (l >= 0) return gc.t("count.least", { n: gc.number(l) });
      if (h >= 0) return gc.t("count.most", { n: gc.number(h) });
      return b >= 0 ? gc.number(b) : "";
    }
    const count = (i, what) => range(c[`${what}_low`][i], c[`${what}_best`][i], c[`${what}_high`][i]);

    const type = (i) => gc.word("type", c.event_type.at(i));
    const subType = (i) => gc.word("sub", c.sub_event_type.at(i));
    const status = (i) => gc.word("status", c.status.at(i));
    return { date, shortDate, place, placeContext, range, count, type, subType, status };
  };
})((window.geoconflict = window.geoconflict || {}));
