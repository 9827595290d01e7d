// The properties that events are filtered by. Each knows which events it lets through and how many each of its values has.

// Counts are made when somebody looks at them, and nobody looks into a folded list: until then the events wait.
class Counted {
  /** @param {number} n of values that are counted */
  constructor(n) {
    this.known = new Int32Array(n);
    /** @type {Int32Array[]} */
    this.due = [];
  }
  get counts() {
    for (const events of this.due) /** @type {OneOf} */ (/** @type {unknown} */ (this)).count(events, events.length);
    this.due = [];
    return this.known;
  }
  restart() {
    this.known.fill(0);
    this.due = [];
  }
  /** @param {Int32Array} events which stay as they are until the next restart */
  add(events) {
    if (events.length) this.due.push(events);
  }
}

/**
 * One value an event, each of which can be switched off.
 */
export class OneOf extends Counted {
  /**
   * @param {string[]} values
   * @param {Int32Array} codes index into `values`, one an event
   */
  constructor(values, codes) {
    super(values.length);
    this.values = values;
    this.codes = codes;
    this.on = new Uint8Array(values.length).fill(1);
  }
  get isActive() {
    return this.on.includes(0);
  }
  /** @param {number} code */
  isOn(code) {
    return this.on[code] === 1;
  }
  /** @param {Iterable<number>} codes @param {boolean} on */
  set(codes, on) {
    for (const code of codes) this.on[code] = on ? 1 : 0;
  }
  clear() {
    this.on.fill(1);
  }
  // Set `bit` in `fails` for every event that is not let through.
  /** @param {Uint16Array} fails @param {number} bit */
  mark(fails, bit) {
    const { codes, on } = this;
    for (let i = 0; i < codes.length; i += 1) fails[i] = on[codes[i]] ? fails[i] & ~bit : fails[i] | bit;
  }
  /** @param {Int32Array} events @param {number} n */
  count(events, n) {
    const { codes, known } = this;
    for (let k = 0; k < n; k += 1) known[codes[events[k]]] += 1;
  }
}

/**
 * Any number of values an event; nothing is filtered until values are chosen, then an event needs one of them.
 */
export class AnyOf extends Counted {
  /** @param {{values: string[], starts: Uint32Array, codes: Int32Array, length: number}} lists */
  constructor(lists) {
    super(lists.values.length);
    this.lists = lists;
    this.values = lists.values;
    this.on = new Uint8Array(lists.values.length);
  }
  get isActive() {
    return this.on.includes(1);
  }
  /** @param {number} code */
  isOn(code) {
    return this.on[code] === 1;
  }
  /** @param {Iterable<number>} codes @param {boolean} on */
  set(codes, on) {
    for (const code of codes) this.on[code] = on ? 1 : 0;
  }
  clear() {
    this.on.fill(0);
  }
  /** @param {Uint16Array} fails @param {number} bit */
  mark(fails, bit) {
    const { on } = this;
    const { starts, codes, length } = this.lists;
    const isAll = !this.isActive;
    for (let i = 0; i < length; i += 1) {
      let passes = isAll;
      for (let at = starts[i]; at < starts[i + 1] && !passes; at += 1) passes = on[codes[at]] === 1;
      fails[i] = passes ? fails[i] & ~bit : fails[i] | bit;
    }
  }
  /** @param {Int32Array} events @param {number} n */
  count(events, n) {
    const { known } = this;
    const { starts, codes } = this.lists;
    for (let k = 0; k < n; k += 1) {
      const i = events[k];
      for (let at = starts[i], end = starts[i + 1]; at < end; at += 1) known[codes[at]] += 1;
    }
  }
}

/**
 * A number an event, negative where it is not stated: those with less than `least` are left out, none where it is 0.
 */
export class AtLeast extends Counted {
  /**
   * @param {Int32Array} numbers
   * @param {number[]} steps what `least` may be, rising; `counts` says how many events have as much
   */
  constructor(numbers, steps) {
    super(steps.length);
    this.numbers = numbers;
    this.values = steps;
    this.least = 0;
  }
  get isActive() {
    return this.least > 0;
  }
  clear() {
    this.least = 0;
  }
  /** @param {Uint16Array} fails @param {number} bit */
  mark(fails, bit) {
    const { numbers, least } = this;
    for (let i = 0; i < numbers.length; i += 1) fails[i] = least === 0 || numbers[i] >= least ? fails[i] & ~bit : fails[i] | bit;
  }
  /** @param {Int32Array} events @param {number} n */
  count(events, n) {
    const { numbers, values, known } = this;
    for (let k = 0; k < n; k += 1)
      for (let step = 0; step < values.length && numbers[events[k]] >= values[step]; step += 1) known[step] += 1;
  }
}

/**
 * A set of events that something else finds: a search, the extent of the map, the open periods.
 */
export class Among {
  constructor() {
    /** @type {Uint8Array | null} 1 for each event within; null lets all through */
    this.within = null;
    this.counts = null; // of what is found elsewhere there are no values to count
  }
  get isActive() {
    return this.within !== null;
  }
  clear() {
    this.within = null;
  }
  /** @param {Uint16Array} fails @param {number} bit */
  mark(fails, bit) {
    const { within } = this;
    for (let i = 0; i < fails.length; i += 1) fails[i] = within === null || within[i] ? fails[i] & ~bit : fails[i] | bit;
  }
}
