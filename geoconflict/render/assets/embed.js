// Embedded in another page (`?embed`, or `#embed` where a frame has no query): the map, the timeline, and a way to the whole.
import { byId, el, icon, reportText } from "./dom.js";
import { readHash } from "./hash.js";
import { addressWith, hasAddress } from "./link.js";
import { tr } from "./text.js";

const isEmbedAddress = () => new URLSearchParams(location.search).has("embed") || readHash(location.hash).marks.includes("embed");

/**
 * @param {string} title
 * @param {() => Promise<string>} address of what is shown, as a hash
 */
export function createEmbed(title, address) {
  const root = document.documentElement;
  const words = [reportText("span", "gc-embed-title", title), el("span", { class: "gc-embed-open", text: tr("embed.open") }), icon("out")];
  // A page within a frame's `srcdoc` has no address that could be opened: it unfolds where it is.
  const way = hasAddress() ? el("a", { class: "gc-embed-link", target: "_blank", rel: "noopener" }, ...words)
    : el("button", { type: "button", class: "gc-embed-link", on: { click: () => root.classList.remove("gc-embed") } }, ...words);
  const follow = async () => way.setAttribute("href", addressWith(await address()));
  if (hasAddress()) for (const event of ["pointerenter", "focus"]) way.addEventListener(event, follow);
  byId("gc-main-head").append(way);
  function show() {
    root.classList.toggle("gc-embed", isEmbedAddress());
    if (isEmbedAddress() && hasAddress()) follow();
  }
  window.addEventListener("hashchange", show);
  show();
}
