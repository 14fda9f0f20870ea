// Bundles the widget into one file, once for the collector to put a site's settings into, and once alone; the first may not grow past its budget.
import { build } from "esbuild";
import { mkdir, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { minify } from "terser";
import { minifiedCss } from "./css.mjs";
import { internalNames } from "./internalNames.mjs";

const budget = 6144;
const here = (path) => new URL(path, import.meta.url).pathname;

// Chromium then compiles all functions while the file arrives, beside the main thread, not one by one on it.
const eagerly = "//# allFunctionsCalledOnLoad\n";

async function bundle(entry, name, parameter, tail) {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [here(`../src/${entry}`)],
    bundle: true,
    // Each is wrapped in a function below: it needs none of its own.
    format: "esm",
    minifySyntax: true,
    // Every browser with constructable style sheets reads this.
    target: "es2021",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    write: false,
    plugins: [minifiedCss],
  });

  // A second minifier: it puts functions that are called once where they are called, and shortens the names that are ours alone.
  const { code } = await minify(`onload=function(${parameter}){${text}}`, {
    ecma: 2020,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true, pure_getters: true, keep_fargs: false, sequences: false, inline: 1, hoist_funs: true, unsafe: true, booleans_as_integers: true },
    // Those names are ours also where a browser's object has one of the same.
    mangle: { properties: { builtins: true, regex: new RegExp(`^(${internalNames.join("|")})$`) } },
  });
  const script = `${eagerly}(${code.replace(/^onload=|;$/g, "")})${tail}`;
  await mkdir(here("../dist"), { recursive: true });
  await writeFile(here(`../dist/${name}`), script);
  const bytes = Buffer.byteLength(script);
  const brotli = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes } }).length;
  console.log(`${name}: ${bytes} bytes raw, ${gzipSync(script, { level: 9 }).length} gzip, ${brotli} brotli${name === "collector.js" ? ` (budget ${budget})` : ""}`);
  return brotli;
}

// A function of the settings: who serves it calls it with them.
const brotli = await bundle("entry.ts", "collector.js", "settings", "");
await bundle("alone.ts", "collector-alone.js", "", "();\n");
if (brotli > budget) {
  console.error(`The widget is ${brotli - budget} bytes over its budget.`);
  process.exit(1);
}
