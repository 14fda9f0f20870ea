// Bundles the widget into one file, and refuses to let it grow past its budget.
import { build, transform } from "esbuild";
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const budget = 6144;
const file = new URL("../dist/collector.js", import.meta.url).pathname;

const minifiedCss = {
  name: "minified css as text",
  setup(bundle) {
    bundle.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "es2020" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({
  entryPoints: [new URL("../src/entry.ts", import.meta.url).pathname],
  outfile: file,
  bundle: true,
  format: "iife",
  minify: true,
  // Every browser with constructable style sheets reads this.
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  plugins: [minifiedCss],
});

const code = await readFile(file);
const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: code.length } }).length;
console.log(`collector.js: ${code.length} bytes raw, ${gzipSync(code, { level: 9 }).length} gzip, ${brotli} brotli (budget ${budget})`);
if (brotli > budget) {
  console.error(`The widget is ${brotli - budget} bytes over its budget.`);
  process.exit(1);
}
