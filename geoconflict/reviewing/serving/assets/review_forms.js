// The decisions: one button and one key each, and below them the fields that the chosen one needs.
import { el, replaceContent } from "./dom.js";
import { addedFields } from "./review_add.js";
import { choice, figureFields, labelled, picked, sideFields, statusFields, typeSelect } from "./review_fields.js";
import { letter } from "./review_map.js";

/** @typedef {import("./review_event.js").Event_} Event_ */
/** @typedef {{types: {[kind: string]: string[]}, precisions: string[], statuses: string[], measures: string[], actors: string[]}} Vocabulary */

/** @type {[string, string, string][]} */
export const VERBS = [
  ["accept", "a", "Accept"], ["move", "m", "Move"], ["retype", "t", "Type"], ["redate", "d", "Date"],
  ["restatus", "u", "Status"], ["actors", "o", "Actors"], ["figures", "f", "Figures"],
  ["merge", "g", "Merge"], ["split", "s", "Split"], ["reject", "r", "Reject"], ["comment", "c", "Comment"], ["add", "n", "Add"],
];

const HINTS = /** @type {{[verb: string]: string}} */ ({
  accept: "It is right as it is.", reject: "It is no event: it leaves the store and the maps with the next build.",
  comment: "Kept with the event, changes nothing.", merge: "Both are one event.", split: "These sources are of another event.",
  add: "An event that a report tells besides, and that is missing: it is made with the next build, and goes with its report.",
  restatus: "Whether it happened, and who says so where that is claimed or denied.",
  actors: "Names are parted by ; and an empty side is that nobody knows. A side that you do not change is not decided.",
  figures: "A number, a range like 3-7, or at least 5; empty is not stated. The reports keep their own. What you do not change is not decided.",
});

