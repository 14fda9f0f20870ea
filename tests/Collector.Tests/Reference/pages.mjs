// Writes pages.json: what Node's URL, an implementation of the WHATWG URL standard, makes of many URLs.
// Run with Node 20:  node pages.mjs
//
// Each entry is { input } or { units } (UTF-16 code units, where JSON could not carry the text), with host and path, or neither where the
// URL is none, or not http or https.
import { writeFileSync } from 'node:fs';

const ordinary = [
  'https://shop.example', 'https://shop.example/', 'https://shop.example/contact', 'https://shop.example/contact/',
  'http://shop.example/Contact/Us', 'https://www.shop.example/products/12345', 'https://shop.example/a/b/c/d/e/f',
  'https://shop.example/contact?utm_source=x#top', 'https://shop.example?q=1', 'https://shop.example#top', 'https://shop.example/?',
  'https://shop.example/#', 'https://shop.example/a?b/c/../d', 'https://shop.example/a#b?c', 'https://shop.example/a//b', 'https://shop.example//',
  'https://shop.example/a//', 'https://shop.example/a;v=1/b,c', "https://shop.example/it's(a)*!$&+=:@", 'https://shop.example/~user/-_.',
  'https://shop.example/index.html', 'https://shop.example/.well-known/x', 'https://shop.example/..a/b..', 'https://shop.example/a...b/...',
  'https://shop.example/2026-11-22/verslag', 'https://shop.example/orders/0199f1c2-7b3a-7c3e-9d55-0123456789ab',
  'https://shop.example/a:b', 'https://shop.example/a@b', 'https://shop.example/http://other.example/', 'https://sub.sub.sub.shop.example/x',
  'https://SHOP.example/X', 'HTTPS://shop.example/x', 'hTTp://shop.example/x', 'https://shop-1.example-2/x', 'https://a_b.example/x',
  'https://shop.example./x', 'https://shop.example../x', 'https://.shop.example/x', 'https://shop..example/x', 'https://./x', 'https://../x',
  'https://-shop.example/', 'https://shop-.example/', 'https://a--b.example/', 'https://r3---sn.example/', 'https://localhost/', 'https://x/',
  'https://shop.example/a/b;c=d?e=f&g=h#i', 'https://shop.example/%C3%A9', 'https://shop.example/é', 'https://shop.example/日本語/ページ',
];
const schemes = [
  '', 'shop.example', '/contact', '//shop.example/x', '?x', '#x', 'ftp://shop.example/', 'ws://shop.example/', 'wss://shop.example/',
  'file:///etc/hosts', 'javascript:alert(1)', 'data:text/html,x', 'mailto:a@shop.example', 'about:blank', 'blob:https://shop.example/x',
  'httpx://shop.example/', 'https', 'https:', 'https:/', 'https://', 'https:///', 'https://///', 'http:shop.example/x', 'https:shop.example',
  'https:/shop.example/x', 'https:///shop.example/x', 'https://////shop.example/x', 'https:\\\\shop.example\\x', 'https:\\shop.example\\x\\..\\y',
  'https:/\\shop.example/x', 'https:\\/\\/shop.example/x', 'https//shop.example', ':https://shop.example', 'https ://shop.example', 'https:// shop.example',
  'h\u0074tps://shop.example/', 'http\u017f://shop.example/', 'ｈttps://shop.example/', 'https：//shop.example/', 'view-source:https://shop.example/',
  'http:?x', 'http:#x', 'http:\\', 'https://?', 'https://#', 'https:///?x', 'https:/?x', 'http', 'http:80', 'http::80', 'http:/:80', 'http:.', 'http:..',
];
const spaces = [
  ' https://shop.example/x', 'https://shop.example/x ', '\u0000\u0001\u001fhttps://shop.example/x\u001f\u0000', '\t\n\rhttps://shop.example/x\r\n\t',
  'ht\ntps://shop.example/x', 'https:\t//shop.example/x', 'https:/\n/shop.example/x', 'https://sh\top.exa\r\nmple/x', 'https://shop.example/a\tb\nc\rd',
  'https://shop.example/.\t./x', 'https://shop.example/a/.\n.', 'https://shop.example:8\t0/', 'https://shop.example/%\t41', 'https://shop.example/a b',
  'https://shop.example/a ', 'https://shop.example/a ?x', 'https://shop.example/ ', 'https://sh op.example/', 'https://shop.example\u00a0/', '\u00a0https://shop.example/',
  '\ufeffhttps://shop.example/', 'https://shop.example/\u00a0', 'https://shop.example/\ufeff', 'https://shop.example/\u2028', 'https://shop.example/\u000b',
  'https://shop.example/\u0000', 'https://shop.example/\u007f', 'https://shop.example/\u0080', 'https://shop.example/\u0085', 'https://shop.example/a\u0000/../b',
  'https://shop.example/x\u2003', '\u2003https://shop.example/x', ' ', '\u0000', 'https://shop.example/?\u0000', 'https://\t/', 'https://\u0001/', ' \t https://shop.example \t ',
];
const users = [
  'https://user@shop.example/x', 'https://user:secret@shop.example/x', 'https://:secret@shop.example/x', 'https://@shop.example/x', 'https://:@shop.example/x',
  'https://a@b@shop.example/x', 'https://a:b:c@shop.example/x', 'https://shop.example@evil.example/x', 'https://shop.example:80@evil.example/x',
  'https://shop.example%40evil.example/', 'https://shop.example\\@evil.example/x', 'https://shop.example/@evil.example/x', 'https://shop.example?@evil.example/',
  'https://shop.example#@evil.example/', 'https://user@/x', 'https://user@', 'https://@', 'https://@/', 'https://@@', 'https://user:@shop.example:8080/',
  'https://us er@shop.example/', 'https://üser:ß@shop.example/', 'https://user%@shop.example/', 'https://a/b@shop.example/', 'https://[::1]@shop.example/',
  'https://user@[::1]/', 'https://user@:80/', 'https://user:80@:80/', 'https://[@shop.example/', 'https://a]@shop.example/', 'https://a:b@c:80@shop.example:81/',
];
const ports = [':', ':80', ':443', ':0', ':00', ':1', ':080', ':0443', ':8080', ':65535', ':65536', ':99999', ':000000000000000000000000080', ':00000', ':4294967376',
  ':18446744073709551696', ':-1', ':+80', ':8 0', ':80a', ':a', ':８０', ':٨٠', ':80:80', '::80', ':80.', ':8.0', ':%38%30', ':1e3', ':0x50', ':80@', ':\\80', ':80\\x', ':80?', ':80#']
  .flatMap(port => [`http://shop.example${port}/x`, `https://shop.example${port}`]);
