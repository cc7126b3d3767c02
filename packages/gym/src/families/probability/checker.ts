// The checker of probabilities: judges labelled lines by what the label stands for, and the throws that a line counts. Owns what each line
// claims; must not know wordings. All else is arithmetic, which the general checker reads.

import type { Verdict } from "@lemma/protocol";
import {
  equivalent,
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
} from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { divisorStep } from "../../divisor-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { sourcesOf } from "../../sources.ts";
import { show } from "../fractions/problem.ts";
import { type Dice, listedPairs, named, type Probability, type Ratio } from "./problem.ts";

/** What stands on a side of a labelled line: whole numbers, signs and parentheses. */
const SIDE = /^[\d+*/()-]{1,60}$/;

/** Every side of a labelled line has the value that the label stands for. */
function judgeLabelled(line: StepLine, value: Ratio, context: StepContext): TaskVerdict | undefined {
  const body = line.body.replaceAll(" ", "");
  const from = sourcesOf(/^[^=>]*/.exec(body)![0].match(/\d+/g) ?? [], context);
  const linked = from.length === 0 ? [-1] : from;
  const expected = show(...value);
  // A quotient rounded down, 20/3>6.
  const rounded = /^(\d{1,6})\/(\d{1,6})>(\d{1,6})$/.exec(body);
  if (rounded !== null) {
    const right = Math.floor(Number(rounded[1]) / Number(rounded[2]));
    const isRight = Number(rounded[1]) > right * Number(rounded[2]) && String(right) === rounded[3];
    if (isRight && rounded[3] === expected) return { ...proved(), from: linked };
    return { ...refuted({ [line.label!]: expected, claimed: rounded[3]! }), from: linked };
  }
  const sides = body.split("=");
  if (sides.length < 2 || sides.length > 8 || !sides.every((side) => SIDE.test(side))) return undefined;
  for (const side of sides) {
    const verdict = equivalent(side, expected);
    if (verdict.verdict === "refuted") return { ...refuted({ [line.label!]: expected, claimed: side }), from: linked };
    if (verdict.verdict !== "proved") return undefined;
  }
  return { ...proved(), from: linked };
}

const PAIR = /^(\d{1,2})\+(\d{1,2})=(\d{1,3})$/;

/** `3: 5+4=9` is the third throw that counts, and none of the earlier ones. */
function judgePair(problem: Dice, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const [, x, y, total] = PAIR.exec(line.body.replaceAll(" ", "")) ?? [];
  if (x === undefined || !/^\d+$/.test(line.label ?? "")) return undefined;
  const earlier = steps.filter(({ label, body }) => /^\d+$/.test(label ?? "") && PAIR.test(body.replaceAll(" ", "")));
  const from = [-1, ...earlier.slice(-1).map(({ index }) => index)];
  const sum = Number(x) + Number(y);
  if (sum !== Number(total)) return { ...refuted({ [`${x}+${y}`]: String(sum), claimed: total! }), from };
  const { pairs, isOpposite } = listedPairs(problem);
  if (!pairs.some(([p, q]) => p === Number(x) && q === Number(y)))
    return { ...refuted({ throw: `${x}+${y}=${sum}`, counts: isOpposite ? "the others" : "no" }), from };
  if (earlier.some(({ body }) => body.replaceAll(" ", "").startsWith(`${x}+${y}=`)))
    return { ...refuted({ "counted before": `${x}+${y}` }), from };
  const expected = String(earlier.length + 1);
  return { ...(line.label === expected ? proved() : refuted({ count: expected, claimed: line.label! })), from };
}

function checkStep(problem: Probability, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const label = line.label?.trim();
  const value = label === undefined ? undefined : named(problem)[label];
  if (value !== undefined) return judgeLabelled({ ...line, label: label! }, value, context);
  if (problem.kind === "dice") {
    const judged = judgePair(problem, line, context);
    if (judged !== undefined) return judged;
  }
  return divisorStep(line, context) ?? quotientStep(line, context) ?? columnStep(line, context);
}

/** A probability as a fraction, decimal, percentage, `3 out of 28` or `P = 3/28`. */
function checkAnswer(problem: Probability, answer: string, budget?: number): Verdict {
  const text = answer
    .replace(/^.*[=:]/s, "")
    .replace(/\\?%|\bper ?cent\b/g, "%")
    .replace(/(\d+) *(?:out of|in) *(\d+)/, "$1/$2")
    .replace(/(\d+) *分之 *(\d+)/, "$2/$1");
  return wholeAnswer(text, show(...named(problem).P), budget);
}

/** What a kind brings in: two sides of a coin, the faces of dice, factors that are counted up to. */
function premises(problem: Probability): string[] {
  if (problem.kind === "coins") return ["1<2<3<4<5<6"];
  if (problem.kind === "dice") return [Array.from({ length: Math.max(...problem.sides) }, (_, i) => i + 1).join("<")];
  return ["2+100=102"];
}

export const checkerWith = (recognise: (question: string) => Probability | undefined): TaskChecker<Probability> => ({
  id: "probability",
  recognise,
  premises,
  checkStep,
  checkAnswer,
  answerBy: "recomputing",
});
