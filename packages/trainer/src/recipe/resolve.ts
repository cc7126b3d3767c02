// A recipe becomes a plan: absolute paths, the model's full config, steps from tokens, tasks from data. The plan's digest
// says whether an unfinished run belongs to the same recipe. Starts nothing.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type DataSource, recipeError, tokenizerHash } from "@lemma/data";
import { readTokenizerFolder } from "@lemma/engine";
import { familyById } from "@lemma/gym";
import { parameterCounts } from "./model-size.ts";
import { huggingFaceDefaults, type ModelShape, PRESETS } from "./presets.ts";
import { readRecipe } from "./read-recipe.ts";
import { type Recipe, type RecipeStage, readsData } from "./schema.ts";

/** A training stage with its budget in steps. */
export interface PlannedStage extends Omit<RecipeStage, "tokens" | "steps" | "checkpointSteps"> {
  steps: number;
  checkpointSteps: number;
}

/** Everything a run needs, decided. */
export interface TrainingPlan {
  name: string;
  /** The recipe file, and the digest of what it resolves to (paths of outputs excepted). */
  recipe: string;
  digest: string;
  tokenizer: string;
  /** Hugging Face config.json of the model, with `vocab_size` and token ids. */
  model: Record<string, unknown>;
  parameters: number;
  /** Folder of the weights to start from, if not from random ones. */
  init: string | undefined;
  sources: DataSource[];
  /** Tokens of training data to make, and their seed. */
  dataTokens: number;
  dataSeed: number;
  contextLength: number;
  stages: PlannedStage[];
  /** Of matrix products in training. */
  dtype: Recipe["dtype"];
  /** Not part of the digest: a run may go on under another plan. */
  parallel: Recipe["parallel"];
  /** Gym tasks in `data`, in its order, then those that stages ask the model. */
  families: string[];
  evaluate: Recipe["evaluate"];
  export: { folder: string | undefined; type: Recipe["export"]["type"]; notes: string | undefined };
}

/**
 * Reads a recipe and decides everything.
 * @throws LEMMA_E_RECIPE, LEMMA_E_FILE, LEMMA_E_TASK, LEMMA_E_TOKENIZER.
 */
export async function planRecipe(file: string): Promise<TrainingPlan> {
  const recipe = await readRecipe(file);
  const base = path.dirname(path.resolve(file));
  const place = (relative: string): string => path.resolve(base, relative);
  const tokenizer = place(recipe.tokenizer);
  const { source } = await readTokenizerFolder(tokenizer);
  const sources = recipe.data.map((one): DataSource => {
    if ("file" in one) return { ...one, file: place(one.file) };
    const { levels, languages, retry = 0, ...rest } = one;
    return {
      ...rest,
      ...(levels ? { levels } : {}),
      ...(languages ? { languages } : {}),
      ...(retry > 0 ? { retry } : {}),
    };
  });
  const asked = recipe.stages.flatMap(({ grpo, rft }) => (grpo ?? rft)?.tasks.map(({ gym }) => gym) ?? []);
  const learned = recipe.data.flatMap((one) => ("gym" in one ? [one.gym] : []));
  const families = [...new Set([...learned, ...asked])].map((id) => familyById(id).id);
  if (recipe.evaluate !== false) for (const task of recipe.evaluate.tasks ?? []) familyById(task);
  const { model, parameters, init } = await resolveModelField(file, recipe, place, source);
  const stages = recipe.stages.map(({ tokens, steps, dpo, distill, ...rest }, index): PlannedStage => {
    if (distill?.from === "logits") checkTeacher(file, index, place(distill.teacher), tokenizer);
    return {
      ...rest,
      ...(dpo ? { dpo: { ...dpo, pairs: place(dpo.pairs) } } : {}),
      ...(distill
        ? { distill: distill.from === "text" ? distill : { ...distill, teacher: place(distill.teacher) } }
        : {}),
      steps: steps ?? Math.max(1, Math.floor(tokens! / rest.batchTokens)),
      checkpointSteps: rest.checkpointSteps ?? (rest.kind === "grpo" ? 25 : 500),
    };
  });
  for (const [index, stage] of stages.entries()) checkRlTasks(file, index, stage);
  const { kind } = stages[0]!;
  if ((kind === "grpo" || kind === "rft") && init === undefined) {
    const wanted = "a stage before it that trains the model, or model.folder: a model to sample from";
    throw recipeError(file, "stages[0].kind", wanted, kind);
  }
  const asking = stages.findIndex((stage) => stage.kind === "grpo");
  if (asking >= 0 && !["auto", "ddp"].includes(recipe.parallel.plan)) {
    throw recipeError(file, "parallel.plan", `auto or ddp, as stages[${asking}] is grpo`, recipe.parallel.plan);
  }
  const isChecked = recipe.evaluate !== false && recipe.evaluate.checkSteps > 0 && families.length > 0;
  const uncheckable = stages.findIndex(({ keepBest }) => keepBest === "check" && !isChecked);
  if (uncheckable >= 0) {
    const wanted = "loss or off, or gym families in data with evaluate.checkSteps above 0";
    throw recipeError(file, `stages[${uncheckable}].keepBest`, wanted, "check");
  }
  const readers = recipe.stages.filter(({ kind }) => readsData(kind));
  const dataTokens = Math.max(0, ...readers.map((one) => one.tokens ?? one.steps! * one.batchTokens));
  const plan = {
    name: recipe.name,
    tokenizer,
    model,
    parameters,
    init,
    sources,
    dataTokens,
    dataSeed: stages[0]!.seed,
    contextLength: model.max_position_embeddings as number,
    stages,
    dtype: recipe.dtype,
    families,
    evaluate: recipe.evaluate,
  };
  return {
    ...plan,
    parallel: recipe.parallel,
    recipe: path.resolve(file),
    digest: createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 12),
    export: {
      folder: recipe.export.folder === undefined ? undefined : place(recipe.export.folder),
      type: recipe.export.type,
      notes: recipe.export.notes === undefined ? undefined : notesOf(file, place(recipe.export.notes)),
    },
  };
}

