// Elements are made here and nowhere else: text becomes text nodes, never markup, and addresses are checked.
const SVG = "http://www.w3.org/2000/svg";

/** @type {(child: Node | string | null | undefined) => child is Node | string} */
const isThere = (child) => child !== null && child !== undefined;

// Make an element. `attributes`: "class", "text", "on" (event name to listener), and plain attributes; null is left out.
/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Attributes} attributes @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = String(value);
    else if (name === "class") element.className = String(value);
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter(isThere));
  return element;
}

// Text from a report: its direction is its own.
/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string | undefined} className @param {string} text
 */
export function reportText(tag, className, text) {
  return el(tag, { class: className, dir: "auto", text: shownText(text) });
}

// Characters that turn the order of reading, and those unseen within a number, stand as escapes: "killed \u202e21" must not be
// read as 12. Marks, spaces and joiners that scripts need stay.
const HIDDEN = /[\u202a-\u202e\u2066-\u2069]|(?<=\d)[\u00ad\u200b-\u200d\u2060-\u2064\ufeff](?=\d)/g;
/** @param {string} text */
export const shownText = (text) => text.replace(HIDDEN, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** @param {Element} element @param {...(Node | string | null | undefined)} children */
export function replaceContent(element, ...children) {
  element.replaceChildren(...children.filter(isThere));
}

// The address if it leads to the web, else null: javascript:, data:, file: and relative addresses are refused, and those that hide
// where they lead, with a user name or characters that are not seen; a plain space is.
/** @param {string} text */
export function safeUrl(text) {
  if (!/^https?:\/\//i.test(text) || /\p{C}|(?! )\p{Z}/u.test(text)) return null;
  try {
    const url = new URL(text);
    return (url.protocol === "http:" || url.protocol === "https:") && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/** @param {string} text @param {string} address @param {string} className */
export function safeLink(text, address, className) {
  const href = safeUrl(address);
  if (href === null) return reportText("span", className, text);
  return el("a", {
    class: className, dir: "auto", text: shownText(text), href: href, target: "_blank", rel: "noopener noreferrer nofollow",
  });
}

// Line icons, 24 by 24, drawn with the colour of the text around them.
/** @type {{[name: string]: string[]}} */
const ICONS = {
  play: ["M8 5.5v13l10.5-6.5z"],
  pause: ["M8 5.5v13", "M16 5.5v13"],
  back: ["M15 6l-6 6 6 6"],
  forward: ["M9 6l6 6-6 6"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  theme: ["M12 4a8 8 0 1 0 0 16z", "M12 4a8 8 0 0 1 0 16"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  list: ["M9 7h11", "M9 12h11", "M9 17h11", "M4 7h1", "M4 12h1", "M4 17h1"],
  options: ["M4 7h9", "M17 7h3", "M15 5v4", "M4 17h3", "M11 17h9", "M9 15v4"],
  share: ["M12 15V4", "M8 7.5L12 3.5l4 4", "M6 11H5v9.5h14V11h-1"],
  link: ["M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1", "M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"],
  picture: ["M4 5h16v14H4z", "M4 16l5-5 4 4 2.5-2.5L20 17", "M15.5 9h.5"],
  print: ["M7 9V4h10v5", "M7 17H4V9h16v8h-3", "M7 14h10v6H7z"],
  full: ["M14 10l6-6", "M15 4h5v5", "M10 14l-6 6", "M9 20H4v-5"],
  place: ["M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11z", "M12 12.2a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z"],
  out: ["M14 4h6v6", "M20 4l-9 9", "M18 14v6H4V6h6"],
  map: ["M4 6.5l5-2 6 2 5-2v13l-5 2-6-2-5 2z", "M9 4.5v13", "M15 6.5v13"],
  table: ["M4 5h16v14H4z", "M4 10h16", "M4 14.5h16", "M10 5v14"],
  all: ["M4 9V4h5", "M20 9V4h-5", "M4 15v5h5", "M20 15v5h-5"],
};
/** @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["class", "gc-icon"], ["aria-hidden", "true"], ["focusable", "false"]])
    svg.setAttribute(key, value);
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    if (name === "play" || (name === "theme" && d.endsWith("z"))) path.setAttribute("fill", "currentColor");
    svg.append(path);
  }
  return svg;
}

/**
 * @param {string} className @param {string} label @param {(event: MouseEvent) => void} listener
 * @param {...(Node | string | null | undefined)} children
 */
export function makeButton(className, label, listener, ...children) {
  return el("button", { type: "button", class: className, "aria-label": label, title: label, on: { click: listener } }, ...children);
}

/** An element of the page's skeleton. @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
