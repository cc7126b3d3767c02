// What each character is to the words of shingles. Owns the rule; Unicode's tables are the runtime's.
//
//   in a word        letters, marks and digits (Unicode L, M, N): a run of them is a word
//   a word by itself Han, Hiragana, Katakana, Bopomofo, Thai, Lao, Khmer and Myanmar letters, which are written without spaces;
//                    symbols (Unicode S: + = < > ^ | ~ $ …) and - * / %, without which "3 + 4" and "3 - 4" were the same words
//   between words    all the rest: white space, punctuation, controls, lone surrogates

/** A character that ends a word and is none. */
export const BETWEEN = 0;
/** A character of a longer word. */
export const INSIDE = 1;
/** A character that is a word. */
export const ALONE = 2;

/** A character that is a word by itself. */
export const aloneCharacter =
  /(?:[\p{S}\-*/%]|(?=[\p{L}\p{N}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])/u;
const inside = /[\p{L}\p{M}\p{N}]/u;

/** Planes 0 to 3 have characters; above them only plane 14, whose variation selectors (marks) end here. */
const PLANES = 0x40000;
const VARIATION_SELECTORS = 0xe0100;
const TABLE = 0xe01f0;

let table: Uint8Array | undefined;

/** The class of every code point below 0xE01F0; those above are BETWEEN. Made once in a process (about 50 ms). */
export function characterClasses(): Uint8Array {
  if (table !== undefined) return table;
  table = new Uint8Array(TABLE);
  for (let point = 0; point < PLANES; point++) {
    const character = String.fromCodePoint(point);
    table[point] = aloneCharacter.test(character) ? ALONE : inside.test(character) ? INSIDE : BETWEEN;
  }
  return table.fill(INSIDE, VARIATION_SELECTORS);
}
