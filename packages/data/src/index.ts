// The public surface of @lemma/data.

export {
  conversationText,
  type DataDocument,
  type DocumentSource,
  documentId,
  type HistoryEntry,
  type Json,
} from "./documents/document.ts";
export { encodeRecords, readDocuments, readRecords } from "./documents/document-file.ts";
export { type DocumentLife, explainDocument, type LifeStep } from "./explain/explain-document.ts";
export type { TrainingExample } from "./explain/training-examples.ts";
export { page, section } from "./html/page.ts";
export { bars, svg } from "./html/plots.ts";
export { escaped, grouped, percent, table } from "./html/text.ts";
export type { Executor, PhaseJob } from "./pipeline/executor.ts";
export { LocalExecutor } from "./pipeline/local-executor.ts";
export { type DataRecipe, dataRecipeSchema, readDataRecipe } from "./pipeline/recipe.ts";
export { type RunStage, stagesInRun } from "./pipeline/run-folder.ts";
export { defaultRunFolder, type RunSummary, runRecipe, stageFolderName } from "./pipeline/run-recipe.ts";
export { planStage, type RunStageOptions, runStage, type StageProgress } from "./pipeline/run-stage.ts";
export { runTask } from "./pipeline/run-task.ts";
export { SlurmExecutor, type SlurmOptions } from "./pipeline/slurm-executor.ts";
export { sbatchValue, shellWord } from "./pipeline/slurm-script.ts";
export type {
  DoneMarker,
  InputFile,
  OutputFile,
  Phase,
  Stage,
  StageCounts,
  StagePlan,
  TaskContext,
} from "./pipeline/stage.ts";
export { StageFolder, type StageSummary } from "./pipeline/stage-folder.ts";
export { type SettingField, settingFields } from "./settings/fields.ts";
export { anySettings, checkSettings, parseSettings, readSettings, recipeError } from "./settings/settings.ts";
export type { DataSource, RowGroup } from "./shards/data-source.ts";
export { documentsOf, type TokenDocument } from "./shards/document.ts";
export { parseRows } from "./shards/file-source.ts";
export { decodeNpy, encodeNpy, type NpyArray } from "./shards/npy.ts";
export { type PreferencePair, parsePairs, type WritePairsOptions, writePairs } from "./shards/pairs.ts";
export { type Counts, readShardIndex, type ShardEntry, type ShardIndex, verifyShards } from "./shards/shard-index.ts";
export { type WriteEvaluationOptions, writeEvaluationShards } from "./shards/write-evaluation.ts";
export { measurePii, type PiiMeasure } from "./stages/clean/pii/labelled/labelled-text.ts";
export { dedup } from "./stages/dedup/dedup.ts";
export { type DedupEstimate, estimateDedup } from "./stages/dedup/estimate.ts";
export { type PlantedDocument, plantedCorpus, trueJaccard } from "./stages/dedup/planted-corpus.ts";
export { detection, PRESETS } from "./stages/dedup/scheme.ts";
export { ingest } from "./stages/ingest/ingest.ts";
export { type MixOptions, mix } from "./stages/mix/mix.ts";
export { stageByName, stages } from "./stages/stages.ts";
export { Bpe } from "./tokenizer/bpe.ts";
export { loadBpe, tokenizerHash } from "./tokenizer/tokenizer-folder.ts";
export { type WriteTokenizerOptions, writeTokenizer } from "./tokenizer/write-tokenizer.ts";
