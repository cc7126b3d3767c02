// The formulas of parameters and of what a forward pass keeps against PyTorch: every preset and architecture on the meta device,
// exactly; saved tensors of small models counted one by one, closely.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { findPython } from "../run/python.ts";
import { flopsPerToken, keptBytesPerToken, type ModelConfig, parameterCounts } from "./model-size.ts";
import { PRESETS } from "./presets.ts";

const python = await findPython().catch((error: Error) => error.message);
const skip = typeof python === "string" && python;
const script = fileURLToPath(new URL("../../test/model_sizes.py", import.meta.url));

function ask(asked: object): { meta: number[]; kept: number[] } {
  if (typeof python === "string") throw new Error(python);
  const run = spawnSync(python.path, [script], { input: JSON.stringify(asked), encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr.slice(-2000));
  return JSON.parse(run.stdout);
}

const dense = (kind: string, more: object = {}): ModelConfig => ({
  ...PRESETS["lemma-s"],
  model_type: kind,
  vocab_size: 1024,
  ...more,
});
const experts = (more: object = {}): ModelConfig => ({ ...PRESETS["lemma-m"], vocab_size: 1024, ...more });

test("PyTorch counts as many parameters as the plan, for every preset and architecture", { skip }, () => {
  const configs: ModelConfig[] = [
    ...Object.values(PRESETS).map((shape) => ({ ...shape, vocab_size: 1024 })),
    ...Object.values(PRESETS).map((shape) => ({ ...shape, vocab_size: 129_280 })),
    dense("qwen2"),
    dense("llama"),
    dense("llama", { tie_word_embeddings: false, head_dim: undefined }),
    dense("qwen3", { num_key_value_heads: 4 }),
    experts({ q_lora_rank: null }),
    experts({ n_shared_experts: 0 }),
    experts({ first_k_dense_replace: 0, tie_word_embeddings: true }),
  ];
  assert.deepEqual(
    configs.map((config) => parameterCounts(config).all),
    ask({ meta: configs, kept: [] }).meta,
  );
});

test("active parameters of DeepSeek-V3 are those that its authors state", () => {
  const config = {
    model_type: "deepseek_v3",
    vocab_size: 129_280,
    hidden_size: 7168,
    intermediate_size: 18_432,
    moe_intermediate_size: 2048,
    num_hidden_layers: 61,
    first_k_dense_replace: 3,
    num_attention_heads: 128,
    n_shared_experts: 1,
    n_routed_experts: 256,
    num_experts_per_tok: 8,
    kv_lora_rank: 512,
    q_lora_rank: 1536,
    qk_rope_head_dim: 64,
    v_head_dim: 128,
    qk_nope_head_dim: 128,
    tie_word_embeddings: false,
  };
  // README_WEIGHTS.md of the release: 671B in all, 36.7B active with 0.9B of embedding and 0.9B of head.
  const { all, active } = parameterCounts(config);
  assert.equal(Math.round(all / 1e9), 671);
  assert.ok(Math.abs(active / 1e9 - 37.5) < 1, String(active));
});

test("operations a token by hand", () => {
  const config = { ...PRESETS.tiny, vocab_size: 32 };
  // Tied: the head's product is counted, the look-up is not. Two layers, two heads of 32, keys and values, half of 100 tokens.
  assert.equal(flopsPerToken(config, 100), 6 * parameterCounts(config).all + 6 * 2 * 2 * 64 * 50);
  const untied = { ...config, tie_word_embeddings: false };
  assert.equal(flopsPerToken(untied, 0), 6 * (parameterCounts(untied).all - 32 * 64));
});

test("a forward pass keeps what the formula says", { skip }, () => {
  const few = { num_hidden_layers: 3 };
  const cases = (["bfloat16", "float32"] as const).flatMap((dtype) =>
    [false, true].flatMap((recompute) =>
      [dense("qwen3", few), dense(dtype === "bfloat16" ? "qwen2" : "llama", few), experts(few)].map((config) => ({
        config,
        dtype,
        recompute,
        documents: 3,
        length: 112,
      })),
    ),
  );
  const measured = ask({ meta: [], kept: cases }).kept;
  for (const [i, { config, dtype, recompute, length }] of cases.entries()) {
    const { forward, peak } = keptBytesPerToken(config, {
      operand: dtype === "bfloat16" ? 2 : 4,
      rowLength: length,
      hasFusedAttention: false,
      isRecomputed: recompute,
    });
    const share = forward / measured[i]!;
    assert.ok(
      Math.abs(share - 1) < 0.1,
      `${config.model_type} ${dtype} recompute ${recompute}: formula / measured ${share}`,
    );
    assert.ok(recompute ? peak > 2 * forward : peak === forward);
  }
});
