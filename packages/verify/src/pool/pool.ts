// Many checks at once on threads of their own. Owns the threads and who gets which check.
//
// Invariants: every check gets exactly one result, whatever happens to the thread that had it. A thread answers in the order in which
// it was asked, so the oldest check that it has not answered is the one it is at: that one alone pays for a time limit or a crash, and
// those behind it go to other threads. Threads start only when all others are busy, and keep no process alive while they are idle.

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { LemmaError } from "@lemma/protocol";
import type { LineResult } from "../verify-line.ts";
import { type CheckName, type CheckRequest, type CheckResult, STOPPED } from "./checks.ts";
import type { ThreadAnswer, ThreadRequest } from "./worker.ts";

export interface PoolOptions {
  /** Threads at most; default one a core. */
  size?: number;
  /**
   * Milliseconds that one check may take, default 10,000. The kernel counts its work in steps and ends by itself; this is for what that
   * can't bound (a defect, a slow task of someone's own): the check is unknown/budget and its thread is replaced.
   */
  limitMs?: number;
  /** Modules that register tasks, as URLs: `[import.meta.resolve("@lemma/gym")]`. Each thread imports them. */
  modules?: readonly string[];
  /** Memory that a thread may use, in MiB, default 512; a check that needs more is unknown/budget. */
  memoryMiB?: number;
  /** Aborting it disposes of the pool. */
  signal?: AbortSignal;
}

/** Checks that a thread is given ahead, so that it never waits for the next one. */
const DEPTH = 4;
/** Lines read ahead for each thread; bounds the memory of `lines`. */
const LINES_AHEAD = 32;

interface Job {
  readonly name: CheckName;
  readonly request: unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Asked and not answered yet, oldest first. */
  readonly jobs: Job[];
  isReady: boolean;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A pool of threads that check.
 * @example
 * await using pool = new VerifyPool({ modules: [import.meta.resolve("@lemma/gym")] });
 * const verdicts = await Promise.all(replies.map((response) => pool.run("checkAnswer", { question, response })));
 */
export class VerifyPool implements AsyncDisposable {
  readonly #size: number;
  readonly #limitMs: number;
  readonly #memoryMiB: number;
  readonly #modules: readonly string[];
  readonly #threads = new Set<Thread>();
  /** Workers that are ending. */
  readonly #ending = new Set<Promise<unknown>>();
  readonly #waiting: Job[] = [];
  #end: unknown;
  #stopped = 0;

  constructor(options: PoolOptions = {}) {
    const { size = availableParallelism(), limitMs = 10_000, modules = [], memoryMiB = 512, signal } = options;
    this.#size = atLeastOne("size", size);
    this.#limitMs = atLeastOne("limitMs", limitMs);
    this.#memoryMiB = atLeastOne("memoryMiB", memoryMiB);
    this.#modules = modules;
    const dispose = (): void => void this.#close(signal?.reason);
    if (signal?.aborted) dispose();
    signal?.addEventListener("abort", dispose, { once: true });
  }

  /** Checks that were stopped at a limit so far. */
  get stopped(): number {
    return this.#stopped;
  }

