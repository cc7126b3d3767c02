// Draws problems of sets. Owns the levels; knows no words.

import type { Random } from "../../random.ts";
import { NAMES } from "../ordering/names.ts";
import {
  type Counts,
  type Elements,
  type Expression,
  members,
  type Operation,
  type Problem,
  QUESTIONS,
  type Role,
} from "./problem.ts";

/** By level: cells, most elements of a set, largest number, questions of counts, largest number of people in a region, largest sizes. */
const LEVELS = [
  {
    cells: ["union", "intersection", "difference", "counts"],
    most: 5,
    number: 12,
    counts: [0, 2],
    region: 12,
    product: 9,
    power: 4,
  },
  {
    cells: ["union", "intersection", "difference", "symmetric", "nested", "product", "power", "counts"],
    most: 6,
    number: 25,
    counts: [0, 5],
    region: 20,
    product: 20,
    power: 7,
  },
  {
    cells: ["union", "intersection", "difference", "symmetric", "nested", "product", "power", "counts"],
    most: 8,
    number: 60,
    counts: [3, 7],
    region: 60,
    product: 60,
    power: 9,
  },
] as const;

export const SET_LEVELS = LEVELS.length;
export const cellsOf = (level: number): readonly string[] => LEVELS[level - 1]!.cells;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  union: "∪",
  intersection: "∩",
  difference: "\\",
  symmetric: "△",
};
const LETTERS = ["ABC", "ABC", "XYZ", "MNP", "STU"];

export function drawProblem(random: Random, level: number): Problem {
  const limit = LEVELS[level - 1]!;
  const cell = random.pick<string>(limit.cells);
  const letters = [...random.pick(LETTERS)];
  if (cell === "counts") return { ...drawCounts(random, QUESTIONS.slice(...limit.counts), limit.region), letters: [] };
  if (cell === "product")
    return {
      kind: "sizes",
      sizes: [random.int(3, limit.product), random.int(3, Math.min(limit.product, 15))],
      letters: letters.slice(0, 2),
    };
  if (cell === "power") return { kind: "sizes", sizes: [random.int(2, limit.power)], letters: letters.slice(0, 1) };
  const count = cell === "nested" ? 3 : 2;
  return { ...drawElements(random, cell, count, limit), letters: letters.slice(0, count) };
}

/** The letters a and i, which are words too. */
const WORDS = [0, 8];

function drawElements(random: Random, cell: string, count: number, limit: (typeof LEVELS)[number]): Elements {
  const of = random.pick(["numbers", "numbers", "letters", "names"] as const);
  const all = { numbers: limit.number, letters: 26, names: NAMES.en.length }[of];
  const pool = Array.from({ length: all }, (_, i) => (of === "numbers" ? i + 1 : i)).filter(
    (one) => of !== "letters" || !WORDS.includes(one),
  );
  for (;;) {
    // A few elements more than a set holds, so that sets overlap.
    const shared = random.shuffle(pool).slice(0, limit.most + random.int(1, 3));
    const sets = Array.from({ length: count }, () => {
      const set = random.shuffle(shared).slice(0, random.int(3, limit.most));
      return of === "numbers" && random.chance(0.6) ? set.sort((p, q) => p - q) : set;
    });
    const expression = drawExpression(random, cell);
    const found = members(expression, sets).length;
    const overlap = sets[0]!.some((one) => sets[1]!.includes(one));
    // An empty result is seldom.
    if (overlap && (found > 0 || random.chance(0.15))) return { kind: "elements", of, sets, expression };
  }
}

function drawExpression(random: Random, cell: string): Expression {
  if (cell !== "nested") return { op: OPERATIONS[cell]!, left: 0, right: 1 };
  const [outer, inner] = random.shuffle(["∪", "∩", "\\", random.pick(["∪", "∩", "\\"])] as Operation[]) as [
    Operation,
    Operation,
  ];
  if (outer === inner && outer !== "\\") return drawExpression(random, cell);
  return random.chance(0.5)
    ? { op: outer, left: { op: inner, left: 0, right: 1 }, right: 2 }
    : { op: outer, left: 0, right: { op: inner, left: 1, right: 2 } };
}

/** Regions first, so that all numbers fit together. */
function drawCounts(random: Random, questions: typeof QUESTIONS, region: number): Counts {
  const { asked, known } = random.pick(questions);
  const count = known.includes("c") ? 3 : 2;
  const regions = Array.from({ length: 2 ** count }, () => random.int(1, region));
  const sum = (is: (bits: number) => boolean) => regions.reduce((total, one, bits) => total + (is(bits) ? one : 0), 0);
  const value = (role: Role): number => {
    if (role === "all") return sum(() => true);
    if (role === "none") return regions[0]!;
    if (role === "any") return sum((bits) => bits > 0);
    const mask = [...role].reduce((bits, letter) => bits | (1 << "abc".indexOf(letter)), 0);
    return sum((bits) => (bits & mask) === mask);
  };
  return { kind: "counts", asked, known: Object.fromEntries(known.map((role) => [role, value(role)])) };
}
