import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { createClient } from "@collector/client";
import { CollectorProcess } from "./support/collector.js";
import { someSite } from "./support/some.js";

// The tests run from dist/tests.
const root = fileURLToPath(new URL("../../", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "collector-client-"));
const tool = (name: string): string => join(root, "node_modules", ...name.split("/"));
let packed: { filename: string; files: { path: string }[] } | undefined;

/** Runs something in a project that has installed the package. */
function run(command: string, ...given: string[]): string {
  return execFileSync(command, given, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** Fails where TypeScript does. */
function compile(code: string, options: Record<string, unknown>): void {
  writeFileSync(join(project, "use.ts"), code);
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({
    compilerOptions: { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, skipLibCheck: false, noEmit: true, target: "ES2022", ...options },
    files: ["use.ts"],
  }));
  const { stdout } = tryRun("node", tool("typescript/bin/tsc"), "-p", "tsconfig.json");
  assert.equal(stdout, "");
}

function tryRun(command: string, ...given: string[]): { stdout: string } {
  try {
    return { stdout: run(command, ...given) };
  } catch (failure) {
    return failure as { stdout: string };
  }
}

before(() => {
  // Without scripts: they would build anew what other tests are running on.
  const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  [packed] = JSON.parse(output) as [typeof packed];
  mkdirSync(join(project, "node_modules/@collector/client"), { recursive: true });
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  run("tar", "-xzf", packed?.filename ?? "", "--strip-components=1", "-C", "node_modules/@collector/client");
  symlinkSync(tool("@types/node"), join(project, "node_modules/@types/node"));
  symlinkSync(tool("undici-types"), join(project, "node_modules/undici-types"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
});

after(() => { rmSync(project, { recursive: true }); });

test("it holds the modules, their types and what it says of itself, and nothing else", () => {
  const modules = ["client", "content", "error", "generated/operations", "generated/types", "index", "operation", "retry", "send"];
  assert.deepEqual(packed?.files.map(({ path }) => path).sort(), ["LICENSE", "README.md", ...modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]), "package.json"].sort());
});

test("it needs nothing else, and does nothing when it is imported", () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(project, "node_modules/@collector/client/package.json"), "utf8")) as Record<string, unknown>;
  assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
  assert.equal(run("node", "--input-type=module", "-e", `
    const before = Reflect.ownKeys(globalThis).length;
    const names = Object.keys(await import("@collector/client"));
    console.log(names.join(), Reflect.ownKeys(globalThis).length - before);
  `), "CollectorError,createClient 0\n");
});

test("a bundler takes it into a page, small, or leaves it out where nobody uses it", () => {
  const bundle = (code: string): string => {
    writeFileSync(join(project, "app.js"), code);
    return run(tool("esbuild/bin/esbuild"), "app.js", "--bundle", "--format=esm", "--platform=browser", "--minify", "--log-level=warning");
  };
  const used = bundle('import { createClient } from "@collector/client"; console.log(createClient({ baseUrl: "" }));');
  assert.ok(brotliCompressSync(used).length < 3000, `${brotliCompressSync(used).length}`);
  assert.equal(bundle('import { createClient } from "@collector/client"; console.log(1);').trim(), "console.log(1);");
});

for (const [place, options] of [
  ["a page, resolved as by Bundler", { module: "ESNext", moduleResolution: "Bundler", lib: ["ES2022", "DOM"], types: [] }],
  ["Node.js, resolved as by NodeNext", { module: "NodeNext", moduleResolution: "NodeNext", lib: ["ES2022"], types: ["node"] }],
] as const) {
  test(`its types hold in ${place}`, () => {
    compile(`
      import { createClient, CollectorError, type Client, type ClientOptions, type CesAnswer, type GetCesRequest, type TouchpointFigure } from "@collector/client";
      const options: ClientOptions = { baseUrl: new URL("https://collector.example"), key: "ck_1", retries: 0, fetch };
      const client: Client = createClient(options);
      const request: GetCesRequest = { site: "shop", by: "week", "tag.segment": "business" };
      const answer: CesAnswer = await client.getCes(request, { signal: AbortSignal.timeout(1) });
      const mean: number | null = answer.ces.mean;
      const touchpoints: AsyncIterable<TouchpointFigure> = client.allTouchpoints({ site: "shop" });
      const nothing: void = await client.deleteSite({ site: "shop" });
      await client.listSites();
      (await client.importResponses({ site: "shop", body: "" })).id.length;
      (await client.importResponses({ site: "shop", body: new Uint8Array(), dryRun: true })).preview.length;
      console.log(mean, touchpoints, nothing, new Response(await client.exportResponses({ site: "shop", format: "csv" })));
      const fields: readonly string[] | undefined = (undefined as unknown as CollectorError).errors["/id"];

      // @ts-expect-error: no such parameter.
      await client.getCes({ site: "shop", pgae: "https://shop.example/" });
      // @ts-expect-error: no such breakdown.
      await client.getCes({ site: "shop", by: "year" });
      // @ts-expect-error: of a site.
      await client.getCes({ by: "week" });
      // @ts-expect-error: of a site.
      await client.getCes();
      // @ts-expect-error: a group has patterns.
      await client.createGroup({ site: "shop", body: { id: "buying", name: "Buying" } });
      // @ts-expect-error: no such field.
      await client.createGroup({ site: "shop", body: { id: "buying", name: "Buying", patterns: [], nmae: "" } });
      // @ts-expect-error: no such state.
      await client.changeSurvey({ site: "shop", id: "checkout", body: { state: "gone" } });
      // @ts-expect-error: no such field.
      console.log(answer.ces.median);
      // @ts-expect-error: a figure may have no mean.
      console.log(answer.ces.mean + 1);
      // @ts-expect-error: what would be stored has no id.
      console.log((await client.importResponses({ site: "shop", body: "", dryRun: true })).id);
      // @ts-expect-error: no such operation.
      await client.getScore({ site: "shop" });
      // @ts-expect-error: intents have no pages.
      client.allIntents({ site: "shop" });
      // @ts-expect-error: a client has an address.
      createClient({ key: "ck_1" });
      console.log(fields);
    `, options);
  });
}

test("what the README shows compiles, runs and prints", async () => {
  const collector = await CollectorProcess.start();
  try {
    const site = await someSite(createClient({ baseUrl: collector.address, key: collector.adminKey }));
    const code = [...readFileSync(join(project, "node_modules/@collector/client/README.md"), "utf8").matchAll(/^( *)```ts\n([^]*?)^\1```$/gm)].map(([, , block]) => block).join("\n");
    compile(code, { module: "NodeNext", moduleResolution: "NodeNext", lib: ["ES2022"], types: ["node"] });
    writeFileSync(join(project, "readme.ts"), code.replaceAll("https://collector.example", collector.address).replaceAll("ck_…", collector.adminKey).replaceAll('site: "shop"', `site: "${site.id}"`));
    run(tool("esbuild/bin/esbuild"), "readme.ts", "--outfile=readme.js", "--log-level=warning");
    const { stdout } = await promisify(execFile)("node", ["readme.js"], { cwd: project });
    assert.match(stdout, /^2\.5 \(-?[\d.]+–[\d.]+\), n = 2\nshop\.example\/contact: 2\.5\n422 \[ .+ \]\n/);
    assert.match(stdout, /Where is the price\?/);
    assert.match(stdout, /stored: 0,\s+repeated: 2\s+\}\n$/);
  } finally {
    await collector.stop();
  }
});
