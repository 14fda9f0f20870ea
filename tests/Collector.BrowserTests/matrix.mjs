// Prints which behaviours held on which page in which engine, from the results (trx) of a run. `node matrix.mjs results.trx`
import { readFileSync } from "node:fs";

const results = readFileSync(process.argv[2], "utf8").matchAll(/testName="[\w.]+\.(\w+)\(engine: (\w+)(?:, kind: (\w+))?\)".*? outcome="(\w+)"/g);
const held = new Map();
for (const [, , engine, page = "(one page)", outcome] of results) {
  const row = held.get(page) ?? held.set(page, new Map()).get(page);
  const cell = row.get(engine) ?? row.set(engine, { good: 0, all: 0 }).get(engine);
  cell.all++;
  if (outcome === "Passed") cell.good++;
}

const engines = ["Chromium", "Firefox", "WebKit"];
const line = (first, cells) => console.log(`  ${first.padEnd(16)}${cells.map((cell) => cell.padStart(10)).join("")}`);
line("", engines);
for (const [page, row] of held) line(page, engines.map((engine) => (row.has(engine) ? `${row.get(engine).good}/${row.get(engine).all}` : "–")));
