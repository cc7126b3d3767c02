// The checker of stack machines: each numbered line against what its instruction does to the stack that the line before it has, and
// answers against the last stack. Owns the reading of such lines; must not know wordings.

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
import { type Problem, run, solve } from "./machine.ts";
import { traceProblem } from "./trace.ts";

const compact = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s*([-+*=():;])\s*/g, "$1")
    .replace(/[\s,]+/g, " ")
    .replace(/[[\]]/g, "")
    .trim();

/** The line without the way to its stack: what remains of `3: 7-3=4; 4` is `3:4`. A minus sign behind a space begins a number. */
const ending = (text: string): string => text.replace(/^([^:]*:).*;/, "$1");

function checkStep(problem: Problem, { label, text }: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  if (label === undefined) return undefined;
  const slot = compact(label);
  const lines = traceProblem(problem);
  const expected = lines.find((line) => line.slice(0, line.indexOf(":")) === slot);
  if (expected === undefined)
    return /^(?:\d+|stack|top)$/.test(slot) ? { ...refuted({ end: lines.at(-1)! }), from: [-1] } : undefined;
  const at = lines.indexOf(expected);
  const before = lines[at - 1];
  const found = steps.findLast(
    (step) =>
      before !== undefined &&
      step.verdict.verdict === "proved" &&
      step.text.startsWith(before.slice(0, before.indexOf(":") + 1)),
  );
  const from = [...(/^\d/.test(slot) ? [-1] : []), ...(found === undefined ? [] : [found.index])];
  const said = compact(spaced(text));
  const right =
    said === compact(spaced(expected)) || (!said.includes(";") && said === compact(spaced(ending(expected))));
  return { ...(right ? proved("execution") : refuted({ expected })), from: from.length > 0 ? from : [-1] };
}

/** Numbers below zero keep the space before them. */
const spaced = (text: string): string => text.replace(/(?<=[\d\]] |, )-(?=\d)/g, "~");

export const stackChecker = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "stack-machines",
  recognise,
  checkStep,
  checkAnswer(problem, answer, budget) {
    const expected = solve(problem);
    if (problem.ask !== "stack" || run(problem.program)!.at(-1)!.length === 1)
      return wholeAnswer(answer, expected, budget);
    const given = answer
      .replace(/\\text\s*\{([^}]*)\}/g, "$1")
      .replace(/\\[,; ]|[,，、;\s]+/g, " ")
      .replace(/^[\s[({\\]+|[\s\])}\\.。]+$/g, "");
    if (!/^-?\d+(?: -?\d+)*$/.test(given)) return unknown("unparsed");
    return given === expected ? proved("execution") : refuted({ expected });
  },
  answerBy: "recomputing",
});
