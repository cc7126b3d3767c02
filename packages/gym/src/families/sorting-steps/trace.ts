// The reasoning of sorting and searching: a line for each comparison, with what it leaves behind. Owns the lines; each begins with what
// it is about, which no other line of the problem has.
//
//   places: 1 5, 2 2, 3 9     the list with its places
//   1.1: 5>2; 2 5 9           bubble and insertion sort: pass 1, the numbers at place 1 and behind it; the list, where a larger left
//   1.2: 5<9; 2 5 9           one has been swapped. Insertion sort goes from right to left and stops at a smaller one
//   1.2: 2<5; 2               selection sort: pass 1, the number at place 2, compared with the least so far; the least from now on
//   pass 1: 2 5 9             the list after the pass; selection sort names the two that change places: `pass 1: swap 5 2; 2 5 9`
//   1.1: 5>2; 2 5 9; 0+1=1    with a number to count: so many until here
//   swaps: 1                  the number that was asked for
//   1: 1 to 5; (1+5)/2=6/2=3; 9>7    binary search: the places left, the middle one rounded down, its number beside the one searched
//   probes: 9 4 7

import { type Problem, probesOf, type SearchProblem, type SortProblem } from "./problem.ts";

/** Words of the traces that are no words of the questions. */
export const VOCABULARY = ["places", "pass", "swap", "keep", "swaps", "comparisons", "to", "empty", "probes"];

const spell = (list: readonly number[]): string => list.map((value, i) => `${i + 1} ${value}`).join(", ");

const sign = (a: number, b: number): string => (a > b ? ">" : a < b ? "<" : "=");

/** The lines of a problem. */
export function traceProblem(problem: Problem): string[] {
  return [`places: ${spell(problem.list)}`, ...(problem.ask === "probes" ? search(problem) : sort(problem))];
}

function search(problem: SearchProblem): string[] {
  const { list, target } = problem;
  const lines: string[] = [];
  let [low, high] = [1, list.length];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const value = list[middle - 1]!;
    const compared = `${value}${sign(value, target)}${target}`;
    lines.push(`${lines.length + 1}: ${low} to ${high}; (${low}+${high})/2=${low + high}/2=${middle}; ${compared}`);
    if (value === target) break;
    if (value < target) low = middle + 1;
    else high = middle - 1;
  }
  if (low > high) lines.push(`${lines.length + 1}: empty`);
  return [...lines, `probes: ${probesOf(problem).join(" ")}`];
}

function sort(problem: SortProblem): string[] {
  const row = [...problem.list];
  const lines: string[] = [];
  let count = 0;
  /** What is counted so far, where something is, and whether this line counts. */
  const counted = (ask: SortProblem["ask"], counts: boolean): string => {
    if (problem.ask !== ask) return "";
    return counts ? `; ${count}+1=${++count}` : `; ${count}`;
  };
  const swap = (i: number, j: number) => {
    [row[i], row[j]] = [row[j]!, row[i]!];
  };
  /** Compares neighbours, swaps them where the left one is larger, and says whether it was. */
  const neighbours = (pass: number, i: number): boolean => {
    const [left, right] = [row[i]!, row[i + 1]!];
    if (left > right) swap(i, i + 1);
    const count = counted("swaps", left > right) + counted("comparisons", true);
    lines.push(`${pass}.${i + 1}: ${left}${sign(left, right)}${right}; ${row.join(" ")}${count}`);
    return left > right;
  };
  const passes = problem.ask === "passes" ? problem.passes : row.length - 1;
  for (let pass = 1; pass <= passes; pass++) {
    if (problem.sort === "bubble") for (let i = 0; i < row.length - pass; i++) neighbours(pass, i);
    if (problem.sort === "insertion") for (let i = pass - 1; i >= 0 && neighbours(pass, i); i--);
    if (problem.sort !== "selection") {
      lines.push(`pass ${pass}: ${row.join(" ")}`);
      continue;
    }
    let least = pass - 1;
    for (let i = pass; i < row.length; i++) {
      const compared = `${row[i]}${sign(row[i]!, row[least]!)}${row[least]}`;
      if (row[i]! < row[least]!) least = i;
      lines.push(`${pass}.${i + 1}: ${compared}; ${row[least]}`);
    }
    const first = row[pass - 1]!;
    const isSwap = least !== pass - 1;
    const done = isSwap ? `swap ${first} ${row[least]}` : "keep";
    swap(pass - 1, least);
    lines.push(`pass ${pass}: ${done}; ${row.join(" ")}${counted("swaps", isSwap)}`);
  }
  return problem.ask === "passes" ? lines : [...lines, `${problem.ask}: ${count}`];
}
