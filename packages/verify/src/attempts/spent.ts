// What attempts cost, and which refusal ends them. Owns the sum of usages and that one rule.

import { LemmaError, type Usage } from "@lemma/protocol";

export const NO_USAGE: Usage = Object.freeze({
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  reasoningTokens: 0,
});

/** Tokens of both: every attempt is a request of its own to the engine, its prompt (mostly cached) included. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
  };
}

/** A full queue: after a first reply there is something to give, so a later attempt is not worth an error. */
export const isRefusal = (error: unknown): boolean =>
  LemmaError.isInstance(error) && error.code === "LEMMA_E_OVERLOADED";
