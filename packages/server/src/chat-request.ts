// From the body of `POST /v1/chat/completions` to a conversation and engine options. Owns validation messages and the
// meaning of each field; generates nothing.

import {
  type ChatCompletionRequest,
  LemmaError,
  type LemmaRequestOptions,
  type Message,
  type WireMessage,
} from "@lemma/protocol";
import { DEFAULT_ATTEMPTS } from "@lemma/verify";
import type { z } from "zod";
import { chatSchema } from "./chat-schema.ts";
import type { GenerateOptions } from "./served-model.ts";
import { foundText, refuseUnsupported, UNSUPPORTED_FIELDS, UNSUPPORTED_MESSAGE_FIELDS } from "./unsupported-fields.ts";

/** A valid request, ready for a model. `options` lack only `tenant`, `checker` and `signal`. */
export interface ChatRequest {
  model: string;
  messages: Message[];
  options: GenerateOptions;
  stream: boolean;
  includeUsage: boolean;
  stepVerdicts: boolean;
  /** How many replies may be tried until an answer passes the check; undefined: the first is given unchecked. */
  attempts: number | undefined;
  task: string | undefined;
}

/**
 * Reads a body. Throws LEMMA_E_REQUEST naming the first bad field, what was expected and what was found.
 * @example
 * readChatRequest({ model: "lemma-s", messages: [{ role: "user", content: "2+2" }] }).messages; // [{ role: "user", … }]
 */
export function readChatRequest(body: unknown): ChatRequest {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new LemmaError("LEMMA_E_REQUEST", { field: "body", expected: "a JSON object", found: foundText(body) });
  }
  const parsed = chatSchema.safeParse(body);
  if (!parsed.success) throw requestError(parsed.error.issues[0]!, body);
  const request: ChatCompletionRequest = parsed.data;
  refuseUnsupported(body, UNSUPPORTED_FIELDS, "");
  (body as { messages: object[] }).messages.forEach((message, index) => {
    refuseUnsupported(message, UNSUPPORTED_MESSAGE_FIELDS, `messages[${index}].`);
  });
  return {
    model: request.model,
    messages: request.messages.map(toMessage),
    options: toOptions(request),
    stream: request.stream ?? false,
    includeUsage: request.stream_options?.include_usage ?? false,
    stepVerdicts: request.lemma?.step_verdicts ?? false,
    attempts: attemptsOf(request.lemma),
    task: request.lemma?.task,
  };
}

function attemptsOf({ verified = false, attempts }: LemmaRequestOptions = {}): number | undefined {
  if (verified) return attempts ?? DEFAULT_ATTEMPTS;
  if (attempts === undefined) return undefined;
  throw new LemmaError("LEMMA_E_REQUEST", {
    field: "lemma.attempts",
    expected: "lemma.verified to be true as well",
    found: String(attempts),
  });
}

/** The text that verdicts are about: the last user message. */
export function questionOf(messages: readonly Message[]): string {
  return messages.findLast((message) => message.role === "user")?.content ?? "";
}

/** Thoughts of earlier turns are dropped here, as DeepSeek does; `name` has no place in our templates. */
function toMessage(message: WireMessage, index: number): Message {
  const role = message.role === "developer" ? "system" : message.role;
  if (message.content === null && role !== "assistant") {
    throw new LemmaError("LEMMA_E_REQUEST", {
      field: `messages[${index}].content`,
      expected: "text or a list of text parts",
      found: "null",
    });
  }
  const content =
    typeof message.content === "string" ? message.content : (message.content ?? []).map((part) => part.text).join("");
  return { role, content };
}

function toOptions(request: ChatCompletionRequest): GenerateOptions {
  const options: GenerateOptions = {};
  if (request.temperature != null) options.temperature = request.temperature;
  // top_p 0 means "only the best token" to OpenAI's users; the engine's range is open at 0.
  if (request.top_p != null) options.topP = Math.max(request.top_p, 1e-6);
  if (request.top_k != null) options.topK = Math.max(request.top_k, 0);
  if (request.min_p != null) options.minP = request.min_p;
  if (request.presence_penalty != null) options.presencePenalty = request.presence_penalty;
  if (request.frequency_penalty != null) options.frequencyPenalty = request.frequency_penalty;
  if (request.repetition_penalty != null) options.repetitionPenalty = request.repetition_penalty;
  if (request.logit_bias != null) options.logitBias = request.logit_bias;
  // Seeds are 53 bits here; a negative one is as good as any other.
  if (request.seed != null) options.seed = request.seed < 0 ? request.seed + 2 ** 53 : request.seed;
  if (request.stop != null) options.stop = typeof request.stop === "string" ? [request.stop] : request.stop;
  const maxTokens = request.max_completion_tokens ?? request.max_tokens;
  if (maxTokens != null) options.maxTokens = maxTokens;
  if (request.n != null) options.n = request.n;
  if (request.logprobs) options.logprobs = request.top_logprobs ?? 0;
  else if (request.top_logprobs != null) {
    throw new LemmaError("LEMMA_E_REQUEST", {
      field: "top_logprobs",
      expected: "logprobs to be true as well",
      found: `logprobs ${request.logprobs ?? "absent"}`,
    });
  }
  if (request.thinking != null) options.thinking = request.thinking.type === "enabled";
  else if (request.reasoning_effort === "none") options.thinking = false;
  if (request.lemma?.priority !== undefined) options.priority = request.lemma.priority;
  if (request.lemma?.cache_salt !== undefined) options.cacheSalt = request.lemma.cache_salt;
  return options;
}

type Issue = z.core.$ZodIssue;

function requestError(issue: Issue, body: object): LemmaError {
  const { path, expected } = expectation(issue);
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], body);
  return new LemmaError("LEMMA_E_REQUEST", { field: pathText(path), expected, found: foundText(value) });
}

/** What zod wanted, in words; of a union, the branch that got furthest into the value. */
function expectation(issue: Issue): { path: PropertyKey[]; expected: string } {
  const path = [...issue.path];
  switch (issue.code) {
    case "invalid_type":
      return { path, expected: withArticle(issue.expected) };
    case "invalid_value":
      return { path, expected: issue.values.map((value) => JSON.stringify(value)).join(" or ") };
    case "too_small":
      return {
        path,
        expected: `${issue.inclusive === false ? "above" : "at least"} ${issue.minimum}${unitOf(issue.origin)}`,
      };
    case "too_big":
      return { path, expected: `at most ${issue.maximum}${unitOf(issue.origin)}` };
    case "invalid_key":
      return { path: path.slice(0, -1), expected: issue.issues[0]!.message };
    case "unrecognized_keys":
      return { path: [...path, issue.keys[0]!], expected: "a documented field" };
    case "invalid_union": {
      const branches = issue.errors.map((branch) => expectation(branch[0]!));
      const deepest = branches.reduce((a, b) => (b.path.length > a.path.length ? b : a), branches[0]!);
      if (deepest.path.length > 0) return { path: [...path, ...deepest.path], expected: deepest.expected };
      const constrained = issue.errors.find((branch) => branch[0]!.code !== "invalid_type");
      if (constrained) return { path, expected: expectation(constrained[0]!).expected };
      return { path, expected: branches.map((branch) => branch.expected).join(" or ") };
    }
    default:
      return { path, expected: issue.message };
  }
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " entries" : "";
}

function withArticle(type: string): string {
  if (type === "int") return "an integer";
  if (type === "null") return "null";
  if (type === "array") return "a list";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** `messages[0].content`, as people write it. */
function pathText(path: PropertyKey[]): string {
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i > 0 ? "." : ""}${String(key)}`)).join("");
}
