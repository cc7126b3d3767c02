// Draws zebra puzzles: the solution first, then clues until elimination decides all, then as few of them as do. Owns the levels; knows no words.

import type { Random } from "../../random.ts";
import { CATEGORIES } from "./categories.ts";
import { type Ask, type Clue, everything, type Puzzle, type Relation, related, solve, valuesIn } from "./puzzle.ts";
import { eliminate } from "./trace.ts";

/** Houses, categories, and lines of elimination at most, by level. */
const LEVELS = [
  { houses: 3, categories: 2, lines: 10 },
  { houses: 3, categories: 3, lines: 18 },
  { houses: 4, categories: 3, lines: 32 },
] as const;

export const ZEBRA_LEVELS = LEVELS.length;
export const cellOf = (houses: number, categories: number): string => `${houses} houses, ${categories} categories`;
export const cellsOf = (level: number): string[] => [cellOf(LEVELS[level - 1]!.houses, LEVELS[level - 1]!.categories)];

const RELATIONS: readonly (readonly [Relation | "at" | "notAt", number])[] = [
  ["same", 5],
  ["not", 2],
  ["left", 3],
  ["right", 3],
  ["justLeft", 2],
  ["justRight", 2],
  ["beside", 3],
  ["at", 2],
  ["notAt", 2],
];

export function drawPuzzle(random: Random, level: number): Puzzle {
  const { houses, categories: count, lines } = LEVELS[level - 1]!;
  for (;;) {
    const others = random.shuffle(CATEGORIES.map((_, id) => id).slice(1)).slice(0, count - 1);
    const categories = [0, ...others].map((id) => ({
      id,
      words: random.shuffle(CATEGORIES[id]!.en.words.map((_, i) => i)).slice(0, houses),
    }));
    const rows = categories.map(() => random.shuffle(Array.from({ length: houses }, (_, i) => i + 1)));
    const solution = rows.flat();
    const clues = drawClues(random, { houses, categories }, solution);
    const puzzle = { houses, categories, clues, ask: drawAsk(random, houses, count, solution) };
    const steps = eliminate(puzzle);
    if (steps !== undefined && steps.length <= lines && !isTold(puzzle)) return puzzle;
  }
}

function drawClue(random: Random, values: number, houses: number, solution: readonly number[]): Clue {
  for (;;) {
    const kind = random.weighted(RELATIONS);
    const a = random.below(values);
    if (kind === "at") return { kind, a, house: solution[a]! };
    if (kind === "notAt") {
      const house = random.int(1, houses);
      if (house !== solution[a]) return { kind, a, house };
      continue;
    }
    const b = random.below(values);
    // "Ann is not Bob" says nothing; places in the row may be compared within a category.
    const isOne = Math.floor(a / houses) === Math.floor(b / houses);
    if (a === b || (isOne && (kind === "same" || kind === "not"))) continue;
    if (related(kind, solution[a]!, solution[b]!)) return { kind, a, b };
  }
}

/** Clues that decide all by elimination, none of which the others make needless. */
function drawClues(random: Random, puzzle: Pick<Puzzle, "houses" | "categories">, solution: readonly number[]): Clue[] {
  const values = everything(puzzle).length;
  let clues: Clue[] = [];
  while (solve({ ...puzzle, clues }) === undefined) {
    const clue = drawClue(random, values, puzzle.houses, solution);
    if (!clues.some((known) => isAlike(known, clue))) clues.push(clue);
  }
  for (const clue of [...clues]) {
    const fewer = clues.filter((known) => known !== clue);
    if (solve({ ...puzzle, clues: fewer }) !== undefined) clues = fewer;
  }
  return random.shuffle(clues);
}

/** Whether two clues speak of the same values. */
function isAlike(first: Clue, second: Clue): boolean {
  const said = (clue: Clue) => ("b" in clue ? [clue.a, clue.b].sort((x, y) => x - y).join() : `${clue.a}`);
  return said(first) === said(second);
}

function drawAsk(random: Random, houses: number, categories: number, solution: readonly number[]): Ask {
  const kind = random.weighted([
    ["with", 5],
    ["house", 2],
    ["in", 2],
  ] as const);
  const value = random.below(solution.length);
  if (kind === "house") return { value, want: "house" };
  if (kind === "in") return { house: random.int(1, houses), want: random.below(categories) };
  const own = Math.floor(value / houses);
  return { value, want: random.pick(Array.from({ length: categories }, (_, i) => i).filter((i) => i !== own)) };
}

/** Whether a clue says the answer itself. */
function isTold({ clues, ask, houses }: Puzzle): boolean {
  return clues.some((clue) => {
    if ("house" in ask)
      return clue.kind === "at" && clue.house === ask.house && valuesIn(ask.want, houses).includes(clue.a);
    if (ask.want === "house") return clue.kind === "at" && clue.a === ask.value;
    if (clue.kind !== "same") return false;
    const wanted = valuesIn(ask.want, houses);
    return (clue.a === ask.value && wanted.includes(clue.b)) || (clue.b === ask.value && wanted.includes(clue.a));
  });
}
