// The table of events: a grid of which only the rows in sight exist, so a hundred thousand are as quick as ten.
//
// Focus is on one cell at a time (the only tab stop); its row exists even when it is out of sight. A row is known by its
// position among the rows listed, an event by its number.
import { el, reportText, shownText } from "./dom.js";
import { drawSymbol, onTheme } from "./symbols.js";
import { tableColumns } from "./table_columns.js";
import { tr, trCount } from "./text.js";

const EXTRA_ROWS = 6;
const TALLEST_PX = 8e6; // browsers cut off taller boxes; beyond, a pixel of the scroll bar stands for more than one
const SYMBOL_PX = 22;
const HEAD = -1;

/**
 * @param {Model} model
 * @param {Words} words of `createWords`
 * @param {(i: number, events: number[]) => void} open opens the card of an event, which is one of a list
 */
export function createTable(model, words, open) {
  const columns = tableColumns(model, words);
  const note = el("p", { class: "gc-table-note", id: "gc-table-note" });
  const heads = columns.map((column, k) => {
    const head = el("div", { role: "columnheader", class: "gc-th" + (column.isNumber ? " gc-td-number" : ""), tabindex: "-1", "aria-colindex": k + 1,
      "data-column": column.key, title: tr("table.sortBy", { column: tr(`column.${column.key}`) }) },
      el("span", { text: tr(`column.${column.key}`) }), el("span", { class: "gc-sort", "aria-hidden": "true" }));
    head.addEventListener("click", () => sortBy(k));
    return head;
  });
  const headRow = el("div", { role: "row", class: "gc-tr gc-table-head", "aria-rowindex": 1 }, ...heads);
  const body = el("div", { role: "rowgroup", class: "gc-table-body" });
  const headGroup = el("div", { role: "rowgroup", class: "gc-table-top" }, headRow);
  const grid = el("div", { role: "grid", class: "gc-table", "aria-label": tr("table.label"), "aria-describedby": "gc-table-keys", "aria-colcount": columns.length },
    el("div", { class: "gc-table-inner", role: "presentation" }, headGroup, body));
  const nothing = el("p", { class: "gc-table-nothing", text: tr("table.nothing"), hidden: true });
  const element = el("div", { class: "gc-table-view" }, note,
    el("p", { class: "gc-unseen", id: "gc-table-keys", text: tr("table.keys") }), grid, nothing);

  let sort = { column: 0, isDown: false };
  /** @type {Uint32Array | null} */
  let order = null; // all events, sorted
  let rows = new Uint32Array(0); // those listed
  let drawn = new Map(); // position to element
  let active = { event: -1, row: 0, column: 0 };
  let isShown = false;
  let isStale = true;
  /** @type {Element | null} */
  let stop = null; // the cell that Tab leads to

  // ------------------------------------------------------------ what is listed
  /** @type {Map<number, Float64Array>} */
  const sortKeys = new Map();
  // Keys are whole numbers, so one number can hold the key and the event, and numbers sort fastest.
  function sorted() {
    let keys = sortKeys.get(sort.column);
    if (!keys) sortKeys.set(sort.column, (keys = columns[sort.column].keys()));
    const n = model.n;
    const most = keys.reduce((a, b) => (b > a ? b : a), 0);
    const packed = keys.map((key, i) => (key === key ? (sort.isDown ? most - key : key) : most + 1) * n + i); // not stated stands last either way
    return Uint32Array.from(packed.sort(), (one) => one % n);
  }
  /** @param {number} column */
  function sortBy(column) {
    const isDown = sort.column === column ? !sort.isDown : columns[column].isNumber;
    sort = { column, isDown };
    order = null;
    active = { event: -1, row: HEAD, column };
    refresh();
    scrollTo(0);
    focusActive();
  }
  function refresh() {
    isStale = !isShown;
    if (isStale) return;
    const hadFocus = grid.contains(document.activeElement);
    order = order || sorted();
    rows = order.filter((i) => model.isListed(i));
    if (active.row !== HEAD) active.row = Math.max(0, rows.indexOf(active.event));
    if (!rows.length) active.row = HEAD;
    for (const [k, row] of drawn) if (k < rows.length) fill(row, k);
    grid.setAttribute("aria-rowcount", String(rows.length + 1));
    heads.forEach((head, k) => head.setAttribute("aria-sort", k !== sort.column ? "none" : sort.isDown ? "descending" : "ascending"));
    const nOff = rows.length - model.nShown;
    note.textContent = [trCount("events", rows.length), nOff ? trCount("table.nOff", nOff) : ""].filter(Boolean).join(", ");
    nothing.hidden = rows.length > 0;
    paint();
    if (hadFocus) focusActive();
  }

  // ------------------------------------------------------------ rows in sight
  const rowPx = () => parseFloat(getComputedStyle(grid).getPropertyValue("--gc-row"));
  const viewPx = () => Math.max(0, grid.clientHeight - headRow.offsetHeight);
  function extent() {
    const height = rowPx(), view = viewPx();
    const whole = rows.length * height, tall = Math.min(whole, TALLEST_PX);
    const stretch = tall > view ? (whole - view) / (tall - view) : 1;
    return { height, view, tall, stretch };
  }
  function paint() {
    if (!isShown) return;
    const { height, view, tall, stretch } = extent();
    const top = grid.scrollTop; // asked before anything is written: the browser would lay the page out again
    const offset = top * stretch;
    const first = Math.max(0, Math.floor(offset / height) - EXTRA_ROWS);
    const end = Math.min(rows.length, Math.ceil((offset + view) / height) + EXTRA_ROWS);
    body.style.height = `${tall}px`;
    /** @param {number} k */
    const isWanted = (k) => k >= 0 && k < rows.length && ((k >= first && k < end) || k === active.row);
    const free = [...drawn.keys()].filter((k) => !isWanted(k));
    const wanted = Array.from({ length: end - first }, (_, at) => first + at);
    if (isWanted(active.row)) wanted.push(active.row);
    for (const k of wanted) {
      if (drawn.has(k)) continue;
      const row = free.length ? takeFrom(free.pop()) : body.appendChild(makeRow());
      drawn.set(k, row);
      fill(row, k);
    }
    for (const k of free) takeFrom(k).remove();
    for (const [k, row] of drawn) row.style.transform = `translateY(${k * height - offset + top}px)`;
    stop?.setAttribute("tabindex", "-1");
    stop = activeCell();
    stop?.setAttribute("tabindex", "0");
  }
  /** @param {number} k */
  function takeFrom(k) {
    const row = drawn.get(k);
    drawn.delete(k);
    return row;
  }
  function makeRow() {
    const row = el("div", { role: "row", class: "gc-tr gc-row" });
    columns.forEach((column, at) => row.append(el("div", { role: "gridcell", class: "gc-td" + (column.isNumber ? " gc-td-number" : ""), tabindex: "-1", "aria-colindex": at + 1, "data-column": column.key },
      column.key === "type" ? el("span", { class: "gc-td-symbol", "aria-hidden": "true" }) : null, reportText("span", "gc-td-text", ""))));
    return row;
  }
  /** @param {HTMLElement} row @param {number} k */
  function fill(row, k) {
    const i = rows[k];
    row.dataset.row = String(k);
    row.setAttribute("aria-rowindex", String(k + 2));
    row.setAttribute("aria-selected", String(i === model.selected));
    columns.forEach((column, at) => {
      const cell = /** @type {HTMLElement} */ (row.children[at]);
      const words = /** @type {HTMLElement} */ (cell.lastChild);
      words.textContent = words.title = shownText(column.text(i));
      if (column.key === "type") /** @type {HTMLElement} */ (cell.firstChild).style.backgroundImage = symbolUrl(model.columns.event_type.at(i), model.columns.status.at(i));
      // For screens that are too narrow for a head row.
      if (column.key === "killed") cell.dataset.words = words.title && tr("count.killed", { n: words.title });
      if (column.key === "status") words.dataset.status = model.columns.status.at(i);
    });
  }
  const symbols = new Map();
  /** @param {string} type @param {string} status */
  function symbolUrl(type, status) {
    const key = JSON.stringify([type, status]);
    if (!symbols.has(key)) {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 2 * SYMBOL_PX;
      const ctx = /** @type {Pen} */ (canvas.getContext("2d"));
      ctx.scale(2, 2);
      drawSymbol(ctx, SYMBOL_PX / 2, SYMBOL_PX / 2, 5.5, type, status);
      symbols.set(key, `url(${canvas.toDataURL()})`);
    }
    return symbols.get(key);
  }
  onTheme(() => {
    symbols.clear();
    refresh();
  });

  // ------------------------------------------------------------ focus
  /** @param {number} row */
  const rowAt = (row) => (row === HEAD ? headRow : drawn.get(row));
  function activeCell() {
    return rowAt(active.row)?.children[active.column] || heads[0];
  }
  /** @param {number} row */
  function scrollTo(row) {
    const { height, view, stretch } = extent();
    const offset = grid.scrollTop * stretch;
    if (row * height < offset) grid.scrollTop = (row * height) / stretch;
    else if ((row + 1) * height > offset + view) grid.scrollTop = ((row + 1) * height - view) / stretch;
    paint();
  }
  function focusActive() {
    const cell = activeCell();
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  /** @param {number} row @param {number} column */
  function moveTo(row, column) {
    row = Math.max(HEAD, Math.min(row, rows.length - 1));
    const shown = columns.map((_, k) => k).filter((k) => rowAt(active.row)?.children[k].checkVisibility());
    column = Math.max(shown[0], Math.min(column, shown[shown.length - 1]));
    // Narrow screens leave columns out: go on in the same direction to the next that is there.
    const step = column < active.column ? -1 : 1;
    while (!shown.includes(column)) column += step;
    active = { event: row === HEAD ? -1 : rows[row], row, column };
    if (row !== HEAD) scrollTo(row);
    else paint();
    focusActive();
  }
  /** @param {number} row */
  function openRow(row) {
    moveTo(row, active.column);
    open(rows[row], Array.from(rows));
  }

  grid.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const { row, column } = active;
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const page = Math.max(1, Math.floor(viewPx() / rowPx()) - 1);
    const isFar = event.ctrlKey;
    /** @type {{[key: string]: () => void}} */
    const moves = {
      ArrowDown: () => moveTo(isFar ? rows.length - 1 : row + 1, column),
      ArrowUp: () => moveTo(isFar ? 0 : row - 1, column),
      ArrowRight: () => moveTo(row, column + forward),
      ArrowLeft: () => moveTo(row, column - forward),
      PageDown: () => moveTo(row + page, column),
      PageUp: () => moveTo(row === HEAD ? HEAD : Math.max(0, row - page), column),
      Home: () => moveTo(isFar ? 0 : row, 0),
      End: () => moveTo(isFar ? rows.length - 1 : row, columns.length - 1),
      Enter: () => (row === HEAD ? sortBy(column) : openRow(row)),
      " ": () => (row === HEAD ? sortBy(column) : openRow(row)),
    };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
  });
  grid.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest(".gc-row"));
    if (!row) return;
    const cell = target.closest(".gc-td");
    active.column = cell ? [...row.children].indexOf(cell) : 0;
    openRow(Number(row.dataset.row));
  });
  grid.addEventListener("scroll", paint);
  // On narrow screens the head scrolls sideways: then the keyboard can come to it.
  new ResizeObserver(() => (headGroup.tabIndex = getComputedStyle(headGroup).overflowX === "auto" ? 0 : -1)).observe(headGroup);
  // The card takes room when it opens; the row it tells of stays in sight.
  new ResizeObserver(() => (isShown && active.event >= 0 && active.event === model.selected ? scrollTo(active.row) : paint())).observe(grid);

  // ------------------------------------------------------------ with the rest of the page
  function markSelected() {
    for (const [k, row] of drawn) row.setAttribute("aria-selected", String(rows[k] === model.selected));
    if (model.selected < 0) return;
    const row = rows.indexOf(model.selected);
    if (row < 0) return;
    active = { event: model.selected, row, column: active.column };
    scrollTo(row);
  }
  model.onChange((what) => {
    if (what !== "selection") refresh();
    else if (isShown) markSelected();
  });

  return {
    element,
    focus: focusActive,
    hasFocus: () => grid.contains(document.activeElement),
    /** @param {boolean} on */
    show: (on) => {
      isShown = on;
      if (!on) return;
      if (isStale) refresh();
      else paint();
      markSelected();
    },
  };
}
