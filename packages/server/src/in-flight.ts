// The requests whose generation runs or whose reply is still on its way out. Owns one AbortController per request: it fires
// when the client goes away or when the server's drain limit is over, and the reason says which. Knows no HTTP shapes.

import type { ServerResponse } from "node:http";
import { LemmaError } from "@lemma/protocol";

/** One running generation. `end` must be called when nothing of it runs any more and its reply was handed over. */
export interface RunningRequest {
  signal: AbortSignal;
  end(): void;
}

export class InFlight {
  readonly #running = new Set<AbortController>();
  #idle: (() => void)[] = [];
  #isDraining = false;

  /** How many requests are in flight. */
  get count(): number {
    return this.#running.size;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Registers a generation that answers on `response`; throws LEMMA_E_DRAINING once the server drains. */
  begin(response: ServerResponse): RunningRequest {
    if (this.#isDraining) throw new LemmaError("LEMMA_E_DRAINING");
    const controller = new AbortController();
    this.#running.add(controller);
    const onClose = (): void => {
      if (!response.writableFinished) controller.abort(new LemmaError("LEMMA_E_ABORTED"));
    };
    response.once("close", onClose);
    if (response.destroyed) onClose();
    return {
      signal: controller.signal,
      end: () => {
        response.off("close", onClose);
        // The last bytes may still be on their way to the socket.
        if (response.closed || response.destroyed) this.#remove(controller);
        else response.once("close", () => this.#remove(controller));
      },
    };
  }

  #remove(controller: AbortController): void {
    if (!this.#running.delete(controller) || this.#running.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /**
   * Refuses new generations and resolves when the running ones have ended and their replies are out. Those that run after
   * `limitMs` are aborted; a reader that does not take the end within `graceMs` more is not waited for.
   */
  async drain(limitMs: number, graceMs: number): Promise<void> {
    this.#isDraining = true;
    if (this.#running.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
      timer = setTimeout(() => {
        for (const controller of this.#running) controller.abort(new LemmaError("LEMMA_E_DRAINING"));
        timer = setTimeout(resolve, graceMs);
      }, limitMs);
    });
    clearTimeout(timer);
  }
}
