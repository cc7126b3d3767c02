// The public surface of @lemma/trainer.

export { CONVERT_MODEL_TYPES } from "./convert/architectures/known.ts";
export { CONVERT_TYPES, type ConvertOptions, convertModel } from "./convert/convert-model.ts";
export { PRESETS, type PresetName } from "./recipe/presets.ts";
export { parseRecipe, readRecipe } from "./recipe/read-recipe.ts";
export { planRecipe, type TrainingPlan } from "./recipe/resolve.ts";
export type { Recipe } from "./recipe/schema.ts";
export { writeRunPage } from "./report/page-writer.ts";
export { type ExportedModel, type ExportOptions, exportCheckpoint } from "./run/export-checkpoint.ts";
export { LAUNCHERS, type Launcher } from "./run/launcher.ts";
export { listTrainings, type RunListEntry } from "./run/list-runs.ts";
export { type PlanOptions, planTraining, type TrainingOutline } from "./run/plan-training.ts";
export { duration } from "./run/progress-line.ts";
export { findPython, type Python } from "./run/python.ts";
export type { RunPhase } from "./run/run-state.ts";
export { type SlurmJobOptions, slurmJob } from "./run/slurm-job.ts";
export { type TrainOptions, type TrainResult, train } from "./run/train.ts";
export { type WatchOptions, watchTraining } from "./run/watch-training.ts";
