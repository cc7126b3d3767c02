// The last checkpoint becomes a model folder: config.json, generation_config.json, tokenizer files, BF16 weights, GGUF.
// Owns the files of a model folder except its card. The folder appears whole: it is made beside its place and renamed.

import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type EncodedType, encodeTensor } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import { convertModel } from "../convert/convert-model.ts";
import { SafetensorsFile } from "../convert/safetensors-file.ts";
import { runPlaces } from "../recipe/python-config.ts";
import type { TrainingPlan } from "../recipe/resolve.ts";
import { saveSafetensors } from "./safetensors-writer.ts";

const TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json"];

/** Where a plan's model goes. */
export const modelFolderOf = (plan: TrainingPlan, run: string): string =>
  plan.export.folder ?? path.join(run, "model", plan.name);

/**
 * Writes the model folder of a run and returns its path. A README.md that is there already stays.
 * @throws LEMMA_E_TRAINING (no checkpoint), and what conversion throws.
 */
export async function exportModel(plan: TrainingPlan, run: string): Promise<string> {
  const target = modelFolderOf(plan, run);
  await writeModelFolder({
    target,
    checkpoint: await newestCheckpoint(run),
    model: plan.model,
    tokenizer: plan.tokenizer,
    about: { families: plan.families, tokens: tokensOf(plan), recipe: path.basename(plan.recipe), ...teachersOf(plan) },
    type: plan.export.type,
  });
  return target;
}

/** What becomes a model folder. `about` stands under `lemma` in its config.json. */
export interface ModelFolder {
  target: string;
  checkpoint: string;
  model: Readonly<Record<string, unknown>>;
  tokenizer: string;
  about: object;
  type: EncodedType;
}

/** Makes the folder beside its place, then moves its files there. The GGUF is named as the folder is. */
export async function writeModelFolder({
  target,
  checkpoint,
  model,
  tokenizer,
  about,
  type,
}: ModelFolder): Promise<void> {
  const making = path.join(path.dirname(target), `.${path.basename(target)}.tmp`, path.basename(target));
  await rm(path.dirname(making), { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  const config = { ...model, lemma: about };
  const generation = { do_sample: false, eos_token_id: model.eos_token_id, pad_token_id: model.pad_token_id };
  await writeFile(path.join(making, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  await writeFile(path.join(making, "generation_config.json"), `${JSON.stringify(generation, null, 2)}\n`);
  for (const name of TOKENIZER_FILES) await cp(path.join(tokenizer, name), path.join(making, name));
  await narrowWeights(path.join(checkpoint, "model.safetensors"), path.join(making, "model.safetensors"));
  await convertModel({ folder: making, type });
  await copyAdapter(checkpoint, making);
  await mkdir(target, { recursive: true });
  await rm(path.join(target, "adapter"), { recursive: true, force: true });
  for (const name of await readdir(making)) await rename(path.join(making, name), path.join(target, name));
  await rm(path.dirname(making), { recursive: true, force: true });
}

/** The adapter of a stage that trained one, beside the weights that have it in them already. */
async function copyAdapter(checkpoint: string, making: string): Promise<void> {
  const adapter = path.join(checkpoint, "adapter");
  if (existsSync(adapter)) await cp(adapter, path.join(making, "adapter"), { recursive: true });
}

/** Whom the model learned from, and how: provenance that goes with it. */
function teachersOf({ stages }: TrainingPlan): { teachers?: { teacher: string; from: string }[] } {
  const teachers = stages.flatMap(({ distill }) =>
    distill ? [{ teacher: path.basename(distill.teacher), from: distill.from }] : [],
  );
  return teachers.length > 0 ? { teachers } : {};
}

/** Tokens of training data that were read; what a model said itself in reinforcement learning is none. */
const tokensOf = (plan: TrainingPlan): number =>
  plan.stages
    .filter(({ kind }) => kind !== "grpo")
    .reduce((sum, { steps, batchTokens }) => sum + steps * batchTokens, 0);

/** The newest whole checkpoint of a run, or that of `step`. @throws LEMMA_E_TRAINING naming those that are there. */
export async function newestCheckpoint(run: string, step?: number): Promise<string> {
  const root = runPlaces(run).checkpoints;
  const steps = (await readdir(root).catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  if (steps.length === 0)
    throw new LemmaError("LEMMA_E_TRAINING", { problem: `${run}: there is no checkpoint to export` });
  if (step !== undefined && !steps.includes(step)) {
    const there = steps.toSorted((a, b) => a - b).join(", ");
    throw new LemmaError("LEMMA_E_TRAINING", { problem: `${run}: expected a checkpoint ${step}, found ${there}` });
  }
  return path.join(root, String(step ?? Math.max(...steps)));
}

/** Copies a safetensors file with all tensors rounded to BF16. */
async function narrowWeights(from: string, to: string): Promise<void> {
  await using file = await SafetensorsFile.open(from);
  const tensors = [...file.tensors.values()].map((tensor) => ({
    name: tensor.name,
    dtype: "BF16" as const,
    shape: tensor.shape,
    data: async () => encodeTensor("BF16", await file.read(tensor)),
  }));
  await saveSafetensors(to, tensors, { format: "pt" });
}
