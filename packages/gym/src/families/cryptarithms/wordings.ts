// Letter sums as questions, and back. Owns how known letters are told and how any text with a letter sum is read; the wordings stand in
// english.ts and chinese.ts.

import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE, KNOWN_ZH } from "./chinese.ts";
import { ENGLISH, KNOWN_EN } from "./english.ts";
import { lettersOf, type Puzzle, solutions, writeSum } from "./puzzle.ts";

/** The wordings of the family, by language. */
export const cryptarithmPhrasings = phrasingsFrom<Puzzle, string>({ en: ENGLISH, zh: CHINESE }, (text, language) => {
  const form = template(text);
  const held = { en: ENGLISH, zh: CHINESE }[language].heldOut.indexOf(text);
  const { trained, heldOut } = { en: KNOWN_EN, zh: KNOWN_ZH }[language];
  const told = held < 0 ? trained : [heldOut[held]!];
  return {
    templates: [form, ...told.map(template)],
    render(puzzle, random) {
      const digits = [...puzzle.known].map(([letter, digit]) => `${letter}=${digit}`);
      const known =
        digits.length === 0 ? "" : random.pick(told).replace("{d}", digits.join(language === "en" ? ", " : "，"));
      return form.render({ sum: writeSum(puzzle), known }, random);
    },
  };
});

const LONGEST = 600;
const SUM = /(?<![A-Za-z+*/=-])([A-Z]{1,6})\s*\+\s*([A-Z]{1,6})\s*=\s*([A-Z]{1,7})(?![A-Za-z+*/=-])/;
const KNOWN = /(?<![A-Za-z])([A-Z])\s*(?:=|is|为|是)\s*(\d)(?![\d+*/=-])/g;
const ABOUT = /letter|digit|cryptarithm|alphametic|coded|字母|数字|数码|数字谜|竖式/i;

/** Reads a letter sum with one solution; undefined where a text has none. */
export function readPuzzle(question: string): Puzzle | undefined {
  if (question.length > LONGEST || !ABOUT.test(question)) return undefined;
  const text = question.replaceAll("＝", "=").replaceAll("＋", "+");
  const found = SUM.exec(text);
  if (found === null) return undefined;
  const [whole, a = "", b = "", sum = ""] = found;
  const rest = text.replace(whole, " ");
  const known = new Map([...rest.matchAll(KNOWN)].map(([, letter, digit]) => [letter!, Number(digit)]));
  const puzzle: Puzzle = { addends: [a, b], sum, known };
  const letters = lettersOf(puzzle);
  if (letters.length > 10 || [...known.keys()].some((letter) => !letters.includes(letter))) return undefined;
  return solutions(puzzle, 2).length === 1 ? puzzle : undefined;
}
