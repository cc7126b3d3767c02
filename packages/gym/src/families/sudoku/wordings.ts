// Sudokus as questions, and back. Owns how a grid is spelled and how any text that speaks of a sudoku, or of boxes, is read; the wordings
// stand in english.ts and chinese.ts.

import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { fillings, type Side, type Sudoku, shapeOf } from "./grid.ts";

const BLANKS = ["_", "_", "0", "*"] as const;

/** The grid with the marks before and behind it: in lines of its own, or in the sentence. */
function spell({ side, given }: Sudoku, blank: string, isChinese: boolean, random: Random): string {
  const gap = random.pick([" ", " ", ""]);
  const rows = shapeOf(side).rows.map(({ cells }) => cells.map((cell) => given[cell] || blank).join(gap));
  if (random.chance(0.5)) return `\n${rows.join("\n")}\n`;
  const [before, behind] = isChinese ? ["", "。"] : [" ", ". "];
  return before + rows.join(random.pick([" / ", " / ", "; "])) + behind;
}

/** The wordings of the family, by language. */
export const sudokuPhrasings = phrasingsFrom<Sudoku, string>({ en: ENGLISH, zh: CHINESE }, (text, language) => {
  const form = template(text);
  return {
    templates: [form],
    render(puzzle, random) {
      const { side } = puzzle;
      const blank = random.pick(BLANKS);
      const grid = spell(puzzle, blank, language === "zh", random);
      return form
        .render({ grid, blank, n: `${side}`, size: `2${language === "en" ? "x" : "×"}${side / 2}` }, random)
        .trim();
    },
  };
});

const LONGEST = 1000;
const CELL = "[1-6_.0*?□]";
/** For each side: a row, and one at the end or at the start of other text. */
const ROWS = ([4, 6] as const).map((side) => {
  const row = `${CELL}(?:[ ,|，]*${CELL}){${side - 1}}`;
  return {
    side: side as Side,
    whole: new RegExp(`^\\s*[|[]*\\s*${row}[\\s|,\\]]*$`),
    last: new RegExp(`(?<![\\d_*])(${row})[\\s|,\\]]*$`),
    first: new RegExp(`^\\s*[|[]*\\s*(${row})(?![\\d_*])`),
  };
});
const digitsOf = (row: string) =>
  (row.match(new RegExp(CELL, "g")) ?? []).map((cell) => (/[1-6]/.test(cell) ? Number(cell) : 0));

/** The rows of a grid in a text, lines or parts between `/` or `;`. */
function readGrid(text: string): { side: Side; given: number[] } | undefined {
  const parts = text
    .replace(/\]\s*,\s*\[/g, "\n")
    .replace(/^[-+|=\s]*[-=]{2,}[-+|=\s]*$/gm, "")
    .split(/\n+|[/;；]/)
    .filter((part) => part.trim() !== "");
  for (const { side, whole, last, first } of ROWS)
    for (let at = 0; at + side <= parts.length; at++) {
      if (!parts.slice(at + 1, at + side - 1).every((part) => whole.test(part))) continue;
      const [top, bottom] = [last.exec(parts[at]!)?.[1], first.exec(parts[at + side - 1]!)?.[1]];
      if (top === undefined || bottom === undefined) continue;
      const given = [top, ...parts.slice(at + 1, at + side - 1), bottom].flatMap(digitsOf);
      return given.some((digit) => digit > side) ? undefined : { side, given };
    }
  return undefined;
}

/** Reads a sudoku with one solution; undefined where a text has none. */
export function readSudoku(question: string): Sudoku | undefined {
  if (question.length > LONGEST || !/sudoku|\bbox(?:es)?\b|数独|宫/i.test(question)) return undefined;
  const read = readGrid(question);
  if (read === undefined || !read.given.includes(0)) return undefined;
  const [solution, other] = fillings(read.side, read.given, 2);
  return solution === undefined || other !== undefined ? undefined : { ...read, solution };
}
