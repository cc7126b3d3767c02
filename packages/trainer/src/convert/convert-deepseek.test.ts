// deepseek_v3 and deepseek_v2 folders end to end: our engine and llama.cpp load the files and say what the reference decoder says, which
// knows Hugging Face's names and the papers' un-absorbed form only.
//
// Where two experts are as good as equal, rounding chooses: the models' seeds were taken because no decision of any gate is closer than
// MARGIN on these tokens, which the tests check. llama.cpp also rounds queries and sums of values to F16: 7e-3 nats worst measured; at
// the first token, where attention has nothing to choose, 2e-6 for the newer files of 3 layers (26 layers: 4e-4) and 3e-3 for the older
// ones, which keep keys and values in F16 in place of latents.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { loadModel } from "@lemma/engine";
import { oracleSkip } from "../../../../oracles/oracle.ts";
import { LlamaOracle } from "../../../engine/test/llama-oracle.ts";
import { toEightBits } from "../../test/eight-bit.ts";
import { ggufTensors } from "../../test/gguf-tensors.ts";
import { writeOldGeneration } from "../../test/old-generation.ts";
import {
  DEEPSEEK_MODELS,
  DEEPSEEK_YARN,
  type DeepseekKind,
  deepseekConfig,
  deepseekWeights,
  MARGIN,
} from "../../test/random-deepseek.ts";
import { type FolderOptions, type Weights, writeFolder } from "../../test/random-folder.ts";
import { referenceDeepseek } from "../../test/reference-deepseek.ts";
import { convertModel } from "./convert-model.ts";

const TOKENS = Array.from({ length: 24 }, (_, i) => (i * 397 + 11) % 1024);
const oracle = await oracleSkip();

let root = "";
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "lemma-deepseek-"));
});
after(() => rm(root, { recursive: true }));

/** Natural logarithms of the probabilities that these logits give. */
function logprobsOf(logits: Float32Array): number[] {
  const top = Math.max(...logits);
  const total = top + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0));
  return Array.from(logits, (logit) => logit - total);
}

interface Made {
  folder: string;
  config: Record<string, unknown>;
  weights: Weights;
}

/** A model folder under `name`, and what it was made of. */
async function folderOf(
  name: string,
  kind: DeepseekKind,
  changes: Record<string, unknown> = {},
  { seed = 1, ...options }: FolderOptions & { seed?: number } = {},
): Promise<Made> {
  const folder = path.join(root, name);
  const config = deepseekConfig(kind, changes);
  const weights = deepseekWeights(config, seed);
  await writeFolder(folder, config, weights, options);
  return { folder, config, weights };
}

for (const { name, kind, changes, seed } of DEEPSEEK_MODELS) {
  test(`${kind}, ${name}: our engine says what the Hugging Face weights say, from both generations`, async (t) => {
    const { folder, config, weights } = await folderOf(`own ${name}`, kind, changes, { seed });
    const { logprobs: expected } = referenceDeepseek(config, weights, TOKENS);
    const { path: newer } = await convertModel({ folder, type: "F32" });
    const older = path.join(folder, "older.gguf");
    await writeOldGeneration(folder, older);
    for (const file of [newer, older]) {
      await using model = await loadModel({ modelPath: file, threads: 1 });
      let worst = 0;
      for (const at of TOKENS.keys()) {
        const { logits } = await model.score({ tokens: Uint32Array.from(TOKENS) }, { logitsAt: at });
        const row = logprobsOf(logits!);
        for (const [token, logprob] of row.entries())
          worst = Math.max(worst, Math.abs(logprob - expected[at]![token]!));
      }
      t.diagnostic(`${path.basename(file)}: ${worst.toExponential(1)} at worst`);
      assert.ok(worst < 2e-3, `${file}: ${worst}`);
    }
  });

  test(`${kind}, ${name}: llama.cpp says what the Hugging Face weights say, from both generations`, {
    skip: oracle,
  }, async (t) => {
    const { folder, config, weights } = await folderOf(name, kind, changes, { seed });
    const { logprobs: expected, margin } = referenceDeepseek(config, weights, TOKENS);
    assert.ok(margin > MARGIN, `take another seed: a gate decides by ${margin}`);
    const { path: newer, skipped } = await convertModel({ folder, type: "F32" });
    assert.equal(skipped, 0);
    const older = path.join(folder, "older.gguf");
    await writeOldGeneration(folder, older);
    for (const file of [newer, older]) {
      await using judge = await LlamaOracle.open(file, 64);
      const found = await judge.distributions(TOKENS);
      const apart = found.map((distribution, at) =>
        Math.max(...[...distribution].map(([token, logprob]) => Math.abs(logprob - expected[at]![token]!))),
      );
      t.diagnostic(
        `${path.basename(file)}: ${apart[0]!.toExponential(1)} at the first token, ${Math.max(...apart).toExponential(1)} at worst; gates decide by ${margin.toExponential(1)}`,
      );
      assert.ok(file === older || apart[0]! < 1e-3, `${file}: ${apart[0]} at the first token`);
      for (const [at, distance] of apart.entries()) assert.ok(distance < 0.03, `${file}: ${distance} at ${at}`);
    }
  });
}

