// What a model costs: parameters, floating-point operations and what a forward pass keeps, by formula, from a Hugging
// Face config.json. Must not know recipes, plans or hardware. The tests hold the formulas to what PyTorch has and keeps.

/** A Hugging Face config.json of model_type qwen2, qwen3, llama or deepseek_v3 (models/*.py read the same fields). */
export type ModelConfig = Readonly<Record<string, unknown>>;

/** The parts that the formulas are made of, in numbers. */
interface Sizes {
  width: number;
  layers: number;
  vocabulary: number;
  isTied: boolean;
  /** Query heads; widths of what scores are made of and of what they mix. */
  heads: number;
  scored: number;
  mixed: number;
  /** Parameters: of attention with both norms, of the dense and the expert feed-forward; the latter also for one token. */
  attention: number;
  dense: number;
  experts: number;
  expertsActive: number;
  denseLayers: number;
}

const number = (config: ModelConfig, name: string, otherwise?: number): number => {
  const value = config[name] ?? otherwise;
  if (typeof value !== "number") throw new TypeError(`${name}: expected a number, found ${JSON.stringify(value)}`);
  return value;
};

function sizesOf(config: ModelConfig): Sizes {
  const of = (name: string, otherwise?: number): number => number(config, name, otherwise);
  const [width, layers, heads] = [of("hidden_size"), of("num_hidden_layers"), of("num_attention_heads")];
  const common = { width, layers, heads, vocabulary: of("vocab_size"), isTied: config.tie_word_embeddings === true };
  const dense = 3 * width * of("intermediate_size");
  if (config.model_type !== "deepseek_v3") {
    const head = (config.head_dim as number | null | undefined) ?? width / heads;
    const [queries, keys] = [heads * head, of("num_key_value_heads") * head];
    const extras = config.model_type === "qwen3" ? 2 * head : config.model_type === "qwen2" ? queries + 2 * keys : 0;
    const attention = width * (2 * queries + 2 * keys) + 2 * width + extras;
    return {
      ...common,
      scored: head,
      mixed: head,
      attention,
      dense,
      experts: 0,
      expertsActive: 0,
      denseLayers: layers,
    };
  }
  const [latent, rope, value] = [of("kv_lora_rank"), of("qk_rope_head_dim"), of("v_head_dim")];
  const scored = of("qk_nope_head_dim") + rope;
  const queryLatent = of("q_lora_rank", 0);
  const queries = queryLatent
    ? queryLatent * (width + 1) + heads * scored * queryLatent // down, norm, up
    : heads * scored * width;
  const keys = (latent + rope) * width + latent + heads * (of("qk_nope_head_dim") + value) * latent;
  const attention = queries + keys + width * heads * value + 2 * width;
  const expert = 3 * width * of("moe_intermediate_size");
  const [routed, used, shared] = [of("n_routed_experts"), of("num_experts_per_tok"), of("n_shared_experts", 0)];
  return {
    ...common,
    scored,
    mixed: value,
    attention,
    dense,
    experts: routed * width + (routed + shared) * expert,
    expertsActive: routed * width + (used + shared) * expert,
    denseLayers: of("first_k_dense_replace"),
  };
}

/** Parameters of a model: all, and those that one token meets (experts that it does not use left out). */
export interface ParameterCounts {
  all: number;
  active: number;
  /** Of the largest layer, and of embedding, head and last norm: what a fully sharded plan puts together at a time. */
  largestLayer: number;
  ends: number;
}

/**
 * Counts what PyTorch trains (the bias that balances experts is no parameter).
 * @example parameterCounts({ ...PRESETS["lemma-s"], vocab_size: 1024 }).all // 1608320
 */
export function parameterCounts(config: ModelConfig): ParameterCounts {
  const s = sizesOf(config);
  const ends = s.vocabulary * s.width * (s.isTied ? 1 : 2) + s.width;
  const layers = (experts: number): number =>
    s.layers * s.attention + s.denseLayers * s.dense + (s.layers - s.denseLayers) * experts;
  const largestLayer = s.attention + Math.max(s.denseLayers > 0 ? s.dense : 0, s.experts);
  return { all: ends + layers(s.experts), active: ends + layers(s.expertsActive), largestLayer, ends };
}

/**
 * Floating-point operations to train on one token, a multiplication and an addition being two: 6 for each active
 * parameter of a matrix (J. Kaplan and others, 2020, arXiv 2001.08361, section 2.1; the embedding is looked up, not
 * multiplied), and 6 times heads * (width of keys + width of values) for each token that attention looks at, on average half of
 * `length` (A. Chowdhery and others, 2022, arXiv 2204.02311, appendix B, halved for causality).
 */
