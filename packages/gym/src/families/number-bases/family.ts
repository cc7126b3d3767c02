// Numerals in bases 2 to 16: from one base to another by place values and by repeated division, and sums. Owns levels, drawing and the
// entry; problem.ts says what a problem is, trace.ts reasons, checker.ts judges, wordings.ts asks.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { basesChecker } from "./checker.ts";
import { answerOf, type BaseProblem, cellOf, LARGEST_BASE, numeralIn } from "./problem.ts";
import { trace } from "./trace.ts";
import { basePhrasings } from "./wordings.ts";

const LEVELS = [
  { cells: ["to decimal", "from decimal"], numbers: [10, 99], base: 9 },
  { cells: ["to decimal", "from decimal", "between bases"], numbers: [20, 255], base: LARGEST_BASE },
  { cells: ["to decimal", "from decimal", "between bases", "sum"], numbers: [100, 999], base: LARGEST_BASE },
] as const;

/** The bases of sums. */
const SUM_BASES = [2, 8, 16] as const;
/** Those of computing come as often as all others together. */
const COMMON_BASES = 0.5;

function drawBase(random: Random, largest: number, other = 10): number {
  for (;;) {
    const base = random.chance(COMMON_BASES) ? random.pick(SUM_BASES) : random.int(2, largest);
    if (base <= largest && base !== 10 && base !== other) return base;
  }
}

/** A numeral of letters alone could be read as a word. */
const hasFigure = (numeral: string): boolean => /\d/.test(numeral);

function draw(random: Random, level: number): BaseProblem {
  const { cells, numbers, base: largest } = LEVELS[level - 1]!;
  const cell = random.pick<string>(cells);
  for (;;) {
    const [from, to] = drawBases(random, cell, largest);
    const total = random.int(numbers[0], numbers[1]);
    const part = random.int(Math.ceil(total / 5), Math.floor(total / 2));
    const values = cell === "sum" ? random.shuffle([part, total - part]) : [total];
    const numerals = values.map((value) => numeralIn(value, from));
    if (new Set(numerals).size === values.length && numerals.every(hasFigure)) return { numerals, from, to };
  }
}

function drawBases(random: Random, cell: string, largest: number): readonly [number, number] {
  const base = cell === "sum" ? random.pick(SUM_BASES) : drawBase(random, largest);
  if (cell === "to decimal") return [base, 10];
  if (cell === "from decimal") return [10, base];
  return [base, cell === "sum" ? base : drawBase(random, largest, base)];
}

/** Numerals in other bases; at the default level numbers to 255. */
export const numberBases: Family<BaseProblem> = {
  id: "number-bases",
  area: "arithmetic",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.cells,
  draw,
  key: ({ numerals, from, to }) => `${[...numerals].sort().join("+")} ${from}->${to}`,
  cell: cellOf,
  trace,
  answer: answerOf,
  verifier: ({ to }) => ({ kind: to === 10 ? "number" : "text" }),
  // The bases of which some have names, and the digits above 9 with their values.
  vocabulary: ["back", "digits", "2", "8", "10", "11", "12", "13", "14", "15", "16", "A", "B", "C", "D", "E", "F"],
  leastWordings: 8,
  phrasings: basePhrasings,
  checker: basesChecker,
  proofs: MATHEMATICAL_PROOFS,
};
