// What the dense decoders share: shape fields, metadata keys and tensor names (llama.cpp's conventions). An architecture
// adds what is its own. Must not know row orders or norms of one architecture.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "../config-fields.ts";
import type { MappedTensor } from "./architecture.ts";

/** The sizes of a dense decoder. */
export interface DenseShape {
  layers: number;
  width: number;
  feedForward: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  vocabulary: number;
  isTied: boolean;
}

/** Reads and checks the shape, and refuses what no dense decoder here has. */
export function denseShape(config: ConfigFields): DenseShape {
  config.only("hidden_act", "silu");
  config.only("attention_bias", false);
  config.only("mlp_bias", false);
  config.only("use_sliding_window", false);
  config.only("partial_rotary_factor", 1);
  config.only("quantization_config");
  const heads = config.integer("num_attention_heads", 1);
  const width = config.integer("hidden_size", 1);
  const kvHeads = config.integer("num_key_value_heads", 1, heads);
  if (heads % kvHeads !== 0) throw config.wrong("num_key_value_heads", `a divisor of ${heads}`);
  const headDim = config.integer("head_dim", 2, width / heads);
  if (!Number.isInteger(headDim)) throw config.wrong("head_dim", `a whole number, as ${width} / ${heads} is none`);
  if (headDim % 2 !== 0) throw config.unsupported("head_dim", "an even number");
  return {
    layers: config.integer("num_hidden_layers", 1),
    width,
    feedForward: config.integer("intermediate_size", 1),
    heads,
    kvHeads,
    headDim,
    vocabulary: config.integer("vocab_size", 1),
    isTied: config.flag("tie_word_embeddings", false),
  };
}

/** The keys `<architecture>.*` of a dense decoder, without those of RoPE scaling. */
export function denseMetadata(
  architecture: string,
  config: ConfigFields,
  shape: DenseShape,
): Record<string, GgufValue> {
  const u32 = (value: number): GgufValue => ({ type: "u32", value });
  const epsilon = config.number("rms_norm_eps", 1e-12, 0.1);
  const keys: Record<string, GgufValue> = {
    block_count: u32(shape.layers),
    context_length: u32(config.integer("max_position_embeddings", 1)),
    embedding_length: u32(shape.width),
    feed_forward_length: u32(shape.feedForward),
    vocab_size: u32(shape.vocabulary),
    "attention.head_count": u32(shape.heads),
    "attention.head_count_kv": u32(shape.kvHeads),
    "attention.key_length": u32(shape.headDim),
    "attention.value_length": u32(shape.headDim),
    "attention.layer_norm_rms_epsilon": { type: "f32", value: epsilon },
    "rope.dimension_count": u32(shape.headDim),
  };
  return Object.fromEntries(Object.entries(keys).map(([name, value]) => [`${architecture}.${name}`, value]));
}

/** The tensors of a dense decoder; `layer` gives those of one layer that are its own: q, k and what goes with them. */
export function denseTensors(shape: DenseShape, layer: (to: string, from: string) => MappedTensor[]): MappedTensor[] {
  const { width, feedForward, heads, kvHeads, headDim, vocabulary } = shape;
  const tensors: MappedTensor[] = [
    { name: "token_embd.weight", from: "model.embed_tokens.weight", shape: [vocabulary, width] },
  ];
  for (let i = 0; i < shape.layers; i++) {
    const to = `blk.${i}.`;
    const from = `model.layers.${i}.`;
    const add = (name: string, source: string, ...extents: number[]): void => {
      tensors.push({ name: `${to}${name}.weight`, from: `${from}${source}.weight`, shape: extents });
    };
    add("attn_norm", "input_layernorm", width);
    tensors.push(...layer(to, from));
    add("attn_v", "self_attn.v_proj", kvHeads * headDim, width);
    add("attn_output", "self_attn.o_proj", width, heads * headDim);
    add("ffn_norm", "post_attention_layernorm", width);
    add("ffn_gate", "mlp.gate_proj", feedForward, width);
    add("ffn_up", "mlp.up_proj", feedForward, width);
    add("ffn_down", "mlp.down_proj", width, feedForward);
  }
  tensors.push({ name: "output_norm.weight", from: "model.norm.weight", shape: [width] });
  if (!shape.isTied) tensors.push({ name: "output.weight", from: "lm_head.weight", shape: [vocabulary, width] });
  return tensors;
}
