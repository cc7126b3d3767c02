// The limit on a server's silence. It counts silence, not work: a reasoning model may think for minutes while the server's
// signs of life (keep-alive comments, blank lines) show that it is there. Owns the abort signal of one request.

import { LemmaError } from "@lemma/protocol";
import { connectionError } from "./server-error.ts";

export interface SilenceLimit {
  baseURL: string;
  /** In ms. */
  timeout: number;
}

/** Aborts a request after silence or by the caller's signal, and knows afterwards which of them it was. */
export class SilenceWatch {
  readonly #controller = new AbortController();
  readonly #limit: SilenceLimit;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#controller.abort();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSilent = false;

  constructor(limit: SilenceLimit, signal: AbortSignal | undefined) {
    this.#limit = limit;
    this.#signal = signal;
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (signal?.aborted) this.#onAbort();
    this.refresh();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isSilent = true;
      this.#controller.abort();
    }, this.#limit.timeout);
  }

  /** Stops counting until the next `refresh`. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  /** Ends the watch and whatever of the request still runs. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#controller.abort();
  }

  /** What a failed read or send means. */
  explain(thrown: unknown): unknown {
    if (LemmaError.isInstance(thrown)) return thrown;
    if (this.#isSilent) return new LemmaError("LEMMA_E_TIMEOUT", { seconds: this.#limit.timeout / 1000 });
    if (this.#signal?.aborted) return new LemmaError("LEMMA_E_ABORTED", {}, { cause: this.#signal.reason });
    return connectionError(this.#limit.baseURL, reasonOf(thrown), thrown);
  }
}

function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
