// The model shapes that recipes name, as Hugging Face config.json. Owns the numbers; every row length is a multiple of
// 32, or Q8_0 can't hold it.

/** A Hugging Face config.json of architecture qwen3, without the tokenizer's ids and size. */
export interface ModelShape {
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

const qwen3 = (
  shape: Omit<ModelShape, "model_type" | "rms_norm_eps" | "rope_theta" | "tie_word_embeddings">,
): ModelShape => ({
  model_type: "qwen3",
  ...shape,
  rms_norm_eps: 1e-6,
  rope_theta: 10_000,
  tie_word_embeddings: true,
});

/** `lemma-s`: 1.61M parameters with 1,024 tokens. `tiny`: for tests and first steps, 0.1M. */
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

/** Trainable numbers of a shape with `vocabulary` tokens. */
export function parameterCount(shape: ModelShape, vocabulary: number): number {
  const { hidden_size: width, intermediate_size: inner, head_dim: head } = shape;
  const queries = shape.num_attention_heads * head;
  const keys = shape.num_key_value_heads * head;
  const layer = width * (2 * queries + 2 * keys) + 3 * width * inner + 2 * width + 2 * head;
  const embeddings = vocabulary * width * (shape.tie_word_embeddings ? 1 : 2);
  return embeddings + shape.num_hidden_layers * layer + width;
}
