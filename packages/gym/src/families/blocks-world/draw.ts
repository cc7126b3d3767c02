// Draws block puzzles. Owns the levels and the balance of answers: each least number of moves equally often. Knows no words.

import type { Random } from "../../random.ts";
import { CELLS, isPuzzle, ordered, type Puzzle, type Stacks } from "./blocks.ts";
import { leastMoves } from "./search.ts";

/** By level: how many blocks, and the least numbers of moves that are drawn, equally often. */
const LEVELS = [
  { blocks: 3, moves: [2, 3] },
  { blocks: 4, moves: [2, 3, 4, 5] },
  { blocks: 5, moves: [3, 4, 5, 6, 7] },
] as const;

export const BLOCKS_LEVELS = LEVELS.length;

/** Most puzzles have the letters from A on, some others. */
const LETTERS = [..."ABCDEFGHKLMNPQRSTUVWXYZ"];

function drawStacks(random: Random, blocks: readonly string[]): Stacks {
  const stacks: string[] = [];
  for (const block of random.shuffle(blocks)) {
    const at = random.below(stacks.length + 1);
    // A new stack half of the time that it is drawn: tall stacks make the puzzles.
    if (at === stacks.length && (stacks.length === 0 || random.chance(0.5))) stacks.push(block);
    else stacks[at === stacks.length ? 0 : at] += block;
  }
  return ordered(stacks);
}

export function drawPuzzle(random: Random, level: number): Puzzle {
  const { blocks: count, moves } = LEVELS[level - 1]!;
  const ask = random.pick(CELLS);
  const wanted = random.pick<number>(moves);
  const letters = random.chance(0.6) ? LETTERS.slice(0, count) : random.shuffle(LETTERS).slice(0, count);
  for (;;) {
    const puzzle = { ask, start: drawStacks(random, letters), goal: drawStacks(random, letters) };
    if (!isPuzzle(puzzle) || leastMoves(puzzle) !== wanted) continue;
    return ask === "plan" ? { ...puzzle, most: wanted } : puzzle;
  }
}
