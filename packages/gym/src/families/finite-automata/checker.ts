// The checker of automata: holds each line against the lines of the run, by its slot, and answers against the run's end. Owns what a slot is
// and which lines a line follows from; must not know wordings.

import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { type Problem, solve } from "./problem.ts";
import { traceProblem } from "./trace.ts";

const compact = (text: string): string =>
  text
    .replace(/\s*([,:;])\s*/g, "$1")
    .replace(/\s+/g, " ")
    .trim();

/** What a line is about: a place of the word by its number, else all that stands before the colon; the last lines by their first word. */
function slotOf(text: string): string {
  const label = compact(/^[^:]*/.exec(text)![0]);
  return /^\d+(?= )/.exec(label)?.[0] ?? (/^(?:end \d|accepting )/.test(label) ? label.split(" ")[0]! : label);
}

/** The lines that a line builds on: the one before, the spelled word, and those of the states or places that it names. */
function sourcesOf(lines: readonly string[], at: number): string[] {
  const line = lines[at]!;
  if (!/^(?:\d|end|accepting )/.test(line)) return [];
  const before = lines[at - 1]!;
  const named = /^\d+ (\S+) \S+:/.exec(line)?.[1];
  const places = /; ([\d, ]+)$/.exec(before)?.[1]?.split(", ") ?? [];
  const wanted = new Set([
    ...(/^\d/.test(line) ? ["word"] : []),
    ...(named === undefined ? [] : [named]),
    ...places.map((place) => `after ${place}`),
    ...(line.startsWith("1 ") ? ["start"] : []),
  ]);
  return [before, ...lines.filter((other) => wanted.has(slotOf(other)))];
}

function checkStep(problem: Problem, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  if (line.label === undefined) return undefined;
  const lines = traceProblem(problem);
  const slot = slotOf(line.text);
  const at = lines.findIndex((expected) => slotOf(expected) === slot);
  // A place that the run doesn't reach.
  if (at < 0) return /^\d+$/.test(slot) ? { ...refuted({ last: lines.at(-1)! }), from: [-1] } : undefined;
  const expected = lines[at]!;
  const sources = new Set(sourcesOf(lines, at).map(compact));
  const found = steps
    .filter(({ text, verdict }) => verdict.verdict === "proved" && sources.has(compact(text)))
    .map(({ index }) => index);
  const from = found.length > 0 ? found : [-1];
  return compact(line.text) === compact(expected)
    ? { ...proved("execution"), from }
    : { ...refuted({ expected }), from };
}

const YES = /^(?:yes|true|accepted|accepts|match(?:es)?|是|是的|对|接受|匹配)$/i;
const NO = /^(?:no|false|rejected|not accepted|no match|否|不|不是|不对|不接受|不匹配|拒绝)$/i;

export const automatonChecker = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "finite-automata",
  recognise,
  checkStep,
  checkAnswer(problem, answer) {
    const expected = solve(problem);
    const given = answer
      .replace(/\\text(?:tt|bf)?\s*\{([^}]*)\}/g, "$1")
      .replace(/["'`“”‘’$.。]/g, "")
      .trim();
    if (problem.ask === "state") {
      const state = given.replace(/[_{}]|^(?:state|状态)\s*/g, "").trim();
      if (!/^[A-Za-z]\d{0,2}$/.test(state)) return unknown("unparsed");
      return state === expected.replace("_", "") ? proved("execution") : refuted({ expected });
    }
    if (!YES.test(given) && !NO.test(given)) return unknown("unparsed");
    return YES.test(given) === (expected === "yes") ? proved("execution") : refuted({ expected });
  },
  answerBy: "recomputing",
});
