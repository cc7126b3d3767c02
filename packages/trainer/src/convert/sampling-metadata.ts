// generation_config.json's sampling as the keys lemma.sampling.*, which the engine takes as a model's own defaults. Other
// fields of that file are left out: GGUF runtimes have no counterpart.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "./config-fields.ts";

/** The keys; ranges are the engine's. `do_sample: false` is temperature 0. @throws LEMMA_E_MODEL_FORMAT */
export function samplingMetadata(generation: ConfigFields): Record<string, GgufValue> {
  const metadata: Record<string, GgufValue> = {};
  const put = (name: string, low: number, high: number): void => {
    if (!generation.has(name)) return;
    metadata[`lemma.sampling.${name}`] = { type: "f32", value: generation.number(name, low, high) };
  };
  put("temperature", 0, 100);
  if (!generation.flag("do_sample", true)) metadata["lemma.sampling.temperature"] = { type: "f32", value: 0 };
  if (generation.has("top_k")) {
    metadata["lemma.sampling.top_k"] = { type: "u32", value: Math.min(generation.integer("top_k", 0), 2 ** 30) };
  }
  put("top_p", 1e-6, 1);
  put("min_p", 0, 1);
  put("repetition_penalty", 1e-3, 100);
  if (generation.has("repetition_penalty")) {
    // transformers looks at the whole text, the engine by default at its last tokens only.
    metadata["lemma.sampling.repetition_window"] = { type: "u32", value: 2 ** 31 - 1 };
  }
  return metadata;
}
