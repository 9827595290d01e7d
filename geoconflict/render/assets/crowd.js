// Boxes that text and symbols have taken on the canvas.
const CELL_PX = 64;

// The first comer keeps its place. Boxes are kept by the cells of a grid that they touch.
export class Crowd {
  constructor() {
    /** @type {Map<number, Box[]>} */
    this.cells = new Map();
  }
  /** @param {number} left @param {number} top @param {number} right @param {number} bottom @returns {Box} the box as it is kept */
  add(left, top, right, bottom) {
    /** @type {Box} */
    const box = [left, top, right, bottom];
    for (const cell of this.cellsOf(left, top, right, bottom, true)) cell.push(box);
    return box;
  }
  /**
   * Whether nothing but `own`, a box that `add` gave, is there.
   * @param {number} left @param {number} top @param {number} right @param {number} bottom @param {Box} [own]
   */
  isFree(left, top, right, bottom, own) {
    for (const cell of this.cellsOf(left, top, right, bottom, false))
      if (cell.some((b) => b !== own && left < b[2] && right > b[0] && top < b[3] && bottom > b[1])) return false;
    return true;
  }
  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  take(left, top, right, bottom) {
    if (!this.isFree(left, top, right, bottom)) return false;
    this.add(left, top, right, bottom);
    return true;
  }
  /** @param {number} left @param {number} top @param {number} right @param {number} bottom @param {boolean} make */
  cellsOf(left, top, right, bottom, make) {
    const found = [];
    for (let x = Math.floor(left / CELL_PX); x <= Math.floor(right / CELL_PX); x += 1)
      for (let y = Math.floor(top / CELL_PX); y <= Math.floor(bottom / CELL_PX); y += 1) {
        const key = x * 65536 + y;
        let cell = this.cells.get(key);
        if (make && !cell) this.cells.set(key, (cell = []));
        if (cell) found.push(cell);
      }
    return found;
  }
}