test("what the comparison rests on: another gate, another scale, other rows are far outside", async () => {
  const { config, weights } = await folderOf("sensitive", "deepseek_v3", { rope_scaling: DEEPSEEK_YARN });
  const { logprobs } = referenceDeepseek(config, weights, TOKENS);
  const distance = (others: Record<string, unknown>, from: Weights = weights): number => {
    const other = referenceDeepseek({ ...config, ...others }, from, TOKENS).logprobs;
    return Math.max(...logprobs.flatMap((row, at) => Array.from(row, (v, i) => Math.abs(v - other[at]![i]!))));
  };
  assert.ok(distance({ topk_group: 4 }) > 0.09);
  assert.ok(distance({ norm_topk_prob: false }) > 0.09);
  assert.ok(distance({ rope_scaling: { ...DEEPSEEK_YARN, mscale: 0.5, mscale_all_dim: 0.5 } }) > 0.09);
  assert.ok(distance({ rope_theta: 12000 }) > 0.09);
  const noBias = new Map(weights);
  for (const [name, { shape, values }] of weights)
    if (name.endsWith("_bias")) noBias.set(name, { shape, values: values.map(() => 0) });
  assert.ok(distance({}, noBias) > 0.09);
});

test("experts stand in order in one tensor, kv_b_proj in two, and the router stays F32 in every type", async () => {
  const { folder, weights, config } = await folderOf("layout", "deepseek_v3");
  const full = await ggufTensors((await convertModel({ folder, type: "F32" })).path);
  const width = config.hidden_size as number;
  for (const [part, extents] of [
    ["gate", [8, 32, width]],
    ["up", [8, 32, width]],
    ["down", [8, width, 32]],
  ] as [string, number[]][]) {
    const joined = full.get(`blk.1.ffn_${part}_exps.weight`)!;
    assert.deepEqual(joined.shape, extents);
    const size = 32 * width;
    for (let expert = 0; expert < 8; expert++) {
      const { values } = weights.get(`model.layers.1.mlp.experts.${expert}.${part}_proj.weight`)!;
      assert.deepEqual(joined.values.slice(expert * size, (expert + 1) * size), values);
    }
  }
  assert.deepEqual(full.get("blk.0.attn_k_b.weight")!.shape, [4, 64, 32]);
  assert.deepEqual(full.get("blk.0.attn_v_b.weight")!.shape, [4, 64, 64]);
  const names = [...full.keys()];
  assert.equal(new Set(names).size, names.length);
  assert.ok(!names.some((name) => name.startsWith("blk.0.ffn_gate_inp") || name.includes("kv_b.")));
  const narrow = await ggufTensors((await convertModel({ folder })).path);
  assert.deepEqual(narrow.get("blk.1.ffn_gate_inp.weight"), full.get("blk.1.ffn_gate_inp.weight"));
  assert.deepEqual(narrow.get("blk.1.exp_probs_b.bias"), full.get("blk.1.exp_probs_b.bias"));
  assert.notDeepEqual(narrow.get("blk.1.ffn_up_exps.weight"), full.get("blk.1.ffn_up_exps.weight"));
});

