// The resolved config.json of a run: the only file that Python reads. Mirrors trainer/lemma_trainer/config.py.

import path from "node:path";
import type { TrainingPlan } from "./resolve.ts";
import type { GrpoSettings } from "./rl-schema.ts";

/** Fields of `Config` in config.py, and `recipe`, which Python skips. */
export interface PythonConfig {
  name: string;
  folder: string;
  model: Record<string, unknown>;
  tokenizer: string;
  stages: Record<string, unknown>[];
  dtype: string;
  recipe: { file: string; digest: string };
}

/** Folders inside a run folder. */
export const runPlaces = (folder: string) => ({
  config: path.join(folder, "config.json"),
  data: path.join(folder, "data"),
  check: path.join(folder, "check"),
  checkpoints: path.join(folder, "checkpoints"),
  stages: path.join(folder, "stages"),
  metrics: path.join(folder, "metrics.jsonl"),
  checks: path.join(folder, "checks.jsonl"),
  completions: path.join(folder, "completions.jsonl"),
  scores: path.join(folder, "scores.jsonl"),
  report: path.join(folder, "report.html"),
});

/** What a stage that asks the model keeps beside its checkpoints. */
export const rlPlaces = (folder: string, stage: number) => ({
  /** All of it; may go when the stage is done, but for the shards of an rft stage. */
  root: path.join(folder, "rl", String(stage)),
  /** The weights that the engine has, as a model folder, and the GGUF that it began with. */
  weights: path.join(folder, "rl", String(stage), "weights"),
  gguf: path.join(folder, "rl", String(stage), "rollouts.gguf"),
  batch: path.join(folder, "rl", String(stage), "batch"),
  states: path.join(folder, "rl", String(stage), "states.jsonl"),
  chunks: path.join(folder, "rl", String(stage), "chunks"),
  rows: path.join(folder, "rl", String(stage), "rows.jsonl"),
  shards: path.join(folder, "rl", String(stage), "shards"),
});

/** What the update needs: tasks, rewards and rollouts are this side's. */
function pythonGrpo({ tasks: _, reward: __, rollouts: ___, fixed: ____, completions: _____, ...update }: GrpoSettings) {
  return update;
}

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
    stages: plan.stages.map(({ grpo, rft: _, ...stage }, index) => ({
      ...stage,
      kind: stage.kind === "rft" ? "sft" : stage.kind, // the rows are made here
      shards: stage.kind === "grpo" ? [] : [stage.kind === "rft" ? rlPlaces(folder, index).shards : places.data],
      ...(grpo ? { grpo: pythonGrpo(grpo) } : {}),
      ...(index === 0 && plan.init !== undefined ? { init: plan.init } : {}),
      ...(stage.kind === "grpo" ? {} : check),
    })),
    dtype: plan.dtype,
    recipe: { file: plan.recipe, digest: plan.digest },
  };
}
