// RoPE's base and scaling: Hugging Face's rope_theta with rope_scaling, or rope_parameters (transformers 5), as GGUF keys and
// llama3's frequency divisors. Must not know row orders.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "../config-fields.ts";
import type { ComputedTensor } from "./architecture.ts";

export type RopeScaling = "linear" | "llama3" | "yarn";

/** What a GGUF file says of RoPE. */
export interface Rope {
  metadata: Record<string, GgufValue>;
  tensors: ComputedTensor[];
}

/** YaRN's keys that say how far cosines, sines and scores grow; the scaling's fields are given. */
export type YarnMagnitude = (scaling: ConfigFields) => Record<string, GgufValue>;

/** The keys and tensors. `scalings` are those that the architecture has beside none. @throws LEMMA_E_MODEL_UNSUPPORTED, LEMMA_E_MODEL_FORMAT */
export function readRope(
  architecture: string,
  config: ConfigFields,
  headDim: number,
  scalings: readonly RopeScaling[],
  magnitude: YarnMagnitude = attentionFactor,
): Rope {
  const parameters = config.object("rope_parameters");
  const scaling = parameters ?? config.object("rope_scaling");
  scaling?.only("partial_rotary_factor", 1);
  const base = (parameters?.has("rope_theta") ? parameters : config).number("rope_theta", 1, 1e12, 10000);
  const keys: Record<string, GgufValue> = { freq_base: f32(base) };
  const tensors: ComputedTensor[] = [];
  const field = scaling?.has("rope_type") ? "rope_type" : "type";
  const kind = scaling?.text(field, "default") ?? "default";
  if (scaling !== undefined && kind !== "default") {
    if (!(scalings as readonly string[]).includes(kind)) {
      throw scaling.unsupported(field, ["default", ...scalings].join(", "));
    }
    if (kind === "linear") Object.assign(keys, linearKeys(scaling));
    if (kind === "yarn") Object.assign(keys, yarnKeys(scaling, config), magnitude(scaling));
    if (kind === "llama3") tensors.push({ name: "rope_freqs.weight", values: llama3Divisors(scaling, headDim, base) });
  }
  const named = Object.entries(keys).map(([name, value]) => [`${architecture}.rope.${name}`, value]);
  return { metadata: Object.fromEntries(named), tensors };
}

const f32 = (value: number): GgufValue => ({ type: "f32", value });

function linearKeys(scaling: ConfigFields): Record<string, GgufValue> {
  const factor = scaling.number("factor", 1e-3, 1e6);
  return { "scaling.type": { type: "string", value: "linear" }, "scaling.factor": f32(factor) };
}

/** YaRN (arXiv 2309.00071) without its magnitude. */
function yarnKeys(scaling: ConfigFields, config: ConfigFields): Record<string, GgufValue> {
  scaling.only("truncate", true);
  const context = config.integer("max_position_embeddings", 1);
  return {
    "scaling.type": { type: "string", value: "yarn" },
    "scaling.factor": f32(scaling.number("factor", 1, 1e6)),
    "scaling.original_context_length": {
      type: "u32",
      value: scaling.integer("original_max_position_embeddings", 1, context),
    },
    "scaling.yarn_beta_fast": f32(scaling.number("beta_fast", 1e-6, 1e6, 32)),
    "scaling.yarn_beta_slow": f32(scaling.number("beta_slow", 1e-6, 1e6, 1)),
  };
}

/**
 * GGUF's runtimes multiply cosines and sines by 0.1 ln(factor) + 1 and by `attn_factor`; transformers multiplies them by
 * `attention_factor`, or by a ratio of two such terms with `mscale` and `mscale_all_dim`, or by the first term alone. So attn_factor
 * is the quotient of the two. transformers and llama.cpp ignore a field named `attn_factor`; so do we.
 */
function attentionFactor(scaling: ConfigFields): Record<string, GgufValue> {
  const factor = scaling.number("factor", 1, 1e6);
  const growth = (share: number): number => 0.1 * share * Math.log(factor) + 1;
  const [mscale, mscaleAll] = ["mscale", "mscale_all_dim"].map((name) => scaling.number(name, 0, 100, 0));
  const ratio = mscale! > 0 && mscaleAll! > 0 ? growth(mscale!) / growth(mscaleAll!) : growth(1);
  const attention = scaling.number("attention_factor", 0.01, 100, ratio);
  return { "scaling.attn_factor": f32(attention / growth(1)) };
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
