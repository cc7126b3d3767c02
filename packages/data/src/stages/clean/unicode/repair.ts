// Unicode repair: one form for text that means the same. Owns the order of the steps and what counts as invisible.
//
// Lone surrogates become U+FFFD; mojibake is mended where it is certain; every line end becomes "\n"; control and non-characters go;
// invisible characters go, but not where a script, an emoji or right-to-left text needs them; every space but the ideographic one
// becomes " "; full-width forms become plain ones if asked for; the rest is put in NFC.

import { mendMojibake } from "./mojibake.ts";

/** What was repaired, in characters; `nfc` is 1 where composing changed the text. */
export type Repairs = Partial<Record<(typeof REPAIRS)[number], number>>;

/** The names of repairs, in the order of the steps. */
export const REPAIRS = [
  "surrogates",
  "mojibake",
  "line_ends",
  "controls",
  "invisible",
  "spaces",
  "full_width",
  "nfc",
] as const;

const PLAIN = /^[\t\n -~]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: vertical tab and form feed end lines
const LINE_ENDS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
/** Control characters but tab and line feed, and code points that are no characters. */
const CONTROLS = /[[\p{Cc}--[\t\n]]\ufdd0-\ufdef\p{Noncharacter_Code_Point}]/gv;
/** Soft hyphen, zero-width space and no-break space, word joiner and invisible operators, bidi embeddings and isolates, annotations. */
const INVISIBLE = /[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]/g;
const JOINERS = /[\u200c\u200d]/g;
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;
/** Tag characters: the name of a region behind a black flag (at most 7), and else a way to hide text. */
const TAGS = /(\u{1f3f4})?[\u{e0001}\u{e0020}-\u{e007f}]+/gu;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g;
const FULL_WIDTH = /[\u3000\uff01-\uff5e\uff61-\uff9f\uffe0-\uffe6]+/g;

/** A joiner is needed behind letters of Arabic, Indic and South-East Asian scripts, and inside emoji. */
function needsJoiner(before: number): boolean {
  return (
    (before >= 0x600 && before <= 0x109f) ||
    (before >= 0x1780 && before <= 0x18af) ||
    (before >= 0x2190 && before <= 0x2bff) ||
    (before >= 0xa800 && before <= 0xabff) ||
    (before >= 0xdc00 && before <= 0xdfff) ||
    before === 0xfe0f
  );
}

/**
 * Repairs a text, and says what was repaired.
 * @example repairText("caf\u0065\u0301\u00a0\u200b!\r\n") // { text: "café !\n", repairs: { line_ends: 1, invisible: 1, spaces: 1, nfc: 1 } }
 */
export function repairText(original: string, fullWidth = false): { text: string; repairs: Repairs } {
  if (PLAIN.test(original)) return { text: original, repairs: {} };
  const repairs: Repairs = {};
  const count = (name: keyof Repairs, by = 1): void => {
    if (by > 0) repairs[name] = (repairs[name] ?? 0) + by;
  };
  const replace = (text: string, pattern: RegExp, name: keyof Repairs, by: string): string =>
    text.replace(pattern, () => {
      count(name);
      return by;
    });
  let text = original;
  if (!text.isWellFormed()) {
    const lone = text.match(/\p{Cs}/gu)?.length ?? 0;
    count("surrogates", lone);
    text = text.toWellFormed();
  }
  const mended = mendMojibake(text);
  count("mojibake", mended.count);
  text = replace(mended.text, LINE_ENDS, "line_ends", "\n");
  text = replace(text, CONTROLS, "controls", "");
  text = replace(text, INVISIBLE, "invisible", "");
  const keepsMarks = RIGHT_TO_LEFT.test(text);
  if (!keepsMarks) text = replace(text, DIRECTION_MARKS, "invisible", "");
  text = text.replace(JOINERS, (joiner, at: number, whole: string) => {
    if (at > 0 && needsJoiner(whole.charCodeAt(at - 1))) return joiner;
    count("invisible");
    return "";
  });
  text = text.replace(TAGS, (tags, flag: string | undefined) => {
    if (flag !== undefined && tags.length <= 16) return tags;
    count("invisible");
    return flag ?? "";
  });
  text = replace(text, SPACES, "spaces", " ");
  if (fullWidth)
    text = text.replace(FULL_WIDTH, (wide) => {
      count("full_width", wide.length);
      return wide.normalize("NFKC");
    });
  const composed = text.normalize("NFC");
  if (composed !== text) count("nfc");
  return { text: composed, repairs };
}
