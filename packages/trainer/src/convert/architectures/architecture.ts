// What an architecture says about a conversion: GGUF metadata, and for each GGUF tensor where its values come from.
// Must not know files, number formats or tokenizers.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "../config-fields.ts";

/** One GGUF tensor from one Hugging Face tensor of the same `shape` (rows first); `reorder` maps its values. */
export interface MappedTensor {
  name: string;
  from: string;
  shape: readonly number[];
  reorder?: (values: Float32Array) => Float32Array;
}

/** One GGUF tensor (a vector) that the configuration determines. */
export interface ComputedTensor {
  name: string;
  values: Float32Array;
}

/** All that a GGUF file of this model holds beside its tokenizer. */
export interface ModelPlan {
  vocabularySize: number;
  metadata: Record<string, GgufValue>;
  mapped: MappedTensor[];
  computed: ComputedTensor[];
  /** Tensors that may stand in the folder and carry nothing of their own. */
  isRedundant: (name: string) => boolean;
}

/** One Hugging Face `model_type`. `plan` throws LEMMA_E_MODEL_UNSUPPORTED or LEMMA_E_MODEL_FORMAT naming the field. */
export interface Architecture {
  readonly modelType: string;
  plan(config: ConfigFields): ModelPlan;
}
