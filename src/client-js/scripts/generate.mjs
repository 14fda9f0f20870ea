// Makes types.ts and operations.ts of the API's document: node scripts/generate.mjs openapi.json src/generated
// Each operation becomes one method, which takes one object: its parameters by their names, and its body.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const [source, target] = process.argv.slice(2);
const api = JSON.parse(readFileSync(source, "utf8"));

// Scripts and pages, which browsers load.
const forBrowsers = ["GetWidget", "GetWidgetAlone", "GetHostedSurvey", "AnswerHostedSurvey"];

// What comes back hangs on what is asked.
const overloads = {
  ImportResponses: [["{ dryRun: true }", "ImportCheck"], ["{ dryRun?: false }", "ImportStarted"]],
};

const schemas = Object.fromEntries(Object.entries(api.components.schemas).filter(([name]) => !name.endsWith("ProblemDetails")));
const calls = [];
for (const [path, operations] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    if (!forBrowsers.includes(operation.operationId)) calls.push(call(method.toUpperCase(), path, operation));
  }
}

mkdirSync(target, { recursive: true });
writeFileSync(join(target, "types.ts"), await types());
writeFileSync(join(target, "operations.ts"), operations());

function call(method, path, { operationId, parameters = [], requestBody, responses, security, summary, description }) {
  const properties = {};
  const required = [];
  let header;
  for (const parameter of parameters) {
    // Names of headers are the same in any case, and those of properties begin with a small letter.
    if (parameter.in === "header") parameter.name = header = methodName(parameter.name);
    if (parameter.schema.type === "object") {
      // A family such as tag.<name>, of which a type says how its names begin.
      properties[`${parameter.name}.<name>`] = { ...Object.values(parameter.schema.patternProperties)[0], description: parameter.description };
      continue;
    }
    const isYesOrNo = parameter.schema.enum?.join() === "true,false";
    properties[parameter.name] = { ...(isYesOrNo ? { type: "boolean" } : parameter.schema), description: parameter.description };
    if (parameter.required) required.push(parameter.name);
  }

  const [body] = Object.keys(requestBody?.content ?? {});
  if (body === "application/json") {
    properties.body = requestBody.content[body].schema;
  } else if (body) {
    properties.body = { type: "string", format: "binary", description: requestBody.description };
    properties.contentType = { enum: Object.keys(requestBody.content), description: `What the body is; \`${body}\` unless it is said.` };
  }
  if (body) required.push("body");

  const request = `${operationId}Request`;
  if (schemas[request]) throw new Error(`There is another ${request}.`);
  schemas[request] = { type: "object", additionalProperties: false, properties, required, description: `What \`${methodName(operationId)}\` takes.` };

  const answers = Object.entries(responses).filter(([status]) => status.startsWith("2")).flatMap(([, { content }]) => Object.entries(content ?? {}));
  const isStream = answers.some(([type]) => type !== "application/json");
  const named = [...new Set(answers.map(([, { schema }]) => schema.$ref?.split("/").at(-1)))];
  const answer = isStream ? "ReadableStream<Uint8Array>" : named.length > 0 ? named.join(" | ") : "void";
  const items = operationId.startsWith("List") && parameters.some(({ name }) => name === "cursor") ? schemas[answer].properties.items.items.$ref.split("/").at(-1) : null;

  return {
    name: methodName(operationId), operationId, method, path, body, header, request, isOptional: required.length === 0, answer, items,
    answers: isStream ? "stream" : answer === "void" ? "nothing" : "json",
    isOpen: security?.length === 0,
    comment: [summary, description].filter(Boolean).join("\n\n"),
  };
}

function methodName(operationId) {
  return operationId[0].toLowerCase() + operationId.slice(1);
}

async function types() {
  const nodes = await openapiTS(
    { openapi: api.openapi, info: api.info, paths: {}, components: { schemas: withoutExamples(schemas) } },
    { defaultNonNullable: false, transform: (schema) => (schema.format === "binary" ? ts.factory.createTypeReferenceNode("Content") : undefined) },
  );
  const text = astToString(nodes);
  // One type for each schema, by its own name: that is what editors and compilers then call it.
  return `import type { Content } from "../content.js";\n\n${text
    .slice(text.indexOf("    schemas: {\n") + "    schemas: {\n".length, text.indexOf("\n    };\n    responses: never;"))
    .replace(/^ {8}/gm, "")
    .replace(/^(\w+): /gm, "export type $1 = ")
    .replace(/components\["schemas"\]\["(\w+)"\]/g, "$1")
    // Families, as made above.
    .replace(/"(\w+)\.<\w+>"\?: (\w+);/g, "[$1: `$1.${string}`]: $2;")
    // What a type says better.
    .replace(/^ *\* (?:Format: (?:double|int32|int64|binary)|@enum \{\w+\})\n/gm, "")
    .replace(/^ *\/\*\* Format: (?:double|int32|int64|binary) \*\/\n/gm, "")
    .replace(/^( *)\/\*\*\n +\* (.*)\n +\*\/$/gm, "$1/** $2 */")
    .replace(/@description /g, "")}\n`;
}

function withoutExamples(value) {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "example" || key === "examples" ? undefined : inner)));
}

function operations() {
  const names = new Set(calls.flatMap(({ request, answer, items }) => [request, ...(answer.match(/\w+/g) ?? []), items]).filter((name) => schemas[name]));
  return `import type { CallOptions, Operation } from "../operation.js";
import type { ${[...names].sort().join(", ")} } from "./types.js";

/** The API of a collector: each operation of its document is a method, and lists that have pages can be read whole by the methods that begin with \`all\`. Errors are a \`CollectorError\`. */
export interface Client {
${calls.flatMap(signatures).join("\n\n")}
}

export const operations: Readonly<Record<string, Operation>> = {
${calls.map(entry).join("\n")}
};
`;
}

function signatures({ name, operationId, request, isOptional, answer, items, comment }) {
  const mark = isOptional ? "?" : "";
  const variants = overloads[operationId] ?? [[null, answer]];
  const called = variants.map(([narrower, result]) =>
    `${comments(comment)}\n  ${name}(request${mark}: ${narrower ? `${request} & ${narrower}` : request}, options?: CallOptions): Promise<${result}>;`);
  if (!items) return called;
  const pages = `${comments(`All that \`${name}\` lists, read page by page: \`limit\` says how long a page is, and \`cursor\` where to begin.`)}\n  ${name.replace("list", "all")}(request${mark}: ${request}, options?: CallOptions): AsyncIterable<${items}>;`;
  return [...called, pages];
}

function comments(text) {
  return ["  /**", ...text.split("\n").map((line) => `   * ${line}`.trimEnd()), "   */"].join("\n");
}

function entry({ name, method, path, body, header, answers, isOpen, items }) {
  const more = { body, header, answers: answers === "json" ? undefined : answers, isOpen: isOpen || undefined, hasPages: items ? true : undefined };
  return `  ${name}: ${JSON.stringify({ method, path, ...more })},`;
}
