// Writes user-agents.json: what bots, HTTP libraries and people's browsers say of themselves. Run with Node 20:
//   npm install --no-save crawler-user-agents@1.60.0 user-agents@2.1.198 && node user-agents.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const crawlers = JSON.parse(readFileSync(resolve('crawler-user-agents'), 'utf8'));
const browsers = JSON.parse(readFileSync(new URL('user-agents.json', `file://${resolve('user-agents')}`), 'utf8'));
const isLibrary = ({ tags }) => tags?.includes('http-library') ?? false;
const of = entries => [...new Set(entries.flatMap(({ instances }) => instances ?? []))];
const every = (step, list) => list.filter((_, index) => index % step === 0);
const content = {
  origin: 'npm packages crawler-user-agents 1.60.0 (MIT) and user-agents 2.1.198 (BSD-2-Clause), every tenth bot and every third person',
  bots: every(10, of(crawlers.filter(entry => !isLibrary(entry)))),
  libraries: of(crawlers.filter(isLibrary)),
  people: every(3, [...new Set(browsers.map(({ userAgent }) => userAgent))].sort()),
};
writeFileSync(new URL('user-agents.json', import.meta.url), `${JSON.stringify(content, null, 1)}\n`);
console.log(`${content.bots.length} bots, ${content.libraries.length} libraries, ${content.people.length} people`);
