// What a run is doing, from its folder alone: marks, metrics, the lock. Reads only; knows no process but the lock's holder.

import { readdir } from "node:fs/promises";
import path from "node:path";
import { LemmaError } from "@lemma/protocol";
import { runPlaces } from "../recipe/python-config.ts";
import { planRecipe } from "../recipe/resolve.ts";
import { type Metrics, readMetrics } from "./read-metrics.ts";
import { findRun, isFolder, listRuns, lockHolder, readConfig, runsRoot, StageMarks } from "./run-folder.ts";

/**
 * running: a living process holds the run; done: stages, export and scores are; trained: the stages are done, the rest is
 * not; died: the process that holds it is gone (killed, power cut); stopped: nobody holds it, it can be continued.
 */
export type RunPhase = "running" | "done" | "trained" | "died" | "stopped";

export interface RunState {
  folder: string;
  name: string;
  phase: RunPhase;
  /** Process that holds the run, and where it runs if that is another machine. */
  holder: { pid: number; host: string | undefined } | undefined;
  /** The stage of the last metrics line, or the first one that is not done: index, kind, its last step. */
  stage: number;
  stages: { kind: string; lastStep: number; isDone: boolean }[];
  last: Metrics | undefined;
}

/** @throws LEMMA_E_FILE where `folder` is no run. */
export async function runState(folder: string, metrics?: readonly Metrics[]): Promise<RunState> {
  const {
    name,
    stages: planned,
    evaluates,
  } = await readConfig(folder).then((config) => ({
    ...config,
    evaluates: config.recipe?.evaluates ?? false,
  }));
  const marks = new StageMarks(folder);
  let total = 0;
  const stages = planned.map((stage, i) => {
    total += Number(stage.steps);
    return { kind: String(stage.kind), lastStep: total, isDone: marks.isDone(String(i)) };
  });
  const last = (metrics ?? (await readMetrics(runPlaces(folder).metrics))).at(-1);
  const open = stages.findIndex(({ isDone }) => !isDone);
  const holder = await lockHolder(folder);
  const isTrained = open < 0;
  const isDone = isTrained && marks.isDone("export") && (!evaluates || marks.isDone("evaluate"));
  const phase = holder?.isAlive ? "running" : isDone ? "done" : holder ? "died" : isTrained ? "trained" : "stopped";
  const stage = open < 0 ? stages.length - 1 : open;
  return { folder, name, phase, holder, stage, stages, last };
}

/** All runs of `$LEMMA_HOME/runs`, newest last; ids begin with the time at which a run was started. */
export async function allRuns(environment: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const names = (await readdir(runsRoot(environment)).catch(() => [])).sort();
  const folders = (await Promise.all(names.map((name) => listRuns(name, environment)))).flat();
  return folders.sort((a, b) => (path.basename(a) < path.basename(b) ? -1 : 1));
}

/**
 * The folder of a run: a run folder itself, the newest run of a recipe, or without argument the newest of all.
 * @throws LEMMA_E_FILE where there is none, LEMMA_E_RECIPE.
 */
export async function findRunFolder(run: string | undefined): Promise<string> {
  if (run !== undefined && (await isFolder(run))) return path.resolve(run);
  const folder = run === undefined ? (await allRuns()).at(-1) : await findRun(await planRecipe(run));
  if (folder !== undefined) return folder;
  const problem =
    run === undefined ? "there is no run yet; `lemma train RECIPE` starts one" : "this recipe has no run yet";
  throw new LemmaError("LEMMA_E_FILE", { path: run ?? runsRoot(), problem });
}
