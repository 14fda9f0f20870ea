import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

// The tests run from dist/tests.
const root = fileURLToPath(new URL("../../", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "collector-widget-"));
const tool = (name: string): string => join(root, "node_modules", ...name.split("/"));
let packed: { filename: string; files: { path: string }[] } | undefined;

/** Runs something in a project that has installed the package. */
function run(command: string, ...given: string[]): string {
  return execFileSync(command, given, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

before(() => {
  const output = execFileSync("npm", ["pack", "--json", "--pack-destination", project], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  [packed] = JSON.parse(output.slice(output.indexOf("[\n"))) as [typeof packed];
  mkdirSync(join(project, "node_modules/@collector/widget"), { recursive: true });
  run("tar", "-xzf", packed?.filename ?? "", "--strip-components=1", "-C", "node_modules/@collector/widget");
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
});

after(() => { rmSync(project, { recursive: true }); });

test("it holds the module, its types and what it says of itself, and nothing else", () => {
  assert.deepEqual(packed?.files.map(({ path }) => path).sort(), ["LICENSE", "README.md", "dist/npm/index.d.ts", "dist/npm/index.js", "package.json"]);
});

test("imported on a server it does nothing, and its functions do nothing there", () => {
  const output = run("node", "--input-type=module", "-e", `
    const before = Reflect.ownKeys(globalThis).length;
    const { init, ...others } = await import("@collector/widget");
    const collector = init({ collector: "https://collector.example", site: "st_0000000000000000" });
    collector.event("paid"); collector.show(); collector.consent(true); collector.tags({}); collector.close(); collector.language("nl");
    console.log(JSON.stringify([Object.keys(others), Reflect.ownKeys(globalThis).length - before, Object.keys(collector)]));
  `);
  assert.deepEqual(JSON.parse(output), [[], 0, ["event", "show", "consent", "tags", "close", "language"]]);
});

for (const [module, moduleResolution] of [["ESNext", "Bundler"], ["NodeNext", "NodeNext"]] as const) {
  test(`its types hold in a strict project, resolved as by ${moduleResolution}`, () => {
    writeFileSync(join(project, "use.ts"), `
      import { init, type Collector, type Options } from "@collector/widget";
      const options: Options = { collector: "https://collector.example", site: "st_0000000000000000", consent: false };
      const collector: Collector = init(options);
      collector.event("paid");
      collector.show();
      collector.show("checkout");
      collector.consent(true);
      collector.tags({ segment: "business" });
      collector.close();
      collector.language("nl");
      // @ts-expect-error: a collector is needed.
      init({ site: "st_0000000000000000" });
      // @ts-expect-error: an event has a name.
      collector.event();
      // @ts-expect-error: tags are texts.
      collector.tags({ age: 42 });
      // @ts-expect-error: no such call.
      collector.open();
    `);
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({
      compilerOptions: {
        strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, skipLibCheck: false, noEmit: true,
        target: "ES2022", lib: ["ES2022"], types: [], module, moduleResolution,
      },
      files: ["use.ts"],
    }));
    run("node", tool("typescript/bin/tsc"), "-p", "tsconfig.json");
  });
}

test("a bundler takes it whole, or leaves it out where nobody uses it", () => {
  const bundle = (code: string): string => {
    writeFileSync(join(project, "app.js"), code);
    return run(tool("esbuild/bin/esbuild"), "app.js", "--bundle", "--format=esm", "--minify");
  };
  const used = bundle('import { init } from "@collector/widget"; init({ collector: "https://collector.example", site: "st_0000000000000000" });');
  assert.match(used, /collector-survey/);
  assert.ok(used.length < 20_000, `${used.length}`);
  assert.equal(bundle('import { init } from "@collector/widget"; console.log(1);').trim(), "console.log(1);");
});
