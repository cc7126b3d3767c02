// The checker of Countdown: judges lines and answers of a puzzle read from a question. Owns what each line claims; must not know wordings. An
// answer is judged by its value and its numbers: any expression that uses each number at most once is right.

import type { Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { type Expression, type Fraction, numbersOf, read, valueIn, write } from "./expression.ts";
import { after, type Move, type Puzzle, type State } from "./puzzle.ts";

const MOVE = /^(\d{1,6})([-+*/])(\d{1,6})=(-?\d{1,6})$/;

const writeValue = ({ n, d }: Fraction): string => (d === 1 ? `${n}` : `${n}/${d}`);

function readMove(text: string): Move | undefined {
  const [, left, op, right, result] = MOVE.exec(text.replace(/\s+/g, "")) ?? [];
  if (op === undefined) return undefined;
  return { op: op as Move["op"], left: Number(left), right: Number(right), result: Number(result) };
}

/** Whether a move's two numbers are in a state, each as often as it is used. */
function isFrom(state: State, { left, right }: Move): boolean {
  const rest = [...state];
  return [left, right].every((value) => {
    const at = rest.indexOf(value);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function moveError(move: Move, state: State): Record<string, string> | undefined {
  const value = valueIn(move);
  if (value === undefined) return { [write(move)]: "undefined" };
  if (value.d !== 1 || value.n !== move.result) return { [write(move)]: writeValue(value) };
  return isFrom(state, move) ? undefined : { left: state.join(" ") };
}

interface Line {
  readonly move: Move;
  readonly left: readonly number[];
  readonly given: readonly Move[];
}

/** `25-3=22, left 56 22; 56+22=78`; undefined where a line is something else. */
function readLine(text: string): Line | undefined {
  const [first = "", second] = text.split(/[;；]/);
  const said = /^(.+?)\s*[,，]\s*(?:left|余)\s*((?:\d+[\s,，]*)+)$/.exec(first.trim());
  const move = said === null ? undefined : readMove(said[1]!);
  if (said === null || move === undefined) return undefined;
  const given = second === undefined ? [] : second.split(/[,，]/).map(readMove);
  if (given.includes(undefined)) return undefined;
  return { move, left: said[2]!.match(/\d+/g)!.map(Number), given: given as Move[] };
}

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b).join(" ");

/** The numbers that are left after the moves that stand, and the last of them. */
function stateOf({ numbers }: Puzzle, { steps }: StepContext): { state: State; last: number } {
  let state: State = numbers;
  let last = -1;
  for (const step of steps) {
    const line = step.verdict.verdict === "proved" ? readLine(step.text) : undefined;
    if (line === undefined || !isFrom(state, line.move)) continue;
    state = after(state, line.move);
    last = step.index;
  }
  return { state, last };
}

function judgeMove(line: Line, state: State): Verdict {
  const error = moveError(line.move, state);
  if (error !== undefined) return refuted(error);
  const left = after(state, line.move);
  if (sorted(left) !== sorted(line.left)) return refuted({ left: left.join(" ") });
  for (const move of line.given) {
    const wrong = moveError(move, left);
    if (wrong !== undefined) return refuted(wrong);
  }
  return proved("exact");
}

function checkStep(puzzle: Puzzle, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const moved = readLine(line.text);
  const { state, last } = stateOf(puzzle, context);
  if (moved !== undefined) return { ...judgeMove(moved, state), from: [last] };
  // `52=56-4=7*8-4`: what the moves that stand gave.
  const sides = line.text.split("=").map(read);
  if (sides.length < 2 || sides.length > 12 || sides.includes(undefined)) return undefined;
  const values = (sides as Expression[]).map(valueIn);
  if (values.includes(undefined)) return { ...refuted({ [line.text]: "undefined" }), from: [last] };
  const [first, ...others] = values as Fraction[];
  const wrong = others.find(({ n, d }) => n !== first!.n || d !== first!.d);
  return {
    ...(wrong === undefined ? proved("exact") : refuted({ left: writeValue(first!), right: writeValue(wrong) })),
    from: [last],
  };
}

function checkAnswer({ numbers, target }: Puzzle, answer: string): Verdict {
  const sides = answer
    .replace(/[.。\s]+$/, "")
    .split("=")
    .map((side) => side.trim());
  const said = sides.length === 2 ? sides.filter((side) => side !== String(target)) : sides;
  const expression = said.length === 1 ? read(said[0]!) : undefined;
  if (expression === undefined) return unknown("unparsed");
  const value = valueIn(expression);
  if (value === undefined) return refuted({ value: "undefined" });
  if (value.d !== 1 || value.n !== target) return refuted({ value: writeValue(value), target: `${target}` });
  const rest = [...numbers];
  for (const number of numbersOf(expression)) {
    const at = rest.indexOf(number);
    if (at < 0) return refuted({ "used too often": `${number}`, numbers: numbers.join(" ") });
    rest.splice(at, 1);
  }
  return proved("exact");
}

export const checkerWith = (recognise: (question: string) => Puzzle | undefined): TaskChecker<Puzzle> => ({
  id: "countdown",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "checking",
});
