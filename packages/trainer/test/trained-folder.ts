// The bundled lemma-s as a Hugging Face folder of its own, for tests that need weights as training leaves them. Where the
// bundled folder has no model.safetensors, the weights of its Q8_0 file take that place: they are those of a trained model too.

import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { encodeTensor } from "@lemma/engine";
import { planModel } from "../src/convert/architectures/known.ts";
import { ConfigFields } from "../src/convert/config-fields.ts";
import { readJsonFile } from "../src/convert/json-file.ts";
import { ggufTensors } from "./gguf-tensors.ts";
import { safetensorsOf, type TensorBytes } from "./safetensors-bytes.ts";

export const BUNDLED: string = fileURLToPath(new URL("../../../models/lemma-s", import.meta.url));

/** Fills the folder `to` with configuration, tokenizer and model.safetensors of the model folder `from`. */
export async function writeTrainedFolder(to: string, from: string = BUNDLED): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"])
    await cp(path.join(from, name), path.join(to, name));
  const weights = path.join(to, "model.safetensors");
  const hasWeights = await cp(path.join(from, "model.safetensors"), weights).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
  if (!hasWeights) await writeFile(weights, await fromGguf(from));
}

/** The matrices of the folder's GGUF file under their Hugging Face names. */
async function fromGguf(folder: string): Promise<Uint8Array> {
  const configPath = path.join(folder, "config.json");
  const plan = planModel(new ConfigFields(configPath, await readJsonFile(configPath)));
  const tensors = await ggufTensors(path.join(folder, `${path.basename(folder)}.gguf`));
  return safetensorsOf(
    new Map(
      plan.mapped.map(({ name, from, shape, reorder }): [string, TensorBytes] => {
        const found = tensors.get(name);
        if (found === undefined || reorder !== undefined || typeof from !== "string")
          throw new Error(`${name}: no tensor that can be taken back`);
        return [from, { dtype: "F32", shape, bytes: encodeTensor("F32", found.values) }];
      }),
    ),
  );
}
