// Boxes that text and symbols have taken on the canvas; the first comer keeps its place.
const CELL = 64;
const ROW = 4096; // cells a row, more than any canvas is wide

export class Crowd {
  constructor() {
    this.cells = new Map();
  }
  *cellsOf(left, top, right, bottom) {
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1)
      for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) yield row * ROW + column;
  }
  isFree(left, top, right, bottom) {
    for (const cell of this.cellsOf(left, top, right, bottom))
      for (const box of this.cells.get(cell) || [])
        if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1]) return false;
    return true;
  }
  add(left, top, right, bottom) {
    const box = [left, top, right, bottom];
    for (const cell of this.cellsOf(left, top, right, bottom)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }
  /** Take a box if nothing stands in it. */
  take(left, top, right, bottom) {
    const free = this.isFree(left, top, right, bottom);
    if (free) this.add(left, top, right, bottom);
    return free;
  }
}
