// Bundles the widget into one file, and refuses to let it grow past its budget.
import { build, transform } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { minify } from "terser";
import { internalNames } from "./internalNames.mjs";

const budget = 6144;
const file = new URL("../dist/collector.js", import.meta.url).pathname;

const minifiedCss = {
  name: "minified css as text",
  setup(bundle) {
    bundle.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "es2020", charset: "utf8" });
      // What our own variables stand for is never read back, so its spaces say nothing.
      return { contents: code.trim().replace(/(--[\w-]+:|,) /g, "$1"), loader: "text" };
    });
  },
};

await build({
  entryPoints: [new URL("../src/entry.ts", import.meta.url).pathname],
  outfile: file,
  bundle: true,
  // The collector serves it as the body of a function: it needs none of its own.
  format: "esm",
  minifySyntax: true,
  // Every browser with constructable style sheets reads this.
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  plugins: [minifiedCss],
});

// A second minifier: it puts functions that are called once where they are called, and shortens the names that are ours alone.
const { code } = await minify(await readFile(file, "utf8"), {
  ecma: 2020,
  toplevel: true,
  compress: { passes: 3, unsafe_arrows: true, pure_getters: true, keep_fargs: false, sequences: false, inline: 1, hoist_funs: true, unsafe: true, booleans_as_integers: true },
  // Those names are ours also where a browser's object has one of the same.
  mangle: { properties: { builtins: true, regex: new RegExp(`^(${internalNames.join("|")})$`) } },
});
await writeFile(file, code);

const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(code) } }).length;
console.log(`collector.js: ${Buffer.byteLength(code)} bytes raw, ${gzipSync(code, { level: 9 }).length} gzip, ${brotli} brotli (budget ${budget})`);
if (brotli > budget) {
  console.error(`The widget is ${brotli - budget} bytes over its budget.`);
  process.exit(1);
}
