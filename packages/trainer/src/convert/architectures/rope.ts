// RoPE's base and scaling: Hugging Face's rope_theta with rope_scaling, or rope_parameters (transformers 5), as GGUF keys and
// llama3's frequency divisors. Must not know row orders.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "../config-fields.ts";
import type { ComputedTensor } from "./architecture.ts";

export type RopeScaling = "linear" | "llama3";

/** What a GGUF file says of RoPE. */
export interface Rope {
  metadata: Record<string, GgufValue>;
  tensors: ComputedTensor[];
}

/** The keys and tensors. `scalings` are those that the architecture has beside none. @throws LEMMA_E_MODEL_UNSUPPORTED, LEMMA_E_MODEL_FORMAT */
export function readRope(
  architecture: string,
  config: ConfigFields,
  headDim: number,
  scalings: readonly RopeScaling[],
): Rope {
  const parameters = config.object("rope_parameters");
  const scaling = parameters ?? config.object("rope_scaling");
  scaling?.only("partial_rotary_factor", 1);
  const base = (parameters?.has("rope_theta") ? parameters : config).number("rope_theta", 1, 1e12, 10000);
  const metadata: Record<string, GgufValue> = { [`${architecture}.rope.freq_base`]: { type: "f32", value: base } };
  const field = scaling?.has("rope_type") ? "rope_type" : "type";
  const kind = scaling?.text(field, "default") ?? "default";
  if (scaling === undefined || kind === "default") return { metadata, tensors: [] };
  if (kind === "linear") {
    metadata[`${architecture}.rope.scaling.type`] = { type: "string", value: "linear" };
    metadata[`${architecture}.rope.scaling.factor`] = { type: "f32", value: scaling.number("factor", 1e-3, 1e6) };
    return { metadata, tensors: [] };
  }
  if (kind !== "llama3" || !scalings.includes(kind))
    throw scaling.unsupported(field, ["default", ...scalings].join(", "));
  return { metadata, tensors: [{ name: "rope_freqs.weight", values: llama3Divisors(scaling, headDim, base) }] };
}

/** Llama 3.1's rule: long waves are divided by `factor`, short ones kept, those between blended. One divisor per pair. */
function llama3Divisors(scaling: ConfigFields, headDim: number, base: number): Float32Array {
  const factor = scaling.number("factor", 1, 1e6);
  const low = scaling.number("low_freq_factor", 1e-6, 1e6);
  const high = scaling.number("high_freq_factor", 1e-6, 1e6);
  if (high <= low) throw scaling.wrong("high_freq_factor", `more than low_freq_factor (${low})`);
  const trained = scaling.integer("original_max_position_embeddings", 1);
  return Float32Array.from({ length: headDim / 2 }, (_, i) => {
    const wavelength = 2 * Math.PI * base ** ((2 * i) / headDim);
    if (wavelength < trained / high) return 1;
    if (wavelength > trained / low) return factor;
    const smooth = (trained / wavelength - low) / (high - low);
    return 1 / ((1 - smooth) / factor + smooth);
  });
}
