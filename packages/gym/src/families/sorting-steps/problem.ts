// Problems about sorting and searching by hand: the list after some passes, the number of swaps or comparisons, the probes of a binary
// search. Owns what they are, how they are drawn by level, their answers by plain code and their keys; knows no wording.

import type { Random } from "../../random.ts";

export const SORTS = ["bubble", "selection", "insertion"] as const;
export type Sort = (typeof SORTS)[number];

/** `passes`: the list after that many passes; `swaps` (bubble and selection sort) and `comparisons` (insertion sort): in the whole sort. */
export type SortProblem =
  | { readonly ask: "passes"; readonly sort: Sort; readonly list: readonly number[]; readonly passes: number }
  | { readonly ask: "swaps"; readonly sort: "bubble" | "selection"; readonly list: readonly number[] }
  | { readonly ask: "comparisons"; readonly sort: "insertion"; readonly list: readonly number[] };

/** Which numbers of a sorted list a binary search looks at; the middle of an even row is the left one of the two. */
export interface SearchProblem {
  readonly ask: "probes";
  readonly list: readonly number[];
  readonly target: number;
}

export type Problem = SortProblem | SearchProblem;

export const CELLS = ["bubble sort", "selection sort", "insertion sort", "binary search"] as const;

export const cellOf = (problem: Problem): (typeof CELLS)[number] =>
  problem.ask === "probes" ? "binary search" : `${problem.sort} sort`;

/** Sizes by level: numbers to sort, passes, numbers to search, the largest number. */
export const LEVELS = [
  { length: [3, 4], passes: [1, 1], search: [5, 7], largest: 20 },
  { length: [4, 5], passes: [1, 2], search: [7, 11], largest: 50 },
  { length: [5, 7], passes: [2, 3], search: [11, 15], largest: 99 },
] as const;

function distinct(random: Random, length: number, largest: number): number[] {
  const list = new Set<number>();
  while (list.size < length) list.add(random.int(1, largest));
  return [...list];
}

/** A problem of a level. */
export function drawProblem(random: Random, level: number): Problem {
  const { length, passes, search, largest } = LEVELS[level - 1]!;
  const cell = random.pick(CELLS);
  if (cell === "binary search") {
    const list = distinct(random, random.int(search[0], search[1]), largest).sort((a, b) => a - b);
    const target = random.chance(0.8) ? random.pick(list) : random.int(1, largest);
    // A search that ends at once says little.
    return probesOf({ ask: "probes", list, target }).length < 2
      ? drawProblem(random, level)
      : { ask: "probes", list, target };
  }
  const sort = cell.split(" ")[0] as Sort;
  const size = random.int(length[0], length[1]);
  const list = distinct(random, size, largest);
  const isSorted = list.every((value, i) => i === 0 || list[i - 1]! <= value);
  if (isSorted) return drawProblem(random, level);
  if (random.chance(0.6)) {
    const problem: Problem = {
      ask: "passes",
      sort,
      list,
      passes: Math.min(random.int(passes[0], passes[1]), size - 2),
    };
    // A pass that changes nothing asks for the question's own list.
    return solve(problem) === list.join(" ") ? drawProblem(random, level) : problem;
  }
  return sort === "insertion" ? { ask: "comparisons", sort, list } : { ask: "swaps", sort, list };
}

/** The numbers that a binary search looks at. */
export function probesOf({ list, target }: SearchProblem): number[] {
  const probes: number[] = [];
  let [low, high] = [0, list.length - 1];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    probes.push(list[middle]!);
    if (list[middle] === target) break;
    if (list[middle]! < target) low = middle + 1;
    else high = middle - 1;
  }
  return probes;
}

/** The list after `passes` passes, and how often numbers were swapped and compared on the way. */
export function sorted(
  sort: Sort,
  list: readonly number[],
  passes: number,
): { list: number[]; swaps: number; comparisons: number } {
  const row = [...list];
  let [swaps, comparisons] = [0, 0];
  const swap = (i: number, j: number) => {
    [row[i], row[j]] = [row[j]!, row[i]!];
    swaps++;
  };
  for (let pass = 1; pass <= Math.min(passes, row.length - 1); pass++) {
    if (sort === "bubble") {
      for (let i = 0; i < row.length - pass; i++) {
        comparisons++;
        if (row[i]! > row[i + 1]!) swap(i, i + 1);
      }
    } else if (sort === "selection") {
      let least = pass - 1;
      for (let i = pass; i < row.length; i++) {
        comparisons++;
        if (row[i]! < row[least]!) least = i;
      }
      if (least !== pass - 1) swap(pass - 1, least);
    } else {
      for (let i = pass; i > 0; i--) {
        comparisons++;
        if (row[i - 1]! <= row[i]!) break;
        swap(i - 1, i);
      }
    }
  }
  return { list: row, swaps, comparisons };
}

/** The answer: a list with spaces, or a number. */
export function solve(problem: Problem): string {
  switch (problem.ask) {
    case "probes":
      return probesOf(problem).join(" ");
    case "passes":
      return sorted(problem.sort, problem.list, problem.passes).list.join(" ");
    default:
      return String(sorted(problem.sort, problem.list, problem.list.length)[problem.ask]);
  }
}

/** Equal for equal problems. */
export function problemKey(problem: Problem): string {
  const list = problem.list.join(",");
  if (problem.ask === "probes") return `search ${problem.target} ${list}`;
  return problem.ask === "passes"
    ? `${problem.sort} ${problem.passes} ${list}`
    : `${problem.sort} ${problem.ask} ${list}`;
}
