// Questions on a small table of whole numbers. Owns levels, drawing, checker and entry; problem.ts says what is asked, layouts.ts writes
// and finds tables, trace.ts reasons, reader.ts reads, wordings.ts asks.

import { proved, refuted, type TaskChecker, unknown } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import type { Family } from "../../family.ts";
import type { Random } from "../../random.ts";
import { inLanguage, THEMES, wordOf } from "./lexicon.ts";
import { type Ask, columnOf, countedRows, KINDS, solve, type Table, type TableQuestion } from "./problem.ts";
import { readTableQuestion } from "./reader.ts";
import { tableStep, trace } from "./trace.ts";
import { tablePhrasings } from "./wordings.ts";

/** By level: what is asked, the fewest and most rows and columns of numbers, the largest number. */
const LEVELS = [
  { kinds: KINDS.slice(0, 3), rows: [3, 4], columns: [1, 2], most: 30 },
  { kinds: KINDS, rows: [3, 5], columns: [2, 3], most: 60 },
  { kinds: KINDS, rows: [5, 8], columns: [2, 4], most: 99 },
] as const;

function drawTable(random: Random, { rows, columns, most }: (typeof LEVELS)[number]): Table {
  const theme = random.pick(THEMES);
  const names = random.shuffle(theme.rows).slice(0, random.int(rows[0], rows[1]));
  const headings = random.shuffle(theme.columns).slice(0, random.int(columns[0], columns[1]));
  const row = () => headings.map(() => random.int(1, most));
  return { head: theme.head, columns: headings, rows: names.map((name) => ({ name, values: row() })) };
}

function drawAsk(random: Random, kind: (typeof KINDS)[number], table: Table): Ask | undefined {
  const column = random.below(table.columns.length);
  const values = columnOf(table, column);
  switch (kind) {
    case "sum":
      return { kind, column };
    case "extreme":
      return { kind, column, isHigh: random.chance(0.6) };
    case "difference": {
      const [row = 0, other = 1] = random.shuffle(values.map((_, i) => i));
      return values[row]! > values[other]! ? { kind, column, row, other } : undefined;
    }
    default: {
      const limit = random.int(Math.min(...values), Math.max(...values));
      const filter = { column, isAbove: random.chance(0.6), limit };
      const counted = countedRows(table, filter as never).length;
      // Some rows count and some don't; a limit that is itself in the column is rare.
      if (counted === 0 || counted === values.length || (values.includes(limit) && random.chance(0.7)))
        return undefined;
      if (kind === "count") return { kind, ...filter };
      const summed = random.below(table.columns.length);
      return summed === column || counted < 2 ? undefined : { kind, ...filter, summed };
    }
  }
}

function draw(random: Random, level: number): TableQuestion {
  const limit = LEVELS[level - 1]!;
  const kind = random.pick<(typeof KINDS)[number]>(limit.kinds);
  for (;;) {
    const table = drawTable(random, limit);
    const ask = drawAsk(random, kind, table);
    if (ask !== undefined && solve({ table, ask }) !== undefined) return { table, ask };
  }
}

function key({ table, ask }: TableQuestion): string {
  const lines = [[table.head, ...table.columns], ...table.rows.map(({ name, values }) => [name, ...values])];
  const { kind, ...rest } = ask;
  const names = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return `${kind}, ${names.sort().join(", ")}: ${lines.map((cells) => cells.join(" ")).join("; ")}`;
}

const checker: TaskChecker<TableQuestion> = {
  id: "table-reading",
  recognise: readTableQuestion,
  premises: () => [],
  checkStep: (problem, line, context) => tableStep(problem, line, context) ?? columnStep(line, context),
  checkAnswer(problem, answer, budget) {
    const expected = solve(problem)!;
    if (typeof expected === "number") return wholeAnswer(answer, String(expected), budget);
    const said = wordOf(
      answer
        .replace(/\\text\s*\{([^}]*)\}/g, "$1")
        .replace(/[.。]$/, "")
        .trim(),
    ).toLowerCase();
    const named = problem.table.rows.find(({ name }) => name.toLowerCase() === said);
    if (named === undefined) return unknown("unparsed");
    const heading = problem.table.columns[problem.ask.column]!;
    const value = (name: string) =>
      String(problem.table.rows.find((row) => row.name === name)!.values[problem.ask.column]);
    if (named.name === expected) return proved();
    return refuted({ column: heading, [named.name]: value(named.name), [expected]: value(expected) });
  },
  answerBy: "recomputing",
};

/** Questions on a table; at the default level three to five rows, two or three columns. */
export const tableReading: Family<TableQuestion> = {
  id: "table-reading",
  area: "documents",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds,
  draw,
  key,
  cell: ({ ask }) => ask.kind,
  trace,
  answer(problem, language) {
    const found = solve(problem)!;
    return typeof found === "number" ? String(found) : inLanguage(found, language);
  },
  verifier: ({ ask }) => (ask.kind === "extreme" ? { kind: "choice" } : { kind: "number" }),
  leastWordings: 8,
  phrasings: tablePhrasings,
  checker,
  // Without "prompts": the tables themselves are the same text in all wordings.
  proofs: ["reproducible", "wordings", "questions", "computable", "steps", "answers", "perturbations", "frequency"],
  carriers: "keep-case",
};
