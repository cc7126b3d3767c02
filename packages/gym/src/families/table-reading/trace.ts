// The reasoning on a table: each cell that is needed stands on a line with its row, a sum follows where it can. An extreme is compared
// with the best so far (`Bob: score=20>12`); rows that count are numbered (`1: Bob`). Owns these lines and judges them.

import type { Language } from "@lemma/protocol";
import { proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { writtenSum } from "../../written.ts";
import { inLanguage, wordOf } from "./lexicon.ts";
import { columnOf, countedRows, type TableQuestion } from "./problem.ts";

/** Reasoning from the cells to the answer. */
export function trace({ table, ask }: TableQuestion, language: Language): string[] {
  const cell = (row: number, column: number, compared = "") => {
    const { name, values } = table.rows[row]!;
    return `${inLanguage(name, language)}: ${inLanguage(table.columns[column]!, language)}=${values[column]}${compared}`;
  };
  const values = columnOf(table, ask.column);
  const comparedWith = (value: number, other: number) => `${value < other ? "<" : value > other ? ">" : "="}${other}`;
  switch (ask.kind) {
    case "sum":
      return summed(values.map((value, row) => ({ value, lines: [cell(row, ask.column)] })));
    case "extreme": {
      let best = values[0]!;
      return values.map((value, row) => {
        const line = cell(row, ask.column, row === 0 ? "" : comparedWith(value, best));
        if (ask.isHigh ? value > best : value < best) best = value;
        return line;
      });
    }
    case "difference": {
      const rows = [ask.row, ask.other].sort((p, q) => values[q]! - values[p]!);
      const [larger = 0, smaller = 0] = rows.map((row) => values[row]!);
      return [...rows.map((row) => cell(row, ask.column)), ...writtenSum(larger, "-", smaller)];
    }
    case "count":
    case "filtered sum": {
      const counted = countedRows(table, ask);
      const parts = values.map((value, row) => {
        const lines = [cell(row, ask.column, comparedWith(value, ask.limit))];
        const place = counted.indexOf(row);
        if (place < 0) return { lines };
        if (ask.kind === "count")
          return { lines: [...lines, `${place + 1}: ${inLanguage(table.rows[row]!.name, language)}`] };
        return { lines: [...lines, cell(row, ask.summed)], value: columnOf(table, ask.summed)[row]! };
      });
      return summed(parts);
    }
  }
}

/** The lines of each part, and behind the second and further ones with a value the sum so far. */
function summed(parts: readonly { lines: readonly string[]; value?: number }[]): string[] {
  let sum: number | undefined;
  return parts.flatMap(({ lines, value }) => {
    if (value === undefined) return lines;
    const added = sum === undefined ? [] : writtenSum(sum, "+", value);
    sum = (sum ?? 0) + value;
    return [...lines, ...added];
  });
}

const CELL = /^(.+?)\s*=\s*(-?\d{1,6})(?:\s*([<>=])\s*(\d{1,6}))?$/;

/** Judges a cell, with what it is compared with, and the number of a row that counts; undefined for any other line. */
export function tableStep(
  { table, ask }: TableQuestion,
  line: StepLine,
  context: StepContext,
): TaskVerdict | undefined {
  const { label = "", body } = line;
  const isCalled = (text: string) => (word: string) => word.toLowerCase() === wordOf(text.trim()).toLowerCase();
  const names = table.rows.map(({ name }) => name);
  const row = names.findIndex(isCalled(label));
  const [, heading = "", value, sign, other] = CELL.exec(body) ?? [];
  const column = table.columns.findIndex(isCalled(heading));
  if (row >= 0 && column >= 0) {
    const found = table.rows[row]!.values[column]!;
    const stands = { row: names[row]!, column: table.columns[column]!, value: String(found) };
    if (Number(value) !== found) return { ...refuted(stands), from: [-1] };
    if (sign !== undefined) {
      const isTrue =
        sign === "<" ? found < Number(other) : sign === ">" ? found > Number(other) : found === Number(other);
      if (!isTrue) return { ...refuted({ ...stands, "compared with": other! }), from: [-1] };
    }
    return { ...proved(), from: [-1] };
  }
  if (ask.kind !== "count" || !/^\d{1,3}$/.test(label)) return undefined;
  const counted = countedRows(table, ask);
  const named = names.findIndex(isCalled(body));
  if (named < 0) return undefined;
  if (counted[Number(label) - 1] !== named)
    return { ...refuted({ [label]: names[counted[Number(label) - 1] ?? -1] ?? "no such row" }), from: [-1] };
  const standing = context.steps.findLast((step) => isCalled(step.label ?? "")(names[named]!));
  return { ...proved(), from: [standing?.index ?? -1] };
}
