// The checker of letter sums: judges lines and answers of a puzzle read from a question. Owns what each line claims; must not know wordings. An
// answer is put back into the sum.

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
import { columnsOf, type Digits, leadersOf, lettersOf, numberOf, type Puzzle, writeSum } from "./puzzle.ts";
import { type Advance, BEGINNING, digitError, type State, start, tryDigit } from "./trace.ts";

/** `2+9=11` or `1-2<11-2=9`: sides with their values, and the relations between them. */
function readChain(text: string): { value: number; error?: Record<string, string> } | undefined {
  const compact = text.replace(/\s+/g, "");
  if (!/^\d{1,3}(?:[-+]\d{1,3}){0,3}(?:[<=]-?\d{1,3}(?:[-+]\d{1,3}){0,3}){1,3}$/.test(compact)) return undefined;
  const sides = compact.split(/[<=]/);
  const signs = compact.match(/[<=]/g)!;
  const values = sides.map((side) => side.match(/[-+]?\d+/g)!.reduce((sum, part) => sum + Number(part), 0));
  const at = signs.findIndex((sign, i) => (sign === "=" ? values[i] !== values[i + 1] : values[i]! >= values[i + 1]!));
  const value = values.at(-1)!;
  return at < 0
    ? { value }
    : { value, error: { [sides[at]!]: `${values[at]}`, [sides[at + 1]!]: `${values[at + 1]}` } };
}

/** Whether a piece says the same as the expected one; else what is wrong with it. */
function pieceError(said: string, expected: string): Record<string, string> | "unreadable" | undefined {
  const plain = said.replace(/\s*,\s*/g, ", ").replace(/\s+/g, " ");
  if (plain === expected) return undefined;
  const [chain = "", outcome] = plain.split(", ");
  const [right = "", wanted] = expected.split(", ");
  const read = readChain(chain);
  if (read?.error !== undefined) return read.error;
  if (read === undefined && !/^(?:[A-Z]=-?\d+|carry \d|next [A-Z])$/.test(plain) && outcome === undefined)
    return "unreadable";
  if (read !== undefined && outcome === wanted && read.value === readChain(right)?.value) return undefined;
  return { expected };
}

/** Holds the pieces of a line against what the columns give. */
function judgePieces(body: string, { pieces, end }: Advance): Verdict {
  const expected = [...pieces, ...(typeof end === "object" ? [`next ${end.next}`] : [])];
  const said = body.split(/\s*[;；]\s*/);
  for (const [i, piece] of said.entries()) {
    const wanted = expected[i];
    if (wanted === undefined) return refuted({ "nothing follows": expected.at(-1) ?? "" });
    const error = pieceError(piece.trim(), wanted);
    if (error !== undefined) return error === "unreadable" ? unknown("unparsed") : refuted(error);
  }
  return said.length === expected.length ? proved("enumeration") : unknown("undecided");
}

const TRY = /^try ([A-Z])\s*=\s*(\d)$/;

/** The state after the standing lines, and the last of them. */
function stateOf(puzzle: Puzzle, steps: StepContext["steps"]): { state: State; last: number } {
  let state = BEGINNING;
  let last = -1;
  for (const step of steps) {
    if (step.verdict.verdict !== "proved") continue;
    const tried = TRY.exec(step.label ?? "");
    if (step.label === "start") state = start(puzzle).state;
    else if (tried !== null) state = tryDigit(puzzle, state, tried[1]!, Number(tried[2])).state;
    else continue;
    last = step.index;
  }
  return { state, last };
}

function checkStep(puzzle: Puzzle, { label = "", body }: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const column = /^\d$/.test(label) ? columnsOf(puzzle)[Number(label) - 1] : undefined;
  if (column !== undefined) {
    const text = `${column.addends.join("+")}=${column.sum}`;
    return { ...(body.replace(/\s+/g, "") === text ? proved("enumeration") : refuted({ [label]: text })), from: [-1] };
  }
  const columns = steps.filter((step) => /^\d$/.test(step.label ?? "")).map(({ index }) => index);
  if (label === "start") return { ...judgePieces(body, start(puzzle)), from: [-1, ...columns] };
  const tried = TRY.exec(label);
  if (tried === null) return undefined;
  const [letter, digit] = [tried[1]!, Number(tried[2])];
  const { state, last } = stateOf(puzzle, steps);
  const from = [last, ...columns];
  const known = state.digits.get(letter);
  if (known !== undefined) return { ...refuted({ [letter]: `${known}` }), from };
  const error = digitError(leadersOf(puzzle), state.digits, letter, digit);
  if (error !== undefined || !lettersOf(puzzle).includes(letter))
    return { ...refuted({ [`${letter}=${digit}`]: error ?? "no letter" }), from };
  return { ...judgePieces(body, tryDigit(puzzle, state, letter, digit)), from };
}

/** Digits by letter, from `A=2, B=9` or from the sum in digits. */
function readDigits(puzzle: Puzzle, answer: string): Map<string, number> | Verdict | undefined {
  const text = answer.replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1").replace(/\\[,; ]|[$。.\s]/g, "");
  const digits = new Map<string, number>();
  const words = [...puzzle.addends, puzzle.sum];
  const numbers = /^(\d+)\+(\d+)=(\d+)$/.exec(text)?.slice(1);
  const pairs = numbers
    ? words.map((word, i) => [word, numbers[i]!] as const)
    : text.split(/[,，;；、]|and|和/).map((pair) => {
        const [, letter = "", digit = ""] = /^([A-Za-z])[=:：为是](\d)$/.exec(pair) ?? [];
        return [letter.toUpperCase(), digit] as const;
      });
  for (const [letters, values] of pairs) {
    if (letters === "" || letters.length !== values.length) return undefined;
    for (const [i, letter] of [...letters].entries()) {
      const digit = Number(values[i]);
      const before = digits.get(letter) ?? digit;
      if (before !== digit) return refuted({ [letter]: `${before} and ${digit}` });
      digits.set(letter, digit);
    }
  }
  return digits;
}

/** The verdict on digits for the letters, with what the question gives away filled in. */
function putBack(puzzle: Puzzle, digits: Digits): Verdict {
  const letters = lettersOf(puzzle);
  if (!letters.every((letter) => digits.has(letter)) || digits.size > letters.length) return unknown("unparsed");
  for (const [letter, digit] of puzzle.known)
    if (digits.get(letter) !== digit) return refuted({ [letter]: `${digit}` });
  for (const letter of letters) {
    const error = digitError(leadersOf(puzzle), digits, letter, digits.get(letter)!);
    if (error !== undefined) return refuted({ [`${letter}=${digits.get(letter)}`]: error });
  }
  const [a = 0, b = 0, sum] = [...puzzle.addends, puzzle.sum].map((word) => numberOf(word, digits));
  return a + b === sum ? proved("exact") : refuted({ [`${a}+${b}`]: `${a + b}`, [puzzle.sum]: `${sum}` });
}

/** The checker, with the reader of questions. */
export const checkerWith = (recognise: (question: string) => Puzzle | undefined): TaskChecker<Puzzle> => ({
  id: "cryptarithms",
  recognise,
  premises: (puzzle) => [writeSum(puzzle)],
  checkStep,
  checkAnswer(puzzle, answer) {
    const digits = readDigits(puzzle, answer);
    if (digits === undefined) return unknown("unparsed");
    return digits instanceof Map ? putBack(puzzle, new Map([...puzzle.known, ...digits])) : digits;
  },
  answerBy: "checking",
});
