// Writes known-bots.json, from two lists that others keep. Run with Node 20:
//   npm install --no-save crawler-user-agents@1.60.0 isbot@5.2.3 && node known-bots.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { list as nobodysBrowser } from 'isbot';

const { resolve } = createRequire(import.meta.url);
const crawlers = resolve('crawler-user-agents');

// An HTTP library is no bot: shops post their customers' answers with it, from servers and from apps.
const bots = JSON.parse(readFileSync(crawlers, 'utf8')).filter(({ tags }) => !tags?.includes('http-library')).map(({ pattern }) => pattern);

// Most are plain text in the dress of a pattern, and text is found in one pass however much there is of it.
function split(list) {
  const texts = new Set();
  const patterns = list.filter(pattern => {
    const isText = /^(?:[^\\^$.*+?()[\]{}|]|\\[^a-zA-Z0-9])+$/.test(pattern);
    if (isText) texts.add(pattern.replace(/\\(.)/g, '$1'));
    return !isText;
  });
  return { texts: [...texts].sort(), patterns: patterns.sort() };
}

const content = {
  origins: [
    'bots: npm package crawler-user-agents 1.60.0, https://github.com/monperrus/crawler-user-agents, under the licence below',
    'nobodysBrowser: npm package isbot 5.2.3, https://github.com/omrilotan/isbot, in the public domain (Unlicense)',
  ],
  licence: readFileSync(join(dirname(crawlers), 'LICENSE'), 'utf8').trim().split(/\r?\n/),
  bots: split(bots),
  nobodysBrowser: split(nobodysBrowser),
};
writeFileSync(new URL('known-bots.json', import.meta.url), `${JSON.stringify(content, null, 1)}\n`);
for (const [name, { texts, patterns }] of Object.entries(content).slice(2)) console.log(`${name}: ${texts.length} texts, ${patterns.length} patterns`);
