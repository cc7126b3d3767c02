// What a server's error means: its LemmaError, and whether and when to try again. Lenient: foreign servers have other
// codes. Sends nothing.

import { ERRORS, type ErrorCode, LemmaError, type WireError } from "@lemma/protocol";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
/** A server that asks for a longer pause is not waited for: the caller decides. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** The advice of a server's headers beyond its code; kept beside the error, not on it. */
const serverAdvice = new WeakMap<LemmaError, { retryAfterMs: number | undefined; shouldRetry: boolean | undefined }>();

/** How long to wait before the next try, in ms; undefined: don't try again. */
export function retryPause(error: LemmaError, tried: number): number | undefined {
  const advice = serverAdvice.get(error);
  if (!(advice?.shouldRetry ?? error.retryable)) return undefined;
  const backOff = Math.min(FIRST_PAUSE_MS * 2 ** tried, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
  if (advice?.retryAfterMs === undefined) return backOff;
  return advice.retryAfterMs > LONGEST_RETRY_AFTER_MS ? undefined : advice.retryAfterMs;
}

/** A server's error as a LemmaError with the server's own message; a foreign server's code is told from its status. */
export function fromWire(
  wire: WireError["error"] | undefined,
  status: number,
  headers?: Headers,
  text = "",
): LemmaError {
  const code = wire && Object.hasOwn(ERRORS, wire.code ?? "") ? (wire.code as ErrorCode) : codeOf(status);
  const error = new LemmaError(code, { status, ...(wire?.param ? { field: wire.param } : {}) });
  error.message = wire?.message ?? `the server answered ${status}: ${text.slice(0, 200)}`;
  const seconds = Number(headers?.get("retry-after") ?? Number.NaN);
  const shouldRetry = headers?.get("x-should-retry");
  serverAdvice.set(error, {
    retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined,
    shouldRetry: shouldRetry === "true" ? true : shouldRetry === "false" ? false : undefined,
  });
  return error;
}

function codeOf(status: number): ErrorCode {
  if (status === 404) return "LEMMA_E_ROUTE";
  if (status === 408 || status === 504) return "LEMMA_E_TIMEOUT";
  if (status === 413) return "LEMMA_E_BODY_SIZE";
  if (status === 429 || status === 503) return "LEMMA_E_OVERLOADED";
  return status >= 500 ? "LEMMA_E_INTERNAL" : "LEMMA_E_REQUEST";
}

export function wireError(body: unknown): WireError["error"] | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  if (typeof error === "string") return { message: error, type: "", param: null, code: "" };
  return typeof error === "object" && error !== null && "message" in error ? (error as WireError["error"]) : undefined;
}

/** The LemmaError of an error object that came inside a stream, if the data are one. */
export function streamError(data: unknown): LemmaError | undefined {
  const wire = wireError(data);
  return wire ? fromWire(wire, 500) : undefined;
}

/** The error of a server that can't be reached or does not speak the protocol. */
export function connectionError(baseURL: string, problem: string, cause?: unknown): LemmaError {
  return new LemmaError("LEMMA_E_CONNECTION", { url: baseURL, problem }, { cause });
}
