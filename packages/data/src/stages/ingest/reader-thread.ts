// A thread that reads files with large libraries (PDF, DOCX, HTML, Parquet). Owns its bounds on memory and its life: a file that
// exhausts it is refused, and the next one gets a new thread.
//
//   to the thread    { format, path, options } a file to read; "more" what was sent has been used
//   from it          { found } some of what is in the file; then it waits for "more"
//                    { problem? } the file is done, or could not be read on

import { once } from "node:events";
import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { LemmaError } from "@lemma/protocol";
import type { FormatOptions, FoundText, Refused } from "./format.ts";

/** MiB of JavaScript objects that one file may take: some twenty times a document of the default size. */
const HEAP = 1536;

/**
 * Processor time of the thread for one file, in seconds: so many anyway, and one more for so many bytes. The readers bound their work by
 * themselves; this is for what they can't count.
 */
const SECONDS = 30;
const BYTES_A_SECOND = 1 << 18;

/** A file for the thread. */
export interface ReadRequest {
  format: string;
  path: string;
  options: FormatOptions;
}

/** What the thread says. */
export type ReadAnswer = { found: (FoundText | Refused)[] } | { done: true; problem?: string };

/** Reads one file at a time; started with the first, ended with `await using`. */
export class ReaderThread {
  #worker: Worker | undefined;
  readonly #seconds: number;

  /** `seconds`: processor time for a file, one more for BYTES_A_SECOND. */
  constructor(seconds = SECONDS) {
    this.#seconds = seconds;
  }

  /**
   * What is in a file, as the format's own `read` would give it.
   * @throws LEMMA_E_FILE: the reader's own refusal, or a file that took more memory than a file may.
   */
  async *read(format: string, path: string, options: FormatOptions): AsyncGenerator<FoundText | Refused> {
    this.#worker ??= startWorker();
    const worker = this.#worker;
    let isDone = false;
    try {
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      using time = new ProcessorTime(worker, this.#seconds + Math.ceil(size / BYTES_A_SECOND));
      worker.postMessage({ format, path, options } satisfies ReadRequest);
      for (;;) {
        const answer = await nextAnswer(worker, time);
        if ("done" in answer) {
          isDone = true;
          if (answer.problem !== undefined) throw new LemmaError("LEMMA_E_FILE", { path, problem: answer.problem });
          return;
        }
        yield* answer.found;
        worker.postMessage("more");
      }
    } finally {
      if (!isDone) await this.#end(); // died, or whoever reads has stopped in the middle
    }
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
  }
}

function startWorker(): Worker {
  const worker = new Worker(new URL("./reader-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
    stdout: true, // libraries' own warnings are not the task's
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.on("error", () => {}); // between two files nobody waits for it
  return worker;
}

/** Watches how long a thread computes from now on. */
class ProcessorTime implements Disposable {
  /** Rejects when the time is spent. */
  readonly spent: Promise<never>;
  readonly #timer: NodeJS.Timeout;

  constructor(worker: Worker, seconds: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => {}); // between two messages nobody waits for it
    this.spent = promise;
    const start = worker.cpuUsage().catch(() => ({ user: 0, system: 0 })); // it is only just starting
    this.#timer = setInterval(async () => {
      const [before, now] = [await start, await worker.cpuUsage().catch(() => undefined)];
      if (now === undefined) return;
      if (now.user + now.system - before.user - before.system < seconds * 1e6) return;
      const problem = `takes more than ${seconds} s of processor time to read`;
      reject(new LemmaError("LEMMA_E_FILE", { path: "", problem }));
    }, 1000);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** The next message; where the thread dies instead, why. */
async function nextAnswer(worker: Worker, time: ProcessorTime): Promise<ReadAnswer> {
  const stop = new AbortController();
  const dies = async (): Promise<never> => {
    await once(worker, "exit", { signal: stop.signal }); // rejects with the thread's error, where it had one
    throw new LemmaError("LEMMA_E_FILE", { path: "", problem: "its reader stopped" });
  };
  try {
    const [answer] = await Promise.race([once(worker, "message", { signal: stop.signal }), dies(), time.spent]);
    return answer as ReadAnswer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_WORKER_OUT_OF_MEMORY") throw error;
    throw new LemmaError("LEMMA_E_FILE", { path: "", problem: `takes more than ${HEAP} MiB of memory to read` });
  } finally {
    stop.abort();
  }
}
