// One HTTP exchange: sending, reading, trying again. Owns no limits (silence-watch.ts) and no error shapes
// (server-error.ts); knows no chat shapes.

import { LemmaError } from "@lemma/protocol";
import { connectionError, fromWire, retryPause, wireError } from "./server-error.ts";
import { SilenceWatch } from "./silence-watch.ts";

export interface TransportOptions {
  baseURL: string;
  apiKey: string | undefined;
  /** Silence that is taken for a dead server, in ms. */
  timeout: number;
  maxRetries: number;
  fetch: typeof globalThis.fetch;
}

export interface Exchange {
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** Sends and reads a JSON reply whole; retries what the catalogue calls retryable. */
export async function requestJson(options: TransportOptions, exchange: Exchange): Promise<unknown> {
  return withRetries(options, exchange, async (attempt) => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const bytes of attempt.bytes()) text += decoder.decode(bytes, { stream: true });
    const body = parse(text + decoder.decode());
    // A server that sent early headers can only say inside a 200 what went wrong later.
    const late = wireError(body);
    if (late) throw fromWire(late, attempt.status);
    if (body === undefined) throw connectionError(options.baseURL, "the answer is not JSON");
    return body;
  });
}

/** Sends and returns the reply's bytes as they come; retries only until the first header. */
export async function requestStream(options: TransportOptions, exchange: Exchange): Promise<Attempt> {
  return withRetries(options, exchange, async (attempt) => attempt);
}

/** An answer with status 2xx whose body is still arriving. Each piece restarts the silence limit. */
export class Attempt {
  readonly status: number;
  readonly #body: ReadableStream<Uint8Array> | null;
  readonly #watch: SilenceWatch;

  constructor(response: Response, watch: SilenceWatch) {
    this.status = response.status;
    this.#body = response.body;
    this.#watch = watch;
  }

  /** The body's pieces. Leaving the loop early ends the request. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    const reader = this.#body?.getReader();
    try {
      for (;;) {
        this.#watch.refresh();
        const piece = await reader?.read();
        if (!piece || piece.done) return;
        this.#watch.rest(); // the caller's own time is not the server's silence
        yield piece.value;
      }
    } catch (thrown) {
      throw this.#watch.explain(thrown);
    } finally {
      this.#watch.stop();
    }
  }
}

async function withRetries<T>(
  options: TransportOptions,
  exchange: Exchange,
  use: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await use(await send(options, exchange));
    } catch (thrown) {
      if (!LemmaError.isInstance(thrown) || tried >= options.maxRetries) throw thrown;
      const pauseMs = retryPause(thrown, tried);
      if (pauseMs === undefined) throw thrown;
      await pause(pauseMs, exchange.signal);
    }
  }
}

async function send(options: TransportOptions, exchange: Exchange): Promise<Attempt> {
  const watch = new SilenceWatch(options, exchange.signal);
  try {
    const response = await options.fetch(options.baseURL + exchange.path, {
      method: exchange.method,
      headers: {
        accept: "application/json, text/event-stream",
        ...(exchange.body === undefined ? {} : { "content-type": "application/json" }),
        ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
      },
      ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
      signal: watch.signal,
    });
    watch.refresh();
    if (response.ok) return new Attempt(response, watch);
    const text = await response.text();
    throw fromWire(wireError(parse(text)), response.status, response.headers, text);
  } catch (thrown) {
    const error = watch.explain(thrown);
    watch.stop();
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new LemmaError("LEMMA_E_ABORTED", {}, { cause: signal?.reason }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
