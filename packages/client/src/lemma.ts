// The client: asks a Lemma server, or any other that speaks OpenAI's chat completions. Owns the public calls; how bytes
// travel is in transport.ts. Runs in Node 20+ and in browsers, so it may use nothing of Node.

import type { ChatCompletion, ChatCompletionChunk, FinishReason, StreamEvent, WireModel } from "@lemma/protocol";
import { type ChatRequest, type Reply, toWireRequest } from "./chat-types.ts";
import { EventSourceParser } from "./event-source.ts";
import { toDeltas, toFinishReason, toReply, toUsage } from "./from-wire.ts";
import { connectionError, streamError } from "./server-error.ts";
import { requestJson, requestStream, type TransportOptions } from "./transport.ts";

export interface LemmaOptions {
  /** Default: LEMMA_BASE_URL, else http://127.0.0.1:8000/v1. A bare origin gets `/v1`. */
  baseURL?: string;
  /** Default: LEMMA_API_KEY, else none. */
  apiKey?: string;
  /**
   * How long the server may be silent, in ms; default 10,000. Before the first byte and between any two; a Lemma server
   * gives a sign of life at least every 4 s however long it thinks. For a limit on the whole call pass
   * `signal: AbortSignal.timeout(ms)`. Other servers may be silent while they think: raise it there.
   */
  timeout?: number;
  /** How often a retryable error is tried again; default 2. A stream that has begun is never tried again. */
  maxRetries?: number;
  fetch?: typeof globalThis.fetch;
}

const DEFAULT_BASE_URL = "http://127.0.0.1:8000/v1";
const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_RETRIES = 2;

/**
 * A connection to a server. Every error is a LemmaError: `LEMMA_E_CONNECTION`, `LEMMA_E_TIMEOUT`, `LEMMA_E_ABORTED`, or
 * the code that the server gave.
 * @example
 * const lemma = new Lemma();
 * const reply = await lemma.chat({ model: "lemma-s", messages: "Solve 3x + 5 = 20 for x." });
 * console.log(reply.reasoning, reply.text);
 */
export class Lemma {
  readonly #transport: TransportOptions;

  constructor(options: LemmaOptions = {}) {
    this.#transport = {
      baseURL: withPath(options.baseURL ?? environment("LEMMA_BASE_URL") ?? DEFAULT_BASE_URL),
      apiKey: options.apiKey ?? environment("LEMMA_API_KEY"),
      timeout: options.timeout ?? DEFAULT_TIMEOUT_MS,
      maxRetries: options.maxRetries ?? DEFAULT_MAX_RETRIES,
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    };
  }

  /** Asks and waits for the whole reply. */
  async chat(request: ChatRequest): Promise<Reply> {
    const body = toWireRequest(request, false);
    const { signal } = request;
    const completion = await requestJson(this.#transport, { method: "POST", path: "/chat/completions", body, signal });
    if (!Array.isArray((completion as Partial<ChatCompletion>).choices)) {
      throw connectionError(this.#transport.baseURL, "the answer is no chat completion");
    }
    return toReply(completion as ChatCompletion);
  }

  /**
   * Asks and yields events while the reply arrives; `finish` events come last, one a choice. Leaving the loop ends the
   * generation on the server.
   * @example
   * for await (const event of lemma.stream({ model: "lemma-s", messages: "2+2?" })) {
   *   if (event.type === "text-delta") process.stdout.write(event.text);
   * }
   */
  async *stream(request: ChatRequest): AsyncGenerator<StreamEvent, void, undefined> {
    const body = toWireRequest(request, true);
    const { signal } = request;
    const exchange = { method: "POST" as const, path: "/chat/completions", body, signal };
    const attempt = await requestStream(this.#transport, exchange);
    const finished = new Map<number, FinishReason>();
    let usage = toUsage(null);
    let isDone = false;
    for await (const data of eventData(attempt.bytes())) {
      if (data === "[DONE]") {
        isDone = true;
        break;
      }
      const chunk = this.#parseChunk(data);
      if (chunk.usage) usage = toUsage(chunk.usage);
      for (const { index, finish_reason } of chunk.choices) {
        if (finish_reason) finished.set(index, toFinishReason(finish_reason));
      }
      yield* toDeltas(chunk);
    }
    if (!isDone && finished.size < (request.n ?? 1))
      throw connectionError(this.#transport.baseURL, "the stream ended early");
    for (const [choice, finishReason] of finished) yield { type: "finish", choice, finishReason, usage };
  }

  /** The models that the server answers with. */
  async models(options: { signal?: AbortSignal } = {}): Promise<WireModel[]> {
    const list = await requestJson(this.#transport, { method: "GET", path: "/models", signal: options.signal });
    return (list as { data: WireModel[] }).data;
  }

  #parseChunk(data: string): ChatCompletionChunk {
    let chunk: unknown;
    try {
      chunk = JSON.parse(data);
    } catch (cause) {
      throw connectionError(this.#transport.baseURL, `an event is not JSON: ${data.slice(0, 80)}`, cause);
    }
    const error = streamError(chunk);
    if (error) throw error;
    if (typeof chunk !== "object" || chunk === null || !Array.isArray((chunk as { choices?: unknown }).choices)) {
      throw connectionError(this.#transport.baseURL, `an event is no chunk: ${data.slice(0, 80)}`);
    }
    return chunk as ChatCompletionChunk;
  }
}

async function* eventData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const parser = new EventSourceParser();
  for await (const piece of bytes) yield* parser.push(piece);
  yield* parser.end();
}

function withPath(baseURL: string): string {
  const url = new URL(baseURL);
  return url.pathname === "/" ? `${url.origin}/v1` : baseURL.replace(/\/+$/, "");
}

/** An environment variable where there is an environment: browsers have none. */
function environment(name: string): string | undefined {
  return typeof process === "undefined" ? undefined : process.env?.[name] || undefined;
}
