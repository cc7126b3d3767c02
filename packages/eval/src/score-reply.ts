// The score of one reply: the answer graded, every step checked. Owns what counts as right, unparsed, checkable; the
// judging itself is packages/verify.

import type { DatasetRow, StepVerdict, Verdict } from "@lemma/protocol";
import { checkSteps } from "@lemma/verify";
import { gradeReply } from "@lemma/verify/code";
import type { Reply } from "./model.ts";

/** Steps by what could be said of them. `refuted` leaves out withdrawn ones; `proved` leaves out unlinked ones. */
export interface StepCounts {
  all: number;
  checkable: number;
  proved: number;
  refuted: number;
}

export interface ReplyScore {
  right: boolean;
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
  return {
    right: verdict.verdict === "proved",
    unparsed: extracted === null || extracted === undefined,
    truncated: reply.finishReason === "length",
    extracted: extracted ?? null,
    verdict,
    steps,
    counts: countSteps(steps),
  };
}

/** Counts steps; checkable are all but prose and definitions that nothing judges. */
export function countSteps(steps: readonly StepVerdict[]): StepCounts {
  const counts: StepCounts = { all: 0, checkable: 0, proved: 0, refuted: 0 };
  for (const step of steps) {
    counts.all++;
    const silent = step.verdict === "unknown" && (step.reason === "prose" || step.reason === "definition");
    if (!silent) counts.checkable++;
    if (step.verdict === "proved" && step.from.length > 0) counts.proved++;
    if (step.verdict === "refuted" && !step.withdrawn) counts.refuted++;
  }
  return counts;
}
