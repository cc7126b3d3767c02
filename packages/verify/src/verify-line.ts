// The engine of `lemma verify`: one JSON line in, one JSON line out. Never throws; a bad line is unknown/bad-input.

import type { StepVerdict, Verdict, Verifier } from "@lemma/protocol";
import { equivalent } from "./equivalent.ts";
import { type AnswerCheck, checkAnswer } from "./grade/check-answer.ts";
import { type Grade, grade } from "./grade/grade.ts";
import { checkSteps } from "./steps/checker.ts";
import { unknown } from "./verdict.ts";

/** The object to print, and whether the input line was bad (the command then ends with exit code 1). */
export interface LineResult {
  readonly output: (Verdict | Grade | AnswerCheck | { steps: StepVerdict[] }) & { id?: unknown };
  readonly isBad: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Answers one line of `lemma verify`: `{a, b}`, `{question, reasoning, task?}`, `{question, response, task?}` or
 * `{problem, response, reference, verifier}`, each with an optional `id` that is echoed.
 * @example
 * verifyLine('{"id":1,"a":"2+2","b":"4"}'); // { output: { id: 1, verdict: "proved", method: "exact" }, isBad: false }
 */
export function verifyLine(line: string): LineResult {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return { output: unknown("bad-input"), isBad: true };
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    return { output: unknown("bad-input"), isBad: true };
  const known = fields as Fields;
  const id = "id" in known ? { id: known.id } : {};
  const result = answer(known);
  return { output: { ...id, ...(result ?? unknown("bad-input")) }, isBad: result === undefined };
}

function answer(fields: Fields): Verdict | Grade | AnswerCheck | { steps: StepVerdict[] } | undefined {
  const { a, b, question, reasoning, task, problem, response, reference, verifier } = fields;
  const isTask = task === undefined || typeof task === "string";
  const named = typeof task === "string" ? { task } : {};
  if (typeof a === "string" && typeof b === "string") return equivalent(a, b);
  if (typeof question === "string" && typeof reasoning === "string") {
    return isTask ? { steps: checkSteps({ question, reasoning, ...named }) } : undefined;
  }
  if (typeof question === "string" && typeof response === "string") {
    return isTask ? checkAnswer({ question, response, ...named }) : undefined;
  }
  if (typeof problem !== "string" || typeof response !== "string" || typeof reference !== "string") return undefined;
  if (typeof verifier !== "object" || verifier === null || typeof (verifier as Fields).kind !== "string")
    return undefined;
  const graded = grade({ problem, response, reference, verifier: verifier as Verifier });
  return graded.verdict === "unknown" && graded.reason === "bad-input" ? undefined : graded;
}