test("8-bit folders and shards give the very bytes of their values in one file; every type converts", async () => {
  const config = deepseekConfig("deepseek_v3", { hidden_size: 160, intermediate_size: 288 });
  const [weights, block] = [deepseekWeights(config), [128, 128] as const];
  const { stored, exact } = toEightBits(weights, block, (name) => /_proj\.weight$|proj_with_mqa\.weight$/.test(name));
  assert.deepEqual(stored.get("model.layers.0.mlp.gate_proj.weight_scale_inv")!.shape, [3, 2]);
  const eight = {
    ...config,
    quantization_config: { quant_method: "fp8", fmt: "e4m3", weight_block_size: block, activation_scheme: "dynamic" },
  };
  const [wide, narrow] = [path.join(root, "wide", "same"), path.join(root, "narrow", "same")];
  await writeFolder(wide, config, exact);
  await writeFolder(narrow, eight, weights, { stored, shards: 3 });
  for (const type of ["F32", "F16", "BF16", "Q8_0", "Q4_0"] as const) {
    const [a, b] = [await convertModel({ folder: wide, type }), await convertModel({ folder: narrow, type })];
    assert.deepEqual(await readFile(b.path), await readFile(a.path), type);
    assert.equal(b.skipped, 0, "scales are not tensors that were left out");
  }
});

test("layers that predict further tokens are left out and counted", async () => {
  const { folder, config, weights } = await folderOf("next", "deepseek_v3");
  const plain = await readFile((await convertModel({ folder, type: "F32" })).path);
  const more = new Map(weights);
  for (const [name, tensor] of weights)
    if (name.startsWith("model.layers.2.")) more.set(name.replace("layers.2.", "layers.3."), tensor);
  more.set("model.layers.3.eh_proj.weight", { shape: [96, 192], values: new Float32Array(96 * 192) });
  const added = more.size - weights.size;
  await writeFolder(folder, { ...config, num_nextn_predict_layers: 1 }, more);
  const made = await convertModel({ folder, type: "F32" });
  assert.equal(made.skipped, added);
  assert.deepEqual(await readFile(made.path), plain);
  await writeFolder(folder, config, more);
  const expected = { code: "LEMMA_E_MODEL_UNSUPPORTED", message: /"model\.layers\.3\.[^"]+" has no place/ };
  await assert.rejects(convertModel({ folder }), expected);
});

test("progress comes after each expert, and aborting between two leaves nothing behind", async () => {
  const { folder } = await folderOf("parts", "deepseek_v3");
  const seen: string[] = [];
  let last = 0;
  const onProgress = (done: number, total: number, tensor: string): void => {
    assert.ok(done > last && done <= total);
    last = done;
    seen.push(tensor);
  };
  const { bytes, path: made } = await convertModel({ folder, onProgress });
  assert.equal(last, bytes);
  assert.equal(seen.filter((name) => name === "blk.2.ffn_up_exps.weight").length, 8);
  await rm(made);
  const controller = new AbortController();
  let experts = 0;
  const work = convertModel({
    folder,
    signal: controller.signal,
    onProgress: (_, __, tensor) => {
      if (tensor === "blk.1.ffn_gate_exps.weight" && ++experts === 3) controller.abort();
    },
  });
  await assert.rejects(work, { code: "LEMMA_E_ABORTED" });
  assert.equal(experts, 3);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.includes("gguf")),
    [],
  );
});

