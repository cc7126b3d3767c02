// The levels of program output: limits that keep every line of a run within one small fact. Sums and products come from tables, no
// carry runs between two long numbers. Must not know how programs are drawn.

import type { Run } from "./execute.ts";
import type { Operator } from "./program.ts";

/** What a level allows: lines, rounds of its loop, lines of its run (a counting loop's looks at its values apart), values; and how
 * often each shape is drawn. */
export interface Limits {
  readonly lines: number;
  readonly rounds: readonly [number, number];
  readonly events: number;
  readonly largest: number;
  readonly shapes: readonly (readonly [Shape, number])[];
}

/** What a program does; draw.ts says how each is made. */
export type Shape = "sum" | "pair" | "if" | "after" | "else" | "threshold" | "counter" | "meet" | "count";

/** Levels 1 and up. */
export const LEVELS: readonly Limits[] = [
  {
    lines: 5,
    rounds: [2, 3],
    events: 12,
    largest: 50,
    shapes: [
      ["sum", 3],
      ["threshold", 3],
    ],
  },
  {
    lines: 6,
    rounds: [2, 5],
    events: 16,
    largest: 99,
    shapes: [
      ["sum", 6],
      ["pair", 4],
      ["if", 4],
      ["after", 2],
      ["threshold", 6],
      ["counter", 5],
      ["meet", 2],
      ["count", 3],
    ],
  },
  {
    lines: 8,
    rounds: [2, 8],
    events: 30,
    largest: 999,
    shapes: [
      ["sum", 2],
      ["pair", 3],
      ["if", 3],
      ["after", 2],
      ["else", 4],
      ["threshold", 3],
      ["counter", 3],
      ["meet", 2],
      ["count", 3],
    ],
  },
];

/** Whether a run keeps a level's limits. */
export function keeps({ events, operations, rounds }: Run, limits: Limits, level: number): boolean {
  const [fewest, most] = limits.rounds;
  // A condition that never holds makes its branch idle.
  const lines = events.filter(({ head }) => head === undefined);
  const conditions = lines.filter(({ text }) => / (?:yes|no)$/.test(text));
  return (
    (conditions.length === 0 || conditions.some(({ text }) => text.endsWith("yes"))) &&
    rounds >= fewest &&
    rounds <= most &&
    lines.length <= limits.events &&
    events.every(({ sets }) => sets === undefined || (sets.value >= 0 && sets.value <= limits.largest)) &&
    operations.every(({ op, left, right, result }) => isSmall(op, left, right, result, level))
  );
}

/** Whether a tiny model can know the operation by heart, digit by digit. */
function isSmall(op: Operator, left: number, right: number, result: number, level: number): boolean {
  if (result < 0 || result > (level === 3 ? 999 : 99)) return false;
  if (level === 3) return op !== "%" || right <= 10;
  const [small, large] = left < right ? [left, right] : [right, left];
  switch (op) {
    case "+":
      return small < 10 || (small % 10) + (large % 10) < 10;
    case "-":
      return right < 10 || left % 10 >= right % 10;
    case "*":
      return large < 13 || small < 4;
    case "//":
    case "%":
      return right === 2 || right === 5 || right === 10 || left < 30;
  }
}
