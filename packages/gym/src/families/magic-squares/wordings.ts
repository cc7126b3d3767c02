// Magic squares as questions, and back. Owns how a square is spelled and how any text with one is read; the wordings stand in english.ts and
// chinese.ts.

import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { listed } from "../ordering/names.ts";
import { CHINESE, RULES_ZH } from "./chinese.ts";
import { ENGLISH, RULES_EN } from "./english.ts";
import { type Entry, lettersOf, type Square, solve } from "./square.ts";

/** The wordings of the family, by language. */
export const squarePhrasings = phrasingsFrom<Square, string>({ en: ENGLISH, zh: CHINESE }, (text, language) => {
  const form = template(text);
  const held = { en: ENGLISH, zh: CHINESE }[language].heldOut.indexOf(text);
  const { trained, heldOut } = { en: RULES_EN, zh: RULES_ZH }[language];
  const rules: readonly (readonly [string, string])[] = held < 0 ? trained : [heldOut[held]!];
  return {
    templates: [form, ...rules.flat().map(template)],
    render(square, random) {
      const rows = square.rows.map((row) => row.join(" "));
      const [before, behind] = language === "zh" ? ["", "。"] : [" ", ". "];
      const grid = random.chance(0.5)
        ? `\n${rows.join("\n")}\n`
        : before + rows.join(random.pick([" / ", " / ", "; "])) + behind;
      const rule = random.pick(rules)[square.sum === undefined ? 1 : 0].replace("{s}", `${square.sum}`);
      const slots = { grid, rule, letters: listed(lettersOf(square), language), n: `${square.rows.length}` };
      return form.render(slots, random).trim();
    },
  };
});

const LONGEST = 700;
const ABOUT = /magic|diagonal|幻方|对角/i;
const CELL = "(?:\\d{1,4}|[a-z]|_|\\?)";
/** For each side: a whole row, and one at the end or at the start of other text. */
const ROWS = [3, 4].map((side) => {
  const row = `${CELL}(?:(?:\\s*[,，|]\\s*|\\s+)${CELL}){${side - 1}}`;
  return {
    side,
    whole: new RegExp(`^[\\s|[]*(${row})[\\s|,\\]]*$`),
    last: new RegExp(`(?<![\\w?])(${row})[\\s|,\\]]*$`),
    first: new RegExp(`^[\\s|[]*(${row})(?![\\w?])`),
  };
});
const SUM = /(?:sums?|totals?|constant|come to|makes?|adds? up to|和|常数|总数|合计)[^\d.。]{0,40}?(\d{1,4})/i;

/** Letters for gaps that a question leaves without. */
const SPARE = [..."pqstuvwxyz"];

function readRows(text: string): { rows: Entry[][]; rest: string } | undefined {
  const parts = text
    .replace(/\]\s*,\s*\[/g, "\n")
    .split(/\n+|[/;；]/)
    .filter((part) => part.trim() !== "");
  for (const { side, whole, last, first } of ROWS)
    for (let at = 0; at + side <= parts.length; at++) {
      const inner = parts.slice(at + 1, at + side - 1).map((part) => whole.exec(part)?.[1]);
      if (inner.includes(undefined)) continue;
      const [top, bottom] = [last.exec(parts[at]!)?.[1], first.exec(parts[at + side - 1]!)?.[1]];
      if (top === undefined || bottom === undefined) continue;
      let spare = 0;
      const rows = [top, ...(inner as string[]), bottom].map((row) =>
        row
          .match(new RegExp(CELL, "g"))!
          .map((cell) => (/\d/.test(cell) ? Number(cell) : /[a-z]/.test(cell) ? cell : SPARE[spare++ % SPARE.length]!)),
      );
      const before = [...parts.slice(0, at), parts[at]!.slice(0, parts[at]!.lastIndexOf(top))];
      const behind = [parts[at + side - 1]!.replace(bottom, ""), ...parts.slice(at + side)];
      return { rows, rest: [...before, ...behind].join(" ") };
    }
  return undefined;
}

/** Reads a magic square that lines with one gap solve; undefined where a text has none. */
export function readSquare(question: string): Square | undefined {
  if (question.length > LONGEST || !ABOUT.test(question)) return undefined;
  const read = readRows(question);
  if (read === undefined) return undefined;
  const sum = SUM.exec(read.rest)?.[1];
  const square: Square = sum === undefined ? { rows: read.rows } : { rows: read.rows, sum: Number(sum) };
  const letters = lettersOf(square);
  const isFit = letters.length > 0 && letters.length <= 9 && new Set(letters).size === letters.length;
  return isFit && solve(square) !== undefined ? square : undefined;
}
