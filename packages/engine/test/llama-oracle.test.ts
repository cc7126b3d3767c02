// Our forward pass against llama.cpp's (node-llama-cpp) on random models of every architecture, tensor type and RoPE
// scaling: whole next-token distributions, and greedy continuations.
//
// Tolerances, in nats, are about four times what was measured. F32: both engines keep keys and values in F16, so both round
// alike, and only the order of sums differs (measured 3e-4). F16 weights: llama.cpp also rounds activations to F16 (2^-11;
// 5e-3). BF16: activations to BF16 (2^-9; 3e-2). Q8_0, Q4_0: activations to 8 bits in blocks of 32 (2^-8 of the largest; 1e-1).
// K types: ours in blocks of 32, theirs in blocks of 256, whose largest is larger (2e-1).
// A rotation base wrong by 5 % must be far outside, or the tolerance would prove nothing.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { oracleSkip } from "../../../oracles/oracle.ts";
import { type GgufValue, loadModel, type TensorType } from "../src/index.ts";
import { distance, endsInTie, LlamaOracle } from "./llama-oracle.ts";
import { type RandomModel, writeRandomModel } from "./random-model.ts";

const skip = await oracleSkip();
const TOLERANCE: Record<TensorType, { worst: number; mean: number }> = {
  F32: { worst: 0.001, mean: 0.0001 },
  F16: { worst: 0.02, mean: 0.003 },
  BF16: { worst: 0.12, mean: 0.02 },
  Q8_0: { worst: 0.4, mean: 0.06 },
  Q4_0: { worst: 0.4, mean: 0.06 },
  Q4_K: { worst: 0.8, mean: 0.16 },
  Q5_K: { worst: 0.8, mean: 0.16 },
  Q6_K: { worst: 0.8, mean: 0.16 },
};
const K_SHAPE = { width: 256, heads: 8, feedForward: 512 }; // rows of whole 256-blocks
const SHAPE = { layers: 3, width: 128, heads: 4, kvHeads: 2, headDim: 32, feedForward: 256, seed: 5, context: 256 };
const TEXT = "hello 3x+2=17 解方程 the quick brown fox jumps over it 12345\n<think>a=1</think>";

let folder = "";
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lemma-oracle-"));
});
after(() => rm(folder, { recursive: true }));

async function written(name: string, options: RandomModel): Promise<string> {
  const file = path.join(folder, `${name}.gguf`);
  await writeRandomModel(file, { ...SHAPE, ...options });
  return file;
}

for (const architecture of ["qwen3", "qwen2", "llama"] as const) {
  for (const type of ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q5_K", "Q6_K"] as const) {
    test(`${architecture} ${type}: log-probabilities agree with llama.cpp`, { skip }, async (t) => {
      const shape = type.endsWith("_K") ? K_SHAPE : {};
      const file = await written(`${architecture}-${type}`, { architecture, type, ...shape });
      await using model = await loadModel({ modelPath: file, threads: 1 });
      await using oracle = await LlamaOracle.open(file, SHAPE.context);
      const { worst, mean } = await distance(model, oracle, TEXT);
      t.diagnostic(`worst ${worst.toExponential(2)}, mean ${mean.toExponential(2)} nats`);
      assert.ok(worst < TOLERANCE[type].worst && mean < TOLERANCE[type].mean, `worst ${worst}, mean ${mean}`);
    });
  }

  test(`${architecture}: the tolerance tells a wrong model apart`, { skip }, async () => {
    const right = await written(`${architecture}-right`, { architecture });
    const key = `${architecture}.rope.freq_base`;
    const wrong = await written(`${architecture}-wrong`, {
      architecture,
      metadata: { [key]: { type: "f32", value: 10500 } },
    });
    await using model = await loadModel({ modelPath: wrong, threads: 1 });
    await using oracle = await LlamaOracle.open(right, SHAPE.context);
    const { worst } = await distance(model, oracle, TEXT);
    assert.ok(worst > 20 * TOLERANCE.F32.worst, `worst ${worst}`);
  });

  test(`${architecture} F32: greedy tokens agree with llama.cpp`, { skip }, async (t) => {
    const file = await written(`${architecture}-greedy`, { architecture });
    await using model = await loadModel({ modelPath: file, threads: 1 });
    await using oracle = await LlamaOracle.open(file, SHAPE.context);
    let ties = 0;
    for (let prompt = 0; prompt < 20; prompt++) {
      const { tokens } = model.renderChat([
        { role: "user", content: `${prompt}*${prompt + 3}=? ${TEXT.slice(0, prompt)}` },
      ]);
      if (await endsInTie(model, oracle, tokens, 64, TOLERANCE.F32.worst)) ties++;
    }
    t.diagnostic(`${ties} of 20 prompts end in a tie`);
    assert.ok(ties <= 1, `${ties} ties`);
  });
}

