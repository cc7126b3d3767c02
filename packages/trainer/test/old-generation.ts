// A `deepseek2` file of the older generation from a Hugging Face folder, for tests of readers: kv_b_proj in one piece, and head counts
// and widths of the attention as if it kept keys and values. `lemma convert` writes the newer one.

import path from "node:path";
import { type EncodedType, type GgufValue, writeGguf } from "@lemma/engine";
import { planModel } from "../src/convert/architectures/known.ts";
import { ConfigFields } from "../src/convert/config-fields.ts";
import { encodeMapped } from "../src/convert/encode-mapped.ts";
import { readJsonFile } from "../src/convert/json-file.ts";
import { tokenizerMetadata } from "../src/convert/tokenizer-metadata.ts";
import { Weights } from "../src/convert/weights.ts";

/** Writes the file. */
export async function writeOldGeneration(folder: string, out: string, type: EncodedType = "F32"): Promise<void> {
  const configPath = path.join(folder, "config.json");
  const config = new ConfigFields(configPath, await readJsonFile(configPath));
  const plan = planModel(config);
  const u32 = (value: number): GgufValue => ({ type: "u32", value });
  const [heads, nope] = [config.integer("num_attention_heads", 1), config.integer("qk_nope_head_dim", 1)];
  const metadata: Record<string, GgufValue> = {
    "general.architecture": { type: "string", value: plan.architecture },
    ...plan.metadata,
    "deepseek2.attention.head_count_kv": u32(heads),
    "deepseek2.attention.key_length": u32(nope + config.integer("qk_rope_head_dim", 1)),
    "deepseek2.attention.value_length": u32(config.integer("v_head_dim", 1)),
    ...(await tokenizerMetadata(folder, plan.vocabularySize, config, config)),
  };
  delete metadata["deepseek2.attention.key_length_mla"];
  delete metadata["deepseek2.attention.value_length_mla"];
  const mapped = plan.mapped
    .filter(({ name }) => !name.endsWith(".attn_v_b.weight"))
    .map((tensor) => {
      if (!tensor.name.endsWith(".attn_k_b.weight")) return tensor;
      const { from, shape } = tensor;
      return { name: tensor.name.replace("attn_k_b", "attn_kv_b"), from, shape };
    });
  await using weights = await Weights.open(folder, plan.scaleBlock);
  await writeGguf(out, { metadata, tensors: mapped.map((tensor) => encodeMapped(tensor, type, weights)) });
}