const REFUSED: [string, DeepseekKind, Record<string, unknown>, "FORMAT" | "UNSUPPORTED", RegExp][] = [
  [
    "a gate by groups' best score",
    "deepseek_v2",
    { topk_method: "group_limited_greedy" },
    "UNSUPPORTED",
    /topk_method: expected "greedy"/,
  ],
  ["normalised weights of V2", "deepseek_v2", { norm_topk_prob: true }, "UNSUPPORTED", /norm_topk_prob/],
  [
    "sigmoid scores of V2",
    "deepseek_v2",
    { scoring_func: "sigmoid" },
    "UNSUPPORTED",
    /scoring_func: expected "softmax"/,
  ],
  [
    "softmax scores of V3",
    "deepseek_v3",
    { scoring_func: "softmax" },
    "UNSUPPORTED",
    /scoring_func: expected "sigmoid"/,
  ],
  [
    "another way to choose",
    "deepseek_v3",
    { topk_method: "greedy" },
    "UNSUPPORTED",
    /topk_method: expected "noaux_tc"/,
  ],
  ["experts in every second layer", "deepseek_v3", { moe_layer_freq: 2 }, "UNSUPPORTED", /moe_layer_freq/],
  ["no layer with experts", "deepseek_v3", { first_k_dense_replace: 3 }, "UNSUPPORTED", /first_k_dense_replace/],
  ["no shared expert", "deepseek_v3", { n_shared_experts: null }, "FORMAT", /n_shared_experts: .*found nothing/],
  ["groups that do not divide", "deepseek_v3", { n_group: 3 }, "FORMAT", /n_group: expected a divisor of .*8/],
  ["groups of one", "deepseek_v3", { n_group: 8, topk_group: 4 }, "UNSUPPORTED", /n_group: expected groups of two/],
  [
    "more groups than there are",
    "deepseek_v3",
    { topk_group: 5 },
    "FORMAT",
    /topk_group: expected from 1 to n_group \(4\)/,
  ],
  [
    "more experts than the groups hold",
    "deepseek_v3",
    { topk_group: 1 },
    "FORMAT",
    /num_experts_per_tok: .*the 2 experts of 1/,
  ],
  ["more experts than there are", "deepseek_v2", { num_experts_per_tok: 9 }, "FORMAT", /num_experts_per_tok: .*\(8\)/],
  [
    "key/value heads of their own",
    "deepseek_v3",
    { num_key_value_heads: 2 },
    "UNSUPPORTED",
    /num_key_value_heads: expected 4/,
  ],
  ["halves for RoPE", "deepseek_v3", { rope_interleave: false }, "UNSUPPORTED", /rope_interleave/],
  ["another epsilon", "deepseek_v3", { rms_norm_eps: 1e-5 }, "UNSUPPORTED", /rms_norm_eps/],
  ["biases", "deepseek_v3", { attention_bias: true }, "UNSUPPORTED", /attention_bias/],
  [
    "linear scaling",
    "deepseek_v3",
    { rope_scaling: { type: "linear", factor: 4 } },
    "UNSUPPORTED",
    /expected default, yarn/,
  ],
  [
    "two magnitudes",
    "deepseek_v3",
    { rope_scaling: { ...DEEPSEEK_YARN, mscale: 0.7 } },
    "UNSUPPORTED",
    /rope_scaling\.mscale: expected mscale_all_dim's 1, found 0\.7/,
  ],
  [
    "no magnitude",
    "deepseek_v3",
    { rope_scaling: { ...DEEPSEEK_YARN, mscale_all_dim: null } },
    "FORMAT",
    /rope_scaling\.mscale_all_dim/,
  ],
  [
    "a magnitude of the user's",
    "deepseek_v3",
    { rope_scaling: { ...DEEPSEEK_YARN, attention_factor: 1 } },
    "UNSUPPORTED",
    /attention_factor/,
  ],
  [
    "another quantisation",
    "deepseek_v3",
    { quantization_config: { quant_method: "awq", bits: 4 } },
    "UNSUPPORTED",
    /quant_method: expected "fp8"/,
  ],
  [
    "8 bits without blocks",
    "deepseek_v3",
    { quantization_config: { quant_method: "fp8", fmt: "e4m3" } },
    "UNSUPPORTED",
    /weight_block_size/,
  ],
  [
    "fewer experts than the file",
    "deepseek_v3",
    { n_routed_experts: 4, n_group: 2 },
    "FORMAT",
    /gate\.weight": expected \[4, 96\], found \[8, 96\]/,
  ],
  [
    "queries of full rank that are not there",
    "deepseek_v3",
    { q_lora_rank: null },
    "FORMAT",
    /q_proj\.weight" is missing, expected \[192, 96\]/,
  ],
  [
    "a bias that V2 lacks",
    "deepseek_v3",
    { model_type: "deepseek_v2", scoring_func: null, topk_method: null, norm_topk_prob: false },
    "UNSUPPORTED",
    /e_score_correction_bias" has no place .*\(2 such\)/,
  ],
];

for (const [name, kind, changes, code, message] of REFUSED) {
  test(`refuses ${name}`, async () => {
    const config = deepseekConfig(kind);
    const folder = path.join(root, `refused ${name}`);
    await writeFolder(folder, { ...config, ...changes }, deepseekWeights(config));
    await assert.rejects(convertModel({ folder }), { code: `LEMMA_E_MODEL_${code}`, message });
  });
}

test("refuses a missing expert and a missing bias", async () => {
  const { folder, config, weights } = await folderOf("missing", "deepseek_v3");
  for (const name of [
    "model.layers.2.mlp.experts.5.up_proj.weight",
    "model.layers.1.mlp.gate.e_score_correction_bias",
  ]) {
    const less = new Map(weights);
    less.delete(name);
    await writeFolder(folder, config, less);
    const message = new RegExp(`"${name.replaceAll(".", "\\.")}" is missing`);
    await assert.rejects(convertModel({ folder }), { code: "LEMMA_E_MODEL_FORMAT", message });
  }
});
