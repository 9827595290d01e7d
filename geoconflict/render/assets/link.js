// A link to what is shown, on the clipboard; where the clipboard is refused, in a field to copy from.
import { byId, el, icon, makeButton, replaceContent } from "./dom.js";
import { tr } from "./text.js";

const SAID_MS = 3500;

let timer = 0;

/** Say something in passing. @param {string} text */
export function sayBriefly(text) {
  let toast = byId("gc-toast");
  if (!toast) document.body.append((toast = el("p", { class: "gc-toast", id: "gc-toast", role: "status" })));
  toast.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (toast.textContent = ""), SAID_MS);
}

/** Whether the page has an address of its own: a page within a frame's `srcdoc` has none. */
export const hasAddress = () => location.protocol !== "about:";

/** The address of the page as `hash` gives it, without what embeds it. @param {string} hash */
export function addressWith(hash) {
  const query = new URLSearchParams(location.search);
  query.delete("embed");
  const rest = String(query);
  return location.href.replace(/[?#].*$/s, "") + (rest && `?${rest}`) + hash;
}

/** @param {string} address */
export async function copyLink(address) {
  try {
    await navigator.clipboard.writeText(address);
    sayBriefly(tr("share.copied"));
  } catch {
    offer(address);
  }
}

/** @param {string} address */
function offer(address) {
  const field = el("input", { type: "text", class: "gc-field", readonly: true, dir: "ltr", "aria-label": tr("share.address") });
  field.value = address;
  const dialog = el("dialog", { class: "gc-dialog", "aria-label": tr("share.copy") });
  replaceContent(dialog,
    el("div", { class: "gc-dialog-head" }, el("p", { text: tr("share.copyByHand") }), makeButton("gc-round", tr("card.close"), () => dialog.close(), icon("close"))),
    field);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  field.select();
}
