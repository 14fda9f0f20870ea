// Makes what the npm package holds: one module, for bundlers to make small, and its types.
import { build } from "esbuild";
import { dirname } from "node:path";
import ts from "typescript";
import { minifiedCss } from "./css.mjs";

const here = (path) => new URL(path, import.meta.url).pathname;
const [source, out] = [here("../src/index.ts"), here("../dist/npm/index.js")];

await build({ entryPoints: [source], outfile: out, bundle: true, format: "esm", target: "es2021", charset: "utf8", logLevel: "warning", plugins: [minifiedCss] });

const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(here("../tsconfig.json"), ts.sys.readFile).config, ts.sys, here(".."));
const program = ts.createProgram([source, here("../src/look/css.d.ts")], { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: dirname(out), rootDir: here("../src") });
const { emitSkipped, diagnostics } = program.emit(program.getSourceFile(source));
if (emitSkipped || diagnostics.length) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)));
