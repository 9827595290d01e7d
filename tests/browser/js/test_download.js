// Files made from the frame of a small war, and addresses that may be linked.
import { safeLink, safeUrl } from "../assets/dom.js";
import { csvOf, fileName, geoJsonOf } from "../assets/download.js";
import { Model, WHERE } from "../assets/model.js";
import { readBlock } from "../assets/payload.js";
import { createRecords } from "../assets/records.js";
import { mercatorX, mercatorY } from "../assets/geometry.js";
import { shapeGeometry } from "../assets/shape_geometry.js";
import { setLanguage } from "../assets/text.js";
import { equal, fetched, ok, putBlock, test } from "./check.js";

setLanguage("en", {});
async function war() {
  const blocks = await fetched("/war.json");
  putBlock("drawn", blocks.drawn);
  putBlock("text", blocks.text);
  return { model: new Model(await readBlock("drawn"), {}, [null, null]), text: await readBlock("text") };
}
/** CSV to rows, strictly: RFC 4180. */
function rowsOf(csv) {
  const rows = [[]];
  let at = 0;
  while (at < csv.length) {
    let cell = "";
    if (csv[at] === '"') {
      for (at += 1; csv[at] !== '"' || csv[at + 1] === '"'; at += 1) {
        cell += csv[at];
        if (csv[at] === '"') at += 1;
      }
      at += 1;
    } else for (; at < csv.length && csv[at] !== "," && csv[at] !== "\r"; at += 1) cell += csv[at];
    rows.at(-1).push(cell);
    if (csv.startsWith("\r\n", at)) {
      at += 2;
      if (at < csv.length) rows.push([]);
    } else if (csv[at] === ",") at += 1;
    else ok(at === csv.length, `odd character after a cell: ${csv.slice(at, at + 20)}`);
  }
  return rows;
}

