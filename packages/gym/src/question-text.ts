// What the readers of questions work on: text from anywhere, so bounded and tidied first. Owns the bound.

/** No question of the mathematical families is longer; a longer text isn't one, and the readers' work stays small. */
const LONGEST = 600;

/** Numbers of more digits than this are left to the general checker. */
const DIGITS = /\d{16}/;

/** The text with runs of white space as one space and usual signs for unusual ones; undefined where it is too long to be a question. */
export function questionText(text: string): string | undefined {
  if (text.length > LONGEST || DIGITS.test(text)) return undefined;
  return text.replace(/\s+/g, " ").replace(/[−–]/g, "-").replaceAll("＝", "=").replaceAll("’", "'");
}