const dots = ['/.', '/..', '/./', '/../', '/a/.', '/a/..', '/a/./', '/a/../', '/a/./b', '/a/../b', '/a/../../b', '/../../b', '/a/b/../../c', '/a/b/../..', '/a//..', '/a//../b',
  '//..', '//../', '/..//', '/..//a', '/.//a', '/a/...', '/a/..../b', '/a/. ', '/a/.. ', '/a/ ..', '/a/.b', '/a/..b', '/a/b.', '/a/b..', '/%2e', '/%2E', '/%2e%2e', '/%2E%2e',
  '/.%2e', '/%2e.', '/.%2E', '/a/%2e', '/a/%2e/', '/a/%2e%2e', '/a/%2e%2e/', '/a/b/.%2e/c', '/a/%2e%2e/%2e%2e/c', '/a/%252e', '/a/%252e%252e/b', '/a/%2e%2e%2e', '/a/%2',
  '/a/%2e%', '/a/..%2fb', '/a/%2e%2e%2fb', '/a/..%5cb', '/a/..\\b', '/a\\..\\b', '\\a\\.\\b', '\\..\\', '/a/..;/b', '/a/.?', '/a/..?x', '/a/..#x', '/C:/../x', '/c|/../x', '/a/%%32e',
  '/a/%%32%65', '/a/%2%65', '/a/%%32e/b', '/a/%25%32e', '/a/．．/b', '/a/。/b', '/a/‥', '/a/.\u00ad./b', '/a/.\u200b.', '/./.', '/../.', '/./..', '/a/././.', '/a/../.', '/a/b/c/../../../../d']
  .map(path => `https://shop.example${path}`);