  /**
   * One check. Checks may be asked for at any rate; they wait in order.
   * @throws LEMMA_E_ABORTED after disposal (or the signal's reason), LEMMA_E_INTERNAL where a check throws or a module can't be loaded
   * @example await pool.run("equivalent", { a: "(x+1)^2", b: "x^2+2x+1" }) // { verdict: "proved", method: "exact" }
   */
  run<K extends CheckName>(name: K, request: CheckRequest<K>): Promise<CheckResult<K>> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(this.#end);
      this.#waiting.push({ name, request, resolve: resolve as Job["resolve"], reject });
      this.#hand();
    });
  }

  /**
   * The results of the lines of `lemma verify`, in their order, each as soon as it and all before it are there; empty lines are left
   * out. Reads ahead no further than the threads need.
   */
  async *lines(source: AsyncIterable<string>): AsyncGenerator<LineResult, void, undefined> {
    const iterator = source[Symbol.asyncIterator]();
    const results: Promise<{ result: LineResult }>[] = [];
    const read = () => iterator.next().then((line) => ({ line }));
    let reading: ReturnType<typeof read> | undefined = read();
    try {
      while (reading !== undefined || results.length > 0) {
        const isFull = results.length >= this.#size * LINES_AHEAD;
        // A reader that waits for this answer before it sends more must get it: neither side waits for the other.
        const first = await Promise.race([
          ...results.slice(0, 1),
          ...(reading === undefined || isFull ? [] : [reading]),
        ]);
        if ("result" in first) {
          results.shift();
          yield first.result;
        } else if (first.line.done) reading = undefined;
        else {
          reading = read();
          if (first.line.value.trim() === "") continue;
          const result = this.run("line", first.line.value).then((result) => ({ result }));
          result.catch(() => {}); // it is awaited when its turn comes
          results.push(result);
        }
      }
    } finally {
      // Not awaited: a source that waits for its next line would hold up the end, and an error, until that line comes.
      reading?.catch(() => {});
      iterator.return?.().catch(() => {});
    }
  }

  /** Ends all threads; checks that have no result yet are rejected. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close(new LemmaError("LEMMA_E_ABORTED"));
  }

  async #close(reason: unknown): Promise<void> {
    this.#end ??= reason ?? new LemmaError("LEMMA_E_ABORTED");
    for (const thread of [...this.#threads]) for (const job of this.#retire(thread)) job.reject(this.#end);
    for (const job of this.#waiting.splice(0)) job.reject(this.#end);
    await Promise.all(this.#ending);
  }

  /** Gives waiting checks to the threads with the least to do; starts a thread where all are busy. */
  #hand(): void {
    while (this.#waiting.length > 0) {
      const threads = [...this.#threads];
      if (threads.length < this.#size && threads.every(({ jobs }) => jobs.length > 0)) threads.push(this.#start());
      const [thread] = threads.sort((a, b) => a.jobs.length - b.jobs.length);
      if (thread!.jobs.length >= DEPTH) return;
      const job = this.#waiting.shift()!;
      if (thread!.jobs.push(job) === 1) thread!.worker.ref();
      if (thread!.isReady) this.#send(thread!, job);
    }
  }

  #send(thread: Thread, { name, request }: Job): void {
    thread.worker.postMessage([name, request] satisfies ThreadRequest);
    thread.timer ??= this.#watch(thread);
  }

  #start(): Thread {
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData: { modules: this.#modules },
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMiB },
      execArgv: [],
    });
    const thread: Thread = { worker, jobs: [], isReady: false, timer: undefined };
    worker.on("message", (answer: ThreadAnswer) => this.#answered(thread, answer));
    worker.on("error", (error) => this.#crashed(thread, error));
    worker.on("exit", () => this.#crashed(thread, new Error("a thread of the pool ended by itself")));
    this.#threads.add(thread);
    return thread;
  }

  #answered(thread: Thread, answer: ThreadAnswer): void {
    if (!this.#threads.has(thread)) return;
    if (answer === "ready") {
      thread.isReady = true;
      for (const job of thread.jobs) this.#send(thread, job);
      return;
    }
    const job = thread.jobs.shift()!;
    if ("error" in answer) job.reject(new LemmaError("LEMMA_E_INTERNAL", { problem: answer.error }));
    else job.resolve(answer.result as never);
    this.#hand();
    clearTimeout(thread.timer);
    thread.timer = thread.jobs.length > 0 ? this.#watch(thread) : undefined;
    if (thread.jobs.length === 0) thread.worker.unref();
  }

  /** Stops the check that the thread is at if it does not answer in time. Answers that this thread was too busy to read count. */
  #watch(thread: Thread): NodeJS.Timeout {
    return setTimeout(() => {
      const job = thread.jobs[0];
      setImmediate(() => {
        if (this.#threads.has(thread) && job !== undefined && thread.jobs[0] === job) this.#stop(thread);
      });
    }, this.#limitMs);
  }

  /** The check that the thread is at is given up; those behind it are asked again elsewhere. */
  #stop(thread: Thread): void {
    const [job, ...behind] = this.#retire(thread);
    if (job !== undefined) {
      this.#stopped++;
      job.resolve((STOPPED[job.name] as (request: unknown) => unknown)(job.request) as never);
    }
    this.#waiting.unshift(...behind);
    this.#hand();
  }

  #crashed(thread: Thread, error: Error): void {
    if (!this.#threads.has(thread)) return;
    const isOutOfMemory = (error as { code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY";
    if (thread.isReady && isOutOfMemory) this.#stop(thread);
    // It could not be started, or something outside of a check failed: another thread would meet the same.
    else
      void this.#close(new LemmaError("LEMMA_E_INTERNAL", { problem: error.stack ?? error.message }, { cause: error }));
  }

  /** Ends a thread and gives back what it had to do. */
  #retire(thread: Thread): Job[] {
    this.#threads.delete(thread);
    clearTimeout(thread.timer);
    const ending = thread.worker.terminate().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    return thread.jobs.splice(0);
  }
}

function atLeastOne(option: string, value: number): number {
  if (value >= 1) return value;
  throw new LemmaError("LEMMA_E_OPTION", { option, expected: "1 or more", found: String(value) });
}
