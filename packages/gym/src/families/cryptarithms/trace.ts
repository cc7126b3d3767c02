// How a letter sum is solved, in lines: column by column from the right, with tries that are taken back. Owns what follows from a try and how
// it is written; knows no words of a question.
//
//   1: B+A=C                                the columns from the right
//   start: D=2; C=1; next B                 the known letters; a sum with one digit more begins with 1; B is the first letter that the columns don't give
//   try B=2: 1-2<11-2=9, A=9; 9+2+1=12, D=2 used     what the columns give then, carries added, as far as they do
//   [BACK]                                  a digit that another letter has: the try is taken back
//
// A column ends with a letter and its digit: new (`D=3`), as it was (`C=1 fits`), as it can't be (`C=2 not 1`), `used` by another letter, or 0
// where a number `leads` with it. The last carry may make the sum too `long`, or leave it too `short`.

import { type Column, columnsOf, type Digits, isLonger, leadersOf, type Puzzle } from "./puzzle.ts";

/** The mark that takes a step back. */
export const BACK = "[BACK]";

/** Words of the lines that no question need have, and digits. */
export const CRYPTARITHM_VOCABULARY: readonly string[] = [
  ..."0123456789",
  ..."start try next fits not used leads carry long short".split(" "),
  BACK.slice(1, -1),
];

/** Digits so far, and the column that comes next with its carry. */
export interface State {
  readonly digits: Digits;
  readonly column: number;
  readonly carry: number;
}

/** What the columns give: pieces of a line, how it ends, and the state then. */
export interface Advance {
  readonly pieces: readonly string[];
  readonly end: "failed" | "done" | { readonly next: string };
  readonly state: State;
}

/** The state in which the columns begin. */
export const BEGINNING: State = { digits: new Map(), column: 0, carry: 0 };

/** The letter that a column doesn't give: undefined where it does. */
function missing({ addends, sum }: Column, digits: Digits): string | undefined {
  const unknown = [...addends, sum].filter((letter) => !digits.has(letter));
  // One unknown that stands once is computed.
  if (unknown.length < 2) return undefined;
  return addends.find((letter) => !digits.has(letter));
}

/** What one column gives: its piece, the letter with its digit, and the carry. */
function compute({ addends, sum }: Column, { digits, carry }: State) {
  const known = addends.flatMap((letter) => digits.get(letter) ?? []);
  const more = carry === 0 ? [] : [carry];
  if (known.length === addends.length) {
    const total = known.reduce((all, digit) => all + digit, carry);
    return {
      letter: sum,
      digit: total % 10,
      carry: Math.floor(total / 10),
      text: `${[...known, ...more].join("+")}=${total}`,
    };
  }
  const letter = addends.find((one) => !digits.has(one))!;
  const [result, away] = [digits.get(sum)!, [...known, ...more]];
  const rest = away.reduce((left, digit) => left - digit, result);
  const minus = (from: number) => [from, ...away].join("-");
  // With two taken away, 10 more may still be too little: 0-9-1<10-9-1.
  if (rest >= 0) return { letter, digit: rest, carry: 0, text: `${minus(result)}=${rest}` };
  return { letter, digit: rest + 10, carry: 1, text: `${minus(result)}<${minus(result + 10)}=${rest + 10}` };
}

/** What the columns give from a state on, until a letter has to be tried. */
export function advance(puzzle: Puzzle, start: State): Advance {
  const columns = columnsOf(puzzle);
  const leaders = leadersOf(puzzle);
  const pieces: string[] = [];
  let state = start;
  const ended = (end: Advance["end"]): Advance => ({ pieces, end, state });
  while (state.column < columns.length) {
    const column = columns[state.column]!;
    const next = missing(column, state.digits);
    if (next !== undefined) return ended({ next });
    const { letter, digit, carry, text } = compute(column, state);
    const known = state.digits.get(letter);
    const said = `${text}, ${letter}=${digit}`;
    const isFailed =
      known === undefined ? digitError(leaders, state.digits, letter, digit) : known !== digit && `not ${known}`;
    pieces.push(isFailed ? `${said} ${isFailed}` : known === undefined ? said : `${said} fits`);
    if (isFailed) return ended("failed");
    state = { digits: new Map([...state.digits, [letter, digit]]), column: state.column + 1, carry };
  }
  const wanted = isLonger(puzzle) ? 1 : 0;
  if (state.carry === wanted) return ended("done");
  pieces.push(`carry ${state.carry}, ${wanted === 1 ? "short" : "long"}`);
  return ended("failed");
}

/** Why a letter can't have a digit: `used` by another, or a 0 that `leads`. */
export function digitError(
  leaders: readonly string[],
  digits: Digits,
  letter: string,
  digit: number,
): string | undefined {
  if ([...digits].some(([other, value]) => other !== letter && value === digit)) return "used";
  return digit === 0 && leaders.includes(letter) ? "leads" : undefined;
}

/** The beginning: what is known, and that a sum with a digit more begins with 1. */
export function start(puzzle: Puzzle): Advance {
  const digits = new Map(puzzle.known);
  if (isLonger(puzzle)) digits.set(puzzle.sum[0]!, 1);
  const { pieces, end, state } = advance(puzzle, { ...BEGINNING, digits });
  return { pieces: [...[...digits].map(([letter, digit]) => `${letter}=${digit}`), ...pieces], end, state };
}

/** What a try gives. */
export const tryDigit = (puzzle: Puzzle, state: State, letter: string, digit: number): Advance =>
  advance(puzzle, { ...state, digits: new Map([...state.digits, [letter, digit]]) });

/** The body of a line. */
export const writeAdvance = ({ pieces, end }: Advance): string =>
  [...pieces, ...(typeof end === "object" ? [`next ${end.next}`] : [])].join("; ");

/** Lines of a search at most; no drawn puzzle comes near it. */
const MOST_LINES = 1000;

/** The search of a puzzle as lines. */
export function solve(puzzle: Puzzle): string[] {
  const lines = columnsOf(puzzle).map(({ addends, sum }, i) => `${i + 1}: ${addends.join("+")}=${sum}`);
  const leaders = leadersOf(puzzle);
  const search = (label: string, step: Advance): boolean => {
    lines.push(`${label}: ${writeAdvance(step)}`);
    const { end, state } = step;
    if (end === "done") return true;
    if (end !== "failed")
      for (let digit = 0; digit < 10 && lines.length < MOST_LINES; digit++) {
        if (digitError(leaders, state.digits, end.next, digit) !== undefined) continue;
        if (search(`try ${end.next}=${digit}`, tryDigit(puzzle, state, end.next, digit))) return true;
      }
    lines.push(BACK);
    return false;
  };
  search("start", start(puzzle));
  return lines;
}
