// Bundles the tests (Node.js 20 reads no TypeScript), runs them on the package as it was built, and ends with the count.
import { build } from "esbuild";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "node:test";

const tests = new URL("../tests/", import.meta.url).pathname;
const out = new URL("../dist/tests/", import.meta.url).pathname;

await rm(out, { recursive: true, force: true });
const names = (await readdir(tests, { recursive: true })).filter((name) => name.endsWith(".test.ts"));
await build({
  entryPoints: names.map((name) => join(tests, name)),
  outdir: out,
  outbase: tests,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  external: ["@collector/client"],
  sourcemap: "inline",
  logLevel: "warning",
});

let passed = 0;
let failed = 0;
const stream = run({ files: names.map((name) => join(out, name.replace(/\.ts$/, ".mjs"))), concurrency: 2 });
// A file counts through its tests; only when it breaks on its own does it count as one failure.
const isFile = ({ name }) => name.endsWith(".mjs");
stream.on("test:pass", (test) => { if (!isFile(test)) passed++; });
stream.on("test:fail", (test) => {
  if (isFile(test) && test.details.error?.failureType === "subtestsFailed") return;
  failed++;
  console.error(`FAILED ${test.name}\n`, test.details.error?.cause ?? test.details.error);
});
// A file that breaks on its own says why there.
stream.on("test:stderr", ({ message }) => process.stderr.write(message));
// What a test left behind that failed after its end.
stream.on("test:diagnostic", ({ message, nesting }) => { if (nesting === 0 && message.startsWith("Error:")) console.error(message); });
stream.on("end", () => {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed || !passed ? 1 : 0;
});
stream.resume();
