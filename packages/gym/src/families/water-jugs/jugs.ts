// Jugs without marks, an amount to measure out. Owns the puzzle as data, its moves, the plans that people write, and drawing; knows no wordings.

import type { Language } from "@lemma/protocol";
import { breadthFirst, type Space, type State, type Step } from "../../breadth-first.ts";
import type { Random } from "../../random.ts";

/** With a tap all jugs are empty at first and can be filled and emptied; without one the first jug is full, and there is only pouring. */
export interface Puzzle {
  readonly ask: "plan" | "least";
  readonly tap: boolean;
  /** What each jug holds, all different, in the order in which they are told. */
  readonly sizes: readonly number[];
  readonly target: number;
}

/** Places of jugs: fill one, empty one, or pour one into another until that is full or the first is empty. */
export type Move =
  | { readonly fill: number }
  | { readonly empty: number }
  | { readonly from: number; readonly to: number };

/** A move with jugs named by their sizes: `fill 3`, `empty 5`, `3>5`. */
export function writeMove(move: Move, sizes: readonly number[], language: Language): string {
  if ("from" in move) return `${sizes[move.from]}>${sizes[move.to]}`;
  const [fill, empty] = language === "en" ? ["fill ", "empty "] : ["装满", "倒空"];
  return "fill" in move ? `${fill}${sizes[move.fill]}` : `${empty}${sizes[move.empty]}`;
}

/** The amounts after a move; one that can do nothing changes nothing. */
export function after(state: State, move: Move, sizes: readonly number[]): State {
  const next = [...state];
  if ("fill" in move) next[move.fill] = sizes[move.fill]!;
  else if ("empty" in move) next[move.empty] = 0;
  else {
    const poured = Math.min(state[move.from]!, sizes[move.to]! - state[move.to]!);
    next[move.from]! -= poured;
    next[move.to]! += poured;
  }
  return next;
}

/** The amounts at first. */
export const startOf = ({ tap, sizes }: Puzzle): State => sizes.map((size, i) => (!tap && i === 0 ? size : 0));

/** The moves that change something: fillings, then emptyings, then pourings. */
function movesOf({ tap, sizes }: Puzzle, state: State): Move[] {
  const places = sizes.map((_, i) => i);
  const isFull = (i: number) => state[i] === sizes[i];
  const isEmpty = (i: number) => state[i] === 0;
  const pours = places
    .filter((from) => !isEmpty(from))
    .flatMap((from) => places.filter((to) => to !== from && !isFull(to)).map((to) => ({ from, to })));
  if (!tap) return pours;
  const fills = places.filter((i) => !isFull(i)).map((fill) => ({ fill }));
  return [...fills, ...places.filter((i) => !isEmpty(i)).map((empty) => ({ empty })), ...pours];
}

export const spaceOf = (puzzle: Puzzle): Space<Move> => ({
  start: startOf(puzzle),
  isGoal: (state) => state.includes(puzzle.target),
  steps: (state) =>
    state.length === puzzle.sizes.length
      ? movesOf(puzzle, state).map((move): Step<Move> => ({ move, to: after(state, move, puzzle.sizes) }))
      : [],
});

/** Most jugs, and the most that one holds in a question from anywhere, by the number of jugs: a search stays small. */
const LARGEST = [0, 0, 100, 20];

/** Whether this is a puzzle: two or three jugs of different sizes, something to measure that no jug shows at once. */
export function isPuzzle({ sizes, target, tap }: Puzzle): boolean {
  const largest = LARGEST[sizes.length] ?? 0;
  const isSized = sizes.every((size) => size > 0 && size <= largest) && new Set(sizes).size === sizes.length;
  if (!isSized || target < 1 || target >= Math.max(...sizes) || sizes.includes(target)) return false;
  return tap || sizes[0] === Math.max(...sizes);
}

/** By level: the largest jug, the numbers of moves that are drawn (equally often) with a tap (there always even) and without one. */
const LEVELS = [
  { largest: 7, tap: [2, 4], pours: [] },
  { largest: 9, tap: [4, 6, 8], pours: [2, 3, 5] },
  { largest: 12, tap: [6, 8, 10], pours: [4, 5, 6, 7] },
] as const;

export const JUG_LEVELS = LEVELS.length;
export const cellOf = ({ ask, tap }: Puzzle): string => `${ask} ${tap ? "with a tap" : "by pouring"}`;
export const cellsOf = (level: number): string[] =>
  [true, false]
    .filter((tap) => tap || LEVELS[level - 1]!.pours.length > 0)
    .flatMap((tap) => (["plan", "least"] as const).map((ask) => cellOf({ ask, tap, sizes: [], target: 0 })));

export function drawPuzzle(random: Random, level: number): Puzzle {
  const { largest, tap: tapped, pours } = LEVELS[level - 1]!;
  const ask = random.pick(["plan", "least"] as const);
  const tap = pours.length === 0 || random.chance(0.5);
  const wanted = random.pick<number>(tap ? tapped : pours);
  for (;;) {
    const drawn = Array.from({ length: tap ? 2 : 3 }, () => random.int(2, largest));
    // Without a tap the largest jug is told first: it is the full one.
    const sizes = tap ? drawn : [Math.max(...drawn), ...drawn.toSpliced(drawn.indexOf(Math.max(...drawn)), 1)];
    const puzzle = { ask, tap, sizes, target: random.int(1, largest) };
    if (isPuzzle(puzzle) && breadthFirst(spaceOf(puzzle)).way?.length === wanted) return puzzle;
  }
}

/** Equal for equal puzzles: the order of the jugs is forgotten. */
export const puzzleKey = ({ ask, tap, sizes, target }: Puzzle): string =>
  `${ask} ${tap ? "tap" : "pour"} ${[...sizes].sort((a, b) => a - b).join(" ")} for ${target}`;
