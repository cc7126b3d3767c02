// Asks a model until an answer passes the check, for whole replies: the same attempts, choice and usage as verified-stream.ts.

import type { Usage, Verified } from "@lemma/protocol";
import { type AttemptSampling, attemptOptions } from "./sampling.ts";
import { type AttemptsOptions, type CheckedReply, Selection } from "./selection.ts";
import { addUsage, isRefusal, NO_USAGE } from "./spent.ts";

/** What generates: the part of packages/engine's Model that is needed here. Without `usage` nothing is counted. */
export interface Generating<I, O, R> {
  generate(input: I, options: O): Promise<{ choices: R[]; usage?: Usage }>;
}

/**
 * Generates checked replies; `options.n` choices, each with attempts of its own. `usage` is that of all attempts. A reply that the
 * caller's signal cut short is given as it is. Throws what the model throws; a queue that is full at a later attempt ends the asking.
 * @example
 * const { choices } = await verifiedGenerate(model, messages, { maxTokens: 400 }, { question, attempts: 8 });
 * choices[0].verified; // { verdict: "proved", method: "exact", attempts: 2, task: "linear-equations", by: "checking" }
 */
export async function verifiedGenerate<I, O extends AttemptSampling, R extends CheckedReply>(
  model: Generating<I, O, R>,
  input: I,
  options: O,
  about: AttemptsOptions,
): Promise<{ choices: (R & { verified: Verified })[]; usage: Usage }> {
  let usage = NO_USAGE;
  const choices: (R & { verified: Verified })[] = [];
  for (let choice = 0; choice < (options.n ?? 1); choice++) {
    const selection = new Selection<R>(about);
    let last: R | undefined;
    while (selection.next !== undefined) {
      try {
        const made = await model.generate(input, attemptOptions(options, selection.next, choice));
        last = made.choices[0]!;
        usage = addUsage(usage, made.usage ?? NO_USAGE);
      } catch (error) {
        if (selection.next === 1 || !isRefusal(error)) throw error;
        selection.stop();
        break;
      }
      selection.add(last);
    }
    const reply = last?.finishReason === "abort" ? last : selection.best.reply;
    choices.push({ ...reply, verified: selection.verified });
    if (last?.finishReason === "abort") break;
  }
  return { choices, usage };
}
