// Does this reply answer this question? Judged by the task family itself (roots put back, constraints held), without a reference.
// A family that could only compute the answer again says so: what the kernel can do alone is no credit to the model.

import type { AnswerBy, Verdict } from "@lemma/protocol";
import { recogniseTask, registeredTasks } from "../task.ts";
import { unknown } from "../verdict.ts";
import { DEFAULT_EXTRACTORS, type ExtractorName, extractAnswer } from "./extract.ts";

/** What is checked. */
export interface AnswerRequest {
  readonly question: string;
  readonly response: string;
  /** The family's id; absent: each registered family is asked whether it recognises the question. */
  readonly task?: string;
  /** Operations allowed for each comparison. */
  readonly budget?: number;
}

/**
 * A verdict with what was taken from the reply (null: nothing) and, where a family knows the question, its id and whether it
 * checks answers or recomputes them.
 */
export type AnswerCheck = Verdict & {
  extracted: string | null;
  extractor?: ExtractorName;
  task?: string;
  by?: AnswerBy;
};

/**
 * Checks a reply without a reference answer. A reply without an answer, or with one that can't be read, is `unknown`/`unparsed`;
 * a question that no family can check is `unknown`/`unsupported` and has no `task`. Never throws.
 * @example
 * checkAnswer({ question: "Solve 3x + 2 = 17.", response: "\\boxed{5}" }); // { verdict: "proved", task: "linear-equations", by: "checking", … }
 */
export function checkAnswer({ question, response, task, budget }: AnswerRequest): AnswerCheck {
  const recognised = recogniseTask(question, task);
  const checker = recognised?.checker;
  const found = extractAnswer(response, checker?.extractors ?? DEFAULT_EXTRACTORS);
  const answer = found === undefined ? { extracted: null } : { extracted: found.text, extractor: found.extractor };
  if (recognised === undefined || checker?.checkAnswer === undefined) {
    return { ...unknown(found === undefined ? "unparsed" : "unsupported"), ...answer };
  }
  const verdict =
    found === undefined ? unknown("unparsed") : checker.checkAnswer(recognised.problem, found.text, budget);
  return { ...verdict, ...answer, task: checker.id, by: checker.answerBy ?? "recomputing" };
}

/**
 * The registered families whose answers can be checked without a reference, and how each does it.
 * @example
 * answerChecks(); // [{ task: "addition-subtraction", by: "recomputing" }, { task: "linear-equations", by: "checking" }, …]
 */
export function answerChecks(): { task: string; by: AnswerBy }[] {
  return registeredTasks()
    .filter(({ checkAnswer }) => checkAnswer !== undefined)
    .map(({ id, answerBy = "recomputing" }) => ({ task: id, by: answerBy }));
}