const f32 = (value: number): GgufValue => ({ type: "f32", value });
const text = (value: string): GgufValue => ({ type: "string", value });
// YaRN makes queries and keys longer, and with them every difference: so a factor near 1, or an attn_factor against it.
const yarn = { type: text("yarn"), factor: f32(4), original_context_length: { type: "u32", value: 1024 } } as const;
const llama3 = Float32Array.from({ length: SHAPE.headDim / 2 }, (_, i) => Math.min(8, Math.max(1, i - 4)));

/** What stands after `<architecture>.rope.scaling.`, and the divisors. */
const SCALINGS: [string, ("qwen3" | "qwen2" | "llama")[], Record<string, GgufValue>, Float32Array?][] = [
  ["linear", ["qwen3", "qwen2", "llama"], { type: text("linear"), factor: f32(4) }],
  ["a factor without a type", ["qwen2"], { factor: f32(4) }],
  ["yarn", ["qwen3", "qwen2", "llama"], yarn],
  ["yarn with attn_factor", ["qwen2", "llama"], { ...yarn, factor: f32(16), attn_factor: f32(0.8) }],
  ["yarn from the model's context on", ["qwen3"], { type: text("yarn"), factor: f32(2.5) }],
  ["divisors", ["llama"], {}, llama3],
  ["divisors with yarn", ["llama"], { ...yarn, factor: f32(16), attn_factor: f32(0.75) }, llama3],
];

for (const [name, architectures, scaling, ropeDivisors] of SCALINGS) {
  for (const architecture of architectures) {
    test(`${architecture} F32, RoPE scaling ${name}: log-probabilities agree with llama.cpp`, { skip }, async (t) => {
      const keys = Object.entries(scaling).map(([key, value]) => [`${architecture}.rope.scaling.${key}`, value]);
      const metadata: Record<string, GgufValue> = Object.fromEntries(keys);
      const options = { architecture, metadata, ...(ropeDivisors ? { ropeDivisors } : {}) };
      const file = await written(`scaled-${architecture}-${name}`, options);
      await using model = await loadModel({ modelPath: file, threads: 1 });
      await using oracle = await LlamaOracle.open(file, SHAPE.context);
      const { worst, mean } = await distance(model, oracle, TEXT);
      t.diagnostic(`worst ${worst.toExponential(2)}, mean ${mean.toExponential(2)} nats`);
      assert.ok(worst < TOLERANCE.F32.worst && mean < TOLERANCE.F32.mean, `worst ${worst}, mean ${mean}`);
      // The same weights without any scaling must be far outside, or this would prove nothing.
      await using plain = await loadModel({
        modelPath: await written(`plain-${architecture}`, { architecture }),
        threads: 1,
      });
      const apart = await distance(plain, oracle, TEXT);
      assert.ok(apart.worst > 20 * TOLERANCE.F32.worst, `without scaling ${apart.worst}`);
    });
  }
}
