// Goes the way and chooses the language with the widget's own code: bundles it as the widget's build does, reads cases from standard input, and writes what came of them.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const widget = resolve(process.argv[2]);
const { buildSync } = createRequire(join(widget, "package.json"))("esbuild");
const { outputFiles: [{ text }] } = buildSync({
  stdin: { contents: 'export { questionAfter } from "./route"; export { chooseLanguage, directionOf, inLanguage, languagesOf } from "./language";', resolveDir: join(widget, "src/flow"), loader: "ts" },
  bundle: true, minify: true, format: "esm", target: "es2021", write: false,
});
const { questionAfter, chooseLanguage, directionOf, inLanguage, languagesOf } = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(({ survey, answers, site, wanted }) => {
  const given = new Map(answers.map((answer) => [answer.question, answer]));
  const language = chooseLanguage(languagesOf(survey, site), wanted);
  return {
    after: survey.questions.map((_, index) => questionAfter(survey.questions, given, index - 1)),
    language,
    direction: directionOf(language),
    texts: survey.questions.map(({ text }) => inLanguage(text, language)),
  };
})));
