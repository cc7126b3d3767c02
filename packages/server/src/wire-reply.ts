// From what a model generated to OpenAI's reply shapes, whole and in chunks. Pure functions; sends nothing.

import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionDelta,
  FinishReason,
  LemmaReply,
  StreamEvent,
  TokenLogprob,
  Usage,
  WireFinishReason,
  WireLogprobs,
  WireTokenLogprob,
  WireUsage,
} from "@lemma/protocol";
import type { GeneratedChoice } from "./served-model.ts";

/** What every chunk and reply of one request repeats. */
export interface ReplyEnvelope {
  id: string;
  created: number;
  model: string;
  system_fingerprint: string;
}

/** The whole reply. `steps` and `verified` go under `message.lemma` where the choices have them. */
export function toCompletion(
  envelope: ReplyEnvelope,
  generated: { choices: GeneratedChoice[]; usage: Usage },
): ChatCompletion {
  return {
    ...envelope,
    object: "chat.completion",
    choices: generated.choices.map((choice, index) => ({
      index,
      message: {
        role: "assistant",
        reasoning_content: choice.reasoning, // before the answer, as it was written
        content: choice.text,
        ...toLemmaReply(choice),
      },
      logprobs: choice.logprobs
        ? {
            content: choice.logprobs.text.map(toWireLogprob),
            reasoning_content: choice.logprobs.reasoning.map(toWireLogprob),
          }
        : null,
      finish_reason: toFinishReason(choice.finishReason),
    })),
    usage: toWireUsage(generated.usage),
  };
}

function toLemmaReply({ steps, verified }: GeneratedChoice): { lemma?: LemmaReply } {
  if (!steps && !verified) return {};
  return { lemma: { ...(steps ? { steps } : {}), ...(verified ? { verified } : {}) } };
}

/** The first chunk of a choice: it names the role. */
export function toRoleChunk(envelope: ReplyEnvelope, choice: number): ChatCompletionChunk {
  return toChunk(envelope, choice, { role: "assistant", content: "" });
}

/** The chunk of one event. */
export function toEventChunk(envelope: ReplyEnvelope, event: StreamEvent): ChatCompletionChunk {
  switch (event.type) {
    case "reasoning-delta":
      return toChunk(
        envelope,
        event.choice,
        { reasoning_content: event.text },
        event.logprobs ? { content: [], reasoning_content: event.logprobs.map(toWireLogprob) } : null,
      );
    case "text-delta":
      return toChunk(
        envelope,
        event.choice,
        { content: event.text },
        event.logprobs ? { content: event.logprobs.map(toWireLogprob) } : null,
      );
    case "step-verdict":
      return toChunk(envelope, event.choice, { lemma: { step: event.step } });
    case "attempt-withdrawn":
      return toChunk(envelope, event.choice, { lemma: { withdrawn: event.withdrawn } });
    case "verified":
      return toChunk(envelope, event.choice, { lemma: { verified: event.verified } });
    case "finish":
      return toChunk(envelope, event.choice, {}, null, toFinishReason(event.finishReason));
  }
}

/** The last chunk when usage was asked for: no choice, the whole request's usage. */
export function toUsageChunk(envelope: ReplyEnvelope, usage: Usage): ChatCompletionChunk {
  return { ...envelope, object: "chat.completion.chunk", choices: [], usage: toWireUsage(usage) };
}

function toChunk(
  envelope: ReplyEnvelope,
  index: number,
  delta: ChatCompletionDelta,
  logprobs: WireLogprobs | null = null,
  finishReason: WireFinishReason | null = null,
): ChatCompletionChunk {
  return {
    ...envelope,
    object: "chat.completion.chunk",
    choices: [{ index, delta, logprobs, finish_reason: finishReason }],
  };
}

/** `abort` has no place on the wire: who aborted a request does not read its reply. */
function toFinishReason(reason: FinishReason): WireFinishReason {
  return reason === "stop" ? "stop" : "length";
}

function toWireLogprob(token: TokenLogprob): WireTokenLogprob {
  return {
    token: token.text,
    logprob: token.logprob,
    bytes: token.bytes,
    top_logprobs: token.top.map(({ text, bytes, logprob }) => ({ token: text, logprob, bytes })),
  };
}

function toWireUsage(usage: Usage): WireUsage {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    prompt_cache_hit_tokens: usage.cachedTokens,
    prompt_cache_miss_tokens: usage.promptTokens - usage.cachedTokens,
  };
}