/** The card's notes: looked for before hours of training, not after. */
function notesOf(recipe: string, notes: string): string {
  if (!existsSync(notes)) throw recipeError(recipe, "export.notes", "a Markdown file", notes);
  return notes;
}

/** Levels that a family has, and a dial that begins on them. */
function checkRlTasks(file: string, index: number, { grpo, rft }: PlannedStage): void {
  for (const [at, { gym, levels, start = 1 }] of (grpo ?? rft)?.tasks.entries() ?? []) {
    const most = familyById(gym).levels;
    const field = `stages[${index}].${grpo ? "grpo" : "rft"}.tasks[${at}]`;
    if (levels !== undefined && levels > most) {
      throw recipeError(file, `${field}.levels`, `1 to ${most}, the levels of ${gym}`, String(levels));
    }
    if (start > (levels ?? most)) throw recipeError(file, `${field}.start`, `1 to ${levels ?? most}`, String(start));
  }
}

/** A teacher must mean the same by a token as the student. */
function checkTeacher(file: string, stage: number, teacher: string, tokenizer: string): void {
  const field = `stages[${stage}].distill.teacher`;
  for (const name of ["config.json", "tokenizer.json"]) {
    if (!existsSync(path.join(teacher, name))) throw recipeError(file, field, `a folder with ${name}`, teacher);
  }
  const [own, theirs] = [tokenizerHash(tokenizer), tokenizerHash(teacher)];
  if (own !== theirs)
    throw recipeError(file, field, `the recipe's own tokenizer (SHA-256 ${own.slice(0, 12)})`, theirs.slice(0, 12));
}

interface TokenIds {
  tokens: readonly string[];
  ends: Uint32Array;
}

async function resolveModelField(
  file: string,
  recipe: Recipe,
  place: (relative: string) => string,
  { tokens, ends }: TokenIds,
): Promise<{ model: Record<string, unknown>; parameters: number; init: string | undefined }> {
  const padding = tokens.indexOf("<|pad|>");
  const ids = { bos_token_id: null, eos_token_id: ends[0] ?? null, pad_token_id: padding < 0 ? null : padding };
  if ("preset" in recipe.model) {
    const vocabulary = Math.ceil(tokens.length / 32) * 32;
    const shape: ModelShape = PRESETS[recipe.model.preset];
    const model = { ...huggingFaceDefaults(shape.model_type), ...shape, vocab_size: vocabulary, ...ids };
    return { model, parameters: parameterCounts(model).all, init: undefined };
  }
  const folder = place(recipe.model.folder);
  const configPath = path.join(folder, "config.json");
  if (!existsSync(configPath)) throw recipeError(file, "model.folder", "a folder with config.json", folder);
  const model = JSON.parse(await readFile(configPath, "utf8")) as Record<string, unknown>;
  if (!TRAINED_TYPES.includes(String(model.model_type))) {
    throw recipeError(file, "model.folder", `a model of type ${TRAINED_TYPES.join(", ")}`, String(model.model_type));
  }
  if (typeof model.vocab_size !== "number" || model.vocab_size < tokens.length) {
    throw recipeError(
      file,
      "model.folder",
      `a vocabulary of at least ${tokens.length} tokens`,
      String(model.vocab_size),
    );
  }
  return { model, parameters: parameterCounts(model).all, init: folder };
}

/** Architectures of trainer/lemma_trainer/models. */
const TRAINED_TYPES = ["deepseek_v3", "llama", "qwen2", "qwen3"];
