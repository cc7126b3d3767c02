// What generation yields, alike in the engine (packages/engine) and over HTTP (packages/client). Owns only types.

import type { Usage } from "./message.ts";
import type { StepVerdict, Verified, WithdrawnAttempt } from "./verdict.ts";

/** Why a choice ended: end token or stop string, a limit (maxTokens or the context), the caller's signal. */
export type FinishReason = "stop" | "length" | "abort";

/** Log-probability of one token (natural logarithm, the model's own); `bytes` may be part of a UTF-8 character. */
export interface TokenProbability {
  text: string;
  bytes: number[];
  logprob: number;
}

/** A generated token and the `logprobs: k` most probable tokens at its place, best first. */
export interface TokenLogprob extends TokenProbability {
  top: TokenProbability[];
}

/**
 * One event of a stream; `choice` counts from 0. Every choice ends in exactly one `finish`, whose `usage` is that of
 * the whole request so far: the last `finish` of a request carries its final usage. A `step-verdict` with an index
 * that was issued before replaces it. `logprobs` are those of the event's own tokens, present only if asked for.
 * Where answers are checked before they are given, `attempt-withdrawn` takes back all that the choice has sent so far: the choice
 * begins anew; `verified` comes before its `finish`.
 */
export type StreamEvent =
  | { type: "reasoning-delta"; choice: number; text: string; logprobs?: TokenLogprob[] }
  | { type: "text-delta"; choice: number; text: string; logprobs?: TokenLogprob[] }
  | { type: "step-verdict"; choice: number; step: StepVerdict }
  | { type: "attempt-withdrawn"; choice: number; withdrawn: WithdrawnAttempt }
  | { type: "verified"; choice: number; verified: Verified }
  | { type: "finish"; choice: number; finishReason: FinishReason; usage: Usage };
