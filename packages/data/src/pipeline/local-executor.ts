// Tasks in processes of this machine. Owns handing them out; a process that dies (killed, out of memory) is replaced and its task
// tried again, as often as TRIES.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type ErrorCode, LemmaError } from "@lemma/protocol";
import type { Executor, PhaseJob } from "./executor.ts";
import type { DoneMarker } from "./stage.ts";

/** How often a task is begun before its death counts as its own fault. */
const TRIES = 3;

/** What a process is told. */
export interface TaskOrder {
  folder: string;
  stage: string;
  phase: string;
  task: number;
}

/** What a process says. */
export type TaskReport =
  | { kind: "progress"; done: number }
  | { kind: "done"; marker: DoneMarker }
  | { kind: "error"; code?: string; details?: Record<string, string | number>; message: string };

/** Processes are started when first needed and kept between phases. Dispose of it at the end. */
export class LocalExecutor implements Executor {
  readonly name = "local";
  readonly #size: number;
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();
  #isDisposed = false;

  /** `workers`: how many processes; default one a core. */
  constructor(workers: number = availableParallelism()) {
    this.#size = Math.max(1, workers);
  }

  async run(job: PhaseJob): Promise<void> {
    job.signal?.throwIfAborted();
    const waiting = [...job.tasks];
    const stop = new AbortController();
    const signal = job.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, job.signal]);
    const work = async (): Promise<void> => {
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift())
        job.onTask(task, await this.#try(job, task, signal));
    };
    try {
      await Promise.all(Array.from({ length: Math.min(this.#size, waiting.length) }, work));
    } finally {
      stop.abort();
    }
  }

  async #try(job: PhaseJob, task: number, signal: AbortSignal): Promise<DoneMarker> {
    for (let tries = 1; ; tries++) {
      const marker = await this.#once(job, task, signal);
      if (typeof marker !== "string") return marker;
      if (tries === TRIES)
        throw new LemmaError("LEMMA_E_STAGE", {
          stage: job.stage,
          phase: job.phase,
          task,
          problem: `its process ended ${TRIES} times, the last time by ${marker}`,
        });
    }
  }

  /** The task's marker, or how its process died. */
  async #once(
    { folder, stage, phase, onProgress }: PhaseJob,
    task: number,
    signal: AbortSignal,
  ): Promise<DoneMarker | string> {
    signal.throwIfAborted();
    if (this.#isDisposed) throw new LemmaError("LEMMA_E_ABORTED");
    const child = this.#idle.pop() ?? this.#start();
    const { promise, resolve, reject } = Promise.withResolvers<DoneMarker | string>();
    const hear = (report: TaskReport): void => {
      if (report.kind === "progress") onProgress?.(task, report.done);
      else if (report.kind === "done") resolve(report.marker);
      else reject(taskError(report));
    };
    const die = (code: number | null, by: NodeJS.Signals | null): void => resolve(by ?? `exit code ${code}`);
    const abort = (): void => {
      child.kill("SIGKILL");
      reject(new LemmaError("LEMMA_E_ABORTED"));
    };
    child.on("message", hear);
    child.once("exit", die);
    signal.addEventListener("abort", abort, { once: true });
    child.send({ folder, stage, phase, task } satisfies TaskOrder, () => {}); // if it is gone, its end says so
    try {
      return await promise;
    } finally {
      child.off("message", hear);
      child.off("exit", die);
      signal.removeEventListener("abort", abort);
      if (child.exitCode === null && child.signalCode === null && !child.killed) this.#idle.push(child);
    }
  }

  #start(): ChildProcess {
    const file = import.meta.url.endsWith(".ts") ? "./task-process.ts" : "./task-process.js";
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("error", () => {}); // a process that can't be started ends at once, which is heard of
    this.#all.add(child);
    child.once("exit", () => this.#all.delete(child));
    return child;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    const ending = [...this.#all].map((child) => once(child, "exit"));
    for (const child of this.#all) child.kill("SIGKILL");
    this.#idle.length = 0;
    await Promise.all(ending);
  }
}

const taskError = ({ code, details, message }: TaskReport & { kind: "error" }): LemmaError =>
  code === undefined
    ? new LemmaError("LEMMA_E_INTERNAL", { problem: message })
    : new LemmaError(code as ErrorCode, details);
