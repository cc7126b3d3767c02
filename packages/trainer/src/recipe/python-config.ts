// The resolved config.json of a run: the only file that Python reads. Mirrors trainer/lemma_trainer/config.py.

import path from "node:path";
import type { TrainingPlan } from "./resolve.ts";

/** Fields of `Config` in config.py, and `recipe`, which Python skips. */
export interface PythonConfig {
  name: string;
  folder: string;
  model: Record<string, unknown>;
  tokenizer: string;
  stages: Record<string, unknown>[];
  recipe: { file: string; digest: string };
}

/** Folders inside a run folder. */
export const runPlaces = (folder: string) => ({
  config: path.join(folder, "config.json"),
  /** A run of the data pipeline, and the token shards in it. */
  data: path.join(folder, "data"),
  shards: path.join(folder, "data", "01-mix", "shards"),
  check: path.join(folder, "check"),
  checkpoints: path.join(folder, "checkpoints"),
  stages: path.join(folder, "stages"),
  metrics: path.join(folder, "metrics.jsonl"),
  checks: path.join(folder, "checks.jsonl"),
  scores: path.join(folder, "scores.jsonl"),
  report: path.join(folder, "report.html"),
});

/** The config of a plan in a run folder. */
export function pythonConfig(plan: TrainingPlan, folder: string): PythonConfig {
  const places = runPlaces(folder);
  const checkSteps = plan.evaluate === false || plan.families.length === 0 ? 0 : plan.evaluate.checkSteps;
  const check =
    checkSteps === 0 ? {} : { check: { rows: path.join(places.check, "rows.jsonl"), everySteps: checkSteps } };
  return {
    name: plan.name,
    folder,
    model: plan.model,
    tokenizer: plan.tokenizer,
    stages: plan.stages.map((stage, index) => ({
      ...stage,
      shards: [places.shards],
      ...(index === 0 && plan.init !== undefined ? { init: plan.init } : {}),
      ...check,
    })),
    recipe: { file: plan.recipe, digest: plan.digest },
  };
}
