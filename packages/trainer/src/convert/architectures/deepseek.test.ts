// The plan for DeepSeek-V3's published configuration: its keys, and as many tensors as the GGUF files of R1 that people run have.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigFields } from "../config-fields.ts";
import { planModel } from "./known.ts";

const V3 = {
  model_type: "deepseek_v3",
  vocab_size: 129280,
  hidden_size: 7168,
  intermediate_size: 18432,
  moe_intermediate_size: 2048,
  num_hidden_layers: 61,
  first_k_dense_replace: 3,
  moe_layer_freq: 1,
  num_attention_heads: 128,
  num_key_value_heads: 128,
  n_routed_experts: 256,
  n_shared_experts: 1,
  num_experts_per_tok: 8,
  n_group: 8,
  topk_group: 4,
  routed_scaling_factor: 2.5,
  norm_topk_prob: true,
  scoring_func: "sigmoid",
  topk_method: "noaux_tc",
  num_nextn_predict_layers: 1,
  q_lora_rank: 1536,
  kv_lora_rank: 512,
  qk_nope_head_dim: 128,
  qk_rope_head_dim: 64,
  v_head_dim: 128,
  max_position_embeddings: 163840,
  rope_theta: 10000,
  rms_norm_eps: 1e-6,
  rope_scaling: {
    type: "yarn",
    factor: 40,
    original_max_position_embeddings: 4096,
    beta_fast: 32,
    beta_slow: 1,
    mscale: 1,
    mscale_all_dim: 1,
  },
  hidden_act: "silu",
  attention_bias: false,
  tie_word_embeddings: false,
  quantization_config: {
    quant_method: "fp8",
    fmt: "e4m3",
    weight_block_size: [128, 128],
    activation_scheme: "dynamic",
  },
};

test("DeepSeek-V3: keys", () => {
  const { architecture, metadata, scaleBlock } = planModel(new ConfigFields("config.json", V3));
  assert.equal(architecture, "deepseek2");
  assert.deepEqual(scaleBlock, [128, 128]);
  const found = Object.fromEntries(Object.entries(metadata).map(([key, { value }]) => [key, value]));
  const expected = {
    block_count: 61,
    context_length: 163840,
    embedding_length: 7168,
    feed_forward_length: 18432,
    vocab_size: 129280,
    "attention.layer_norm_rms_epsilon": 1e-6,
    "attention.head_count": 128,
    "attention.head_count_kv": 1,
    "attention.key_length": 576,
    "attention.value_length": 512,
    "attention.key_length_mla": 192,
    "attention.value_length_mla": 128,
    "attention.kv_lora_rank": 512,
    "attention.q_lora_rank": 1536,
    leading_dense_block_count: 3,
    expert_count: 256,
    expert_used_count: 8,
    expert_shared_count: 1,
    expert_feed_forward_length: 2048,
    expert_weights_scale: 2.5,
    expert_weights_norm: true,
    expert_gating_func: 2,
    expert_group_count: 8,
    expert_group_used_count: 4,
    "rope.dimension_count": 64,
    "rope.freq_base": 10000,
    "rope.scaling.type": "yarn",
    "rope.scaling.factor": 40,
    "rope.scaling.original_context_length": 4096,
    "rope.scaling.yarn_beta_fast": 32,
    "rope.scaling.yarn_beta_slow": 1,
    "rope.scaling.yarn_log_multiplier": 0.1,
  };
  const named = Object.entries(expected).map(([key, value]) => [`deepseek2.${key}`, value]);
  assert.deepEqual(found, Object.fromEntries(named));
});

test("DeepSeek-V3: tensors", () => {
  const { mapped, computed, isSkipped } = planModel(new ConfigFields("config.json", V3));
  assert.deepEqual([mapped.length, computed.length], [1086, 0]);
  const experts = mapped.find(({ name }) => name === "blk.60.ffn_down_exps.weight")!;
  assert.deepEqual([experts.from.length, experts.shape], [256, [7168, 2048]]);
  assert.equal(experts.from[255], "model.layers.60.mlp.experts.255.down_proj.weight");
  assert.equal(isSkipped?.("model.layers.61.eh_proj.weight"), true);
  assert.equal(isSkipped?.("model.layers.62.eh_proj.weight"), false);
  assert.equal(isSkipped?.("model.layers.6.eh_proj.weight"), false);
  const weights = mapped.reduce((sum, { from, shape, becomes = shape }) => {
    const sources = typeof from === "string" ? 1 : from.length;
    return sum + sources * becomes.reduce((product, extent) => product * extent, 1);
  }, 0);
  assert.equal(Math.round(weights / 1e9), 671);
});
