// What DeepSeek-V2 and V3 share: the decoder of latent attention and experts as a `deepseek2` file, layers that predict further
// tokens left out, and 8-bit floats. Must not know which of the two has which gate.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "../config-fields.ts";
import type { MappedTensor, ModelPlan } from "./architecture.ts";
import { type MlaShape, mlaMetadata, mlaRope, mlaShape, mlaTensors } from "./mla.ts";
import { type MoeGate, type MoeShape, moeMetadata, moeShape, moeTensors } from "./moe.ts";

/** The plan of a model with this gate. */
export function deepseekPlan(config: ConfigFields, gate: MoeGate): ModelPlan {
  config.only("hidden_act", "silu");
  const attention = mlaShape(config);
  const moe = moeShape(config, gate);
  const rope = mlaRope(config, attention);
  const layers = config.integer("num_hidden_layers", 1);
  const vocabulary = config.integer("vocab_size", 1);
  const feedForward = config.integer("intermediate_size", 1);
  const isTied = config.flag("tie_word_embeddings", false);
  const u32 = (value: number): GgufValue => ({ type: "u32", value });
  const keys: Record<string, GgufValue> = {
    block_count: u32(layers),
    context_length: u32(config.integer("max_position_embeddings", 1)),
    embedding_length: u32(attention.width),
    feed_forward_length: u32(feedForward),
    vocab_size: u32(vocabulary),
    "attention.layer_norm_rms_epsilon": { type: "f32", value: config.number("rms_norm_eps", 1e-12, 0.1) },
    ...mlaMetadata(attention),
    ...moeMetadata(moe),
  };
  const scaleBlock = eightBitBlock(config);
  const further = config.integer("num_nextn_predict_layers", 0, 0);
  return {
    architecture: "deepseek2",
    vocabularySize: vocabulary,
    metadata: {
      ...Object.fromEntries(Object.entries(keys).map(([name, value]) => [`deepseek2.${name}`, value])),
      ...rope.metadata,
    },
    mapped: tensors({ attention, moe, layers, vocabulary, feedForward, isTied }),
    computed: rope.tensors,
    isRedundant: (name) =>
      (isTied && name === "lm_head.weight") || /^model\.layers\.\d+\.self_attn\.rotary_emb\.inv_freq$/.test(name),
    isSkipped: (name) => {
      const layer = Number(/^model\.layers\.(\d+)\./.exec(name)?.[1] ?? -1);
      return layer >= layers && layer < layers + further;
    },
    ...(scaleBlock === undefined ? {} : { scaleBlock }),
  };
}

interface Decoder {
  attention: MlaShape;
  moe: MoeShape;
  layers: number;
  vocabulary: number;
  feedForward: number;
  isTied: boolean;
}

function tensors({ attention, moe, layers, vocabulary, feedForward, isTied }: Decoder): MappedTensor[] {
  const { width } = attention;
  const embedding = "model.embed_tokens.weight";
  const all: MappedTensor[] = [{ name: "token_embd.weight", from: embedding, shape: [vocabulary, width] }];
  for (let i = 0; i < layers; i++) {
    const to = `blk.${i}.`;
    const from = `model.layers.${i}.`;
    const add = (name: string, source: string, ...extents: number[]): void => {
      all.push({ name: `${to}${name}.weight`, from: `${from}${source}.weight`, shape: extents });
    };
    all.push(...mlaTensors(attention, to, from));
    add("ffn_norm", "post_attention_layernorm", width);
    if (i < moe.denseLayers) {
      add("ffn_gate", "mlp.gate_proj", feedForward, width);
      add("ffn_up", "mlp.up_proj", feedForward, width);
      add("ffn_down", "mlp.down_proj", width, feedForward);
    } else {
      all.push(...moeTensors(moe, width, to, from));
    }
  }
  all.push({ name: "output_norm.weight", from: "model.norm.weight", shape: [width] });
  if (!isTied) all.push({ name: "output.weight", from: "lm_head.weight", shape: [vocabulary, width] });
  return all;
}

/** The block of quantization_config where it says 8-bit floats with a scale a block, as DeepSeek publishes them. */
function eightBitBlock(config: ConfigFields): readonly [number, number] | undefined {
  const quantization = config.object("quantization_config");
  if (quantization === undefined) return undefined;
  quantization.only("quant_method", "fp8");
  quantization.only("fmt", "e4m3");
  const block = quantization.integers("weight_block_size");
  const [rows, columns] = block;
  if (rows === undefined || columns === undefined || block.length !== 2 || rows < 1 || columns < 1) {
    throw quantization.unsupported("weight_block_size", "two whole numbers from 1, rows and columns of a block");
  }
  return [rows, columns];
}
