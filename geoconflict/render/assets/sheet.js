// Sheets that cover a part of the page: the grip they have on phones, and how they give way to the keyboard.
import { makeButton } from "./dom.js";
import { tr } from "./text.js";

const PRESS_PX = 6;
const CLOSED = 0.25, TALL = 0.72; // parts of the screen

/**
 * When the focus goes to something that lies wholly beneath an open sheet, the sheet gives way: what has the focus is seen.
 * @param {HTMLElement} sheet
 * @param {() => void} giveWay closes it and leaves the focus where it is
 */
export function giveWayToFocus(sheet, giveWay) {
  document.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (!sheet.checkVisibility() || sheet.contains(target)) return;
    const above = sheet.getBoundingClientRect(), below = target.getBoundingClientRect();
    const middle = document.elementFromPoint((below.left + below.right) / 2, (below.top + below.bottom) / 2);
    const isBeneath = below.left >= above.left - 1 && below.right <= above.right + 1 && below.top >= above.top - 1 && below.bottom <= above.bottom + 1;
    if (isBeneath && !(middle && target.contains(middle))) giveWay();
  });
}

/**
 * The grip of a sheet on a phone: a press makes it tall or half as tall, a drag does the same or closes it.
 * @param {HTMLElement} sheet gets the grip as its first child
 * @param {() => void} close
 */
export function addGrip(sheet, close) {
  const grip = makeButton("gc-grip", tr("sheet.size"), (event) => event.detail === 0 && setTall(!isTall())); // by key; a press is a drag of nothing
  const isTall = () => sheet.classList.contains("gc-tall");
  /** @param {boolean} on */
  function setTall(on) {
    sheet.classList.toggle("gc-tall", on);
    grip.setAttribute("aria-expanded", String(on));
  }
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const top = sheet.getBoundingClientRect().top, startY = event.clientY;
    /** @type {number | null} */
    let part = null;
    grip.setPointerCapture(event.pointerId);
    /** @param {PointerEvent} event */
    function move({ clientY }) {
      if (part === null && Math.abs(clientY - startY) < PRESS_PX) return;
      const height = Math.max(60, window.innerHeight - Math.max(20, top + clientY - startY));
      part = height / window.innerHeight;
      sheet.style.setProperty("--sheet", `${height}px`);
      sheet.classList.add("gc-pulled");
    }
    /** @param {Event} event */
    function end({ type }) {
      grip.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) grip.removeEventListener(name, end);
      sheet.classList.remove("gc-pulled");
      if (type === "pointercancel") return;
      if (part === null) setTall(!isTall());
      else if (part < CLOSED) {
        setTall(false);
        close();
      } else setTall(part > TALL);
    }
    grip.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) grip.addEventListener(name, end);
  });
  setTall(false);
  sheet.prepend(grip);
}
