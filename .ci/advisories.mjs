// Asks for known vulnerabilities of the packages that are shipped or built with: node advisories.mjs npm|nuget
// Ends with 0 when none is known, with 1 when one is high or critical, and with 3 when nobody could be asked.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const npmPackages = ["widget-js", "src/client-js", "src/Collector.Client", "src/Collector/Dashboard/Script"];
const grave = ["high", "critical"];

const failed = process.argv[2] === "nuget" ? await askNuget() : await askNpm();
if (failed === undefined) {
  process.exitCode = 3;
} else if (failed.length > 0) {
  console.log(failed.join("\n"));
  process.exitCode = 1;
}

async function askNpm() {
  const answers = await Promise.all(npmPackages.map(async (folder) => {
    const report = JSON.parse(await run("npm", ["audit", "--package-lock-only", "--json", "--fetch-retries=0", "--fetch-timeout=10000"], folder) || "{}");
    // Without an answer there is an error in place of the counts.
    return report.metadata?.vulnerabilities && Object.values(report.vulnerabilities)
      .filter((found) => grave.includes(found.severity))
      .map((found) => `${folder}: ${found.name} ${found.range} (${found.severity})`);
  }));
  return answers.includes(undefined) ? undefined : answers.flat();
}

// A source that knows of no vulnerabilities at all is listed by dotnet as one that knows of none in these packages.
async function askNuget() {
  const sources = (await run("dotnet", ["nuget", "list", "source", "--format", "short"])).split("\n").filter((line) => line.startsWith("E "));
  const knowing = await Promise.all(sources.map((line) => knowsVulnerabilities(line.slice(2).trim())));
  if (!knowing.includes(true)) {
    return undefined;
  }

  const report = JSON.parse(await run("dotnet", ["list", "Collector.sln", "package", "--vulnerable", "--include-transitive", "--no-restore", "--format", "json"]));
  return report.projects.flatMap((project) => (project.frameworks ?? []).flatMap((framework) =>
    [...framework.topLevelPackages ?? [], ...framework.transitivePackages ?? []].flatMap((found) => found.vulnerabilities
      .filter((vulnerability) => grave.includes(vulnerability.severity.toLowerCase()))
      .map((vulnerability) => `${found.id} ${found.resolvedVersion}: ${vulnerability.advisoryurl} (${vulnerability.severity})`))));
}

async function knowsVulnerabilities(source) {
  try {
    const index = await (await fetch(source, { signal: AbortSignal.timeout(10_000) })).json();
    return index.resources.some((resource) => resource["@type"].startsWith("VulnerabilityInfo/"));
  } catch {
    return false;
  }
}

async function run(program, args, folder = ".") {
  try {
    return (await promisify(execFile)(program, args, { cwd: root + folder, maxBuffer: 1 << 26 })).stdout;
  } catch (failure) {
    return failure.stdout; // npm ends with 1 when it found something, and says what all the same.
  }
}
