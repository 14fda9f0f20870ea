// Writes the software bill of materials of a release (CycloneDX 1.6): every package in the lock files of what is shipped, with its version and checksum.
// node .release/sbom.mjs VERSION SECONDS
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const [version, seconds] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
const components = new Map();

// Analyzers and tools of the build are not in what is shipped.
const buildOnly = ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers"];
for (const project of ["src/Collector", "src/Collector.Client"]) {
  for (const packages of Object.values(read(`${project}/packages.lock.json`).dependencies)) {
    for (const [name, { type, resolved, contentHash }] of Object.entries(packages)) {
      if (type === "Project" || buildOnly.includes(name)) continue;
      add(`pkg:nuget/${name}@${resolved}`, name, resolved, contentHash);
    }
  }
}

for (const folder of ["widget-js", "src/client-js", "src/Collector/Dashboard/Script"]) {
  for (const [path, { version: resolved, integrity, dev }] of Object.entries(read(`${folder}/package-lock.json`).packages)) {
    const name = path.split("node_modules/").at(-1);
    if (!name || dev) continue;
    add(`pkg:npm/${name.replace("@", "%40")}@${resolved}`, name, resolved, integrity?.replace(/^sha512-/, ""));
  }
}

function add(purl, name, resolved, hash) {
  const hashes = hash ? [{ alg: "SHA-512", content: Buffer.from(hash, "base64").toString("hex") }] : undefined;
  components.set(purl, { type: "library", "bom-ref": purl, name, version: resolved, hashes, purl });
}

const sorted = [...components.values()].sort((one, other) => (one.purl < other.purl ? -1 : 1));
// The same packages always give the same number.
const digest = createHash("sha256").update(JSON.stringify([version, sorted])).digest("hex");
const serialNumber = `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
console.log(JSON.stringify({
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  serialNumber,
  version: 1,
  metadata: { timestamp: new Date(seconds * 1000).toISOString(), component: { type: "application", "bom-ref": "collector", name: "collector", version, licenses: [{ license: { id: "MIT" } }] } },
  components: sorted,
}, null, 2));
