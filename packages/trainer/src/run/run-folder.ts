// Run folders: $LEMMA_HOME/runs/<name>/<id>/, which of them a recipe continues, markers of finished stages, the lock.
// Must not know what stages do.

import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir, hostname } from "node:os";
import path from "node:path";
import { LemmaError } from "@lemma/protocol";
import { type PythonConfig, pythonConfig, runPlaces } from "../recipe/python-config.ts";
import type { TrainingPlan } from "../recipe/resolve.ts";

/** `$LEMMA_HOME/runs`. */
export function runsRoot(environment: NodeJS.ProcessEnv = process.env): string {
  return path.join(environment.LEMMA_HOME || path.join(homedir(), ".lemma"), "runs");
}

/** `$LEMMA_HOME/runs/<name>`. */
export function runsOf(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  return path.join(runsRoot(environment), name);
}

/** Whether this is a folder that is there. */
export const isFolder = (place: string): Promise<boolean> =>
  stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Run folders of a name, newest last; ids begin with the time at which the run was started. */
export async function listRuns(name: string, environment: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const root = runsOf(name, environment);
  if (!(await isFolder(root))) return [];
  const entries = (await readdir(root)).filter((id) => existsSync(path.join(root, id, "config.json")));
  return entries.sort().map((id) => path.join(root, id));
}

/** The newest run of the same recipe, finished or not; undefined if there is none. */
export async function findRun(plan: TrainingPlan): Promise<string | undefined> {
  for (const folder of (await listRuns(plan.name)).toReversed()) {
    if ((await readConfig(folder)).recipe.digest === plan.digest) return folder;
  }
  return undefined;
}

/** Makes a new run folder with its config.json and returns its path. */
export async function makeRun(plan: TrainingPlan, now: Date = new Date()): Promise<string> {
  const root = runsOf(plan.name);
  await mkdir(root, { recursive: true });
  const time = now
    .toISOString()
    .replaceAll(/[-:]|\..*/g, "")
    .replace("T", "-");
  for (let attempt = 0; ; attempt++) {
    const folder = path.join(root, `${time}-${plan.digest.slice(0, 6)}${attempt === 0 ? "" : `-${attempt}`}`);
    try {
      await mkdir(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw error;
    }
    await mkdir(runPlaces(folder).stages);
    await writeAtomically(runPlaces(folder).config, `${JSON.stringify(pythonConfig(plan, folder), null, 1)}\n`);
    return folder;
  }
}

/** config.json of a run. @throws LEMMA_E_FILE */
export async function readConfig(folder: string): Promise<PythonConfig> {
  const file = runPlaces(folder).config;
  try {
    return JSON.parse(await readFile(file, "utf8")) as PythonConfig;
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path: file, problem: "is not a readable config.json of a run" }, { cause });
  }
}

/** A run that is continued takes the recipe's `parallel`, which is no part of what the run is. */
export async function takeParallel(folder: string, plan: TrainingPlan): Promise<void> {
  const config = await readConfig(folder);
  if (JSON.stringify(config.parallel) === JSON.stringify(plan.parallel)) return;
  const changed = { ...config, parallel: plan.parallel };
  await writeAtomically(runPlaces(folder).config, `${JSON.stringify(changed, null, 1)}\n`);
}

/** Marks of finished stages: `data`, `0`, `1`, …, `export`, `evaluate`. */
export class StageMarks {
  private readonly folder: string;

  constructor(run: string) {
    this.folder = runPlaces(run).stages;
  }

  isDone(stage: string): boolean {
    return existsSync(path.join(this.folder, `${stage}.done`));
  }

  /** What was noted when the stage ended. */
  async note(stage: string): Promise<Record<string, unknown> | undefined> {
    if (!this.isDone(stage)) return undefined;
    return JSON.parse(await readFile(path.join(this.folder, `${stage}.done`), "utf8")) as Record<string, unknown>;
  }

  async finish(stage: string, note: Record<string, unknown> = {}): Promise<void> {
    await writeAtomically(path.join(this.folder, `${stage}.done`), `${JSON.stringify(note)}\n`);
  }
}

/** Holds a run for this process: `await using`. @throws LEMMA_E_TRAINING while another living process holds it. */
export async function lockRun(folder: string): Promise<AsyncDisposable> {
  const file = path.join(folder, "run.lock");
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile([process.pid, hostname(), process.env.SLURM_JOB_ID ?? ""].join(" "));
      await handle.close();
      return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = await lockHolder(folder);
      // Slurm runs a job once at a time: what its earlier attempt left is stale. Of other hosts nothing can be told.
      const isEarlierAttempt = holder?.job !== undefined && holder.job === process.env.SLURM_JOB_ID;
      if (holder?.isAlive && !isEarlierAttempt) {
        const where = holder.host === undefined ? "" : ` on ${holder.host} (if it is gone, remove ${file})`;
        throw new LemmaError("LEMMA_E_TRAINING", {
          problem: `${folder}: process ${holder.pid}${where} is training this run`,
        });
      }
      await rm(file, { force: true }); // left by a killed process
    }
  }
  throw new LemmaError("LEMMA_E_TRAINING", { problem: `${folder}: another process took this run` });
}

/** Who holds a run. */
export interface LockHolder {
  pid: number;
  /** Another machine, whose processes can't be seen and count as alive. */
  host: string | undefined;
  /** Of Slurm. */
  job: string | undefined;
  isAlive: boolean;
}

/** Who holds a run, alive or not. */
export async function lockHolder(folder: string): Promise<LockHolder | undefined> {
  const text = await readFile(path.join(folder, "run.lock"), "utf8").catch(() => undefined);
  const [number, name, job] = (text ?? "").split(" ");
  const pid = Number(number);
  if (text === undefined || !(pid > 0)) return undefined;
  const host = name === undefined || name === hostname() ? undefined : name;
  return { pid, host, job: job === "" ? undefined : job, isAlive: host !== undefined || isAlive(pid) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Writes under a temporary name, flushes, renames. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  await writeFile(`${file}.tmp`, text, { flush: true });
  await rename(`${file}.tmp`, file);
}
