// What the page asks its server for. Addresses are relative: the token stands in that of the page.

/** @param {string} path @param {RequestInit} [options] */
async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(`api/${path}`, options);
  } catch {
    throw new Error("The server does not answer: it was stopped. Nothing was lost; run geoconflict review --serve again.");
  }
  const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  const found = isJson ? await answer.json() : { error: (await answer.text()).trim() };
  if (!answer.ok) throw Object.assign(new Error(found.error || `refused (${answer.status})`), { isToConfirm: found.to_confirm === true });
  return found;
}

/** @param {string} path @param {object} body */
const send = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const getItems = () => ask("items");

/** @param {string} id */
export const getEvent = (id) => ask(`event/${id}`);

/** @param {string} id */
export const getBasemap = (id) => ask(`basemap/${id}`);

/** @param {{event: string, state: string, decision: string, value: string, comment: string, confirm: string}} decision */
export const decide = (decision) => send("decide", decision);

/** @param {string} id */
export const takeBack = (id) => send("take-back", { id });

/** @param {{[field: string]: string}} event */
export const addEvent = (event) => send("add", event);
