// The checker of zebra puzzles: judges lines and answers of a puzzle read from a question. Owns what each line claims; must not know wordings.
// A claim about houses that are left is proved where it follows from the claims before it by the line's clue or by its category.

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
import { answerOf, byCategory, byClue, type Clue, everything, housesOf, isSingle, related } from "./puzzle.ts";
import type { ReadPuzzle } from "./read.ts";
import { readClue, readLeft, readValue, writeAnswer } from "./trace.ts";

/** The houses that are left for each value, and the step that says so. */
interface State {
  left: number[];
  said: Map<number, number>;
}

/** A verdict on a line, and what the line adds. */
interface Judged {
  readonly verdict: Verdict;
  readonly from: readonly number[];
  readonly learned: ReadonlyMap<number, number>;
}

const isSame = (a: Clue, b: Clue) => JSON.stringify(a) === JSON.stringify(b);

/** Whether a clue says something true of the solution. */
function holds(clue: Clue, solution: readonly number[]): boolean {
  if (!("b" in clue)) return (solution[clue.a] === clue.house) === (clue.kind === "at");
  return related(clue.kind, solution[clue.a]!, solution[clue.b]!);
}

const witness = (puzzle: ReadPuzzle, values: Iterable<number>) =>
  Object.fromEntries([...values].map((value) => [puzzle.names[value]!, `house ${puzzle.solution[value]}`]));

/** The clue as the question tells it: itself, or with its sides exchanged. */
function toldClue(puzzle: ReadPuzzle, clue: Clue): Clue | undefined {
  if (!("b" in clue)) return puzzle.clues.find((told) => isSame(told, clue));
  const turned = { left: "right", right: "left", justLeft: "justRight", justRight: "justLeft" } as const;
  const kind = clue.kind in turned ? turned[clue.kind as keyof typeof turned] : clue.kind;
  const other: Clue = { kind, a: clue.b, b: clue.a };
  return puzzle.clues.find((told) => isSame(told, clue) || isSame(told, other));
}

function judge(puzzle: ReadPuzzle, { label, body }: StepLine, state: State): Judged | undefined {
  if (label === undefined) {
    const chain = judgeChain(puzzle, body, state);
    if (chain !== undefined) return chain;
  }
  const clue = label === undefined ? undefined : readClue(label, puzzle);
  if (label !== undefined && clue === undefined) return undefined;
  const rounds = body.split(/[;；]/).map((text) => readLeft(text, puzzle));
  if (rounds.length > 6 || rounds.includes(undefined)) return undefined;
  const claims = rounds as Map<number, number>[];
  const values = new Set(claims.flatMap((claim) => [...claim.keys()]));
  const done = (verdict: Verdict, learned = new Map<number, number>()): Judged => {
    const from = [...values].flatMap((value) => state.said.get(value) ?? []);
    const isClue = clue !== undefined || from.length === 0;
    return { verdict, from: [...new Set(isClue ? [-1, ...from] : from)], learned };
  };
  if (clue !== undefined && !holds(clue, puzzle.solution)) return done(refuted(witness(puzzle, values)));
  const used = clue === undefined ? undefined : toldClue(puzzle, clue);
  if (clue !== undefined && used === undefined) return done(unknown("undecided"));
  return judgeClaims(puzzle, used, claims, state, done);
}

/** The first claims say what was left, the others what is left after each round. */
function judgeClaims(
  puzzle: ReadPuzzle,
  clue: Clue | undefined,
  claims: readonly Map<number, number>[],
  state: State,
  done: (verdict: Verdict, learned?: Map<number, number>) => Judged,
): Judged {
  const left = [...state.left];
  const learned = new Map<number, number>();
  for (const [round, claim] of claims.entries()) {
    if (round > 0) follow(puzzle, clue, left);
    for (const [value, bits] of claim) {
      if ((bits & (1 << (puzzle.solution[value]! - 1))) === 0) return done(refuted(witness(puzzle, [value])));
      // A claim may leave more houses than are left, never fewer.
      if ((left[value]! & ~bits) !== 0) return done(unknown("undecided"));
      if (round > 0) learned.set(value, bits);
    }
    if (round === 0 && [...claim].some(([value, bits]) => (bits & ~left[value]!) !== 0))
      return done(
        refuted(
          Object.fromEntries(
            [...claim.keys()].map((value) => [puzzle.names[value]!, housesOf(left[value]!).join("/")]),
          ),
        ),
      );
  }
  return done(proved("enumeration"), learned);
}

/** What one step leaves: by the clue, or by all categories. */
function follow(puzzle: ReadPuzzle, clue: Clue | undefined, left: number[]): void {
  const changes =
    clue === undefined
      ? puzzle.categories.flatMap((_, category) => [...byCategory(category, puzzle.houses, left)])
      : [...byClue(clue, left)];
  for (const [value, bits] of changes) left[value] = bits;
}

/** `cat=2=Bob`: values and houses that are equal, each known by now. */
function judgeChain(puzzle: ReadPuzzle, body: string, state: State): Judged | undefined {
  const sides = body.split("=").map((side) => side.trim());
  if (sides.length < 2 || sides.length > 4) return undefined;
  const values: number[] = [];
  let house: number | undefined;
  for (const side of sides) {
    const value = readValue(side, puzzle);
    if (value !== undefined) values.push(value);
    else if (/^-?\d{1,3}$/.test(side) && (house === undefined || house === Number(side))) house = Number(side);
    else return undefined;
  }
  if (values.length === 0) return undefined;
  const expected = house ?? puzzle.solution[values[0]!]!;
  const from = [...new Set(values.flatMap((value) => state.said.get(value) ?? []))];
  const learned = new Map<number, number>();
  if (values.some((value) => puzzle.solution[value] !== expected))
    return { verdict: refuted(witness(puzzle, values)), from, learned };
  const isKnown = values.every((value) => isSingle(state.left[value]!));
  return { verdict: isKnown ? proved("enumeration") : unknown("undecided"), from, learned };
}

/** Lines of a reply that are looked back at; no puzzle needs more. */
const LOOKED_BACK = 150;

function checkStep(puzzle: ReadPuzzle, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const state: State = { left: everything(puzzle), said: new Map() };
  for (const step of steps.slice(-LOOKED_BACK)) {
    if (step.verdict.verdict !== "proved") continue;
    for (const [value, bits] of judge(puzzle, step, state)?.learned ?? []) {
      state.left[value] = state.left[value]! & bits;
      state.said.set(value, step.index);
    }
  }
  const judged = judge(puzzle, line, state);
  return judged === undefined ? undefined : { ...judged.verdict, from: [...judged.from] };
}

function checkAnswer(puzzle: ReadPuzzle, answer: string): Verdict {
  const text = answer
    .replace(/\\text\s*\{([^}]*)\}/g, "$1")
    .replace(/^(?:the|house|number)\s+|\s*号房?$|[.。]$/gi, "")
    .trim();
  const expected = answerOf(puzzle, puzzle.solution);
  const isRight = refuted({ expected: writeAnswer(puzzle, puzzle.solution, puzzle) });
  if ("house" in expected) {
    if (!/^[1-9]$/.test(text)) return unknown("unparsed");
    return Number(text) === expected.house ? proved("enumeration") : isRight;
  }
  const value = readValue(text, puzzle);
  if (value === undefined) return unknown("unparsed");
  return value === expected.value ? proved("enumeration") : isRight;
}

export const checkerWith = (recognise: (question: string) => ReadPuzzle | undefined): TaskChecker<ReadPuzzle> => ({
  id: "zebra",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "recomputing",
});