const percents = ['%41', '%7e', '%7E', '%2D', '%2d', '%5f', '%2F', '%2f', '%5C', '%5c', '%3F', '%3f', '%23', '%25', '%2525', '%', '%%', '%4', '%4g', '%g4', '%%41', '%4%31', '%c3%a9',
  '%C3%A9', '%c3', '%ff', '%FF%fe', '%00', '%0a', '%20', '+', '%2B', '%2b', '100%', '100%25', 'a%zz', 'a%u00e9', '%e2%82%ac', '€', '"', '<', '>', '`', '{', '}', '{id}', '%7Bid%7D', '|',
  '^', '%5e', '[', ']', '[slug]', "'", '%27', '!', '%21', '(', '*', ';', ':', '@', '&', '=', '$', ',', '~', '\u{1f600}', '\u{1f468}\u200d\u{1f469}', 'e\u0301', 'é', 'ﬁ', 'Ω', '\uffff', '\ufdd0',
  '\u{10ffff}', '\ue000', '%ED%A0%80', '\u200d', '\u202e', '\u0378', 'ÿ', '\u0800', '\ufffd', 'İ', 'ß', '１', '％41', '%４1', '%61%62%63', '%5B%5D', '%7c', '%2e%41', '%aF', '%Af', 'a%2520b']
  .map(text => `https://shop.example/p/${text}/q`);
const names = ['bücher', 'BÜCHER', 'faß', 'straße', 'ẞ', 'ﬁ', 'Ｅｘａｍｐｌｅ', '例え', '例え。テスト', '例え．テスト', '例え｡テスト', 'xn--bcher-kva', 'XN--BCHER-KVA', 'xn--bcher-KVA', 'xn--', 'xn--a',
  'xn--zzzzzz-kva', 'xn--ls8h', '💩', 'a\u200db', 'नी\u200cक', 'क्\u200dष', '\u00adab', 'a\u00adb', '١', 'אב', 'a.אב', '1a.אב', '\u0300a', 'a\u0300', 'Ⅷ', '½', '①', '⑴', 'ⓐ', '㎏', 'a_b.ü',
  'a b.ü', 'a!ü', 'a$ü', "a'ü", 'ü≠', '≠', 'a<\u0338', 'İ', 'ı', 'ς', 'Σ', 'σς', 'ö\u200b', 'ö\u2060', '\ufeffü', 'ü\u180e', 'ü\u0378', 'ü\ue000', 'ü\ufffd', 'xn--fa-hia', 'xn--strae-oqa',
  'xn--xn---epa', 'xn--1ug', 'xn--0ug', '☃', '♥', 'i❤️', '👨‍👩‍👧', '🏳️‍🌈', 'ℌ', '𝒜', '日本語', '中国', '한국', '한글', '\u1100\u1161', 'ﷺ', 'ǆ', 'ŉ', 'ſ', '\u212a', '\u212b', '\u2126', 'ά', 'ΐ', '\u{1f970}',
  '\u2183', '\u04c0', 'ü\u2024', 'a․b', 'a‥b', '…ü', '％41', 'ü％', 'ü＃', 'ü／b', 'ü：80', 'ü？', 'ü＠b', 'a\u2100b', '℀', 'ü\u007f', 'ü\u0001', 'xn--n3h', 'xn--ls8h=', 'xn--ü', 'xn--zca', 'xn--3xa',
  'مثال', 'उदाहरण', 'உதாரணம்', 'ตัวอย่าง', 'пример', 'ПРИМЕР', 'παράδειγμα', 'ΠΑΡΆΔΕΙΓΜΑΣ', 'a·b', 'l·l', '・', 'ab\u30fbc', '〇', 'ー', '㍿', 'ｶﾞ', 'が', 'か\u3099', 'ĳ', 'Ĳ', 'ŀ', 'café', 'cafe\u0301',
  'CAFÉ', 'smörgåsbord', 'łódź', 'þórr', 'ğ', 'b%C3%BCcher', 'b%c3%bccher', '%62%75y', '%42UY', 'b%FCcher', '%E2%80%8B', '%00', '%20', 'a%20b', 'a%2Fb', 'a%3Ab', 'a%40b', 'a%23b', 'a%3Fb',
  'a%5Bb', 'a%25b', 'a%2541', '%', 'a%', '%zz', 'a%5Cb', 'a%7Cb', 'a%5Eb', 'a%3Cb', 'a%7Fb', '%C2%AD', 'a%2eb', 'a%2Eb', '%EF%BC%A1', 'xn%2D%2Dbcher-kva', '%E3%80%82', 'ab--ü', 'r3---sn-ü',
  'ü-', '-ü', 'xn--a-', 'xn--ascii-', 'ü.-a', 'ü.a-', 'xn--ab-', 'אa', '1א', 'א1', 'א0٠', '\u0661a', 'xn--a-yoc', 'xn---', 'xn--tiq49xqyj', 'xn--mgba3gch31f', 'xn--a-ecp', 'xn--kgbechtv',
  'a'.repeat(63), 'a'.repeat(64), 'a'.repeat(300), `ü${'a'.repeat(70)}`, `${'a'.repeat(70)}.ü`, 'ü'.repeat(40), Array(60).fill('ü').join('.'), Array(200).fill('a').join('.'), 'ü.', 'ü..', '.ü', 'a..ü']
  .flatMap(name => [`https://${name}.example/`, `https://${name}/x`]);
