// The checks that a pool runs, by name, and what stands in for the result of one that was stopped. Owns that list; runs nothing.

import type { StepVerdict, Verdict } from "@lemma/protocol";
import { type EquivalentOptions, equivalent } from "../equivalent.ts";
import { type AnswerCheck, type AnswerRequest, checkAnswer } from "../grade/check-answer.ts";
import { type Grade, type GradeRequest, grade } from "../grade/grade.ts";
import { checkSteps, type StepCheckerOptions } from "../steps/checker.ts";
import { unknown } from "../verdict.ts";
import { type LineResult, verifyLine } from "../verify-line.ts";

/** Each check with what it takes and gives; a line is one of `lemma verify`. */
export interface PoolChecks {
  line: (line: string) => LineResult;
  equivalent: (pair: EquivalentOptions & { readonly a: string; readonly b: string }) => Verdict;
  grade: (request: GradeRequest) => Grade;
  checkSteps: (request: StepCheckerOptions & { readonly reasoning: string }) => StepVerdict[];
  checkAnswer: (request: AnswerRequest) => AnswerCheck;
}

export type CheckName = keyof PoolChecks;
export type CheckRequest<K extends CheckName> = Parameters<PoolChecks[K]>[0];
export type CheckResult<K extends CheckName> = ReturnType<PoolChecks[K]>;

export const CHECKS: PoolChecks = {
  line: verifyLine,
  equivalent: ({ a, b, ...options }) => equivalent(a, b, options),
  grade,
  checkSteps,
  checkAnswer,
};

/** What a check gives that used up its time or memory: unknown/budget, in its own shape. Steps become one, of the whole text. */
export const STOPPED: PoolChecks = {
  line: (line) => ({ output: { ...idOf(line), ...unknown("budget") }, isBad: false }),
  equivalent: () => unknown("budget"),
  grade: () => ({ ...unknown("budget"), extracted: null }),
  checkSteps: ({ reasoning: text }) => [
    { ...unknown("budget"), index: 0, text, start: 0, end: text.length, from: [], withdrawn: false },
  ],
  checkAnswer: () => ({ ...unknown("budget"), extracted: null }),
};

function idOf(line: string): { id?: unknown } {
  try {
    const fields: unknown = JSON.parse(line);
    return typeof fields === "object" && fields !== null && "id" in fields ? { id: fields.id } : {};
  } catch {
    return {};
  }
}
