// Verify and retry: keep the first reply whose answer a checker proves without knowing the reference; failing that, the
// one with the fewest refuted steps. Owns the rule of choice.

import type { DatasetRow } from "@lemma/protocol";
import { checkAnswer, checkSteps } from "@lemma/verify";
import type { Reply } from "./model.ts";
import { countSteps, questionOf } from "./score-reply.ts";

/** Chooses among a greedy reply and samples, which are only asked for when the greedy one is not proved. */
export async function selectVerified(row: DatasetRow, greedy: Reply, samples: () => Promise<Reply[]>): Promise<Reply> {
  const question = questionOf(row);
  const proved = (reply: Reply): boolean =>
    checkAnswer({ question, response: reply.text, task: row.task }).verdict === "proved";
  if (proved(greedy)) return greedy;
  const others = await samples();
  const found = others.find(proved);
  if (found !== undefined) return found;
  const refuted = (reply: Reply): number =>
    countSteps(checkSteps({ question, reasoning: reply.reasoning, task: row.task })).refuted;
  return [greedy, ...others].reduce((best, reply) => (refuted(reply) < refuted(best) ? reply : best));
}
