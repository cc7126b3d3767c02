// Multi-head latent attention (arXiv 2405.04434, 2.1): its sizes, and the keys and tensors of `deepseek2` files. A cache of such a
// file holds the latent alone, so the file says one key/value head as wide as the latent, and beside it the heads' own sizes.
// Rows that RoPE rotates are neighbours (2i, 2i + 1) in Hugging Face's files and in GGUF: nothing changes places.
// Must not know what follows the attention.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "../config-fields.ts";
import type { MappedTensor } from "./architecture.ts";
import { type Rope, readRope } from "./rope.ts";

/** The sizes of the attention. A query and key has `nope` elements without and `rope` with RoPE, a value `value`. */
export interface MlaShape {
  width: number;
  heads: number;
  nope: number;
  rope: number;
  value: number;
  kvRank: number;
  /** Rank of the queries' down-projection; 0: queries come from the input at once. */
  queryRank: number;
}

/** Reads and checks the sizes, and refuses what GGUF's runtimes compute otherwise. */
export function mlaShape(config: ConfigFields): MlaShape {
  config.only("attention_bias", false);
  config.only("rope_interleave", true);
  config.only("rms_norm_eps", 1e-6); // transformers norms the latents with 1e-6, GGUF's runtimes with the model's
  const heads = config.integer("num_attention_heads", 1);
  config.only("num_key_value_heads", heads);
  const rope = config.integer("qk_rope_head_dim", 2);
  if (rope % 2 !== 0) throw config.unsupported("qk_rope_head_dim", "an even number");
  return {
    width: config.integer("hidden_size", 1),
    heads,
    nope: config.integer("qk_nope_head_dim", 1),
    rope,
    value: config.integer("v_head_dim", 1),
    kvRank: config.integer("kv_lora_rank", 1),
    queryRank: config.integer("q_lora_rank", 0, 0),
  };
}

/** The keys `attention.*` and `rope.*`, without the architecture's name before them. */
export function mlaMetadata(shape: MlaShape): Record<string, GgufValue> {
  const u32 = (value: number): GgufValue => ({ type: "u32", value });
  return {
    "attention.head_count": u32(shape.heads),
    "attention.head_count_kv": u32(1),
    "attention.key_length": u32(shape.kvRank + shape.rope),
    "attention.value_length": u32(shape.kvRank),
    "attention.key_length_mla": u32(shape.nope + shape.rope),
    "attention.value_length_mla": u32(shape.value),
    "attention.kv_lora_rank": u32(shape.kvRank),
    ...(shape.queryRank === 0 ? {} : { "attention.q_lora_rank": u32(shape.queryRank) }),
    "rope.dimension_count": u32(shape.rope),
  };
}

/**
 * RoPE of the attention: plain, or YaRN as DeepSeek scales it. With m = 0.1 * mscale_all_dim * ln(factor) + 1 scores are multiplied
 * by m^2, cosines and sines by (0.1 * mscale * ln(factor) + 1) / m. A GGUF file holds 0.1 * mscale_all_dim, and its runtimes take
 * mscale to be the same; so do all released models.
 */
export function mlaRope(config: ConfigFields, shape: MlaShape): Rope {
  return readRope("deepseek2", config, shape.rope, ["yarn"], (scaling) => {
    scaling.only("attention_factor");
    const share = scaling.number("mscale_all_dim", 1e-6, 100);
    if (scaling.number("mscale", 0, 100) !== share) throw scaling.unsupported("mscale", `mscale_all_dim's ${share}`);
    return { "scaling.yarn_log_multiplier": { type: "f32", value: 0.1 * share } };
  });
}

/** The tensors of one layer's attention and its norm; `to` and `from` end in a dot. */
export function mlaTensors(shape: MlaShape, to: string, from: string): MappedTensor[] {
  const { width, heads, nope, rope, value, kvRank, queryRank } = shape;
  const queries = heads * (nope + rope);
  const add = (name: string, source: string, ...extents: number[]): MappedTensor => {
    return { name: `${to}${name}.weight`, from: `${from}self_attn.${source}.weight`, shape: extents };
  };
  return [
    { name: `${to}attn_norm.weight`, from: `${from}input_layernorm.weight`, shape: [width] },
    ...(queryRank === 0
      ? [add("attn_q", "q_proj", queries, width)]
      : [
          add("attn_q_a", "q_a_proj", queryRank, width),
          add("attn_q_a_norm", "q_a_layernorm", queryRank),
          add("attn_q_b", "q_b_proj", queries, queryRank),
        ]),
    add("attn_kv_a_mqa", "kv_a_proj_with_mqa", kvRank + rope, width),
    add("attn_kv_a_norm", "kv_a_layernorm", kvRank),
    {
      ...add("attn_k_b", "kv_b_proj", heads * (nope + value), kvRank),
      becomes: [heads, kvRank, nope],
      reorder: (values) => keyRows(values, shape),
    },
    {
      ...add("attn_v_b", "kv_b_proj", heads * (nope + value), kvRank),
      becomes: [heads, value, kvRank],
      reorder: (values) => valueRows(values, shape),
    },
    add("attn_output", "o_proj", width, heads * value),
  ];
}

type Parts = Pick<MlaShape, "heads" | "nope" | "value" | "kvRank">;

/**
 * The keys' part of kv_b_proj, transposed per head: it takes a query to the latent, instead of the latent to a key. kv_b_proj has
 * `nope` rows of keys, then `value` rows of values, for each head.
 * @example keyRows(Float32Array.of(1, 2, 3, 4, 9, 9), { heads: 1, nope: 2, value: 1, kvRank: 2 }); // 1, 3, 2, 4
 */
export function keyRows(values: Float32Array, { heads, nope, value, kvRank }: Parts): Float32Array {
  const out = new Float32Array(heads * kvRank * nope);
  for (let head = 0; head < heads; head++) {
    const source = head * (nope + value) * kvRank;
    const target = head * kvRank * nope;
    for (let row = 0; row < nope; row++) {
      for (let i = 0; i < kvRank; i++) out[target + i * nope + row] = values[source + row * kvRank + i]!;
    }
  }
  return out;
}

/**
 * The values' part of kv_b_proj, rows as they stand.
 * @example valueRows(Float32Array.of(1, 2, 3, 4, 9, 8), { heads: 1, nope: 2, value: 1, kvRank: 2 }); // 9, 8
 */
export function valueRows(values: Float32Array, { heads, nope, value, kvRank }: Parts): Float32Array {
  const out = new Float32Array(heads * value * kvRank);
  for (let head = 0; head < heads; head++) {
    const source = (head * (nope + value) + nope) * kvRank;
    out.set(values.subarray(source, source + value * kvRank), head * value * kvRank);
  }
  return out;
}
