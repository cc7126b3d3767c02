// The checker of magic squares: judges lines and answers of a square read from a question. Owns what each line claims; must not know wordings.
// An answer is put back: all lines must have one sum.

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
import {
  type Entry,
  type Line,
  lettersOf,
  linesOf,
  numberIn,
  type Square,
  solve,
  type Values,
  valuesOf,
} from "./square.ts";

/** The value of `15-8-3` or `3+5+7`; undefined where it is something else. */
function total(side: string): number | undefined {
  if (!/^-?\d{1,6}(?:[-+]\d{1,6}){0,6}$/.test(side)) return undefined;
  return side.match(/[-+]?\d+/g)!.reduce((sum, part) => sum + Number(part), 0);
}

/** What the standing lines say: numbers of letters, the sum, and the line that says each. */
interface State {
  readonly values: Map<string, number>;
  readonly said: Map<string, number>;
  sum: number | undefined;
  sumSaid: number;
}

interface Judged {
  readonly verdict: Verdict;
  readonly from: readonly number[];
  readonly learned?: { readonly letter?: string; readonly value: number };
}

const sumOf = (square: Square): number =>
  square.sum ?? solve(square)!.find(({ letter }) => letter === undefined)!.value;

/** A chain of sums: its values; what is wrong where two of them differ. */
function judgeChain(sides: readonly string[]): Verdict | undefined {
  const values = sides.map(total);
  if (values.includes(undefined)) return undefined;
  const at = values.findIndex((value, i) => i > 0 && value !== values[i - 1]);
  if (at < 0) return proved("exact");
  return refuted({ [sides[at - 1]!]: `${values[at - 1]}`, [sides[at]!]: `${values[at]}` });
}

