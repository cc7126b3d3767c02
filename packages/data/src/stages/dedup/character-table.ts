// What the native kernel knows of characters, from the runtime's Unicode tables. Owns which characters it may take one by one: those
// whose normal form is a single code unit (or, above U+FFFF, themselves) whatever stands around them.

import { characterClasses } from "./characters.ts";

/** The tables of native/characters.h. */
export interface CharacterTable {
  /** Of each code point below 0xE01F0: the class of characters.ts, and the bits below. */
  flags: Uint8Array;
  /** Of each UTF-16 unit its lower case; of those marked COMPLEX it is never read. */
  lowerCase: Uint16Array;
}

/** The normal form hangs on neighbours or is longer. */
const COMPLEX = 4;
/** A mark with a combining class other than 0: it may be put behind another one by NFC. */
const MARK = 8;
/** White space as \s has it. */
const SPACE = 16;

/** Lower case of it hangs on what follows it (Unicode, Final_Sigma). */
const SIGMA = 0x3a3;
/** A mark of class 1 and one of class 240: what has another class, and is not 0, changes places with one of the two. */
const [FIRST_MARK, LAST_MARK] = ["\u0334", "\u0345"];

let table: CharacterTable | undefined;

/** Ranges with characters that change, compose, are marks or white space. Left out: Han and Hangul syllables, which do none of it, and planes without characters. */
const RANGES = [
  [1, 0x3400], // U+0000 stands between characters below
  [0xa000, 0xac00],
  [0xd7a4, 0xd800],
  [0xe000, 0x14000],
  [0x16000, 0x17000],
  [0x1aff0, 0x20000],
  [0x2f800, 0x2fa20],
  [0xe0000, 0xe01f0],
] as const;

/** The tables, made once in a process (about 50 ms). */
export function characterTable(): CharacterTable {
  if (table !== undefined) return table;
  const flags = characterClasses().slice();
  const lowerCase = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  // What follows the first character of a full decomposition: only such characters are ever composed with what stands before them.
  const complex = new Set([SIGMA]);
  for (let jamo = 0x1161; jamo <= 0x11c2; jamo++) complex.add(jamo);
  const lowered: number[] = [];
  for (const [first, end] of RANGES) {
    const points = Array.from({ length: end - first }, (_, i) => String.fromCodePoint(first + i));
    const [decomposed, composed, lower] = [each(points, "NFD"), each(points, "NFC"), each(points)];
    const lowerComposed = each(lower, "NFC");
    for (const [i, character] of points.entries()) {
      const point = first + i;
      if (point <= 0xffff && /\s/.test(character)) flags[point]! |= SPACE;
      if (decomposed[i] !== character)
        for (const second of Array.from(decomposed[i]!).slice(1)) complex.add(second.codePointAt(0)!);
      if (composed[i] !== character || lowerComposed[i] !== lower[i]) complex.add(point);
      if (/\p{M}/u.test(character) && isOrdered(character)) flags[point]! |= MARK;
      if (lower[i] === character) continue;
      if (point > 0xffff || lower[i]!.length !== 1) complex.add(point);
      else {
        lowerCase[point] = lower[i]!.charCodeAt(0);
        lowered.push(point);
      }
    }
  }
  for (const point of complex) flags[point]! |= COMPLEX;
  for (const point of lowered) if ((flags[lowerCase[point]!]! & (COMPLEX | MARK)) !== 0) flags[point]! |= COMPLEX;
  table = { flags, lowerCase };
  return table;
}

/** Each character's normal form, or its lower case, by itself: one call for all, with U+0000, which nothing composes with, between them. */
const each = (characters: readonly string[], form?: "NFC" | "NFD"): string[] => {
  const all = characters.join("\0");
  return (form === undefined ? all.toLowerCase() : all.normalize(form)).split("\0");
};

/** True of marks that NFC puts in order. */
const isOrdered = (character: string): boolean =>
  `${character}${FIRST_MARK}`.normalize("NFD") !== `${character.normalize("NFD")}${FIRST_MARK}` ||
  `${LAST_MARK}${character}`.normalize("NFD") !== `${LAST_MARK}${character.normalize("NFD")}`;
