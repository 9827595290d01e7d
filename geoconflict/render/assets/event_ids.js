// Events by the ids in addresses. A small map keeps the first digits of ids alone, a later or larger one more or fewer of them.
const LEAST_DIGITS = /^[0-9a-f]{6,}$/;

/**
 * The row of an event, or -1: of several that an address may mean, none is opened.
 * @param {string[]} ids
 * @param {string} wanted
 */
export function rowOfId(ids, wanted) {
  const exact = ids.indexOf(wanted);
  if (exact >= 0 || !LEAST_DIGITS.test(wanted)) return exact;
  /** @param {string} id */
  const isSame = (id) => LEAST_DIGITS.test(id) && (id.startsWith(wanted) || wanted.startsWith(id));
  const found = ids.findIndex(isSame);
  return found >= 0 && ids.findLastIndex(isSame) === found ? found : -1;
}
