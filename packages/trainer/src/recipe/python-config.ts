// The resolved config.json of a run: the only file that Python reads. Mirrors trainer/lemma_trainer/config.py.

import path from "node:path";
import type { PlannedStage, TrainingPlan } from "./resolve.ts";
import type { GrpoSettings } from "./rl-schema.ts";

/** Fields of `Config` in config.py, and `recipe`, which Python skips. */
export interface PythonConfig {
  name: string;
  folder: string;
  model: Record<string, unknown>;
  tokenizer: string;
  stages: Record<string, unknown>[];
  dtype: string;
  parallel: TrainingPlan["parallel"];
  recipe: { file: string; digest: string; families?: string[]; parameters?: number; evaluates?: boolean };
}

/** Folders inside a run folder. */
export const runPlaces = (folder: string) => ({
  config: path.join(folder, "config.json"),
  /** A run of the data pipeline, and the token shards in it. */
  data: path.join(folder, "data"),
  shards: path.join(folder, "data", "01-mix", "shards"),
  check: path.join(folder, "check"),
  /** Shards of a dpo stage's pairs. */
  pairs: (stage: number): string => path.join(folder, "pairs", String(stage)),
  checkpoints: path.join(folder, "checkpoints"),
  stages: path.join(folder, "stages"),
  metrics: path.join(folder, "metrics.jsonl"),
  checks: path.join(folder, "checks.jsonl"),
  events: path.join(folder, "events.jsonl"),
  completions: path.join(folder, "completions.jsonl"),
  best: path.join(folder, "best.json"),
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
  /** A run of the data pipeline on the rows, and the token shards in it. */
  data: path.join(folder, "rl", String(stage), "data"),
  shards: path.join(folder, "rl", String(stage), "data", "01-mix", "shards"),
});

/** What the update needs: tasks, rewards and rollouts are this side's. */
function pythonGrpo({ tasks: _, reward: __, rollouts: ___, fixed: ____, completions: _____, ...update }: GrpoSettings) {
  return update;
}

/** The config of a plan in a run folder. */
export function pythonConfig(plan: TrainingPlan, folder: string): PythonConfig {
  const places = runPlaces(folder);
  const checkSteps = plan.evaluate === false || plan.families.length === 0 ? 0 : plan.evaluate.checkSteps;
  const shardsOf = ({ kind }: PlannedStage, index: number): string[] => {
    if (kind === "grpo") return [];
    return [kind === "dpo" ? places.pairs(index) : kind === "rft" ? rlPlaces(folder, index).shards : places.shards];
  };
  const check =
    checkSteps === 0 ? {} : { check: { rows: path.join(places.check, "rows.jsonl"), everySteps: checkSteps } };
  return {
    name: plan.name,
    folder,
    model: plan.model,
    tokenizer: plan.tokenizer,
    stages: plan.stages.map((stage, index) => ({
      ...stageFields(stage),
      keepBest: stage.keepBest ?? (stage.kind === "grpo" ? "off" : checkSteps === 0 ? "loss" : "check"),
      shards: shardsOf(stage, index),
      ...(index === 0 && plan.init !== undefined ? { init: plan.init } : {}),
      ...(stage.kind === "grpo" ? {} : check),
    })),
    dtype: plan.dtype,
    parallel: plan.parallel,
    recipe: {
      file: plan.recipe,
      digest: plan.digest,
      families: plan.families,
      parameters: plan.parameters,
      evaluates: plan.evaluate !== false,
    },
  };
}

/** A stage as Python knows it: what TypeScript alone needs is left out. */
function stageFields({ dpo, distill, grpo, rft: _, ...stage }: PlannedStage): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...stage };
  if (stage.kind === "rft") fields.kind = "sft"; // its rows are made here
  if (grpo) fields.grpo = pythonGrpo(grpo);
  if (dpo) fields.dpo = { beta: dpo.beta, labelSmoothing: dpo.labelSmoothing };
  if (distill?.from === "logits") {
    const { teacher, divergence, temperature, share } = distill;
    fields.distill = { teacher, divergence, temperature, share };
  }
  return fields;
}
