// The bounds of a definite integral in a text, in any notation that people type. Owns the patterns; the readers of indefinite integrals
// ask here too, so that no question belongs to both.

const NUMBER = "(-?\\s?\\d{1,4})(?![\\d^*/]|\\.\\d)";
const LETTER = "(?:[a-z]\\s*=\\s*)?";
const BARE = "(-?\\s?\\d{1,4})(?![\\d*/]|\\.\\d)";
const BRACED = `(?:\\{\\s*${BARE}\\s*\\}|\\(\\s*${BARE}\\s*\\)|${BARE})`;
const FORMS = [
  [new RegExp(`(?<=∫|\\\\int)\\s*(?:\\\\limits\\s*)?_\\s*${BRACED}\\s*\\^\\s*${BRACED}`, "i"), false],
  [new RegExp(`(?<=∫|\\\\int)\\s*(?:\\\\limits\\s*)?\\^\\s*${BRACED}\\s*_\\s*${BRACED}`, "i"), true],
  [new RegExp(`\\b(?:from|between)\\s+${LETTER}${NUMBER}\\s*(?:to|and|up to)\\s+${LETTER}${NUMBER}`, "i"), false],
  [new RegExp(`[从由]\\s*${LETTER}${NUMBER}\\s*(?:积分)?[到至]\\s*${LETTER}${NUMBER}`, "i"), false],
  [new RegExp(`\\[\\s*${NUMBER}\\s*[,，]\\s*${NUMBER}\\s*\\]`), false],
  [
    new RegExp(
      `lower (?:bound|limit) (?:is )?${NUMBER}[,;]? (?:and )?(?:the )?upper (?:bound|limit) (?:is )?${NUMBER}`,
      "i",
    ),
    false,
  ],
  [new RegExp(`下限[是为]?\\s*${NUMBER}\\s*[,，、]?\\s*上限[是为]?\\s*${NUMBER}`), false],
] as const;

/** Lower and upper bound, and the text without them. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly rest: string;
}

/** The bounds in a text; undefined where none stand there. */
export function readBounds(text: string): Bounds | undefined {
  for (const [pattern, isTurned] of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const numbers = match
      .slice(1)
      .filter((number) => number !== undefined)
      .map((number) => Number(number.replace(/\s/g, "")) || 0);
    const [from = 0, to = 0] = isTurned ? numbers.reverse() : numbers;
    return { from, to, rest: `${text.slice(0, match.index)} ; ${text.slice(match.index + match[0].length)}` };
  }
  return undefined;
}
