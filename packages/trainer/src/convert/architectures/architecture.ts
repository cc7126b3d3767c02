// What an architecture says about a conversion: GGUF metadata, and for each GGUF tensor where its values come from.
// Must not know files, number formats or tokenizers.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "../config-fields.ts";

/** One GGUF tensor from one Hugging Face tensor, or from several of the same shape. */
export interface MappedTensor {
  name: string;
  /** The source; several sources are joined along a new first axis, in this order. */
  from: string | readonly string[];
  /** Shape of a source, rows first. */
  shape: readonly number[];
  /** Maps the values of a source. */
  reorder?: (values: Float32Array) => Float32Array;
  /** Shape of what `reorder` returns; default `shape`. */
  becomes?: readonly number[];
  /** For a matrix that no type may round. */
  type?: "F32";
}

/** One GGUF tensor (a vector) that the configuration determines. */
export interface ComputedTensor {
  name: string;
  values: Float32Array;
}

/** All that a GGUF file of this model holds beside its tokenizer. */
export interface ModelPlan {
  /** GGUF's name of the architecture. */
  architecture: string;
  vocabularySize: number;
  metadata: Record<string, GgufValue>;
  mapped: MappedTensor[];
  computed: ComputedTensor[];
  /** Tensors that may stand in the folder and carry nothing of their own. */
  isRedundant: (name: string) => boolean;
  /** Tensors that carry something which the GGUF leaves out; the result counts them. */
  isSkipped?: (name: string) => boolean;
  /** Rows and columns of a block that shares one scale, where the folder may hold 8-bit floats. */
  scaleBlock?: readonly [number, number];
}

/** One Hugging Face `model_type`. `plan` throws LEMMA_E_MODEL_UNSUPPORTED or LEMMA_E_MODEL_FORMAT naming the field. */
export interface Architecture {
  readonly modelType: string;
  plan(config: ConfigFields): ModelPlan;
}
