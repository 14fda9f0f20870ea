// Decides with the widget's own code: bundles it as the widget's build does, reads cases from standard input, and writes what it decided.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const widget = resolve(process.argv[2]);
const { buildSync } = createRequire(join(widget, "package.json"))("esbuild");
const { outputFiles: [{ text }] } = buildSync({
  stdin: { contents: 'export { decide } from "./decide"; export { byPriority, choose } from "./choose"; export { pageOf } from "./page";', resolveDir: join(widget, "src/decide"), loader: "ts" },
  bundle: true, minify: true, format: "esm", target: "es2021", write: false,
});
const { decide, byPriority, choose, pageOf } = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);

const decisions = JSON.parse(readFileSync(0, "utf8")).flatMap(({ surveys, visitors }) => visitors.map(({ address, ...visitor }) => {
  const facts = { ...visitor, page: pageOf(address) };
  const { winner = null, surveys: explained } = decide(surveys, facts);
  return { page: facts.page, winner, chosen: choose(byPriority(surveys), facts)?.id ?? null, surveys: explained };
}));
process.stdout.write(JSON.stringify(decisions));
