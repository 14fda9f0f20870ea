// Goes the way and chooses the language with the widget's own code: bundles it as the widget's build does, reads cases from standard input, and writes what came of them.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const widget = resolve(process.argv[2]);
const { buildSync } = createRequire(join(widget, "package.json"))("esbuild");
const { outputFiles: [{ text }] } = buildSync({
  stdin: { contents: 'export { asked } from "./route"; export { chooseLanguage, directionOf, inLanguage } from "./language";', resolveDir: join(widget, "src/flow"), loader: "ts" },
  bundle: true, minify: true, format: "esm", target: "es2021", write: false,
});
const { asked, chooseLanguage, directionOf, inLanguage } = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(({ survey: { questions }, answers, wanted }) => {
  const path = asked(questions, new Map(answers.map((answer) => [answer.question, answer])));
  const language = chooseLanguage(Object.keys(questions[0].text), wanted);
  return { asked: path.map(({ id }) => id), language, direction: directionOf(language), texts: path.map(({ text }) => inLanguage(text, language)) };
})));
