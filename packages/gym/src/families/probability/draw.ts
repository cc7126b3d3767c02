// Draws problems of probability. Owns the levels and their cells; numbers stay so small that every fraction is reduced by small facts.

import { gcd } from "../../division.ts";
import type { Random } from "../../random.ts";
import { type Draws, isProblem, type Kind, listedPairs, named, type Probability, sum, testCounts } from "./problem.ts";

/** By level: kinds of equal share, most things in an urn, most sorts, most tosses, sides of dice, most tries. */
const LEVELS = [
  { kinds: ["draw", "number", "coins"], things: 20, sorts: 3, tosses: 3, sides: [6], tries: 2 },
  { kinds: ["kept", "back", "dice", "coins", "trials"], things: 15, sorts: 3, tosses: 6, sides: [4, 6, 8], tries: 3 },
  {
    kinds: ["kept", "back", "dice", "totals", "cells", "test"],
    things: 20,
    sorts: 4,
    tosses: 6,
    sides: [4, 6, 8, 10, 12],
    tries: 3,
  },
] as const satisfies readonly {
  kinds: readonly (Exclude<Kind, "draws"> | "kept" | "back")[];
  [name: string]: unknown;
}[];
type Limit = (typeof LEVELS)[number];

export const LEVEL_COUNT = LEVELS.length;

const CELLS: Readonly<Record<Limit["kinds"][number], string>> = {
  draw: "one draw",
  number: "one number",
  coins: "coins",
  kept: "draws without replacement",
  back: "draws with replacement",
  dice: "two dice",
  trials: "repeated tries",
  totals: "table by totals",
  cells: "table by cells",
  test: "test that errs",
};

/** The cells of a level: its kinds. */
export const cellsOf = (level: number): string[] => LEVELS[level - 1]!.kinds.map((kind) => CELLS[kind]);

export const cellOf = (problem: Probability): string =>
  CELLS[problem.kind === "draws" ? (problem.isBack ? "back" : "kept") : problem.kind];

/** Pairs of dice that a trace lists at most. */
const MOST_PAIRS = 10;
/** Numbers up to this are reduced by small facts: a line of division has one of them in front. */
const SMALL = 30;

/** A problem of the level. */
export function draw(random: Random, level: number): Probability {
  const limit = LEVELS[level - 1]!;
  const kind = random.pick<Limit["kinds"][number]>(limit.kinds);
  for (;;) {
    const problem = attempt(random, kind, limit);
    if (isProblem(problem) && isSmall(problem)) return problem;
  }
}

function isSmall(problem: Probability): boolean {
  switch (problem.kind) {
    case "dice": {
      const [a, b] = problem.sides;
      return problem.k <= a + b && listedPairs(problem).pairs.length <= MOST_PAIRS;
    }
    case "totals":
      return problem.given === "trait" || problem.trait === 1;
    case "test": {
      const { found, wrongly } = testCounts(problem);
      const [p, q] = [found, found + wrongly];
      const zeros = p % 100 === 0 && q % 100 === 0 ? 100 : p % 10 === 0 && q % 10 === 0 ? 10 : 1;
      return Math.min(p, q - p) / zeros <= SMALL && p / zeros <= SMALL;
    }
    case "trials":
      return problem.under ** problem.n < 1000;
    default:
      return named(problem).P[1] < 1000;
  }
}

function attempt(random: Random, kind: Limit["kinds"][number], limit: Limit): Probability {
  switch (kind) {
    case "draw": {
      const counts = urn(random, limit);
      const order = random.shuffle(counts.map((_, i) => i));
      const isPair = counts.length > 2 && random.chance(0.25);
      const wanted = order.slice(0, isPair ? 2 : 1).sort((a, b) => a - b);
      return { kind, counts, wanted, isNot: !isPair && counts.length > 2 && random.chance(0.4) };
    }
    case "number": {
      const n = random.int(6, 30);
      const condition = random.pick(["more", "less", "least", "multiple"] as const);
      return { kind, n, condition, k: condition === "multiple" ? random.int(2, Math.min(9, n)) : random.int(2, n - 1) };
    }
    case "coins": {
      const n = random.int(2, limit.tosses);
      if (random.chance(0.7)) return { kind, n, condition: "exactly", k: random.int(1, n) };
      return { kind, n, condition: "least", k: random.pick([1, n - 1, Math.max(1, n - 2)]) };
    }
    case "kept":
    case "back":
      return draws(random, kind === "back", limit);
    case "dice": {
      const sides = [random.pick<number>(limit.sides), random.pick<number>(limit.sides)] as const;
      const condition = random.pick(["sum", "sum", "least", "most"] as const);
      return { kind, sides, condition, k: random.int(2, sides[0] + sides[1]) };
    }
    case "trials": {
      for (;;) {
        const under = random.int(3, 10);
        const over = random.int(1, under - 1);
        const n = random.int(2, limit.tries);
        if (gcd(over, under) === 1)
          return { kind, over, under, n, event: random.pick(["all", "none", "some", "some"]) };
      }
    }
    case "totals":
    case "cells": {
      const cell = () => random.int(2, 20);
      const bit = () => random.below(2) as 0 | 1;
      const given = random.pick(["group", "trait"] as const);
      const cells = [
        [cell(), cell()],
        [cell(), cell()],
      ] as const;
      return { kind, cells, given, group: bit(), trait: bit() };
    }
    case "test":
      return {
        kind,
        people: random.pick([100, 200, 300, 400, 500, 600, 800, 1000]),
        share: random.pick([1, 2, 4, 5, 10, 15, 20, 25, 30, 40]),
        hits: random.pick([50, 60, 70, 75, 80, 85, 90, 95]),
        alarms: random.pick([1, 2, 4, 5, 10, 15, 20, 25]),
      };
  }
}

/** Counts of two or more sorts. */
function urn(random: Random, { things, sorts }: Limit): number[] {
  for (;;) {
    const counts = Array.from({ length: random.int(2, sorts) }, () => random.int(1, 9));
    if (sum(counts) <= things && sum(counts) > 3) return counts;
  }
}

function draws(random: Random, isBack: boolean, limit: Limit): Draws {
  const counts = urn(random, limit);
  const [sort, other] = random.shuffle(counts.map((_, i) => i)) as [number, number];
  const event = random.pick(["all", "order", "each", "some"] as const);
  const times = event === "all" && limit.tries === 3 && limit.sorts === 4 && random.chance(0.6) ? 3 : 2;
  const sorts = event === "all" || event === "some" ? [sort] : [sort, other];
  return { kind: "draws", counts, times, isBack, event, sorts };
}
