// Bundles the dashboard's script and style into one file each, and puts its typeface beside them; together they may not grow past their budget.
import { build } from "esbuild";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";

const budget = 110_000;
const here = (path) => new URL(path, import.meta.url).pathname;

await mkdir(here("dist"), { recursive: true });
await build({
  entryPoints: { dashboard: here("src/dashboard.ts") },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "inline",
  outdir: here("dist"),
  logLevel: "warning",
});
// The preview's page stands alone in its frame: a classic script, since the widget looks for the tag that it came by.
await build({ entryPoints: { preview: here("src/preview.ts") }, bundle: true, minify: true, format: "iife", target: "es2022", outdir: here("dist"), logLevel: "warning" });
await build({ entryPoints: { preview: here("style/preview.css") }, bundle: true, minify: true, outdir: here("dist"), logLevel: "warning" });
await build({ entryPoints: { dashboard: here("style/dashboard.css") }, bundle: true, minify: true, external: ["/assets/*"], outdir: here("dist"), logLevel: "warning" });
await copyFile(here("node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"), here("dist/inter.woff2"));

let total = 0;
for (const name of ["dashboard.js", "dashboard.css", "inter.woff2"]) {
  const bytes = await readFile(here(`dist/${name}`));
  const sent = brotliCompressSync(bytes).length;
  total += sent;
  console.log(`${name}: ${bytes.length} bytes raw, ${sent} brotli`);
}

console.log(`together ${total} (budget ${budget})`);
if (total > budget) {
  console.error(`The dashboard's files are ${total - budget} bytes over their budget.`);
  process.exit(1);
}
