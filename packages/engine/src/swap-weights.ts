// What can be given as new weights, and its way to the addon: floats are encoded in the types that the loaded file has.

import { LemmaError } from "@lemma/protocol";
import { encodeTensor } from "./gguf-encode.ts";
import type { NativeWeights, TensorInfo } from "./native.ts";
import { type OptionRule, shown } from "./option-check.ts";
import { resolveModel } from "./resolve-model.ts";

/**
 * New weights: a model (id, folder or GGUF file), the bytes of a GGUF file, or all tensors by their GGUF names, each as floats
 * in file order or as bytes in its own type. What is given in memory must not change until the swap is done.
 */
export type WeightSource = string | Uint8Array | Readonly<Record<string, Float32Array | Uint8Array>>;

export interface SwapOptions {
  /** What running requests do: end with the old weights first (default), or go on with the new ones. */
  running?: "finish" | "continue";
}

export const SWAP_RUNNING: OptionRule = {
  expected: '"finish" or "continue"',
  accepts: (value) => value === "finish" || value === "continue",
};

/** The addon's form. @throws LEMMA_E_OPTION naming the tensor that misfits, LEMMA_E_FILE where there is no such model */
export function nativeWeights(weights: WeightSource, tensors: () => TensorInfo[]): NativeWeights {
  if (typeof weights === "string") return { path: resolveModel(weights).path };
  if (weights instanceof Uint8Array) return { image: weights };
  if (typeof weights !== "object" || weights === null || Array.isArray(weights)) {
    const expected = "a path, a GGUF file as Uint8Array, or an object of tensors";
    throw new LemmaError("LEMMA_E_OPTION", { option: "weights", expected, found: shown(weights) });
  }
  const types = new Map(tensors().map(({ name, type }) => [name, type]));
  const names = Object.keys(weights);
  const bytes = names.map((name) => {
    const values = weights[name];
    const type = types.get(name) ?? "F32"; // an unknown name is refused by the engine, with its list
    if (values instanceof Uint8Array) return values;
    const isDrawn = type === "Q4_K" || type === "Q5_K" || type === "Q6_K";
    if (!(values instanceof Float32Array) || isDrawn) {
      const expected = `${isDrawn ? "" : "a Float32Array or "}a Uint8Array of ${type} for tensor ${JSON.stringify(name)}`;
      throw new LemmaError("LEMMA_E_OPTION", { option: "weights", expected, found: shown(values) });
    }
    return encodeTensor(type, values);
  });
  return { names, bytes };
}