// The fields of each verb: what is shown, and what they say as one value. `value` throws what a person should be told.
/** @type {{[verb: string]: (event: Event_, words: Vocabulary) => {fields: HTMLElement[], value: (form: HTMLElement) => string}}} */
const FIELDS = {
  add: addedFields,
  move(event, words) {
    // None is chosen beforehand: a key and Enter would move the event to a namesake.
    const places = event.alternatives.map((place, n) => choice("place", place.place_id, `${letter(n)}  ${[place.name, place.admin1, place.country].filter(Boolean).join(", ")}`, false));
    places.push(choice("place", "point", "a point: click on the map, or write it", !event.alternatives.length), choice("place", "none", "no place is known", false));
    const point = el("input", { type: "text", name: "point", inputmode: "decimal", placeholder: "lon 46.75, lat 39.82", "aria-label": "Longitude, latitude" });
    const precision = el("select", { name: "precision" }, ...words.precisions.map((one) => el("option", { value: one, selected: one === "town", text: one })));
    const name = el("input", { type: "text", name: "name", maxlength: "80" });
    // What is typed behind the point counts as if it were chosen.
    point.addEventListener("input", () => {
      const typed = point.value.toLowerCase().split(/[,;]/).map((one) => one.trim()).find((one) => words.precisions.includes(one));
      if (typed) precision.value = typed;
    });
    const ofPoint = el("div", { class: "rv-row rv-of-point" }, labelled("Longitude, latitude", point), labelled("What the point stands for", precision), labelled("Its name", name));
    return {
      fields: [
        el("fieldset", { class: "rv-choices" }, el("legend", { text: "To" }), ...places),
        ofPoint,
        el("fieldset", { class: "rv-choices rv-inline" }, el("legend", { text: "What is decided" }),
          choice("scope", "event", "this event", true), choice("scope", "name", "this name in all reports (overrides file)", false)),
      ],
      value(form) {
        const [place] = picked(form, "place");
        if (!place) throw new Error("Choose a place, a point, or that none is known.");
        if (place !== "point") return place === "none" && picked(form, "scope")[0] === "name" ? "not a place" : place;
        if (!point.value.trim()) throw new Error("Click on the map or write longitude and latitude.");
        return [point.value, precision.value, name.value.replace(/[,;]/g, " ")].filter((one) => one.trim()).join(", ");
      },
    };
  },
  retype(event, words) {
    const select = typeSelect(words, event.type);
    return { fields: [labelled("It was", select)], value: () => select.value };
  },
  redate(event) {
    const first = el("input", { type: "date", name: "first", value: event.starts_on || event.ends_on });
    const last = el("input", { type: "date", name: "last", value: event.ends_on });
    return {
      fields: [el("div", { class: "rv-row" }, labelled("First possible day", first), labelled("Last possible day", last))],
      value() {
        if (!first.value) throw new Error("Give a day.");
        return `${first.value}/${last.value || first.value}`;
      },
    };
  },
  restatus(event, words) {
    const { fields, said } = statusFields(words, event.status, event.by);
    return {
      fields: [el("div", { class: "rv-row" }, ...fields)],
      value() {
        const [status, by] = said();
        return by ? `${status}: ${by}` : status;
      },
    };
  },
  actors(event, words) {
    const { fields, by, on } = sideFields(words, event.agents, event.targets);
    return {
      fields: [el("div", { class: "rv-row" }, ...fields)],
      value() {
        const sides = /** @type {[string, HTMLInputElement, string][]} */ ([["by", by, event.agents], ["on", on, event.targets]]);
        const changed = sides.filter(([, field, now]) => field.value.trim() !== now);
        if (!changed.length) throw new Error("Neither side differs from what it is now; accept the event where that is right.");
        return changed.map(([word, field]) => `${word}: ${field.value.trim() || "none"}`).join(" | ");
      },
    };
  },
  figures(event, words) {
    const { fields, inputs } = figureFields(words, event.figures);
    return {
      fields: [el("div", { class: "rv-row" }, ...fields)],
      value() {
        const changed = inputs.filter((field) => field.value.trim() !== event.figures[field.name]);
        if (!changed.length) throw new Error("No figure differs from what it is now; accept the event where they are right.");
        return changed.map((field) => `${field.name} ${field.value.trim() || "not stated"}`).join("; ");
      },
    };
  },
  merge(event) {
    const rows = event.near.map((one) => choice("other", one.id, `${one.type}, ${one.place || "no place"}, ${one.day}${one.km ? `, ${one.km} km away` : ""}: ${one.quote}`, false));
    return {
      fields: [rows.length ? el("fieldset", { class: "rv-choices" }, el("legend", { text: "With" }), ...rows) : el("p", { class: "rv-small", text: "No event of near days and places is in the store." })],
      value(form) {
        const [other] = picked(form, "other");
        if (!other) throw new Error(rows.length ? "Choose the event that it is one with." : "There is no event to merge it with.");
        return other;
      },
    };
  },
  split(event) {
    const rows = event.sources.map((one, n) => choice("out", String(n + 1), `${n + 1}  ${one.outlet}: ${one.quote.slice(0, 120)}`, false, "checkbox"));
    return {
      fields: [el("fieldset", { class: "rv-choices" }, el("legend", { text: "Of another event" }), ...rows)],
      value(form) {
        const out = picked(form, "out");
        if (!out.length || out.length === event.sources.length) throw new Error("Choose some of the sources, not all of them.");
        return out.join(", ");
      },
    };
  },
};

/**
 * @param {Event_} event @param {Vocabulary} words
 * @param {(decision: string, value: string, comment: string, isConfirmed: boolean) => Promise<void>} save
 */
