// Stacks of lettered blocks on a table that has room for all, and another arrangement to reach. Owns the puzzle as data, its moves and
// its key; knows no wordings.

import { permutations } from "../../permutations.ts";

/** Stacks, each a string of its blocks from the bottom to the top, in the order in which a puzzle has them. */
export type Stacks = readonly string[];

export interface Puzzle {
  readonly ask: "plan" | "least";
  /** Most moves that a plan may have; left out, any number. */
  readonly most?: number;
  readonly start: Stacks;
  readonly goal: Stacks;
}

/** The top block `block` is put onto another top block, or onto the table. */
export interface Move {
  readonly block: string;
  readonly onto: string | undefined;
}

/** Stacks in the order of their bottom blocks. */
export const ordered = (stacks: Stacks): Stacks => [...stacks].sort();

export const blocksOf = (stacks: Stacks): string[] => [...stacks.join("")].sort();

/** What a block stands on: a block, or undefined for the table. */
export function below(stacks: Stacks, block: string): string | undefined {
  const stack = stacks.find((blocks) => blocks.includes(block)) ?? "";
  return stack[stack.indexOf(block) - 1];
}

/** The stacks after a move, a new stack last; undefined where a block is covered, or the move changes nothing. */
export function after(stacks: Stacks, { block, onto }: Move): Stacks | undefined {
  const from = stacks.find((blocks) => blocks.at(-1) === block);
  const to = onto === undefined ? "" : stacks.find((blocks) => blocks.at(-1) === onto);
  if (from === undefined || to === undefined || from === to || from + to === block) return undefined;
  const moved = stacks.map((blocks) => (blocks === from ? blocks.slice(0, -1) : blocks === to ? to + block : blocks));
  return [...moved, ...(to === "" ? [block] : [])].filter((blocks) => blocks !== "");
}

/** The blocks that are not where the goal has them: on another support, or on a block that is itself wrong. Stack by stack, from the bottom. */
export function wrongBlocks(stacks: Stacks, goal: Stacks): string[] {
  return stacks.flatMap((stack) => {
    const first = [...stack].findIndex((block, i) => below(goal, block) !== (i === 0 ? undefined : stack[i - 1]));
    return first < 0 ? [] : [...stack.slice(first)];
  });
}

export const sameStacks = (a: Stacks, b: Stacks): boolean => ordered(a).join() === ordered(b).join();

/** What is asked: a plan, or how many moves the shortest one has. */
export const CELLS: readonly Puzzle["ask"][] = ["plan", "least"];

/** Most blocks of a question from anywhere: the search stays small. */
const MOST_BLOCKS = 7;

/** Whether this is a puzzle: both arrangements have the same blocks, each once, and differ. */
export function isPuzzle({ start, goal }: Puzzle): boolean {
  const blocks = blocksOf(start);
  if (blocks.length < 2 || blocks.length > MOST_BLOCKS || new Set(blocks).size < blocks.length) return false;
  return blocks.join() === blocksOf(goal).join() && !sameStacks(start, goal);
}

/** Equal for equal puzzles: letters and the order of stacks are forgotten. */
export function puzzleKey({ ask, most, start, goal }: Puzzle): string {
  const texts = permutations(start).map((stacks) => {
    const order = stacks.join("");
    const named = (list: Stacks) => list.map((stack) => [...stack].map((block) => order.indexOf(block) + 1).join(""));
    return `${named(stacks).join(" ")} to ${named(goal).sort().join(" ")}`;
  });
  return `${ask}${most === undefined ? "" : ` ${most}`}: ${texts.sort()[0]}`;
}
