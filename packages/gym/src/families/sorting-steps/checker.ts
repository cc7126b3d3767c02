// The checker of sorting and searching: holds each line against the lines of the run, by what it is about, and answers against the
// result of plain code. Must not know wordings.

import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { type Problem, solve } from "./problem.ts";
import { traceProblem } from "./trace.ts";

const compact = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[[\]]/g, "")
    .replace(/\s*([;:=<>+/()])\s*/g, "$1")
    .replace(/[\s,]+/g, " ")
    .trim();

const slotOf = (text: string): string => compact(/^[^:]*/.exec(text)![0]);

function checkStep(problem: Problem, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  if (line.label === undefined) return undefined;
  const lines = traceProblem(problem);
  const slot = slotOf(line.text);
  const at = lines.findIndex((expected) => slotOf(expected) === slot);
  // A comparison, a pass or a probe that the run doesn't have.
  if (at < 0)
    return /^(?:pass )?\d+(?:\.\d+)?$/.test(slot) ? { ...refuted({ last: lines.at(-1)! }), from: [-1] } : undefined;
  const expected = lines[at]!;
  // A line goes on from the one before; a comparison looks numbers up at their places.
  const sources = new Set([slotOf(lines[at - 1] ?? ""), ...(/^\d/.test(slot) ? ["places"] : [])]);
  const found = steps
    .filter(({ text, verdict }) => verdict.verdict === "proved" && sources.has(slotOf(text)))
    .map(({ index }) => index);
  const from = found.length > 0 ? found : [-1];
  return compact(line.text) === compact(expected)
    ? { ...proved("execution"), from }
    : { ...refuted({ expected }), from };
}

export const sortingChecker = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "sorting-steps",
  recognise,
  checkStep,
  checkAnswer(problem, answer, budget) {
    const expected = solve(problem);
    if (problem.ask === "swaps" || problem.ask === "comparisons") return wholeAnswer(answer, expected, budget);
    const given = answer
      .replace(/\\text\s*\{([^}]*)\}/g, "$1")
      .replace(/\\[,; ]|[,，、;\s]+|->|→/g, " ")
      .replace(/^[\s[({\\]+|[\s\])}\\.。]+$/g, "")
      .replace(/ +/g, " ");
    if (!/^\d+(?: \d+)*$/.test(given)) return unknown("unparsed");
    return given === expected ? proved("execution") : refuted({ expected });
  },
  answerBy: "recomputing",
});
