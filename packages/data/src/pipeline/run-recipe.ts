// Runs a recipe: a stage after the other, each in its own folder of the run. Owns the folder's layout and the run's summary.
//
//   <run>/01-ingest/ …, 02-clean/ …     the folders of the stages
//   <run>/run.json                      the recipe, the summaries of its stages, the digest of the last one

import { readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { putFile } from "../put-file.ts";
import { stageByName } from "../stages/stages.ts";
import type { Executor } from "./executor.ts";
import type { DataRecipe } from "./recipe.ts";
import { runStage, type StageProgress } from "./run-stage.ts";
import type { StageSummary } from "./stage-folder.ts";

export interface RunRecipeOptions {
  /** The run's folder; made if missing. */
  out: string;
  executor: Executor;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: StageProgress & { number: number; stages: number }) => void) | undefined;
  /** What is to be expected of a stage, before it runs. */
  onExpect?: ((lines: string[]) => void) | undefined;
}

/** What a finished run says of itself. */
export interface RunSummary {
  name: string;
  stages: (Omit<StageSummary, "outputs"> & { folder: string })[];
  /** The digest of what the last stage that writes data wrote: a report is none. */
  digest: string;
}

/** Where a recipe's run stands unless told otherwise: `$LEMMA_HOME/data/<name>`. */
export const defaultRunFolder = (name: string): string =>
  join(process.env.LEMMA_HOME || join(homedir(), ".lemma"), "data", name);

/** The folder of stage `i` (from 0) in a run. */
export const stageFolderName = (i: number, stage: string): string => `${String(i + 1).padStart(2, "0")}-${stage}`;

/**
 * Runs all stages of a recipe. Finished stages whose settings and inputs are the same are passed over; folders of stages that the
 * recipe no longer has are removed.
 * @throws what `runStage` throws.
 */
export async function runRecipe(
  recipe: DataRecipe,
  { out, executor, signal, onProgress, onExpect }: RunRecipeOptions,
): Promise<RunSummary> {
  const names = recipe.stages.map(({ name }, i) => stageFolderName(i, name));
  clearForeign(out, names);
  const summaries: RunSummary["stages"] = [];
  let digest = "";
  let before: string | undefined; // the last stage that wrote data: a report stands beside the others
  for (const [i, { name, options }] of recipe.stages.entries()) {
    const folder = join(out, names[i]!);
    const stage = stageByName(name);
    const from = stage.reads === "run" ? names.slice(0, i).map((one) => join(out, one)) : before;
    const { outputs: _, ...summary } = await runStage(stage, {
      options,
      folder,
      executor,
      base: recipe.base,
      recipe: recipe.path,
      signal,
      ...(from === undefined ? {} : { from }),
      onExpect,
      onProgress: (progress) => onProgress?.({ ...progress, number: i + 1, stages: names.length }),
    });
    summaries.push({ ...summary, folder: names[i]! });
    if (stage.reads === "run") continue;
    before = folder;
    digest = summary.digest;
  }
  const run = { name: recipe.name, stages: summaries, digest };
  putFile(join(out, "run.json"), `${JSON.stringify(run, null, 1)}\n`);
  return run;
}

/** Removes what an earlier form of the recipe left: stages in another place, and the summary. */
function clearForeign(out: string, names: readonly string[]): void {
  let found: string[];
  try {
    found = readdirSync(out);
  } catch {
    return; // no run yet
  }
  rmSync(join(out, "run.json"), { force: true });
  for (const name of found)
    if (/^\d\d-[a-z]+$/.test(name) && !names.includes(name)) rmSync(join(out, name), { recursive: true, force: true });
}
