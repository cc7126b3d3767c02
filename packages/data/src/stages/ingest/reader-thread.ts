// A thread that reads files with large libraries (PDF, DOCX, HTML, Parquet). Owns its bounds on memory and its life: a file that
// exhausts it is refused, and the next one gets a new thread.
//
//   to the thread    { format, path, options } a file to read; "more" what was sent has been used
//   from it          { found } some of what is in the file; then it waits for "more"
//                    { problem? } the file is done, or could not be read on

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { LemmaError } from "@lemma/protocol";
import type { FormatOptions, FoundText, Refused } from "./format.ts";

/** MiB of JavaScript objects that one file may take: some twenty times a document of the default size. */
const HEAP = 1536;

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

  /**
   * What is in a file, as the format's own `read` would give it.
   * @throws LEMMA_E_FILE: the reader's own refusal, or a file that took more memory than a file may.
   */
  async *read(format: string, path: string, options: FormatOptions): AsyncGenerator<FoundText | Refused> {
    this.#worker ??= startWorker();
    const worker = this.#worker;
    let isDone = false;
    try {
      worker.postMessage({ format, path, options } satisfies ReadRequest);
      for (;;) {
        const answer = await nextAnswer(worker);
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

/** The next message; where the thread dies instead, why. */
async function nextAnswer(worker: Worker): Promise<ReadAnswer> {
  const stop = new AbortController();
  const dies = async (): Promise<never> => {
    await once(worker, "exit", { signal: stop.signal }); // rejects with the thread's error, where it had one
    throw new LemmaError("LEMMA_E_FILE", { path: "", problem: "its reader stopped" });
  };
  try {
    const [answer] = await Promise.race([once(worker, "message", { signal: stop.signal }), dies()]);
    return answer as ReadAnswer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_WORKER_OUT_OF_MEMORY") throw error;
    throw new LemmaError("LEMMA_E_FILE", { path: "", problem: `takes more than ${HEAP} MiB of memory to read` });
  } finally {
    stop.abort();
  }
}
