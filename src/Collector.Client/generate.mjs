// Makes the client's code of the API's document: node generate.mjs openapi.json Client.g.cs
// NSwag does the work. What it cannot know is said here: what is for browsers alone, which lists have pages, and what enumerations are called.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [source, target] = process.argv.slice(2);
const api = JSON.parse(readFileSync(source, "utf8"));

// Scripts and pages, which browsers load.
const forBrowsers = ["GetWidget", "GetWidgetAlone", "GetHostedSurvey", "AnswerHostedSurvey"];

// Streams, which the client's own methods hand on.
const byHand = ["ExportResponses", "GetFigureTable", "ImportResponses"];

// Enumerations of parameters stand in each operation; here each becomes one type.
const names = { by: "Breakdown", lang: "SentenceLanguage", sort: "TouchpointOrder", state: "DeliveryState", comments: "CommentFilter", handled: "HandledFilter", format: "ExportFormat", figure: "FigureName" };

for (const [path, operations] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    if (forBrowsers.includes(operation.operationId)) {
      delete operations[method];
      continue;
    }
    // Families such as tag.<name>: the client's own way to them is Tagged.
    operation.parameters = (operation.parameters ?? []).filter((parameter) => parameter.schema.type !== "object");
    operation.parameters.forEach(nameEnumeration);
    if (byHand.includes(operation.operationId)) {
      delete operations[method];
      continue;
    }
    // Errors are one exception, thrown before the generated code sees them.
    for (const status of Object.keys(operation.responses)) if (!status.startsWith("2")) delete operation.responses[status];
  }
  if (Object.keys(operations).length === 0) delete api.paths[path];
}

function nameEnumeration(parameter) {
  const values = parameter.schema?.enum;
  if (!values) return;
  const isTrend = parameter.name === "by" && values.length === 3;
  const same = Object.entries(api.components.schemas).find(([, schema]) => schema.enum && JSON.stringify(schema.enum) === JSON.stringify(values));
  const name = same?.[0] ?? (isTrend ? "TrendBreakdown" : null) ?? names[parameter.name] ?? parameter.name[0].toUpperCase() + parameter.name.slice(1);
  if (!same) {
    if (api.components.schemas[name]) throw new Error(`${parameter.name}: there is another ${name}.`);
    api.components.schemas[name] = { type: "string", enum: values };
  }
  parameter.schema = { $ref: `#/components/schemas/${name}` };
}

writeFileSync(`${target}.json`, JSON.stringify(api));
const options = {
  namespace: "Collector.Client", className: "CollectorClient", useBaseUrl: false, injectHttpClient: true, disposeHttpClient: false, jsonLibrary: "SystemTextJson", exceptionClass: "CollectorException",
  generateExceptionClasses: false, generateOptionalParameters: true, generateNullableReferenceTypes: true, generateOptionalPropertiesAsNullable: true, operationGenerationMode: "SingleClientFromOperationId",
  dateType: "System.DateOnly", arrayType: "System.Collections.Generic.IReadOnlyList", arrayInstanceType: "System.Collections.Generic.List",
  dictionaryType: "System.Collections.Generic.IReadOnlyDictionary", dictionaryInstanceType: "System.Collections.Generic.Dictionary",
};
const generator = fileURLToPath(new URL("node_modules/nswag/bin/binaries/Net100/dotnet-nswag.dll", import.meta.url));
execFileSync(
  "dotnet",
  [generator, "openapi2csclient", `/input:${target}.json`, `/output:${target}`, ...Object.entries(options).map(([name, value]) => `/${name}:${value}`)],
  { stdio: ["ignore", "ignore", "inherit"] },
);

let code = readFileSync(target, "utf8");

// An enumeration is written by its names in the document, wherever it stands.
code = code
  .replace(/^ *\/\/ TODO\(system\.text\.json\).*\n/gm, "")
  .replace(/^ *\[System\.Text\.Json\.Serialization\.JsonConverter\(typeof\(System\.Text\.Json\.Serialization\.JsonStringEnumConverter<\w+>\)\)\]\n/gm, "")
  .replace(/^( *)public enum (\w+)/gm, "$1[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<$2>))]\n$1public enum $2")
  .replace(/^( *)\[System\.Runtime\.Serialization\.EnumMember\(Value = (@"[^"]*")\)\]/gm, "$1[System.Text.Json.Serialization.JsonStringEnumMemberName($2)]\n$&");
for (const spaced of new Set(code.match(/^ +[A-Z][a-z]+(?:_[a-z]+)+(?= = \d)/gm)?.map((name) => name.trim()) ?? [])) {
  code = code.replaceAll(spaced, spaced.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()));
}

// Lists have pages; these methods read on.
const pages = [];
for (const [, item, name, parameters] of code.matchAll(/Task<(\w+)> List(\w+)Async\(([^\n]*)\)\n/g)) {
  const items = code.match(new RegExp(`partial class ${item}\\n[^]*?IReadOnlyList<(\\w+)> Items `))?.[1];
  if (!items || !parameters.includes("string? cursor = null")) continue;
  const own = parameters.split(/, (?=[A-Za-z.]+\??(?:<\w+>\??)? \w+)/).filter((parameter) => !/ cursor =| limit =| cancellationToken =/.test(parameter));
  const given = own.map((parameter) => parameter.replace(/ = .*/, "").split(" ").at(-1)).map((word) => `${word}: ${word}`);
  pages.push(`
        /// <summary>All that <see cref="List${name}Async"/> lists, read page by page.</summary>
        public async System.Collections.Generic.IAsyncEnumerable<${items}> All${name}Async(${[...own, "[System.Runtime.CompilerServices.EnumeratorCancellation] System.Threading.CancellationToken cancellationToken = default"].join(", ")})
        {
            string? cursor = null;
            do
            {
                var read_ = await List${name}Async(${[...given, "limit: 500", "cursor: cursor", "cancellationToken: cancellationToken"].join(", ")}).ConfigureAwait(false);
                foreach (var item in read_.Items) yield return item;
                cursor = read_.Next;
            }
            while (cursor != null);
        }`);
}
code = code.replace(/^( *)protected struct ObjectResponseResult<T>/m, `${pages.join("\n")}\n\n$&`);
writeFileSync(target, code);
