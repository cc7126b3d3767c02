// Turns errors into OpenAI-shaped bodies and headers. Owns the mapping catalogue → wire; knows no route.

import { LemmaError, type WireError } from "@lemma/protocol";

/** Seconds that a client should wait before it tries a retryable error again, where nobody estimated them. */
const RETRY_AFTER_SECONDS = 1;

/** The request field that an engine option came from; other options keep their name. */
const WIRE_FIELD: Record<string, string> = {
  topP: "top_p",
  topK: "top_k",
  minP: "min_p",
  repetitionPenalty: "repetition_penalty",
  presencePenalty: "presence_penalty",
  frequencyPenalty: "frequency_penalty",
  logitBias: "logit_bias",
  maxTokens: "max_tokens",
  cacheSalt: "lemma.cache_salt",
  priority: "lemma.priority",
  logprobs: "top_logprobs",
};

/**
 * The body of an error.
 * @example
 * toWireError(new LemmaError("LEMMA_E_CONTEXT", { prompt: 9, context: 8 })).error.param; // "messages"
 */
export function toWireError(error: LemmaError): WireError {
  return {
    error: {
      message: error.message,
      type: errorType(error.status),
      param: paramOf(error),
      code: error.code,
      hint: error.hint,
    },
  };
}

/** Headers that go with an error: when to come back, and whether coming back makes sense (openai's SDK reads it). */
export function errorHeaders(error: LemmaError): Record<string, string> {
  const headers: Record<string, string> = { "x-should-retry": String(error.retryable) };
  if (error.status === 429 || error.status === 503)
    headers["retry-after"] = String(error.retryAfter ?? RETRY_AFTER_SECONDS);
  if (error.code === "LEMMA_E_METHOD") headers.allow = String(error.details.allowed ?? "");
  return headers;
}

/**
 * Any thrown value as a LemmaError. Errors of the HTTP layer get their catalogue code; a foreign error becomes
 * LEMMA_E_INTERNAL without its text, which may name files or memory of this machine: the log has it.
 */
export function toLemmaError(thrown: unknown, bodyLimit: number): LemmaError {
  if (LemmaError.isInstance(thrown)) return thrown;
  const { statusCode, message } = (thrown ?? {}) as { statusCode?: unknown; message?: unknown };
  if (statusCode === 413) return new LemmaError("LEMMA_E_BODY_SIZE", { limit: bodyLimit }, { cause: thrown });
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) {
    return new LemmaError("LEMMA_E_JSON", { problem: String(message) }, { cause: thrown });
  }
  return new LemmaError("LEMMA_E_INTERNAL", { problem: "the server failed on this request" }, { cause: thrown });
}

function errorType(status: number): string {
  if (status === 429) return "rate_limit_error";
  if (status === 503) return "overloaded_error";
  return status < 500 ? "invalid_request_error" : "server_error";
}

function paramOf(error: LemmaError): string | null {
  const { field, option } = error.details;
  if (typeof field === "string") return field;
  if (typeof option === "string") return WIRE_FIELD[option] ?? option;
  if (error.code === "LEMMA_E_CONTEXT") return "messages";
  if (error.code === "LEMMA_E_MODEL_NOT_FOUND") return "model";
  if (error.code === "LEMMA_E_TASK") return "lemma.task";
  return null;
}
