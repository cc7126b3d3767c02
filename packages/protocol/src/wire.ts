// The OpenAI/DeepSeek wire shapes that server and client exchange. Owns only types; the server's zod schemas are held
// equal to these by a type test. Fields that are accepted and have no effect are listed in docs/api.md.

import type { StepVerdict, Verified, WithdrawnAttempt } from "./verdict.ts";

/** Lemma's own request fields, under `"lemma"`. */
export interface LemmaRequestOptions {
  step_verdicts?: boolean;
  /** Answer greedily, check, and sample again only where the check fails. */
  verified?: boolean;
  /** Replies to try at most, the greedy one included; only with `verified`. */
  attempts?: number;
  task?: string;
  /** -10 to 10: higher starts earlier among this caller's requests. */
  priority?: number;
  /** Only requests with the same salt share cached prompts. */
  cache_salt?: string;
}

/** A message on the wire. `content` parts are joined; only text parts are accepted. */
export interface WireMessage {
  role: "system" | "developer" | "user" | "assistant" | "tool";
  content: string | { type: "text"; text: string }[] | null;
  reasoning_content?: string | null;
  name?: string;
}

/** Body of `POST /v1/chat/completions`. */
export interface ChatCompletionRequest {
  model: string;
  messages: WireMessage[];
  stream?: boolean | null;
  stream_options?: { include_usage?: boolean } | null;
  temperature?: number | null;
  top_p?: number | null;
  top_k?: number | null;
  min_p?: number | null;
  presence_penalty?: number | null;
  frequency_penalty?: number | null;
  repetition_penalty?: number | null;
  logit_bias?: Record<string, number> | null;
  seed?: number | null;
  stop?: string | string[] | null;
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  n?: number | null;
  logprobs?: boolean | null;
  top_logprobs?: number | null;
  thinking?: { type: "enabled" | "disabled" } | null;
  reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max" | null;
  user?: string | null;
  lemma?: LemmaRequestOptions;
}

export type WireFinishReason = "stop" | "length" | "content_filter" | "tool_calls";

/** Log-probability of one token, natural logarithm; `bytes` are the token's UTF-8 bytes. */
export interface WireLogprob {
  token: string;
  logprob: number;
  bytes: number[] | null;
}

export interface WireTokenLogprob extends WireLogprob {
  top_logprobs: WireLogprob[];
}

/** Log-probabilities of a choice: of the answer's tokens, and (as DeepSeek does) of the thought's. */
export interface WireLogprobs {
  content: WireTokenLogprob[];
  reasoning_content?: WireTokenLogprob[];
}

export interface WireUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number };
  completion_tokens_details: { reasoning_tokens: number };
  prompt_cache_hit_tokens: number;
  prompt_cache_miss_tokens: number;
}

/** `message.lemma` of a reply. */
export interface LemmaReply {
  steps?: StepVerdict[];
  verified?: Verified;
}

export interface ChatCompletionChoice {
  index: number;
  message: { role: "assistant"; content: string; reasoning_content?: string; lemma?: LemmaReply };
  logprobs: WireLogprobs | null;
  finish_reason: WireFinishReason;
}

export interface ChatCompletion {
  id: string;
  object: "chat.completion";
  created: number;
  model: string;
  system_fingerprint: string;
  choices: ChatCompletionChoice[];
  usage: WireUsage;
}

/**
 * `delta.lemma` of a chunk, one field at a time. `withdrawn` takes back all reasoning and steps that the choice has sent: it begins
 * anew. `verified` comes once, after the last text.
 */
export interface LemmaDelta {
  step?: StepVerdict;
  withdrawn?: WithdrawnAttempt;
  verified?: Verified;
}

export interface ChatCompletionDelta {
  role?: "assistant";
  content?: string;
  reasoning_content?: string;
  lemma?: LemmaDelta;
}

export interface ChatCompletionChunk {
  id: string;
  object: "chat.completion.chunk";
  created: number;
  model: string;
  system_fingerprint: string;
  choices: {
    index: number;
    delta: ChatCompletionDelta;
    logprobs: WireLogprobs | null;
    finish_reason: WireFinishReason | null;
  }[];
  usage?: WireUsage | null;
}

export interface WireModel {
  id: string;
  object: "model";
  created: number;
  owned_by: string;
}

/** Every error body of the server. `code` is a catalogue code, `param` the offending field. */
export interface WireError {
  error: { message: string; type: string; param: string | null; code: string; hint?: string };
}
