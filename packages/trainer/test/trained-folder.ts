// The bundled lemma-s as a Hugging Face folder of its own, for tests that need weights as training leaves them.

import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const BUNDLED: string = fileURLToPath(new URL("../../../models/lemma-s", import.meta.url));

const FILES = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"];

/** Fills the folder `to` with configuration, tokenizer and weights of the model folder `from`. */
export async function writeTrainedFolder(to: string, from: string = BUNDLED): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of FILES) await cp(path.join(from, name), path.join(to, name));
}
