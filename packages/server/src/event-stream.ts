// A server-sent event stream on one response. Owns framing, keep-alive comments and back-pressure: `send` resolves when
// the client's socket has room again, so that one slow reader holds up only its own generation. Knows no chat shapes.

import type { ServerResponse } from "node:http";
import { waitForDrain } from "./wait-for-drain.ts";

export interface EventStreamOptions {
  /** A comment is sent after so long without an event, in ms. */
  keepAliveMs: number;
  /** A client that reads nothing for so long is cut off, in ms. */
  stalledReaderMs: number;
}

/** `no-transform` and `x-accel-buffering` keep proxies from collecting the stream. */
const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

export class EventStream {
  readonly #response: ServerResponse;
  readonly #options: EventStreamOptions;
  readonly #timer: NodeJS.Timeout;

  /** Sends the headers: from here on errors can only travel inside the stream. */
  constructor(response: ServerResponse, headers: Record<string, string>, options: EventStreamOptions) {
    this.#response = response;
    this.#options = options;
    response.writeHead(200, { ...headers, ...HEADERS });
    response.flushHeaders();
    this.#timer = setInterval(() => {
      if (!response.writableNeedDrain) response.write(": keep-alive\n\n");
    }, options.keepAliveMs);
    response.once("close", () => clearInterval(this.#timer));
  }

  /** Writes one event; `data` is JSON or, for the end mark, bare text. Resolves when the reader keeps up. */
  async send(data: string): Promise<void> {
    if (this.#response.destroyed) return; // writing would raise an error event
    this.#timer.refresh();
    if (!this.#response.write(`data: ${data}\n\n`)) await waitForDrain(this.#response, this.#options.stalledReaderMs);
  }

  /** Writes a comment, which every reader skips. */
  comment(text: string): void {
    if (!this.#response.destroyed) this.#response.write(`: ${text}\n\n`);
  }

  end(): void {
    clearInterval(this.#timer);
    if (!this.#response.destroyed) this.#response.end();
  }
}