export function createForms(event, words, save) {
  const box = el("section", { class: "rv-decide", "aria-label": "Decide" });
  const form = el("form", { class: "rv-form", hidden: true });
  const fault = el("p", { class: "rv-fault", role: "alert" });
  // Asked for only where the server doubts a point, and for that point alone.
  const confirm = el("input", { type: "checkbox", name: "confirm" });
  const confirming = el("label", { class: "rv-choice", hidden: true }, confirm, el("span", { text: "It is meant: the event was there" }));
  let doubted = "";
  const buttons = VERBS.map(([verb, key, label]) => el("button", {
    type: "button", class: `rv-verb rv-verb-${verb}`, "data-verb": verb, "aria-pressed": "false", "aria-keyshortcuts": key, disabled: verb === "split" && event.sources.length < 2,
    on: { click: () => open(verb) },
  }, el("span", { text: label }), el("kbd", { "aria-hidden": "true", text: key })));
  let verb = "";
  let value = /** @type {(form: HTMLElement) => string} */ (() => "");

  /** Ask to confirm a value; empty is nothing to confirm. @param {string} said */
  function ask(said) {
    doubted = said;
    confirm.checked = false;
    confirming.hidden = !said;
  }

  /** @param {string} chosen */
  function open(chosen) {
    const button = buttons.find((one) => one.dataset.verb === chosen);
    if (!button || button.disabled) return;
    verb = chosen;
    const made = FIELDS[chosen] ? FIELDS[chosen](event, words) : { fields: [], value: () => "" };
    value = made.value;
    for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
    fault.textContent = "";
    ask("");
    const comment = el("textarea", { name: "comment", rows: "2", maxlength: "2000", required: chosen === "comment" });
    replaceContent(form,
      HINTS[chosen] ? el("p", { class: "rv-small", text: HINTS[chosen] }) : null,
      ...made.fields, labelled(chosen === "comment" ? "Comment" : "Why, for the next person", comment), fault, confirming,
      el("div", { class: "rv-row rv-end" },
        el("button", { type: "button", class: "rv-button", on: { click: close } }, "Cancel"),
        el("button", { type: "submit", class: "rv-button rv-primary" }, `Save: ${chosen}`)));
    form.hidden = false;
    const first = /** @type {HTMLElement | null} */ (form.querySelector("input:checked, select, input, textarea"));
    first?.focus({ preventScroll: true });
    if (chosen === "move" || chosen === "add") document.querySelector(".rv-map")?.scrollIntoView({ block: "start" }); // it is clicked on
    box.scrollTop = 0;
  }

  function close() {
    form.hidden = true;
    for (const one of buttons) one.setAttribute("aria-pressed", "false");
    buttons.find((one) => one.dataset.verb === verb)?.focus();
    verb = "";
  }

  form.addEventListener("submit", async (sent) => {
    sent.preventDefault();
    const submit = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
    submit.disabled = true;
    let said = "";
    try {
      said = value(form);
      if (said !== doubted) ask("");
      const isName = verb === "move" && picked(form, "scope")[0] === "name";
      await save(isName ? "name" : verb, said, /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("comment")).value, confirm.checked);
    } catch (error) {
      ask(error instanceof Error && "isToConfirm" in error && error.isToConfirm ? said : "");
      fault.textContent = error instanceof Error ? error.message : String(error);
      submit.disabled = false;
    }
  });
  form.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Escape") close();
  });
  box.append(el("div", { class: "rv-verbs", role: "group", "aria-label": "Decisions" }, ...buttons), form);
  return {
    box, open, close,
    /** @param {string} place_id */
    choosePlace(place_id) {
      if (verb === "add") {
        /** @type {HTMLInputElement} */ (form.elements.namedItem("where")).value = place_id;
        return;
      }
      if (verb !== "move") open("move");
      for (const one of form.querySelectorAll('input[name="place"]')) /** @type {HTMLInputElement} */ (one).checked = /** @type {HTMLInputElement} */ (one).value === place_id;
    },
    /** @param {number} lon @param {number} lat @param {string} precision */
    choosePoint(lon, lat, precision) {
      const said = `lon ${lon.toFixed(4)}, lat ${lat.toFixed(4)}`;
      this.choosePlace(verb === "add" ? `${said}, ${precision}` : "point");
      if (verb === "add") return;
      /** @type {HTMLInputElement} */ (form.elements.namedItem("point")).value = said;
      /** @type {HTMLSelectElement} */ (form.elements.namedItem("precision")).value = precision;
    },
  };
}