/** `3+5+7=8+7=15`: a line without gaps. */
function judgeSum(square: Square, line: Line, sides: readonly string[], state: State): Judged | undefined {
  const from = line.entries.flatMap((entry) => (typeof entry === "string" ? (state.said.get(entry) ?? -1) : -1));
  const chain = judgeChain(sides);
  if (chain === undefined) return undefined;
  const numbers = line.entries.map((entry) => numberIn(entry, state.values));
  const said = sides[0]!.split("+").map(Number);
  if (numbers.includes(undefined)) return { verdict: chain.verdict === "refuted" ? chain : unknown("undecided"), from };
  if (!sameNumbers(said, numbers as number[])) return { verdict: refuted({ [line.name]: numbers.join("+") }), from };
  return { verdict: chain, from, learned: { value: sumOf(square) } };
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  [...a].sort((x, y) => x - y).join() === [...b].sort((x, y) => x - y).join();

/** `8+q+t=15, t=15-8-3=7-3=4`: a line with one gap. */
function judgeGap(square: Square, line: Line, body: string, state: State): Judged | undefined {
  const [whole = "", rest = "", ...more] = body.replace(/\s+/g, "").split(/[,，]/);
  const [letter = "", ...sides] = rest.split("=");
  const [entries = "", sum = "", ...others] = whole.split("=");
  if (more.length + others.length > 0 || !/^[a-z]$/.test(letter) || sides.length === 0 || !/^-?\d+$/.test(sum))
    return undefined;
  const known = line.entries.filter((entry): entry is string => typeof entry === "string" && entry !== letter);
  const from = [-1, state.sumSaid, ...known.map((entry) => state.said.get(entry) ?? -1)];
  const done = (verdict: Verdict): Judged => ({ verdict, from });
  const right = valuesOf(square).get(letter);
  if (entries.split("+").sort().join() !== [...line.entries].map(String).sort().join())
    return done(refuted({ [line.name]: line.entries.join("+") }));
  if (Number(sum) !== sumOf(square)) return done(refuted({ sum: `${sumOf(square)}` }));
  if (!line.entries.includes(letter)) return done(refuted({ [line.name]: line.entries.join(" ") }));
  const chain = judgeChain(sides);
  if (chain === undefined) return undefined;
  if (chain.verdict === "refuted") return done(chain);
  const value = total(sides.at(-1)!)!;
  if (value !== right) return done(refuted({ [letter]: `${right}` }));
  const numbers = line.entries.filter((entry) => entry !== letter).map((entry) => numberIn(entry, state.values));
  const [first, ...away] = sides[0]!.split("-").map(Number);
  const isFounded =
    state.sum !== undefined &&
    !numbers.includes(undefined) &&
    first === state.sum &&
    sameNumbers(away, numbers as number[]);
  return isFounded ? { verdict: proved("exact"), from, learned: { letter, value } } : done(unknown("undecided"));
}

function judge(square: Square, { label, body }: StepLine, state: State): Judged | undefined {
  const line = linesOf(square).find(({ name }) => name === label);
  if (line === undefined || body.length > 200) return undefined;
  if (body.includes(",") || body.includes("，")) return judgeGap(square, line, body, state);
  if (body.includes("=")) return judgeSum(square, line, body.replace(/\s+/g, "").split("="), state);
  const said = body.split(/\s+/);
  if (said.length !== line.entries.length) return undefined;
  const isRight = said.join(" ") === line.entries.join(" ");
  return { verdict: isRight ? proved("exact") : refuted({ [line.name]: line.entries.join(" ") }), from: [-1] };
}

/** Lines of a reply that are looked back at; no square needs more. */
const LOOKED_BACK = 60;

function checkStep(square: Square, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const state: State = { values: new Map(), said: new Map(), sum: square.sum, sumSaid: -1 };
  for (const step of steps.slice(-LOOKED_BACK)) {
    if (step.verdict.verdict !== "proved") continue;
    const learned = judge(square, step, state)?.learned;
    if (learned?.letter !== undefined) {
      state.values.set(learned.letter, learned.value);
      state.said.set(learned.letter, step.index);
    } else if (learned !== undefined && state.sum === undefined)
      [state.sum, state.sumSaid] = [learned.value, step.index];
  }
  const judged = judge(square, line, state);
  return judged === undefined
    ? undefined
    : { ...judged.verdict, from: [...new Set(judged.from)].sort((a, b) => a - b) };
}

/** Numbers by letter, from `p=4, q=9`, from the numbers alone in their order, or from the whole square. */
function readAnswer(square: Square, answer: string): Values | undefined {
  const text = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/\\[,; ]|[$()[\]]/g, " ")
    .replace(/[−–]/g, "-");
  const letters = lettersOf(square);
  const parts = text.split(/[\s,，;；、/|]+|\band\b|和/).filter((part) => part !== "");
  const pairs = text
    .replace(/\s*[=:：为是]\s*/g, "=")
    .split(/[\s,，;；、]+|\band\b|和/)
    .filter((part) => part !== "")
    .map((part) => /^([a-z])=(-?\d{1,6})[.。]?$/i.exec(part));
  if (pairs.length > 0 && !pairs.includes(null))
    return new Map(pairs.map((pair) => [pair![1]!.toLowerCase(), Number(pair![2])]));
  if (!parts.every((part) => /^-?\d{1,6}$/.test(part))) return undefined;
  const numbers = parts.map(Number);
  if (numbers.length === letters.length) return new Map(letters.map((letter, i) => [letter, numbers[i]!]));
  const cells: readonly Entry[] = square.rows.flat();
  if (numbers.length !== cells.length) return undefined;
  return new Map(cells.map((entry, i) => [String(entry), numbers[i]!]));
}

function checkAnswer(square: Square, answer: string): Verdict {
  const values = readAnswer(square, answer);
  if (values === undefined || !lettersOf(square).every((letter) => values.has(letter))) return unknown("unparsed");
  for (const [name, value] of values)
    if (/^-?\d+$/.test(name) && Number(name) !== value) return refuted({ [name]: `${value}` });
  const wanted = sumOf(square);
  for (const { name, entries } of linesOf(square)) {
    const numbers = entries.map((entry) => numberIn(entry, values)!);
    const sum = numbers.reduce((all, number) => all + number, 0);
    if (sum !== wanted) return refuted({ [name]: `${numbers.join("+")}=${sum}`, sum: `${wanted}` });
  }
  return proved("exact");
}

/** The checker, with the reader of questions. */
export const checkerWith = (recognise: (question: string) => Square | undefined): TaskChecker<Square> => ({
  id: "magic-squares",
  recognise,
  premises: () => [],
  checkStep,
  checkAnswer,
  answerBy: "checking",
});
