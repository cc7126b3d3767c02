// The last checkpoint becomes a model folder: config.json, generation_config.json, tokenizer files, BF16 weights, GGUF.
// Owns the files of a model folder except its card. The folder appears whole: it is made beside its place and renamed.

import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { encodeTensor } from "@lemma/engine";
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
  const checkpoint = await newestCheckpoint(run);
  const making = path.join(path.dirname(target), `.${path.basename(target)}.tmp`, path.basename(target));
  await rm(path.dirname(making), { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  const config = {
    ...plan.model,
    lemma: { families: plan.families, tokens: tokensOf(plan), recipe: path.basename(plan.recipe) },
  };
  const generation = { do_sample: false, eos_token_id: plan.model.eos_token_id, pad_token_id: plan.model.pad_token_id };
  await writeFile(path.join(making, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  await writeFile(path.join(making, "generation_config.json"), `${JSON.stringify(generation, null, 2)}\n`);
  for (const name of TOKENIZER_FILES) await cp(path.join(plan.tokenizer, name), path.join(making, name));
  await narrowWeights(path.join(checkpoint, "model.safetensors"), path.join(making, "model.safetensors"));
  await convertModel({ folder: making, type: plan.export.type });
  await mkdir(target, { recursive: true });
  for (const name of await readdir(making)) await rename(path.join(making, name), path.join(target, name));
  await rm(path.dirname(making), { recursive: true, force: true });
  return target;
}

/** Tokens of training data that were read; what a model said itself in reinforcement learning is none. */
const tokensOf = (plan: TrainingPlan): number =>
  plan.stages
    .filter(({ kind }) => kind !== "grpo")
    .reduce((sum, { steps, batchTokens }) => sum + steps * batchTokens, 0);

/** The newest whole checkpoint of a run. */
export async function newestCheckpoint(run: string): Promise<string> {
  const root = runPlaces(run).checkpoints;
  const steps = (await readdir(root).catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  if (steps.length === 0)
    throw new LemmaError("LEMMA_E_TRAINING", { problem: `${run}: there is no checkpoint to export` });
  return path.join(root, String(Math.max(...steps)));
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
