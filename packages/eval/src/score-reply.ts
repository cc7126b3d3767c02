// The score of one reply: the answer graded, every step checked. Owns what counts as right, unparsed, truncated; the
// judging itself is packages/verify.

import type { DatasetRow, StepVerdict, Verdict } from "@lemma/protocol";
import { checkSteps, countSteps, type StepCounts } from "@lemma/verify";
import { gradeReply } from "@lemma/verify/code";
import type { Reply } from "./model.ts";

export interface ReplyScore {
  right: boolean;
  /** Right, and no line that stands is refuted. */
  sound: boolean;
  /** No answer could be taken from the reply. */
  unparsed: boolean;
  /** Generation ended at a limit. */
  truncated: boolean;
  extracted: string | null;
  verdict: Verdict;
  steps: readonly StepVerdict[];
  counts: StepCounts;
}

/** The user's question of a row. */
export const questionOf = (row: DatasetRow): string => row.messages.findLast(({ role }) => role === "user")!.content;

/** Scores a reply to a row: what can't be judged is not right. Throws LEMMA_E_SANDBOX where a program can't be run here. */
export async function scoreReply(row: DatasetRow, reply: Reply): Promise<ReplyScore> {
  const question = questionOf(row);
  const { verifier, answer: reference } = row;
  const graded = await gradeReply({ problem: question, response: reply.text, reference, verifier });
  const steps = checkSteps({ question, reasoning: reply.reasoning, task: row.task });
  const { extracted, ...verdict } = graded;
  const right = verdict.verdict === "proved";
  const counts = countSteps(steps);
  return {
    right,
    sound: right && counts.refuted === 0,
    unparsed: extracted === null || extracted === undefined,
    truncated: reply.finishReason === "length",
    extracted: extracted ?? null,
    verdict,
    steps,
    counts,
  };
}
