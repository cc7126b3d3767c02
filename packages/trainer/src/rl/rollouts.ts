// Replies of the model to problems: every group is in flight at once, so that the engine has one continuous batch, and the replies to one
// problem share their prompt's pages. Owns how a reply is sampled; judges nothing.

import type { Choice, Model } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import { questionMessages, type RlProblem } from "./problems.ts";

/** A sampled reply. `logprobs` are the engine's own (temperature 1), one for each of `tokens`, the end token included. */
export interface RolloutReply {
  reasoning: string;
  text: string;
  tokens: Uint32Array;
  logprobs: Float32Array;
  isTruncated: boolean;
}

/** The replies to one problem. */
export interface RolloutGroup {
  problem: RlProblem;
  prompt: Uint32Array;
  replies: RolloutReply[];
}

export interface RolloutOptions {
  engine: Model;
  problems: readonly RlProblem[];
  groupSize: number;
  maxTokens: number;
  temperature: number;
  /** The seed of a problem's replies, by its number. */
  seedOf: (number: number) => number;
  signal?: AbortSignal | undefined;
  /** Hears of each group as soon as its replies are there, in any order. */
  onGroup?: (group: RolloutGroup, at: number) => void;
}

/** @throws LEMMA_E_ABORTED where the signal has come */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LemmaError("LEMMA_E_ABORTED", {}, { cause: signal.reason });
}

/** Only the temperature shapes the distribution: whatever else does would stand between the sampled and the trained policy. */
const PURE = {
  topP: 1,
  topK: 0,
  minP: 0,
  repetitionPenalty: 1,
  presencePenalty: 0,
  frequencyPenalty: 0,
  tokenLogprobs: true,
};

/**
 * Samples all groups. The same weights, problems and seeds give the same replies.
 * @throws LEMMA_E_ABORTED when the signal comes, LEMMA_E_CONTEXT where a prompt leaves no room, and what the engine throws
 */
export async function rollOut(options: RolloutOptions): Promise<RolloutGroup[]> {
  const { engine, groupSize: n, temperature, signal, seedOf } = options;
  const stop = new AbortController(); // one failed group ends the others
  const either = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
  const roll = async (problem: RlProblem, at: number): Promise<RolloutGroup> => {
    const { tokens: prompt } = engine.renderChat(questionMessages(problem.row));
    const limit = { maxTokens: options.maxTokens, signal: either };
    const { choices } = await engine.generate(
      { tokens: prompt },
      { ...PURE, ...limit, n, temperature, seed: seedOf(problem.number) },
    );
    stopIfAborted(signal);
    const group = { problem, prompt, replies: choices.map(replyOf) };
    options.onGroup?.(group, at);
    return group;
  };
  try {
    stopIfAborted(signal);
    return await Promise.all(options.problems.map(roll));
  } catch (error) {
    stop.abort();
    stopIfAborted(signal);
    throw error;
  }
}

function replyOf({ reasoning, text, tokens, tokenLogprobs, finishReason }: Choice): RolloutReply {
  return { reasoning, text, tokens, logprobs: tokenLogprobs!, isTruncated: finishReason === "length" };
}