const forbidden = [...'\u0000\u0009\u000a\u000d !"$&\'()*+,;<=>[]^_`{|}~\u007f'].map(c => `https://a${c}b.example/`);
const ipv4 = ['127.0.0.1', '127.0.0.1.', '127.0.0.1..', '127.1', '127.0.1', '127.65536', '127.16777215', '127.16777216', '2130706433', '4294967295', '4294967296', '0', '00', '0x', '0x.', '0x7f000001',
  '0X7F.1', '0x7f.0x0.0x0.0x1', '0177.0.0.01', '0177.1', '08', '09.1', '1.09', '0.0.0.08', '256.1.1.1', '1.256.1.1', '1.1.1.256', '1.1.256', '1.1.65536', '1.2.3.4.5', '1..2', '.1', '1.', '1.2.3.',
  '1.2.3.4x', '1.2.3.x4', '1.2.3.0x', '1.2.3.0xg', 'a.1', 'a.0x1', 'a.0xg', 'a.08', 'a.1.', 'shop.example.1', '1.a', '1.2.a', '0x100000000', '00000000000000000000000000000177.1',
  '99999999999999999999999999', '1.99999999999999999999', '0xffffffffffffffffffffff', '１２７．０．０．１', '０ｘ７ｆ．１', '①②⑦.0.0.1', '127。0。0。1', '%31%32%37.0.0.1', '127.0.0.1%2e', '-1', '+1', '1e3', '1_0',
  '127.0.0.0x1', '0.0.0.0', '255.255.255.255', '192.168.0.257', '192.0x00A80001', '1.0x', '0x.0x.0x.0x', '0x0.', 'foo.0x', 'foo.0x.', 'foo.2.3', '1.2.3.4.', '1.2.3.4.5.', '3.0.0.0xffg']
  .flatMap(host => [`http://${host}/`, `https://${host}:8080/x`]);
