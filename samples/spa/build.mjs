// Bundles the application into dist/; with --serve, serves it as well, with one file for all its pages.
import { context } from "esbuild";
import { cp } from "node:fs/promises";

const here = new URL(".", import.meta.url).pathname;
await cp(`${here}index.html`, `${here}dist/index.html`);
const application = await context({
  entryPoints: [`${here}src/app.jsx`, `${here}src/app.css`],
  outdir: `${here}dist`,
  bundle: true,
  minify: true,
  jsx: "automatic",
  target: "es2021",
  define: { "process.env.NODE_ENV": '"production"' },
});
await application.rebuild();
if (process.argv.includes("--serve")) {
  const { port } = await application.serve({ servedir: `${here}dist`, fallback: `${here}dist/index.html`, host: "127.0.0.1", port: 5082 });
  console.log(`http://127.0.0.1:${port}/`);
} else {
  await application.dispose();
}
