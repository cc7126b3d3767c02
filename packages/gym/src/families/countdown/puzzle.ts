// A Countdown puzzle: numbers, each to be used at most once, and a target. Owns the moves that reasoning makes, which puzzles they solve, and
// drawing; knows no words.
//
// A move replaces two numbers by their sum, difference, product or quotient. Only moves that are one small fact are made: whole positive
// results, products of a one-digit and a two-digit number at most, no multiplying or dividing by 1. Answers may do what they like.

import type { Random } from "../../random.ts";
import type { Operator } from "./expression.ts";

export interface Puzzle {
  /** As they are told. */
  readonly numbers: readonly number[];
  readonly target: number;
}

/** One move: two places of a state, the larger number first, and what they give. */
export interface Move {
  readonly op: Operator;
  readonly left: number;
  readonly right: number;
  readonly result: number;
}

/** The numbers that are left. */
export type State = readonly number[];

const LARGEST = 999;

/** What two numbers give; the larger one first. */
export function movesOf(a: number, b: number): Move[] {
  const [left, right] = a >= b ? [a, b] : [b, a];
  const move = (op: Operator, result: number): Move => ({ op, left, right, result });
  const found = [move("+", left + right)];
  if (left > right) found.push(move("-", left - right));
  if (right > 1 && right < 10 && left < 100) found.push(move("*", left * right));
  if (right > 1 && left % right === 0 && right < 100 && left / right < 100) found.push(move("/", left / right));
  return found.filter(({ result }) => result <= LARGEST);
}

/** The state after a move: what is left in its order, the result last. */
export function after(state: State, { left, right, result }: Move): State {
  const rest = [...state];
  rest.splice(rest.indexOf(left), 1);
  rest.splice(rest.indexOf(right), 1);
  return [...rest, result];
}

/** All moves of a state, each once. */
export function allMoves(state: State): Move[] {
  const found = new Map<string, Move>();
  state.forEach((a, i) => {
    for (const b of state.slice(i + 1))
      for (const move of movesOf(a, b)) found.set(`${move.left}${move.op}${move.right}`, move);
  });
  return [...found.values()];
}

/** The moves that lead from a state to the target alone, using every number: the first found way for each first move. */
export function solutions(state: State, target: number): Move[][] {
  if (state.length === 1) return state[0] === target ? [[]] : [];
  return allMoves(state).flatMap((move) => {
    const rest = firstSolution(after(state, move), target);
    return rest === undefined ? [] : [[move, ...rest]];
  });
}

function firstSolution(state: State, target: number): Move[] | undefined {
  if (state.length === 1) return state[0] === target ? [] : undefined;
  for (const move of allMoves(state)) {
    const rest = firstSolution(after(state, move), target);
    if (rest !== undefined) return [move, ...rest];
  }
  return undefined;
}

/** How many numbers, the largest of them, and the largest target, by level. */
const LEVELS = [
  { count: 3, largest: 12, target: 60 },
  { count: 4, largest: 25, target: 100 },
  { count: 5, largest: 50, target: 200 },
] as const;

export const COUNTDOWN_LEVELS = LEVELS.length;
export const cellOf = (numbers: number): string => `${numbers} numbers`;
export const cellsOf = (level: number): string[] => [cellOf(LEVELS[level - 1]!.count)];

/** A puzzle that moves solve with all its numbers: they are made at random, and what they give is the target. */
export function drawPuzzle(random: Random, level: number): Puzzle {
  const { count, largest, target: limit } = LEVELS[level - 1]!;
  for (;;) {
    const numbers = Array.from({ length: count }, () => random.int(1, random.chance(0.5) ? 10 : largest));
    let state: State = random.shuffle(numbers);
    while (state.length > 1) {
      const [a, b] = random.shuffle(state) as [number, number];
      state = after(state, random.pick(movesOf(a, b)));
    }
    const target = state[0]!;
    // A target that neither is one of the numbers nor comes from two of them at once.
    const isNear = numbers.includes(target) || allMoves(numbers).some(({ result }) => result === target);
    if (target >= 10 && target <= limit && !isNear) return { numbers, target };
  }
}

/** Equal for equal puzzles: the order of the numbers is forgotten. */
export const puzzleKey = ({ numbers, target }: Puzzle): string =>
  `${[...numbers].sort((a, b) => a - b).join(" ")} to ${target}`;