export function flopsPerToken(config: ModelConfig, length: number): number {
  const s = sizesOf(config);
  const lookedUp = s.isTied ? 0 : s.vocabulary * s.width;
  const attention = s.layers * s.heads * (s.scored + s.mixed) * (length / 2);
  return 6 * (parameterCounts(config).active - lookedUp) + 6 * attention;
}

/** What decides how much a forward pass keeps. */
export interface KeptOptions {
  /** Bytes of a matrix operand: 2 for bfloat16, 4 for float32. */
  operand: 2 | 4;
  /** Tokens in a row; attention that is not fused keeps a number for each pair of them and head. */
  rowLength: number;
  hasFusedAttention: boolean;
  /** Gradient checkpointing: layers keep their input, and one layer at a time is computed again. */
  isRecomputed: boolean;
}

/**
 * Bytes for each token that the forward pass keeps for the backward pass (`forward`), and that exist at most (`peak`: with
 * recomputation one layer's inside besides). Counted tensor by tensor as autograd saves them in layers.py and models/*.py; D
 * width, c bytes of an operand. For comparison, V. Korthikanti and others, 2022, arXiv 2205.05198, eq. 1-2, count 34 D for each
 * layer of a GPT in 16 bits with fused attention, and 5 bytes for each head and pair where it is not.
 */
export function keptBytesPerToken(config: ModelConfig, options: KeptOptions): { forward: number; peak: number } {
  const s = sizesOf(config);
  const c = options.operand;
  const isExpert = config.model_type === "deepseek_v3";
  const of = (name: string, otherwise?: number): number => number(config, name, otherwise);
  // A norm keeps its input, its square (PyTorch 1.13: `mean` keeps what it averages), 1/rms and the normalised input.
  const bareNorm = (width: number): number => 3 * 4 * width + 4;
  const norm = (width: number): number => bareNorm(width) + c * width; // and the operand of the next product
  // A feed-forward part keeps gate and up in float32, silu(gate), and the operand of the last product.
  const swiglu = (inner: number): number => 8 * inner + 4 * inner + c * inner;
  const queries = s.heads * s.scored;
  let attention = 2 * norm(s.width);
  if (isExpert) {
    const [latent, queryLatent] = [of("kv_lora_rank"), of("q_lora_rank", 0)];
    attention += norm(latent) + (queryLatent ? norm(queryLatent) : 0);
    attention += c * 2 * queries + c * s.heads * s.mixed; // q, k and v as operands
  } else {
    const keys = of("num_key_value_heads") * s.scored;
    if (config.model_type === "qwen3") attention += bareNorm(queries + keys) + 4 * (s.heads + keys / s.scored - 1);
    attention += options.hasFusedAttention ? 3 * c * queries : c * (queries + 2 * keys);
  }
  attention += c * s.heads * s.mixed; // the operand of the output product
  const pairs = options.hasFusedAttention
    ? 4 * s.heads + c * s.heads * s.mixed // log-sum-exp and the output
    : s.heads * options.rowLength * (4 + (c === 2 ? 2 : 0)); // the weights in float32, and as operand
  const dense = attention + pairs + swiglu(of("intermediate_size"));
  let experts = 0;
  if (isExpert) {
    const [used, inner] = [of("num_experts_per_tok"), of("moe_intermediate_size")];
    const shared = of("n_shared_experts", 0) * inner;
    const gate = 4 * s.width + 4 * of("n_routed_experts") + used * 40; // scores; indices and weights
    const routed = used * (c * s.width + swiglu(inner) + 2 * 4 * s.width); // sorted inputs, outputs before and after their weights
    experts = attention + pairs + gate + routed + (shared ? swiglu(shared) : -c * s.width);
  }
  const expertLayers = s.layers - s.denseLayers;
  const gates = isExpert ? expertLayers * (4 * of("n_routed_experts") + 8 * of("num_experts_per_tok")) : 0;
  const layers = options.isRecomputed ? s.layers * 4 * s.width + gates : s.denseLayers * dense + expertLayers * experts;
  const tables = 4 * (isExpert ? of("qk_rope_head_dim") : s.scored) + 8; // cosines and sines, positions
  const head = bareNorm(s.width) + 4 * s.width; // the last norm, and the gradient that the loss leaves for it
  const forward = layers + tables + head;
  return { forward, peak: forward + (options.isRecomputed ? Math.max(s.denseLayers > 0 ? dense : 0, experts) : 0) };
}
