// Many checks at once in processes of their own: a thread that runs out of memory may take its process along. Owns the processes and who
// gets which check.
//
// Invariants: every check gets exactly one result, whatever happens to the worker that had it. A worker answers in the order in which
// it was asked, so the oldest check that it has not answered is the one it is at: that one alone pays for a time limit or a crash, and
// those behind it go to other workers. Workers start only when all others are busy, and keep no process alive while they are idle.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { LemmaError } from "@lemma/protocol";
import type { LineResult } from "../verify-line.ts";
import { type CheckName, type CheckRequest, type CheckResult, STOPPED } from "./checks.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker.ts";

export interface PoolOptions {
  /** Processes at most; default one a core. */
  size?: number;
  /**
   * Milliseconds that one check may take, default 10,000. The kernel counts its work in steps and ends by itself; this is for what that
   * can't bound (a defect, a slow task of someone's own): the check is unknown/budget and its process is replaced.
   */
  limitMs?: number;
  /** Modules that register tasks, as URLs: `[import.meta.resolve("@lemma/gym")]`. Each process imports them. */
  modules?: readonly string[];
  /** Memory that a process may use for its values, in MiB, default 512; a check that needs more is unknown/budget. */
  memoryMiB?: number;
  /** Aborting it disposes of the pool. */
  signal?: AbortSignal;
}

/** Checks that a worker is given ahead, so that it never waits for the next one. */
const DEPTH = 4;
/** Lines read ahead for each worker; bounds the memory of `lines`. */
const LINES_AHEAD = 32;

interface Job {
  readonly name: CheckName;
  readonly request: unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Worker {
  readonly process: ChildProcess;
  /** Asked and not answered yet, oldest first. */
  readonly jobs: Job[];
  isReady: boolean;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A pool of processes that check.
 * @example
 * await using pool = new VerifyPool({ modules: [import.meta.resolve("@lemma/gym")] });
 * const verdicts = await Promise.all(replies.map((response) => pool.run("checkAnswer", { question, response })));
 */
export class VerifyPool implements AsyncDisposable {
  readonly #size: number;
  readonly #limitMs: number;
  readonly #memoryMiB: number;
  readonly #modules: readonly string[];
  readonly #workers = new Set<Worker>();
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
   * out. Reads ahead no further than the workers need.
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

  /** Ends all workers; checks that have no result yet are rejected. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close(new LemmaError("LEMMA_E_ABORTED"));
  }

  async #close(reason: unknown): Promise<void> {
    this.#end ??= reason ?? new LemmaError("LEMMA_E_ABORTED");
    for (const worker of [...this.#workers]) for (const job of this.#retire(worker)) job.reject(this.#end);
    for (const job of this.#waiting.splice(0)) job.reject(this.#end);
    await Promise.all(this.#ending);
  }

  /** Gives waiting checks to the workers with the least to do; starts a worker where all are busy. */
  #hand(): void {
    while (this.#waiting.length > 0) {
      const workers = [...this.#workers];
      if (workers.length < this.#size && workers.every(({ jobs }) => jobs.length > 0)) workers.push(this.#start());
      const [worker] = workers.sort((a, b) => a.jobs.length - b.jobs.length);
      if (worker!.jobs.length >= DEPTH) return;
      const job = this.#waiting.shift()!;
      if (worker!.jobs.push(job) === 1) keepAlive(worker!, true);
      if (worker!.isReady) this.#send(worker!, job);
    }
  }

  #send(worker: Worker, { name, request }: Job): void {
    worker.process.send([name, request] satisfies WorkerRequest, () => {}); // if it is gone, its end says so
    worker.timer ??= this.#watch(worker);
  }

  #start(): Worker {
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(this.#modules)], {
      execArgv: [`--max-old-space-size=${this.#memoryMiB}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const worker: Worker = { process: child, jobs: [], isReady: false, timer: undefined };
    child.on("message", (answer: WorkerAnswer) => this.#answered(worker, answer));
    child.on("error", (error) => this.#failed(worker, error));
    child.on("exit", (code, signal) => this.#ended(worker, code, signal));
    this.#workers.add(worker);
    return worker;
  }

  #answered(worker: Worker, answer: WorkerAnswer): void {
    if (!this.#workers.has(worker)) return;
    if (typeof answer === "object" && "failed" in answer) {
      this.#failed(worker, new Error(answer.failed));
      return;
    }
    if (answer === "ready") {
      worker.isReady = true;
      for (const job of worker.jobs) this.#send(worker, job);
      return;
    }
    const job = worker.jobs.shift()!;
    if ("error" in answer) job.reject(new LemmaError("LEMMA_E_INTERNAL", { problem: answer.error }));
    else job.resolve(answer.result as never);
    this.#hand();
    clearTimeout(worker.timer);
    worker.timer = worker.jobs.length > 0 ? this.#watch(worker) : undefined;
    if (worker.jobs.length === 0) keepAlive(worker, false);
  }

  /** Stops the check that the worker is at if it does not answer in time. Answers that this worker was too busy to read count. */
  #watch(worker: Worker): NodeJS.Timeout {
    return setTimeout(() => {
      const job = worker.jobs[0];
      setImmediate(() => {
        if (this.#workers.has(worker) && job !== undefined && worker.jobs[0] === job) this.#stop(worker);
      });
    }, this.#limitMs);
  }

  /** The check that the worker is at is given up; those behind it are asked again elsewhere. */
  #stop(worker: Worker): void {
    const [job, ...behind] = this.#retire(worker);
    if (job !== undefined) {
      this.#stopped++;
      job.resolve((STOPPED[job.name] as (request: unknown) => unknown)(job.request) as never);
    }
    this.#waiting.unshift(...behind);
    this.#hand();
  }

  /** A process that a signal ended had too little memory, or a defect: what it was at is given up. */
  #ended(worker: Worker, code: number | null, signal: NodeJS.Signals | null): void {
    if (!this.#workers.has(worker)) return;
    if (worker.isReady && signal !== null) this.#stop(worker);
    else this.#failed(worker, new Error(`a process of the pool ended by itself (${signal ?? code})`));
  }

  /** It could not be started, or something outside of a check failed: another process would meet the same. */
  #failed(worker: Worker, error: Error): void {
    if (!this.#workers.has(worker)) return;
    void this.#close(new LemmaError("LEMMA_E_INTERNAL", { problem: error.stack ?? error.message }, { cause: error }));
  }

  /** Ends a worker and gives back what it had to do. */
  #retire(worker: Worker): Job[] {
    this.#workers.delete(worker);
    clearTimeout(worker.timer);
    const { process: child } = worker;
    const isGone = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    const ending: Promise<unknown> = (isGone ? Promise.resolve() : once(child, "exit")).finally(() =>
      this.#ending.delete(ending),
    );
    this.#ending.add(ending);
    child.ref(); // its end is waited for
    child.kill("SIGKILL");
    return worker.jobs.splice(0);
  }
}

/** Whether a worker keeps this process alive. */
function keepAlive({ process: child }: Worker, alive: boolean): void {
  for (const handle of [child, child.channel]) {
    if (alive) handle?.ref();
    else handle?.unref();
  }
}

function atLeastOne(option: string, value: number): number {
  if (value >= 1) return value;
  throw new LemmaError("LEMMA_E_OPTION", { option, expected: "1 or more", found: String(value) });
}
