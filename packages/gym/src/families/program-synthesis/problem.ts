// Functions over a list of whole numbers: which numbers to keep, what to take of each, what to give back. Owns the drawing, the key,
// the meaning, and the tests of a problem; knows no language of people or machines.

import { Random } from "../../random.ts";

/** Which numbers count: all, or those with a property, which may have a number of its own. */
export type Keep =
  | { readonly keep: "all" | "even" | "odd" }
  | { readonly keep: "above" | "below" | "divisible"; readonly by: number };
/** What is taken of each number. */
export type Take = { readonly take: "itself" | "square" } | { readonly take: "times" | "plus"; readonly by: number };
/** What is given back of what was taken; `largest` of nothing is 0. */
export const GIVES = ["sum", "count", "largest", "list"] as const;
export type Give = (typeof GIVES)[number];

export interface Synthesis {
  readonly language: "python" | "javascript";
  readonly keep: Keep;
  readonly take: Take;
  readonly give: Give;
}

/** Level 1 keeps or takes, level 2 does both. */
export const SYNTHESIS_LEVELS = 2;

export function drawSynthesis(random: Random, level: number): Synthesis {
  const language = random.pick(["python", "javascript"] as const);
  const give = random.pick(GIVES);
  const keep = (): Keep => {
    const kind = random.pick(["even", "odd", "above", "below", "divisible"] as const);
    if (kind === "even" || kind === "odd") return { keep: kind };
    // Below 2 there are only numbers that are their own squares.
    return { keep: kind, by: kind === "divisible" ? random.int(3, 9) : random.int(4, 15) };
  };
  const take = (): Take => {
    const kind = random.pick(["square", "times", "plus"] as const);
    return kind === "square"
      ? { take: kind }
      : { take: kind, by: kind === "times" ? random.int(2, 9) : random.int(1, 12) };
  };
  const all: Keep = { keep: "all" };
  const itself: Take = { take: "itself" };
  // How many there are does not depend on what is taken of them.
  if (give === "count") return { language, give, keep: keep(), take: itself };
  if (level === 2) return { language, give, keep: keep(), take: take() };
  return random.chance(0.5)
    ? { language, give, keep: keep(), take: itself }
    : { language, give, keep: all, take: take() };
}

export const keepText = (keep: Keep): string => ("by" in keep ? `${keep.keep} ${keep.by}` : keep.keep);
export const takeText = (take: Take): string => ("by" in take ? `${take.take} ${take.by}` : take.take);

/** Equal for equal functions, whatever the programming language. */
export const synthesisKey = ({ keep, take, give }: Synthesis): string =>
  `${give} of ${takeText(take)} of ${keepText(keep)}`;

/** What the function gives for a list. */
export function evaluate({ keep, take, give }: Synthesis, numbers: readonly number[]): number | number[] {
  const kept = numbers.filter((n) => isKept(keep, n));
  const taken = kept.map((n) => {
    if (take.take === "square") return n * n;
    if (take.take === "times") return n * take.by;
    return take.take === "plus" ? n + take.by : n;
  });
  if (give === "list") return taken;
  if (give === "count") return taken.length;
  return give === "sum" ? taken.reduce((a, b) => a + b, 0) : Math.max(0, ...taken);
}

function isKept(keep: Keep, n: number): boolean {
  switch (keep.keep) {
    case "all":
      return true;
    case "even":
      return n % 2 === 0;
    case "odd":
      return n % 2 === 1;
    case "above":
      return n > keep.by;
    case "below":
      return n < keep.by;
    case "divisible":
      return n % keep.by === 0;
  }
}

/** A list and what the function gives for it. */
export interface Example {
  readonly list: readonly number[];
  readonly gives: number | readonly number[];
}

const TESTS = 10;

/**
 * The tests of a problem: the same wherever it is asked. The first two are shown as examples; among the others are the empty list, the
 * bounds of what is kept one by one, and all numbers that are not kept, so that no other problem passes them.
 */
export function examplesOf(problem: Synthesis): Example[] {
  const random = Random.fromSeed(1).split(synthesisKey(problem));
  const edge = "by" in problem.keep ? problem.keep.by : 2;
  const lists: number[][] = [];
  // The shown ones keep some numbers and leave others out.
  while (lists.length < 2) {
    const list = Array.from({ length: random.int(3, 5) }, () => random.int(1, 20));
    const kept = list.filter((n) => isKept(problem.keep, n)).length;
    if (kept > 0 && (problem.keep.keep === "all" || kept < list.length)) lists.push(list);
  }
  const numbers = Array.from({ length: 21 }, (_, n) => n);
  lists.push(
    [],
    [edge - 1],
    [edge],
    [edge + 1],
    numbers,
    numbers.filter((n) => !isKept(problem.keep, n)),
  );
  while (lists.length < TESTS) lists.push(Array.from({ length: random.int(1, 8) }, () => random.int(0, 40)));
  return lists.map((list) => ({ list, gives: evaluate(problem, list) }));
}
