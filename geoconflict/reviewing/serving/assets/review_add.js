// The form of an event that a report tells and that is missing.
import { el } from "./dom.js";
import { figureFields, labelled, sideFields, statusFields, typeSelect } from "./review_fields.js";

/** @typedef {import("./review_event.js").Event_} Event_ */

/** @param {Event_} event @param {import("./review_forms.js").Vocabulary} words */
export function addedFields(event, words) {
  const reports = new Map(event.sources.map((one) => [one.report, [one.outlet, one.published, one.title].filter(Boolean).join(", ")]));
  const report = el("select", { name: "report" },
    ...Array.from(reports, ([id, words_]) => el("option", { value: id, text: words_ })), el("option", { value: "", text: "another report" }));
  const other = el("input", { type: "text", name: "other", autocomplete: "off" });
  const asked = labelled("Its id, or its file", other);
  const show = () => (asked.hidden = report.value !== "");
  report.addEventListener("change", show);
  show();
  const quote = el("textarea", { name: "quote", rows: "2", maxlength: "1000", required: true });
  // Nothing is taken from the event that is open: this is another.
  const type = typeSelect(words, "");
  type.required = true;
  type.prepend(el("option", { value: "", selected: true, text: "choose" }));
  const where = el("input", { type: "text", name: "where", autocomplete: "off", placeholder: "click on the map, or lon 46.75, lat 39.82", required: true });
  const first = el("input", { type: "date", name: "first", required: true });
  const last = el("input", { type: "date", name: "last" });
  const status = statusFields(words, "occurred", ""), sides = sideFields(words, "", ""), figures = figureFields(words, {});
  return {
    fields: [
      el("div", { class: "rv-row" }, labelled("Told by", report), asked),
      labelled("In these words, copied from the report", quote),
      el("div", { class: "rv-row" }, labelled("It was", type), labelled("Where: a place_id, a point, or none", where)),
      el("div", { class: "rv-row" }, labelled("First possible day", first), labelled("Last possible day", last), ...status.fields),
      el("div", { class: "rv-row" }, ...sides.fields),
      el("div", { class: "rv-row" }, ...figures.fields),
    ],
    value() {
      if (!report.value && !other.value.trim()) throw new Error("Say which report tells it.");
      const [said, claimed_by] = status.said();
      const told = {
        report: report.value || other.value.trim(), quote: quote.value, sub_event_type: type.value, place: where.value,
        starts_on: first.value, ends_on: last.value, status: said, claimed_by, agents: sides.by.value, targets: sides.on.value,
        ...Object.fromEntries(figures.inputs.map((field) => [field.name, field.value])),
      };
      return JSON.stringify(told);
    },
  };
}
