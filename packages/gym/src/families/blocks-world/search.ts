// The search for a plan within a limit of moves: a block that can go to its place goes there, which never costs a move; else each covered
// tower's top block is tried on the table, in order. Blocks that are wrong need a move each, so a try that leaves fewer moves than wrong
// blocks is taken back. Owns the order of the tries; knows no words.

import { after, below, type Move, type Puzzle, type Stacks, wrongBlocks } from "./blocks.ts";

/** A move that is tried, with what comes of it; or the limit that is tried next; or a move taken back. */
export type Try =
  | {
      readonly kind: "move";
      readonly move: Move;
      readonly stacks: Stacks;
      readonly wrong: readonly string[];
      readonly left: number;
    }
  | { readonly kind: "limit"; readonly limit: number }
  | { readonly kind: "back" };

export interface Search {
  readonly tries: readonly Try[];
  /** The moves that were not taken back; undefined where the most that are allowed don't suffice. */
  readonly plan: readonly Move[] | undefined;
}

/** Whether nothing stands on a block. */
const isFree = (stacks: Stacks, block: string): boolean => stacks.some((stack) => stack.at(-1) === block);

/** The moves to try in a state: one that puts a block to its place, else top blocks that are wrong to the table. */
export function candidates(stacks: Stacks, goal: Stacks): Move[] {
  const wrong = wrongBlocks(stacks, goal);
  const free = wrong.filter((block) => isFree(stacks, block));
  for (const block of free) {
    const onto = below(goal, block);
    if (onto === undefined || (isFree(stacks, onto) && !wrong.includes(onto))) return [{ block, onto }];
  }
  return free.filter((block) => below(stacks, block) !== undefined).map((block) => ({ block, onto: undefined }));
}

/** Searches within the most moves that are allowed; without that, with limits from the number of wrong blocks on, until one suffices. */
export function search({ start, goal, most, ask }: Puzzle): Search {
  const tries: Try[] = [];
  const within = (stacks: Stacks, left: number): Move[] | undefined => {
    for (const move of candidates(stacks, goal)) {
      const next = after(stacks, move)!;
      const wrong = wrongBlocks(next, goal);
      tries.push({ kind: "move", move, stacks: next, wrong, left: left - 1 });
      const rest = wrong.length === 0 ? [] : wrong.length > left - 1 ? undefined : within(next, left - 1);
      if (rest !== undefined) return [move, ...rest];
      tries.push({ kind: "back" });
    }
    return undefined;
  };
  const least = wrongBlocks(start, goal).length;
  const limits = ask === "plan" && most !== undefined ? [most] : Array.from({ length: least + 1 }, (_, i) => least + i);
  for (const limit of limits) {
    tries.push({ kind: "limit", limit });
    const plan = limit < least ? undefined : within(start, limit);
    if (plan !== undefined) return { tries, plan };
  }
  return { tries, plan: undefined };
}

/** The least number of moves. */
export const leastMoves = (puzzle: Pick<Puzzle, "start" | "goal">): number =>
  search({ ask: "least", start: puzzle.start, goal: puzzle.goal }).plan!.length;
