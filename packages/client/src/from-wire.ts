// From the wire's reply shapes to the client's. Pure functions, lenient: any OpenAI-compatible server may have answered.

import type {
  ChatCompletion,
  ChatCompletionChunk,
  FinishReason,
  StreamEvent,
  TokenLogprob,
  Usage,
  WireLogprobs,
  WireTokenLogprob,
  WireUsage,
} from "@lemma/protocol";
import type { Choice, Reply } from "./chat-types.ts";

/** A whole reply. A server that names no usage gives zeros. */
export function toReply(completion: ChatCompletion): Reply {
  const choices = completion.choices.map((choice): Choice => {
    const logprobs = toLogprobs(choice.logprobs);
    const { steps, verified } = choice.message.lemma ?? {};
    return {
      reasoning: choice.message.reasoning_content ?? "",
      text: choice.message.content ?? "",
      finishReason: toFinishReason(choice.finish_reason),
      ...(logprobs ? { logprobs } : {}),
      ...(steps ? { steps } : {}),
      ...(verified ? { verified } : {}),
    };
  });
  const first = choices[0] ?? { reasoning: "", text: "", finishReason: "stop" as const };
  return { ...first, id: completion.id, model: completion.model, choices, usage: toUsage(completion.usage) };
}

/** The events of one chunk, without `finish`: its usage comes in a later chunk. */
export function* toDeltas(chunk: ChatCompletionChunk): Generator<StreamEvent> {
  for (const { index: choice, delta, logprobs } of chunk.choices) {
    const tokens = toLogprobs(logprobs);
    // Log-probabilities may come without text: that of a token whose bytes are only part of a character.
    if (delta?.reasoning_content || tokens?.reasoning.length) {
      const own = tokens ? { logprobs: tokens.reasoning } : {};
      yield { type: "reasoning-delta", choice, text: delta?.reasoning_content ?? "", ...own };
    }
    if (delta?.content || tokens?.text.length) {
      yield { type: "text-delta", choice, text: delta?.content ?? "", ...(tokens ? { logprobs: tokens.text } : {}) };
    }
    const { step, withdrawn, verified } = delta?.lemma ?? {};
    if (step) yield { type: "step-verdict", choice, step };
    if (withdrawn) yield { type: "attempt-withdrawn", choice, withdrawn };
    if (verified) yield { type: "verified", choice, verified };
  }
}

export function toUsage(usage: WireUsage | null | undefined): Usage {
  return {
    promptTokens: usage?.prompt_tokens ?? 0,
    cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? usage?.prompt_cache_hit_tokens ?? 0,
    completionTokens: usage?.completion_tokens ?? 0,
    reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens ?? 0,
  };
}

/** Reasons of other servers (`tool_calls`, `content_filter`) ended the text as a stop does. */
export function toFinishReason(reason: string): FinishReason {
  return reason === "length" ? "length" : "stop";
}

function toLogprobs(logprobs: WireLogprobs | null | undefined): Choice["logprobs"] {
  if (!logprobs) return undefined;
  return {
    reasoning: (logprobs.reasoning_content ?? []).map(toToken),
    text: (logprobs.content ?? []).map(toToken),
  };
}

function toToken(token: WireTokenLogprob): TokenLogprob {
  const plain = ({ token: text, bytes, logprob }: Omit<WireTokenLogprob, "top_logprobs">) => ({
    text,
    bytes: bytes ?? [...new TextEncoder().encode(text)],
    logprob,
  });
  return { ...plain(token), top: (token.top_logprobs ?? []).map(plain) };
}
