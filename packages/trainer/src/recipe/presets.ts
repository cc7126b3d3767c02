// The model shapes that recipes name, as Hugging Face config.json. Owns the numbers; every row length is a multiple of
// 32, or Q8_0 can't hold it. What a shape costs is model-size.ts's.

/** A Hugging Face config.json of architecture qwen3, without the tokenizer's ids and size. */
export interface DenseShape {
  model_type: "qwen3";
  hidden_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  head_dim: number;
  intermediate_size: number;
  rms_norm_eps: number;
  rope_theta: number;
  max_position_embeddings: number;
  tie_word_embeddings: boolean;
}

/** The same of architecture deepseek_v3: multi-head latent attention and experts. */
export interface ExpertShape {
  model_type: "deepseek_v3";
  hidden_size: number;
  num_hidden_layers: number;
  first_k_dense_replace: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  q_lora_rank: number;
  kv_lora_rank: number;
  qk_nope_head_dim: number;
  qk_rope_head_dim: number;
  v_head_dim: number;
  /** Feed-forward width of the dense layers, of one expert, and how many experts there are, are used and are shared. */
  intermediate_size: number;
  moe_intermediate_size: number;
  n_routed_experts: number;
  num_experts_per_tok: number;
  n_shared_experts: number;
  /** Experts are chosen from the best `topk_group` of `n_group` groups (on a cluster: of machines). */
  n_group: number;
  topk_group: number;
  /** What the routed part is multiplied by: K experts with weights that sum to 1 have 1/sqrt(K) of one expert's size. */
  routed_scaling_factor: number;
  /** How the bias that balances experts moves (trainer/lemma_trainer/models/deepseek_v3.py); other tools pass these by. */
  bias_update_rate: number;
  bias_update: "sign" | "proportional";
  rms_norm_eps: number;
  rope_theta: number;
  max_position_embeddings: number;
  tie_word_embeddings: boolean;
}

export type ModelShape = DenseShape | ExpertShape;

type Fixed = "model_type" | "rms_norm_eps" | "rope_theta" | "tie_word_embeddings";

const qwen3 = (shape: Omit<DenseShape, Fixed>): DenseShape => ({
  model_type: "qwen3",
  ...shape,
  rms_norm_eps: 1e-6,
  rope_theta: 10_000,
  tie_word_embeddings: true,
});

// Untied: not every loader of `deepseek2` files falls back to the embedding where there is no head.
const deepseek = (shape: Omit<ExpertShape, Fixed | "num_key_value_heads">): ExpertShape => ({
  model_type: "deepseek_v3",
  ...shape,
  num_key_value_heads: shape.num_attention_heads,
  rms_norm_eps: 1e-6,
  rope_theta: 10_000,
  tie_word_embeddings: false,
});

// What the small and what the large models have in common.
const smallHeads = {
  qk_nope_head_dim: 32,
  qk_rope_head_dim: 32,
  v_head_dim: 64,
  n_group: 1,
  topk_group: 1,
  bias_update_rate: 0.03,
  bias_update: "proportional",
} as const;
const largeHeads = {
  qk_nope_head_dim: 128,
  qk_rope_head_dim: 64,
  v_head_dim: 128,
  kv_lora_rank: 512,
  bias_update_rate: 0.001,
  bias_update: "sign",
} as const;

/**
 * With 1,024 tokens (parameters, active for a token): `tiny` 0.1M for tests and first steps; `lemma-s` 1.61M;
 * `lemma-m` 10.0M, 3.0M, few layers and heads, which set the cost on a CPU, and `lemma-m-gpu` 10.2M, 4.0M, deeper;
 * `lemma-l` 29.9M, 8.7M. With DeepSeek's 129,280 tokens: `lemma-7b` 6.8B, 1.8B; `lemma-13b` 12.8B, 2.6B; `lemma-33b`
 * 33.1B, 5.2B.
 */