test("CSV has a row an event, all of one width, and reads back", async () => {
  const { model, text } = await war();
  const blob = await csvOf(model, text, "credit");
  const bytes = new Uint8Array(await blob.arrayBuffer());
  equal(bytes.slice(0, 3), [0xef, 0xbb, 0xbf]);
  const [head, ...rows] = rowsOf(new TextDecoder().decode(bytes));
  equal(rows.length, model.listedEvents().length);
  ok(rows.every((row) => row.length === head.length), "rows of several widths");
  const record = createRecords(model, text);
  const column = (name) => rows.map((row) => row[head.indexOf(name)]);
  equal(column("event_id"), model.listedEvents().map((i) => record(i).event_id));
  equal(column("killed_low"), model.listedEvents().map((i) => String(record(i).killed_low ?? "")));
  equal(column("attribution"), rows.map(() => "credit"));
});
test("CSV keeps text text: formulas, quotes, line breaks", async () => {
  const { model, text } = await war();
  const odd = ["=1+1", "+1", "-1", "@x", "\tx", 'say "no", now', "two\nlines", "nul\0"];
  const odder = { ...model.columns.place_name, at: (p) => odd[p % odd.length] };
  model.columns = Object.create(model.columns, { place_name: { value: odder } });
  const [head, ...rows] = rowsOf((await (await csvOf(model, text, "")).text()).replace("\ufeff", ""));
  const found = new Set(rows.map((row) => row[head.indexOf("place_name")]));
  const wanted = odd.map((one) => (/^[=+\-@\t]/.test(one) ? "'" : "") + one.replace("\0", "\ufffd"));
  ok(found.size > 1 && [...found].every((one) => one === "" || wanted.includes(one)), JSON.stringify([...found]));
});
test("GeoJSON is valid, with longitude first, and no point for a country", async () => {
  const { model, text } = await war();
  const data = JSON.parse(await (await geoJsonOf(model, text, "T", ["credit"], [])).text());
  equal([data.type, data.title, data.attribution], ["FeatureCollection", "T", ["credit"]]);
  const events = model.listedEvents();
  equal(data.features.map((one) => one.properties.event_id), events.map((i) => text.event_id.at(i)));
  data.features.forEach(({ geometry }, k) => {
    const i = events[k], p = model.columns.place[i] - 1;
    if (p < 0 || model.where[i] === WHERE.COUNTRY) equal(geometry, null);
    else if (geometry.type === "Point") equal(geometry.coordinates, [model.columns.place_lon[p] / 1e4, model.columns.place_lat[p] / 1e4]);
    else if (geometry.type === "Polygon") for (const ring of geometry.coordinates) equal(ring[0], ring.at(-1));
  });
});
test("GeoJSON of nothing is a collection of nothing", async () => {
  const { model, text } = await war();
  model.setSearch("nothing", new Uint8Array(model.n));
  equal(JSON.parse(await (await geoJsonOf(model, text, "T", [], [])).text()).features, []);
});
const part = (...points) => Float64Array.from(points.flatMap(([lon, lat]) => [mercatorX(lon), mercatorY(lat)]));
const square = (west, south, size) => part([west, south], [west, south + size], [west + size, south + size], [west + size, south]);
test("areas become closed rings, the outer ones to the left, with holes in those they lie in", () => {
  const parts = [square(0, 0, 10), square(20, 0, 10), square(22, 2, 2), square(2, 2, 6), square(4, 4, 1)];
  const { type, coordinates } = shapeGeometry({ isArea: true, parts });
  equal(type, "MultiPolygon");
  equal(coordinates.map((rings) => rings.map((ring) => [ring[0], ring.length])), [
    [[[0, 0], 5], [[2, 2], 5]], [[[20, 0], 5], [[22, 2], 5]], [[[4, 4], 5]],
  ]);
  const area = (ring) => ring.slice(1).reduce((sum, [x, y], k) => sum + ring[k][0] * y - x * ring[k][1], 0);
  for (const rings of coordinates) rings.forEach((ring, k) => ok(area(ring) > 0 === (k === 0) && String(ring[0]) === String(ring.at(-1)), JSON.stringify(ring)));
});
test("lines keep their points, to a ten-thousandth of a degree, and wrap where they lie beyond the date line", () => {
  equal(shapeGeometry({ isArea: false, parts: [part([1.23456, -2], [3, 4])] }), { type: "LineString", coordinates: [[1.2346, -2], [3, 4]] });
  equal(shapeGeometry({ isArea: false, parts: [part([181, 1], [190, 1]), part([179, 1], [181, 1])] }), { type: "MultiLineString", coordinates: [[[-179, 1], [-170, 1]], [[179, 1], [180, 1]], [[-180, 1], [-179, 1]]] });
  equal(shapeGeometry({ isArea: false, parts: [part([1, 1])] }), null);
});
test("file names hold letters, digits and days alone", () => {
  const model = { hasDays: true, from: 0, to: 31 };
  equal(fileName(model, "War in  Šumadija: <../../etc>!", "csv"), "war-in-šumadija-etc_1970-01-01_1970-02-01.csv");
  equal(fileName({ hasDays: false }, "//\\\0", "png"), "map_undated.png");
  ok(fileName(model, "word ".repeat(100), "csv").length < 100, "a name that no disk takes");
});
test("only addresses on the web are linked", () => {
  const refused = ["javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "/x", "x", "", "http:", "http://", "https:/x",
    "vbscript:x", "blob:https://x/1", "view-source:http://x", "http://[", "\u0001https://x", " https://x"];
  const hiding = ["https://bbc.com@evil.example/", "https://user:word@evil.example/", "https://:word@evil.example/", "https:\\\\bbc.com@evil.example/", "https://evil.example/\u202Egpj.x", "https://bbc\u200B.com/", "https://bbc.com/\u2066x",
    "https://bbc.com/\u00ADx", "https://bbc.com/\u00A0x", "https://bbc.com/\u2003x", "https://bbc.com/\u2028x", "https://bbc.com/\tx", "https://bbc.com/\uFEFFx", "https://bbc.com/\uE000x", "https://bbc.com/\uD800x"];
  equal(hiding.map(safeUrl), hiding.map(() => null));
  equal(["https://bbc.com/@desk", "https://bbc.com/?by=a@b.c", "https://пример.example/новини"].map(safeUrl)
    .every((url) => url?.startsWith("https://")), true);
  equal(refused.map(safeUrl), refused.map(() => null));
  equal(["http://example.org/a b", "HTTPS://example.org", "https://example.org/?q=<script>"].map(safeUrl), ["http://example.org/a%20b", "https://example.org/", "https://example.org/?q=%3Cscript%3E"]);
});
test("a link opens elsewhere and tells nothing of the page; what cannot be linked is text", () => {
  const link = safeLink("<b>x</b>", "https://example.org/", "c");
  equal([link.tagName, link.rel, link.target, link.innerHTML], ["A", "noopener noreferrer nofollow", "_blank", "&lt;b&gt;x&lt;/b&gt;"]);
  equal(safeLink("x", "javascript:alert(1)", "c").tagName, "SPAN");
});
