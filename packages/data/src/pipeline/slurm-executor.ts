// Tasks as job arrays of a Slurm cluster whose nodes share the stage's folder. Owns submitting, watching and giving up; what a rank runs is
// `lemma data task`, and what is done is what its markers say (docs/data-executors.md).
//
//   <stage folder>/slurm/<phase>.sh                  the script, as it was submitted last
//   <stage folder>/slurm/<phase>-<job>_<rank>.log    what a rank printed
//   <stage folder>/slurm/job                         the job that runs now; left behind by a killed run, cancelled by the next one

import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LemmaError } from "@lemma/protocol";
import { putFile } from "../put-file.ts";
import type { Executor, PhaseJob } from "./executor.ts";
import { SlurmClient } from "./slurm-client.ts";
import { ranksText, shellWord, slurmScript } from "./slurm-script.ts";
import { StageFolder } from "./stage-folder.ts";

/** How often in a row a submission may end without one more task done. */
const TRIES = 3;

/** How many polls in a row Slurm may leave unanswered. */
const SILENT_POLLS = 30;

/** Exit codes of a rank's own errors: Lemma's two, and the shell's for a command that it can't start. */
const OWN_ERRORS = [1, 2, 126, 127];

/** How long the end of a rank may be ahead of its last marker: network file systems show new files late. */
const LATE_MARKERS_MS = 10_000;

/** How much of a failed rank's log a message shows. */
const TAIL_BYTES = 2000;

export interface SlurmOptions {
  /** The command line of `lemma` on the nodes, a word each. */
  command: readonly string[];
  partition?: string | undefined;
  /** The limit of each rank, as sbatch reads it: `4:00:00`. */
  time?: string | undefined;
  /** Of each rank, as sbatch reads it: `8G`. */
  memory?: string | undefined;
  /** How many ranks a phase has at most; each runs its tasks one after another. Default 16. */
  width?: number | undefined;
  /** Further flags of sbatch, a word each: `--account=lab`. */
  flags?: readonly string[] | undefined;
  /** How often markers and queue are looked at. Default 2000. */
  pollMs?: number | undefined;
  /** See LATE_MARKERS_MS. */
  lateMarkersMs?: number | undefined;
}

/** One submission: which of its ranks have which tasks to do. */
interface Submission {
  job: string;
  open: Map<number, number[]>;
}

/** Runs phases as job arrays. Cancels its job on abort and when disposed of. */
export class SlurmExecutor implements Executor {
  readonly name = "slurm";
  readonly #options: SlurmOptions;
  readonly #slurm = new SlurmClient();
  readonly #pollMs: number;
  #job: string | undefined;

  constructor(options: SlurmOptions) {
    this.#options = options;
    this.#pollMs = options.pollMs ?? 2000;
  }

  async run(job: PhaseJob): Promise<void> {
    if (job.tasks.length === 0) return;
    job.signal?.throwIfAborted();
    const logs = join(job.folder, "slurm");
    mkdirSync(logs, { recursive: true });
    await this.#cancelLeft(logs);
    const waiting = new Set(job.tasks);
    const collect = collector(job, waiting);
    let problem = "";
    for (let tries = 0; waiting.size > 0; ) {
      if (tries === TRIES) throw stageError(job, waiting, `${TRIES} submissions ended without a result; ${problem}`);
      const before = waiting.size;
      const submission = await this.#submit(job, waiting, logs);
      try {
        problem = await this.#watch(job, submission, waiting, collect, logs);
      } finally {
        await this.#cancel();
        rmSync(join(logs, "job"), { force: true });
      }
      tries = waiting.size < before ? 0 : tries + 1;
    }
  }