export const PRESETS = {
  "lemma-s": qwen3({
    hidden_size: 128,
    num_hidden_layers: 8,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 32,
    intermediate_size: 352,
    max_position_embeddings: 1024,
  }),
  "lemma-m": deepseek({
    hidden_size: 256,
    num_hidden_layers: 5,
    first_k_dense_replace: 1,
    num_attention_heads: 4,
    q_lora_rank: 64,
    kv_lora_rank: 64,
    ...smallHeads,
    intermediate_size: 640,
    moe_intermediate_size: 128,
    n_routed_experts: 20,
    num_experts_per_tok: 2,
    n_shared_experts: 1,
    routed_scaling_factor: 1,
    max_position_embeddings: 2048,
  }),
  "lemma-m-gpu": deepseek({
    hidden_size: 256,
    num_hidden_layers: 8,
    first_k_dense_replace: 1,
    num_attention_heads: 8,
    q_lora_rank: 64,
    kv_lora_rank: 64,
    ...smallHeads,
    intermediate_size: 640,
    moe_intermediate_size: 32,
    n_routed_experts: 40,
    num_experts_per_tok: 4,
    n_shared_experts: 1,
    routed_scaling_factor: 1,
    max_position_embeddings: 2048,
  }),
  "lemma-l": deepseek({
    hidden_size: 384,
    num_hidden_layers: 10,
    first_k_dense_replace: 1,
    num_attention_heads: 6,
    q_lora_rank: 96,
    kv_lora_rank: 96,
    ...smallHeads,
    intermediate_size: 1024,
    moe_intermediate_size: 64,
    n_routed_experts: 36,
    num_experts_per_tok: 4,
    n_shared_experts: 1,
    routed_scaling_factor: 2,
    max_position_embeddings: 4096,
  }),
  "lemma-7b": deepseek({
    hidden_size: 2048,
    num_hidden_layers: 22,
    first_k_dense_replace: 1,
    num_attention_heads: 16,
    q_lora_rank: 768,
    ...largeHeads,
    intermediate_size: 10_944,
    moe_intermediate_size: 1408,
    n_routed_experts: 32,
    num_experts_per_tok: 4,
    n_shared_experts: 1,
    n_group: 1,
    topk_group: 1,
    routed_scaling_factor: 2,
    max_position_embeddings: 4096,
  }),
  "lemma-13b": deepseek({
    hidden_size: 2560,
    num_hidden_layers: 25,
    first_k_dense_replace: 1,
    num_attention_heads: 20,
    q_lora_rank: 1024,
    ...largeHeads,
    intermediate_size: 12_288,
    moe_intermediate_size: 1536,
    n_routed_experts: 40,
    num_experts_per_tok: 4,
    n_shared_experts: 1,
    n_group: 1,
    topk_group: 1,
    routed_scaling_factor: 2,
    max_position_embeddings: 4096,
  }),
  "lemma-33b": deepseek({
    hidden_size: 3072,
    num_hidden_layers: 35,
    first_k_dense_replace: 1,
    num_attention_heads: 24,
    q_lora_rank: 1536,
    ...largeHeads,
    intermediate_size: 12_288,
    moe_intermediate_size: 1536,
    n_routed_experts: 64,
    num_experts_per_tok: 6,
    n_shared_experts: 1,
    n_group: 8,
    topk_group: 4,
    routed_scaling_factor: 2.5,
    max_position_embeddings: 4096,
  }),
  tiny: qwen3({
    hidden_size: 64,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    num_key_value_heads: 1,
    head_dim: 32,
    intermediate_size: 128,
    max_position_embeddings: 512,
  }),
} as const satisfies Record<string, ModelShape>;

export type PresetName = keyof typeof PRESETS;

/** What Transformers' configs of these architectures expect beside the shape. */
export function huggingFaceDefaults(kind: ModelShape["model_type"]): Record<string, unknown> {
  const both = {
    attention_bias: false,
    attention_dropout: 0,
    hidden_act: "silu",
    initializer_range: 0.02,
    rope_scaling: null,
    torch_dtype: "bfloat16",
    use_cache: true,
  };
  if (kind === "qwen3") {
    return { architectures: ["Qwen3ForCausalLM"], ...both, sliding_window: null, use_sliding_window: false };
  }
  return {
    architectures: ["DeepseekV3ForCausalLM"],
    ...both,
    moe_layer_freq: 1,
    norm_topk_prob: true,
    num_nextn_predict_layers: 0,
    rope_interleave: true,
    scoring_func: "sigmoid",
    topk_method: "noaux_tc",
  };
}
