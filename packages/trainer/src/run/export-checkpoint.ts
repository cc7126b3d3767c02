// `lemma train export`: any checkpoint of a run becomes a model folder with its GGUF, while the run goes on or after it. Owns which
// run and step are meant; the folder's files are export-model.ts's.

import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { EncodedType } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import { planRecipe } from "../recipe/resolve.ts";
import { newestCheckpoint, writeModelFolder } from "./export-model.ts";
import { findRun, readConfig } from "./run-folder.ts";

export interface ExportOptions {
  /** A run folder, or a recipe, whose newest run is meant. */
  run: string;
  /** Default: the newest checkpoint. */
  step?: number;
  /** Folder to write; default `export/<name>-<step>` in the run folder. */
  out?: string;
  /** Type of the GGUF's matrices; default Q8_0. */
  type?: EncodedType;
}

export interface ExportedModel {
  run: string;
  step: number;
  /** Tokens that the model had seen. */
  tokens: number;
  folder: string;
  gguf: string;
}

/**
 * Writes a Hugging Face folder and a GGUF of a checkpoint.
 * @throws LEMMA_E_FILE (no run), LEMMA_E_TRAINING (no such checkpoint), and what conversion throws.
 * @example await exportCheckpoint({ run: "recipes/lemma-s.yaml", step: 2000 }); // { folder: "…/export/lemma-s-2000", … }
 */
export async function exportCheckpoint(options: ExportOptions): Promise<ExportedModel> {
  const run = await runOf(options.run);
  const config = await readConfig(run);
  const checkpoint = await newestCheckpoint(run, options.step);
  const { step, tokens } = JSON.parse(await readFile(path.join(checkpoint, "state.json"), "utf8")) as {
    step: number;
    tokens: number;
  };
  const target = path.resolve(options.out ?? path.join(run, "export", `${config.name}-${step}`));
  await writeModelFolder({
    target,
    checkpoint,
    model: config.model,
    tokenizer: config.tokenizer,
    about: { families: config.recipe.families ?? [], tokens, step, recipe: path.basename(config.recipe.file) },
    type: options.type ?? "Q8_0",
  });
  return { run, step, tokens, folder: target, gguf: path.join(target, `${path.basename(target)}.gguf`) };
}

async function runOf(run: string): Promise<string> {
  if (existsSync(run) && statSync(run).isDirectory()) return path.resolve(run);
  const folder = await findRun(await planRecipe(run));
  if (folder === undefined) throw new LemmaError("LEMMA_E_FILE", { path: run, problem: "this recipe has no run yet" });
  return folder;
}
