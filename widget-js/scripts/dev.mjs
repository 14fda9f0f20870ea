// A collector in miniature, to look at the widget while working on it: serves the sample shop with the script
// in it, and prints what it is sent. `npm run dev`, then open the address; PORT, REFUSE (a status) and CSP may be set.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const port = Number(process.env.PORT ?? 5391);
const refuse = Number(process.env.REFUSE ?? 0);
const origin = `http://127.0.0.1:${port}`;
const here = (path) => new URL(path, import.meta.url).pathname;
const shop = here("../../samples/shop");
const types = { ".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml" };
const seen = new Set();

async function script() {
  const [settings, code] = await Promise.all([readFile(here("../tests/fixtures/settings.json"), "utf8"), readFile(here("../dist/collector.js"), "utf8")]);
  return `${code}(${JSON.stringify(JSON.parse(settings))});`;
}

async function page(path) {
  const file = normalize(join(shop, path.endsWith("/") ? `${path}index.html` : path));
  if (!file.startsWith(shop)) throw new Error("outside the shop");
  const content = await readFile(file);
  if (extname(file) !== ".html") return [content, types[extname(file)]];
  return [content.toString().replaceAll("http://localhost:5080", origin), "text/html; charset=utf-8"];
}

async function take(request, response) {
  let body = "";
  for await (const part of request) body += part;
  console.log(refuse || "", body);
  const head = { "access-control-allow-origin": "*", "access-control-expose-headers": "Retry-After" };
  if (refuse) return response.writeHead(refuse, { ...head, "content-type": "application/problem+json" }).end(JSON.stringify({ status: refuse }));
  const { id } = JSON.parse(body);
  response.writeHead(seen.has(id) ? 200 : 201, { ...head, "content-type": "application/json" }).end(JSON.stringify({ id, receipt: "receipt" }));
  seen.add(id);
}

createServer(async (request, response) => {
  try {
    const { pathname } = new URL(request.url, origin);
    if (pathname === "/v1/responses") return await take(request, response);
    if (/^\/st_\w+\.js$/.test(pathname)) return response.writeHead(200, { "content-type": "text/javascript; charset=utf-8" }).end(await script());
    const [content, type] = await page(pathname);
    response.writeHead(200, { "content-type": type, ...(process.env.CSP && { "content-security-policy": process.env.CSP }) }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}).listen(port, "127.0.0.1", () => console.log(`${origin}/`));
