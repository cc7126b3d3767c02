// The folders of a run's stages, in their order. Owns finding them; what is in them is theirs.

import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { LemmaError } from "@lemma/protocol";
import type { StagePlan } from "./stage.ts";
import { StageFolder, type StageSummary } from "./stage-folder.ts";

/** A stage of a run as it stands on disk. */
export interface RunStage {
  /** The folder's name: `02-clean`. */
  name: string;
  path: string;
  plan: StagePlan;
  /** Undefined while the stage is not finished. */
  summary: StageSummary | undefined;
}

/**
 * The planned stages of a run, in the order of their numbers.
 * @throws LEMMA_E_FILE where the folder is none of a run.
 * @example stagesInRun("run").map(({ name }) => name) // ["01-ingest", "02-clean", …]
 */
export function stagesInRun(run: string): RunStage[] {
  let names: string[];
  try {
    names = readdirSync(run);
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path: run, problem: (cause as Error).message }, { cause });
  }
  const stages = names
    .filter((name) => /^\d\d-[a-z]+$/.test(name))
    .sort()
    .flatMap((name): RunStage[] => {
      const path = join(resolve(run), name);
      const folder = new StageFolder(path);
      const plan = folder.plan();
      return plan === undefined ? [] : [{ name, path, plan, summary: folder.summary(plan) }];
    });
  if (stages.length === 0)
    throw new LemmaError("LEMMA_E_FILE", {
      path: run,
      problem: "expected a run's folder, with the folders of its stages in it (01-ingest, …)",
    });
  return stages;
}
