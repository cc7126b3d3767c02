// Does this reply answer this question? Judged by the task family itself (roots put back, constraints held), without a reference.

import type { Verdict } from "@lemma/protocol";
import { recogniseTask } from "../task.ts";
import { unknown } from "../verdict.ts";
import { type ExtractorName, extractAnswer } from "./extract.ts";

/** A verdict, what it was about, and whether the family checks the answer or recomputes it. */
export type AnswerCheck = Verdict & {
  extracted: string | null;
  extractor?: ExtractorName;
  task?: string;
  by?: "checking" | "recomputing";
};

/**
 * Checks a reply without a reference answer.
 * @example
 * checkAnswer({ question: "Solve 3x + 2 = 17.", response: "\\boxed{5}" }); // { verdict: "proved", task: "linear-equations", by: "checking", … }
 */
export function checkAnswer(request: {
  readonly question: string;
  readonly response: string;
  readonly task?: string;
}): AnswerCheck {
  const found = extractAnswer(request.response);
  if (found === undefined) return { ...unknown("unparsed"), extracted: null };
  const common = { extracted: found.text, extractor: found.extractor };
  const recognised = recogniseTask(request.question, request.task);
  const check = recognised?.checker.checkAnswer;
  if (recognised === undefined || check === undefined) return { ...unknown("unsupported"), ...common };
  const { checker, problem } = recognised;
  const verdict = check.call(checker, problem, found.text);
  return {
    ...verdict,
    ...common,
    task: checker.id,
    ...(checker.answerBy === undefined ? {} : { by: checker.answerBy }),
  };
}
