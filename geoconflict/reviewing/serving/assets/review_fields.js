// The fields that forms of decisions share: what may be chosen and typed of a type, a status, the sides and the figures.
import { el } from "./dom.js";

/** @typedef {import("./review_forms.js").Vocabulary} Vocabulary */

/** @param {string} label @param {HTMLElement} field */
export const labelled = (label, field) => el("label", { class: "rv-field" }, el("span", { text: label }), field);

/** @param {string} name @param {string} value @param {string} text @param {boolean} isChosen @param {string} type */
export const choice = (name, value, text, isChosen, type = "radio") =>
  el("label", { class: "rv-choice" }, el("input", { type, name, value, checked: isChosen }), el("span", { dir: "auto", text }));

/** @param {HTMLElement} box @param {string} name */
export const picked = (box, name) => Array.from(box.querySelectorAll(`input[name="${name}"]:checked`)).map((one) => /** @type {HTMLInputElement} */ (one).value);

/** @param {Vocabulary} words @param {string} chosen */
export const typeSelect = (words, chosen) => el("select", { name: "type" }, ...Object.entries(words.types).map(([kind, subs]) =>
  el("optgroup", { label: kind }, ...subs.map((sub) => el("option", { value: sub, selected: sub === chosen, text: sub })))));

// Of these somebody is the one who says so.
const SAID = ["claimed", "denied"];

/** Whether it happened, and who says so where somebody does. @param {Vocabulary} words @param {string} now @param {string} claimants */
export function statusFields(words, now, claimants) {
  const status = el("select", { name: "status" }, ...words.statuses.map((one) => el("option", { value: one, selected: one === now, text: one })));
  const by = el("input", { type: "text", name: "by", maxlength: "200", autocomplete: "off" });
  const who = el("span", {});
  const said = el("label", { class: "rv-field" }, who, by);
  const asked = () => {
    said.hidden = !SAID.includes(status.value);
    who.textContent = status.value === "denied" ? "Who denies it, if that is known" : "Who claims it";
    by.value = status.value === "claimed" ? claimants : "";
  };
  status.addEventListener("change", asked);
  asked();
  return {
    fields: [labelled("It is", status), said],
    /** The status, and who says so. @returns {[string, string]} */
    said() {
      if (status.value === "claimed" && !by.value.trim()) throw new Error("Say who claims it.");
      return [status.value, SAID.includes(status.value) ? by.value.trim() : ""];
    },
  };
}

/** Who did it, and to whom. @param {Vocabulary} words @param {string} agents @param {string} targets */
export function sideFields(words, agents, targets) {
  const known = el("datalist", { id: "known-actors" }, ...words.actors.map((one) => el("option", { value: one })));
  /** @param {string} name @param {string} now */
  const side = (name, now) => el("input", { type: "text", name, value: now, placeholder: "nobody knows", list: "known-actors", autocomplete: "off" });
  const by = side("by", agents), on = side("on", targets);
  return { by, on, fields: [labelled("Who did it", by), labelled("To whom", on), known] };
}

/** How many. @param {Vocabulary} words @param {{[measure: string]: string}} now */
export function figureFields(words, now) {
  const inputs = words.measures.map((measure) => el("input", { type: "text", name: measure, value: now[measure] || "", placeholder: "not stated", autocomplete: "off" }));
  return { inputs, fields: inputs.map((field) => labelled(`${field.name[0].toUpperCase()}${field.name.slice(1)}`, field)) };
}
