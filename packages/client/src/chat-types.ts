// What a caller asks and what comes back, in the names that packages/engine uses. Owns types and the translation of a
// request to the wire; sends nothing.

import {
  type ChatCompletionRequest,
  type FinishReason,
  LemmaError,
  type Message,
  type StepVerdict,
  type TokenLogprob,
  type Usage,
  type Verified,
} from "@lemma/protocol";

/** One question. What is absent takes the model's own default; an unknown option is an error. */
export interface ChatRequest {
  model: string;
  /** A conversation, or the text of one user message. */
  messages: string | Message[];
  temperature?: number;
  topP?: number;
  topK?: number;
  minP?: number;
  /** Above 0; tokens among the last 64 of prompt and answer become less likely. 1 is off. */
  repetitionPenalty?: number;
  /** -2 to 2; against tokens that the answer already holds. */
  presencePenalty?: number;
  /** -2 to 2; against tokens by how often the answer already holds them. */
  frequencyPenalty?: number;
  /** Token ids with what is added to their logits, -100 to 100. */
  logitBias?: Record<number, number>;
  seed?: number;
  stop?: string | string[];
  /** Thought and answer together, in tokens. */
  maxTokens?: number;
  n?: number;
  /** How many alternatives per token to report, 0 to 20. */
  logprobs?: number;
  /** False asks for an answer without a thought. */
  thinking?: boolean;
  /** Asks for a verdict on each step of the thought. */
  stepVerdicts?: boolean;
  /** Answers greedily, checks the answer and samples again only where the check fails; `reply.verified` tells what came of it. */
  verified?: boolean;
  /** Replies to try at most, 1 to 32, the greedy one included; default 8. Only with `verified`. */
  attempts?: number;
  /** The task whose checker judges steps and answer; absent: the server recognises it. */
  task?: string;
  /** -10 to 10, default 0: higher starts earlier among this key's requests. */
  priority?: number;
  /** Only requests with the same salt share cached prompts; at most 256 bytes. */
  cacheSalt?: string;
  /** Aborting it ends the generation on the server. */
  signal?: AbortSignal;
}

/** One answer of a reply. */
export interface Choice {
  reasoning: string;
  text: string;
  finishReason: FinishReason;
  logprobs?: { reasoning: TokenLogprob[]; text: TokenLogprob[] };
  steps?: StepVerdict[];
  /** With `verified` in the request: the verdict on the answer. Anything but `proved` marks the best of replies that all failed. */
  verified?: Verified;
}

/** A whole reply; `reasoning`, `text`, `steps`, `verified` and `finishReason` are those of its first choice. */
export interface Reply extends Choice {
  id: string;
  model: string;
  choices: Choice[];
  usage: Usage;
}

/** The body that goes over the wire. Throws LEMMA_E_OPTION for an option that does not exist. */
export function toWireRequest(request: ChatRequest, stream: boolean): ChatCompletionRequest {
  const {
    model,
    messages,
    temperature,
    topP,
    topK,
    minP,
    repetitionPenalty,
    presencePenalty,
    frequencyPenalty,
    logitBias,
    seed,
    stop,
    maxTokens,
    n,
    logprobs,
    thinking,
    stepVerdicts,
    verified,
    attempts,
    task,
    priority,
    cacheSalt,
    signal: _,
    ...unknown
  } = request;
  const [option] = Object.keys(unknown);
  if (option !== undefined) {
    throw new LemmaError("LEMMA_E_OPTION", { option, expected: "a documented option", found: "an unknown one" });
  }
  const lemma = {
    ...(stepVerdicts || task !== undefined ? { step_verdicts: stepVerdicts ?? false } : {}),
    ...(verified !== undefined ? { verified } : {}),
    ...(attempts !== undefined ? { attempts } : {}),
    ...(task !== undefined ? { task } : {}),
    ...(priority !== undefined ? { priority } : {}),
    ...(cacheSalt !== undefined ? { cache_salt: cacheSalt } : {}),
  };
  return {
    model,
    messages: typeof messages === "string" ? [{ role: "user", content: messages }] : messages.map(toWireMessage),
    ...(stream ? { stream, stream_options: { include_usage: true } } : {}),
    ...(temperature !== undefined ? { temperature } : {}),
    ...(topP !== undefined ? { top_p: topP } : {}),
    ...(topK !== undefined ? { top_k: topK } : {}),
    ...(minP !== undefined ? { min_p: minP } : {}),
    ...(repetitionPenalty !== undefined ? { repetition_penalty: repetitionPenalty } : {}),
    ...(presencePenalty !== undefined ? { presence_penalty: presencePenalty } : {}),
    ...(frequencyPenalty !== undefined ? { frequency_penalty: frequencyPenalty } : {}),
    ...(logitBias !== undefined ? { logit_bias: logitBias } : {}),
    ...(seed !== undefined ? { seed } : {}),
    ...(stop !== undefined ? { stop } : {}),
    ...(maxTokens !== undefined ? { max_tokens: maxTokens } : {}),
    ...(n !== undefined ? { n } : {}),
    ...(logprobs !== undefined ? { logprobs: true, top_logprobs: logprobs } : {}),
    ...(thinking !== undefined ? { thinking: { type: thinking ? "enabled" : "disabled" } } : {}),
    ...(Object.keys(lemma).length > 0 ? { lemma } : {}),
  };
}

/** `weight` is for training and has no place on the wire. */
function toWireMessage({ role, content, reasoning_content }: Message) {
  return { role, content, ...(reasoning_content !== undefined ? { reasoning_content } : {}) };
}
