// Blocks that Python packed, column by column of all kinds.
import { readBlock, readJson } from "../assets/payload.js";
import { equal, fetched, putBlock, test } from "./check.js";

function valuesOf(column) {
  if (column.starts && column.of) return Array.from({ length: column.length }, (_, i) => column.of(i));
  if (ArrayBuffer.isView(column)) return Array.from(column);
  return Array.from({ length: column.length }, (_, i) => column.at(i));
}

test("every kind of column comes out as it was packed", async () => {
  for (const { seed, block, columns } of await fetched("/random_blocks.json")) {
    putBlock("block", block);
    const read = await readBlock("block");
    equal(Object.keys(read).sort(), Object.keys(columns).sort(), `seed ${seed}`);
    for (const [name, wanted] of Object.entries(columns)) equal(valuesOf(read[name]), wanted, `seed ${seed}, ${name}`);
  }
});

test("columns that can give all values give the same one by one", async () => {
  for (const { block } of (await fetched("/random_blocks.json")).slice(0, 5)) {
    putBlock("block", block);
    for (const [name, column] of Object.entries(await readBlock("block"))) if (column.all) equal(column.all(), valuesOf(column), name);
  }
});

test("packed JSON is read", async () => {
  putBlock("block", (await fetched("/packed_json.json")).block);
  equal(await readJson("block"), { names: ["Šabac", "حلب", "💥"], n: [1, -2.5, null] });
});
