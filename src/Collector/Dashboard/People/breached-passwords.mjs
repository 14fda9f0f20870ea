// Writes breached-passwords.txt: those of the most used passwords in known breaches that are long enough to be chosen here.
//   npm install --no-save @zxcvbn-ts/language-common@4.1.2 && node breached-passwords.mjs
import { writeFile } from "node:fs/promises";
import { dictionary } from "@zxcvbn-ts/language-common";

const shortest = 10, fewestLetters = 4;
const list = dictionary["passwords-common"] ?? dictionary.passwords;
const kept = list.filter((password) => password.length >= shortest && new Set(password).size >= fewestLetters).sort();
await writeFile(new URL("breached-passwords.txt", import.meta.url), kept.join("\n") + "\n");
console.log(`${kept.length} of ${list.length}`);
