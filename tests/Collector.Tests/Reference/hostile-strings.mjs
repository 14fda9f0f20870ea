// Writes hostile-strings.json: the Big List of Naughty Strings, each string once, in ASCII.
// Run with Node 20:  npm install --no-save big-list-of-naughty-strings@1.0.0 && node hostile-strings.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const list = createRequire(import.meta.url).resolve('big-list-of-naughty-strings');
const strings = [...new Set(JSON.parse(readFileSync(list, 'utf8')))];
const content = {
  origin: 'The Big List of Naughty Strings, npm package big-list-of-naughty-strings 1.0.0, https://github.com/minimaxir/big-list-of-naughty-strings',
  licence: readFileSync(join(dirname(list), 'LICENSE'), 'utf8').split(/\r?\n/),
  strings,
};
const ascii = JSON.stringify(content, null, 1)
  .replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
writeFileSync(new URL('hostile-strings.json', import.meta.url), `${ascii}\n`);
console.log(`${strings.length} strings`);