  async #submit(job: PhaseJob, waiting: ReadonlySet<number>, logs: string): Promise<Submission> {
    const tasks = 1 + job.tasks.reduce((most, task) => Math.max(most, task), 0);
    const world = Math.min(Math.max(1, this.#options.width ?? 16), tasks);
    const open = Map.groupBy([...waiting], (task) => task % world);
    const words = [
      ...this.#options.command,
      "data",
      "task",
      job.folder,
      "--phase",
      job.phase,
      "--tasks",
      String(tasks),
    ];
    const script = slurmScript({
      name: `lemma-${job.stage}-${job.phase}`,
      ranks: ranksText([...open.keys()]),
      log: join(logs, `${job.phase}-%A_%a.log`),
      partition: this.#options.partition,
      time: this.#options.time,
      memory: this.#options.memory,
      command: `${words.map(shellWord).join(" ")} --rank "$SLURM_ARRAY_TASK_ID" --world ${world}`,
    });
    const path = join(logs, `${job.phase}.sh`);
    putFile(path, script);
    try {
      this.#job = await this.#slurm.submit(path, this.#options.flags ?? []);
    } catch (error) {
      throw stageError(job, waiting, error);
    }
    putFile(join(logs, "job"), this.#job);
    return { job: this.#job, open };
  }

  /** Until all is done or the job has ended; says how its ranks ended. Throws where a rank's own error makes a retry useless. */
  async #watch(
    job: PhaseJob,
    { job: id, open }: Submission,
    waiting: Set<number>,
    collect: () => void,
    logs: string,
  ): Promise<string> {
    const ended = new Set<number>();
    let problem = "";
    let silent = 0;
    let late = 0;
    for (;;) {
      await this.#pause(job.signal);
      let active: Set<number>;
      try {
        active = await this.#slurm.activeRanks(id);
        silent = 0;
      } catch (error) {
        if (++silent === SILENT_POLLS || LemmaError.isInstance(error)) throw stageError(job, waiting, error);
        continue;
      }
      collect(); // after the queue was read: a rank's markers are older than its end
      if (waiting.size === 0) return "";
      for (const [rank, tasks] of open) {
        const first = tasks.find((task) => waiting.has(task));
        if (first === undefined || active.has(rank) || ended.has(rank)) continue;
        ended.add(rank);
        const { text, isWhole, exitCode } = await this.#slurm.ending(id, rank);
        problem = `rank ${rank} of job ${id} ended: ${text}${logTail(join(logs, `${job.phase}-${id}_${rank}.log`))}`;
        if (OWN_ERRORS.includes(exitCode ?? 0)) throw stageError(job, [first], problem);
        if (isWhole) late = performance.now() + (this.#options.lateMarkersMs ?? LATE_MARKERS_MS);
      }
      if (active.size === 0 && performance.now() >= late) return problem;
    }
  }

  async #pause(signal: AbortSignal | undefined): Promise<void> {
    try {
      await sleep(this.#pollMs, undefined, signal === undefined ? {} : { signal });
    } catch {
      throw new LemmaError("LEMMA_E_ABORTED");
    }
  }

  /** Ends the job of a run that was killed before: its ranks would do the same work beside the new ones. */
  async #cancelLeft(logs: string): Promise<void> {
    const note = join(logs, "job");
    if (!existsSync(note)) return;
    const left = readFileSync(note, "utf8").trim();
    if (/^\d+$/.test(left)) await this.#slurm.cancel(left);
    rmSync(note, { force: true });
  }

  async #cancel(): Promise<void> {
    const job = this.#job;
    this.#job = undefined;
    if (job !== undefined) await this.#slurm.cancel(job);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cancel();
  }
}

/** Hears of markers that are new since it was called last, and takes their tasks out of `waiting`. */
function collector(job: PhaseJob, waiting: Set<number>): () => void {
  const folder = new StageFolder(job.folder);
  const plan = folder.plan()!;
  return () => {
    for (const task of folder.marked(job.phase)) {
      if (!waiting.has(task)) continue;
      const marker = folder.marker(plan, job.phase, task);
      if (marker === undefined) continue;
      waiting.delete(task);
      job.onTask(task, marker);
    }
  };
}

function stageError(job: PhaseJob, waiting: Iterable<number>, problem: unknown): LemmaError {
  if (LemmaError.isInstance(problem)) return problem as LemmaError;
  const [task = 0] = waiting;
  const text = problem instanceof Error ? problem.message : String(problem);
  return new LemmaError("LEMMA_E_STAGE", { stage: job.stage, phase: job.phase, task, problem: text });
}

/** The end of a log, for a message; empty where there is none. */
function logTail(path: string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return ` (no log at ${path})`;
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString("utf8").trim();
    return text === "" ? ` (its log ${path} is empty)` : `; the end of ${path}:\n${text}`;
  } finally {
    closeSync(file);
  }
}
