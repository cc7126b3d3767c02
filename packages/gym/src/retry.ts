// Retry traces: a wrong step, `[BACK]`, the right one. From such text a model learns to take back what it sees is wrong
// (T. Ye and others, 2024, "Physics of Language Models: Part 2.2", arXiv 2408.16293). Owns where the wrong step may stand.

import type { Message } from "@lemma/protocol";
import { checkSteps, injectError } from "@lemma/verify";
import type { Random } from "./random.ts";

/** How many places are tried before the reasoning stays as it is. */
const TRIES = 4;

/**
 * The reply with one wrong step that is taken back at once; the reply itself where no step can be spoilt so that the kernel refutes it.
 * Everything else stays, so the result is as right as the reply was.
 * @example
 * withRetry("Compute 12+7.", { role: "assistant", content: "\\boxed{19}", reasoning_content: "12+7=19" }, "addition-subtraction", random)
 *   .reasoning_content; // "12+7=29\n[BACK]\n12+7=19"
 */
export function withRetry(question: string, reply: Message, task: string, random: Random): Message {
  const reasoning = reply.reasoning_content ?? "";
  for (let tries = 0; tries < TRIES; tries++) {
    const wrong = injectError(reasoning, (limit) => random.below(limit));
    if (wrong === undefined) return reply;
    const lines = wrong.reasoning.split("\n");
    const at = reasoning.split("\n").findIndex((line, i) => line !== lines[i]);
    const retried = [...lines.slice(0, at + 1), "[BACK]", wrong.before, ...lines.slice(at + 1)].join("\n");
    const steps = checkSteps({ question, reasoning: retried, task });
    // A spoilt step that nothing refutes may be true: then there would be nothing to take back.
    const isRefuted = steps[wrong.step]?.verdict === "refuted" && steps[wrong.step]!.withdrawn;
    if (isRefuted && steps.every(({ verdict }, i) => i === wrong.step || verdict !== "refuted"))
      return { ...reply, reasoning_content: retried };
  }
  return reply;
}
