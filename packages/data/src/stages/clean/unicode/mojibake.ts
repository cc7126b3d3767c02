// Mojibake: UTF-8 that was read as Windows-1252 or Latin-1 ("FÃ¼r" for "Für"). Owns the proof that a line is such text; what is not
// proved is left as it is.
//
// A line is mended where (1) every run of its characters from U+0080 up stands for bytes that are valid UTF-8 of assigned characters,
// so one honest "é" or "中" in the line is counter-evidence, and (2) at least one sequence is one that people don't write: its trailing
// bytes are no quotes, dashes or marks that may follow a word, or it stands inside a word. Text that went through it twice is mended
// twice, up to three times; `count` is then what the last round mended.

/** Windows-1252 from 0x80 to 0x9f; 0 where it has no character (then Latin-1's control characters stand for the byte). */
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0, 0x2018,
  0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178,
];
const BYTES = new Map(WINDOWS_1252.flatMap((code, i) => (code === 0 ? [] : [[code, 0x80 + i]])));

/** Trailing bytes whose characters may well follow a word: quotes, dashes, ellipsis, marks, superscripts, a few letters. */
const PLAIN_TRAILS = new Set([
  0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9a,
  0x9b, 0x9c, 0x9e, 0x9f, 0xa0, 0xa1, 0xaa, 0xab, 0xae, 0xb0, 0xb2, 0xb3, 0xb7, 0xb9, 0xba, 0xbb, 0xbf,
]);
/** Those of them that are letters. */
const LETTER_TRAILS = new Set([0x83, 0x8a, 0x8c, 0x8e, 0x9a, 0x9c, 0x9e, 0x9f, 0xaa, 0xba]);

const SUSPECT =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]/;
const UNASSIGNED = /[\p{Cn}\p{Co}]/u;
/** Left by a round only where another has to follow. */
const CONTROL = /[\u0080-\u009f]/;
const LOWER = /\p{Ll}/u;
const LETTER = /\p{L}/u;

/** The byte that a character was; -1 where it is no character of Windows-1252 or Latin-1. */
function byteOf(code: number): number {
  return code >= 0x80 && code <= 0xff ? code : (BYTES.get(code) ?? -1);
}

/** How many bytes a UTF-8 sequence has by its first; 0 where it is none. */
function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

interface Mended {
  text: string;
  /** Characters that were mended. */
  count: number;
}

/** The line as it was meant; undefined where that is not certain. Linear: each character is looked at at most five times. */
function mendLine(line: string): Mended | undefined {
  let text = "";
  let count = 0;
  let isCertain = false;
  let lastEnd = -1;
  let wasOdd = false;
  for (let at = 0; at < line.length; ) {
    const code = line.charCodeAt(at);
    if (code < 0x80) {
      const from = at;
      while (at < line.length && line.charCodeAt(at) < 0x80) at++;
      text += line.slice(from, at);
      continue;
    }
    const lead = byteOf(code);
    const length = sequenceLength(lead);
    if (length === 0 || at + length > line.length) return undefined;
    let value = lead & (0xff >> (length + 1));
    let isOdd = false;
    for (let i = 1; i < length; i++) {
      const trail = byteOf(line.charCodeAt(at + i));
      if (trail < 0x80 || trail > 0xbf) return undefined;
      if (!PLAIN_TRAILS.has(trail)) isOdd = true;
      value = (value << 6) | (trail & 0x3f);
    }
    if (value < [0, 0, 0x80, 0x800, 0x10000][length]! || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
      return undefined;
    const character = String.fromCodePoint(value);
    if (UNASSIGNED.test(character)) return undefined;
    const trail = byteOf(line.charCodeAt(at + length - 1));
    const isInWord = LOWER.test(line.charAt(at - 1)) && lead < 0xdf;
    const goesOn =
      LETTER.test(line.charAt(at + length)) && line.charCodeAt(at + length) < 0x80 && !LETTER_TRAILS.has(trail);
    if (length > 2 || lead <= 0xc3) isCertain ||= isOdd || isInWord || goesOn;
    else isCertain ||= isInWord || (lastEnd === at && (isOdd || wasOdd));
    wasOdd = isOdd;
    text += character;
    count++;
    at += length;
    lastEnd = at;
  }
  return isCertain ? { text, count } : undefined;
}

/**
 * Mends the lines of which it is certain; `count` is the characters mended.
 * @example mendMojibake("FÃ¼r â€œdichâ€\u009d") // { text: "Für “dich”", count: 3 }
 */
export function mendMojibake(text: string): Mended {
  if (!SUSPECT.test(text)) return { text, count: 0 };
  let count = 0;
  let mended = "";
  for (let at = 0; at <= text.length; ) {
    const end = text.indexOf("\n", at);
    let line = text.slice(at, end < 0 ? text.length : end);
    let candidate = line;
    let found = 0;
    for (let round = 0; round < 3 && SUSPECT.test(candidate); round++) {
      const better = mendLine(candidate);
      if (better === undefined) break;
      candidate = better.text;
      if (CONTROL.test(candidate)) continue;
      line = candidate;
      found = better.count;
    }
    count += found;
    mended += end < 0 ? line : `${line}\n`;
    at = end < 0 ? text.length + 1 : end + 1;
  }
  return { text: mended, count };
}