const ipv6 = ['::1', '::', '1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7', '1:2:3:4::5:6:7:8', '::1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8::', '2001:DB8::FF00:42:8329',
  '2001:db8:0:0:1:0:0:1', '2001:0db8:0000:0000:0000:0000:0000:0001', '1:0:0:2:0:0:0:3', '1:0:2:0:3:0:4:0', '0:0:1:0:0:0:0:0', '1:0:0:0:0:0:0:0', '::ffff:127.0.0.1', '::127.0.0.1', '1:2:3:4:5:6:127.0.0.1',
  '1:2:3:4:5:6:7:127.0.0.1', '::127.0.0', '::127.0.0.1.', '::127.0.0.256', '::127.0.0.01', '::0127.0.0.1', '::127.0..1', '::.1', '::1.', '::1.2.3.4.5', '::1.2.3.4:5', '1.2.3.4::', ':1', ':', ':::', '1:', '1::2::3', '12345::',
  'g::', '::1%25eth0', '::1%eth0', ' ::1', '::1 ', '::%31', '', '1', '[::1]', '0::0', '00000::1', '::0x1', '1:::2', 'fe80::1', '1:0:0:0:0:0:0:1', '0:0:0:0:0:0:13.1.68.3', '::ffff:0:0', '0:1::', '::1\\']
  .flatMap(address => [`http://[${address}]/`, `https://[${address}]:8080/x`]);
const brackets = ['https://[::1/', 'https://::1]/', 'https://[::1]x/', 'https://x[::1]/', 'https://[::1]:/', 'https://[::1]:443/', 'https://[::1]:a/', 'https://[[::1]]/', 'https://[]/', 'https://[::1]]/', 'https://[::1][::1]/',
  'https://a[b/', 'https://a]b/', 'https://a:[b/', 'https://[a:b/', 'https://a[:80]/', 'https://[:80', 'https://]:80/', 'https://a]:80/', 'https://%5B::1%5D/', 'https://[::1]%2f/', 'https://[::1]?x', 'https://[::1]#x', 'https://[::1]\\x'];
const units = [[0xd800], [0xdc00], [0xdc00, 0xd800], [0xd83d, 0x2f, 0xde00], [0x61, 0xd83d]].flatMap(odd => [
  [...'https://shop.example/'].map(c => c.charCodeAt(0)).concat(odd),
  [...'https://a'].map(c => c.charCodeAt(0)).concat(odd, [...'.example/x'].map(c => c.charCodeAt(0))),
  odd.concat([...'https://shop.example/'].map(c => c.charCodeAt(0))),
]);

// Odd characters in every place of a URL, made with a fixed generator so that the corpus stays the same.
let seed = 20261122;
const next = below => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, (seed >>> 8) % below);
const parts = ['http:', 'https:', '/', '//', '\\', '.', '..', '%2e', '%', '%41', ':', '@', '?', '#', '[', ']', 'a', 'B', '1', '0x', '80', 'shop', 'é', '😀', ' ', '\t', '|', '^', '{', '::', 'ü'];
const mixed = Array.from({ length: 600 }, (_, i) => (i % 3 ? 'https://shop.example/' : i % 2 ? 'https://' : 'http:')
  + Array.from({ length: 1 + next(9) }, () => parts[next(parts.length)]).join(''));

const read = input => {
  const url = URL.canParse(input) ? new URL(input) : null;
  return url && /^https?:$/.test(url.protocol) ? { host: url.host, path: url.pathname } : {};
};
const texts = [...new Set([ordinary, schemes, spaces, users, ports, dots, percents, names, forbidden, ipv4, ipv6, brackets, mixed].flat())];
const entries = [
  ...texts.map(input => ({ input, ...read(input) })),
  ...units.map(codes => ({ units: codes, ...read(String.fromCharCode(...codes)) })),
];
// ASCII only, so that no editor or checkout changes what it holds.
const ascii = text => text.replace(/[\u007f-\uffff]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
writeFileSync(new URL('pages.json', import.meta.url), `[\n${entries.map(entry => ascii(JSON.stringify(entry))).join(',\n')}\n]\n`);
