// Playing: one step after another, as fast as asked for, in time with the screen and not while nobody looks at it.
const STEP_MS = 320;

/**
 * @param {() => boolean} step moves on; false when the end is reached
 * @param {() => void} changed called when playing starts or stops
 */
export function createPlayer(step, changed) {
  let frame = 0;
  let due = 0;
  let speed = 1;
  /** @param {number} now */
  function tick(now) {
    frame = requestAnimationFrame(tick);
    if (now < due) return;
    // A page that was hidden goes on where it was, and does not catch up.
    due = Math.max(now, due + STEP_MS / speed);
    if (!step()) stop();
  }
  function start() {
    if (frame) return;
    due = performance.now() + STEP_MS / speed;
    frame = requestAnimationFrame(tick);
    changed();
  }
  function stop() {
    if (!frame) return;
    cancelAnimationFrame(frame);
    frame = 0;
    changed();
  }
  return { start, stop, isPlaying: () => frame !== 0, setSpeed: (/** @type {number} */ times) => (speed = times) };
}
