// Conversion end to end: folders with random weights become GGUF files, and our engine's log-probabilities must be those of
// the reference decoder, which knows Hugging Face's names and row order only.
//
// Tolerances in nats. F32: the reference rounds keys and values to F16 as the engine's cache does; where a value lies on the
// edge between two halves the two may differ by one (measured 2e-4). F16 3e-3, BF16 3e-2, Q8_0 1.2e-1 measured: the
// weights' own rounding. The rows of q and k in the wrong order must be far outside, or the comparison would prove nothing.

/// <reference lib="esnext.float16" />

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { type EncodedType, encodeTensor, loadModel, loadTokenizer } from "@lemma/engine";
import { oracleSkip } from "../../../../oracles/oracle.ts";
import { LlamaOracle } from "../../../engine/test/llama-oracle.ts";
import { randomWeights, smallConfig, type Weights, writeFolder } from "../../test/random-folder.ts";
import { referenceLogprobs } from "../../test/reference-decoder.ts";
import { scoreDistance } from "../../test/score-distance.ts";
import { convertModel } from "./convert-model.ts";

const TOLERANCE: Record<EncodedType, number> = { F32: 1e-3, F16: 1e-2, BF16: 0.1, Q8_0: 0.4, Q4_0: 0.4 };
const TOKENS = Array.from({ length: 24 }, (_, i) => (i * 397 + 11) % 1024);
const LLAMA3 = {
  rope_type: "llama3",
  factor: 8,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 64,
};
const YARN = { rope_type: "yarn", factor: 4, original_max_position_embeddings: 64, beta_fast: 32, beta_slow: 1 };
const oracle = await oracleSkip();

let root = "";
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "lemma-convert-"));
});
after(() => rm(root, { recursive: true }));

type Kind = "llama" | "qwen2" | "qwen3";

/** A model folder under `name`, and what it was made of. */
async function folderOf(
  name: string,
  kind: Kind,
  changes = {},
  options = {},
): Promise<{ folder: string; config: Record<string, unknown>; weights: Weights }> {
  const folder = path.join(root, name);
  const config = smallConfig(kind, changes);
  const weights = randomWeights(config);
  await writeFolder(folder, config, weights, options);
  return { folder, config, weights };
}

const distance = (modelPath: string, expected: readonly Float64Array[]): Promise<number> =>
  scoreDistance(modelPath, TOKENS, expected);

for (const [kind, changes] of [
  ["qwen2", {}],
  ["qwen2", { tie_word_embeddings: true, rope_scaling: { ...YARN, attention_factor: 1 } }],
  ["qwen3", {}],
  ["qwen3", { tie_word_embeddings: false, rope_scaling: { type: "linear", factor: 4 } }],
  ["qwen3", { rope_scaling: YARN }],
  ["llama", {}],
  ["llama", { rope_scaling: LLAMA3, tie_word_embeddings: true, num_key_value_heads: 4 }],
  ["llama", { rope_scaling: { ...YARN, factor: 8, beta_fast: 4, beta_slow: 0.5, mscale: 1.5, mscale_all_dim: 0.7 } }],
] as const) {
  test(`${kind} ${JSON.stringify(changes)}: all types but Q4_0 say what the Hugging Face weights say`, async () => {
    const { folder, config, weights } = await folderOf(`all ${kind} ${JSON.stringify(changes)}`, kind, changes);
    const expected = referenceLogprobs(config, weights, TOKENS);
    for (const type of ["F32", "F16", "BF16", "Q8_0"] as const) {
      const out = path.join(folder, `${type}.gguf`);
      const made = await convertModel({ folder, type, out });
      assert.equal(made.path, out);
      assert.equal(made.type, type);
      assert.equal(made.bytes, (await readFile(out)).length);
      const apart = await distance(out, expected);
      assert.ok(apart < TOLERANCE[type], `${type}: ${apart}`);
    }
  });
}

// Sixteen levels are coarse: against the weights themselves the distance would be that of the rounding. So the reference gets the
// rounded weights, decoded here, and what is left is as for Q8_0.
test("Q4_0 says what the Hugging Face weights say once they are rounded", async () => {
  for (const kind of ["llama", "qwen3"] as const) {
    const { folder, config, weights } = await folderOf(`q4-${kind}`, kind);
    const exact = new Map([...weights].map(([name, tensor]) => [name, { ...tensor, values: fourBits(tensor) }]));
    const { path: modelPath } = await convertModel({ folder, type: "Q4_0" });
    const apart = await distance(modelPath, referenceLogprobs(config, exact, TOKENS));
    assert.ok(apart < TOLERANCE.Q4_0, `${kind}: ${apart}`);
    const unrounded = await distance(modelPath, referenceLogprobs(config, weights, TOKENS));
    assert.ok(unrounded > 2 * apart, `${kind}: ${unrounded} unrounded, ${apart} rounded`);
  }
});

/** The values of a matrix after Q4_0; vectors stay as they are. */
function fourBits({ shape, values }: { shape: readonly number[]; values: Float32Array }): Float32Array {
  if (shape.length === 1) return values;
  const bytes = encodeTensor("Q4_0", values);
  const scales = new DataView(bytes.buffer);
  return values.map((_, i) => {
    const block = 18 * Math.floor(i / 32);
    const pair = bytes[block + 2 + (i % 16)]!;
    return scales.getFloat16(block, true) * ((i % 32 < 16 ? pair & 15 : pair >> 4) - 8);
  });
}

test("rows in the wrong order, and a base 5 % off, are far outside of the tolerance", async () => {
  const { folder, config, weights } = await folderOf("wrong", "llama");
  const { path: modelPath } = await convertModel({ folder, type: "F32" });
  const q = weights.get("model.layers.0.self_attn.q_proj.weight")!;
  const swapped = { ...q, values: q.values.slice() };
  for (let i = 0; i < 64; i++) [swapped.values[i], swapped.values[64 + i]] = [q.values[64 + i]!, q.values[i]!];
  const others = new Map(weights).set("model.layers.0.self_attn.q_proj.weight", swapped);
  assert.ok((await distance(modelPath, referenceLogprobs(config, others, TOKENS))) > 10 * TOLERANCE.F32);
  const base = { ...config, rope_theta: 10500 };
  assert.ok((await distance(modelPath, referenceLogprobs(base, weights, TOKENS))) > 10 * TOLERANCE.F32);
});

// llama.cpp also rounds queries and sums of values to F16: 8e-3 worst measured, against 2e-4 of our engine. At the first
// token, where attention has nothing to choose, it is 3e-7.
test("llama.cpp loads the files and says the same", { skip: oracle }, async () => {
  for (const [kind, changes] of [
    ["qwen2", { rope_scaling: { ...YARN, attention_factor: 1.05 } }],
    ["qwen3", {}],
    ["llama", { rope_scaling: LLAMA3 }],
  ] as const) {
    const { folder, config, weights } = await folderOf(`oracle-${kind}`, kind, changes);
    const { path: modelPath } = await convertModel({ folder, type: "F32" });
    await using judge = await LlamaOracle.open(modelPath, 64);
    const found = await judge.distributions(TOKENS);
    const worst = (expected: readonly Float64Array[], at: number): number =>
      Math.max(...[...found[at]!].map(([token, logprob]) => Math.abs(logprob - expected[at]![token]!)));
    const expected = referenceLogprobs(config, weights, TOKENS);
    assert.ok(worst(expected, 0) < 1e-5, `${kind}: ${worst(expected, 0)} at the first token`);
    for (const at of TOKENS.keys()) assert.ok(worst(expected, at) < 0.03, `${kind}: ${worst(expected, at)} at ${at}`);
    const plain = { ...config, rope_scaling: undefined, rope_theta: 12000 };
    assert.ok(worst(referenceLogprobs(plain, weights, TOKENS), TOKENS.length - 1) > 0.09, kind);
  }
});

test("shards give the very bytes of one file, and narrow folders the bytes of their values", async () => {
  const { folder, config, weights } = await folderOf("same", "llama");
  const single = await readFile((await convertModel({ folder, type: "Q8_0" })).path);
  const sharded = path.join(root, "sharded", "same");
  await writeFolder(sharded, config, weights, { shards: 3 });
  assert.deepEqual(await readFile((await convertModel({ folder: sharded })).path), single);
  for (const dtype of ["F16", "BF16"] as const) {
    const narrow = path.join(root, dtype, "same");
    const exact = new Map(
      [...weights].map(([name, { shape, values }]) => [name, { shape, values: cut(dtype, values) }]),
    );
    await writeFolder(narrow, config, exact, { dtype });
    await writeFolder(folder, config, exact);
    const [a, b] = [await convertModel({ folder: narrow, type: "F32" }), await convertModel({ folder, type: "F32" })];
    assert.deepEqual(await readFile(a.path), await readFile(b.path));
  }
});

/** Values that F16 or BF16 holds exactly. */
function cut(dtype: "F16" | "BF16", values: Float32Array): Float32Array {
  if (dtype === "F16") return new Float32Array(new Float16Array(values));
  return new Float32Array(new Uint32Array(values.slice().buffer).map((bits) => bits & 0xffff0000).buffer);
}

test("parts say together what one file says, in our engine and in llama.cpp", async () => {
  const { folder, config, weights } = await folderOf("parts", "llama");
  const whole = await convertModel({ folder, type: "F32" });
  assert.equal(whole.parts, 1);
  const made = await convertModel({ folder, type: "F32", splitBytes: 200_000 });
  assert.ok(made.parts > 3, `${made.parts} parts`);
  const files = (await readdir(folder)).filter((name) => /^parts-\d{5}-of-\d{5}\.gguf$/.test(name)).sort();
  assert.deepEqual([files.length, path.join(folder, files[0]!)], [made.parts, made.path]);
  const sizes = await Promise.all(files.map(async (name) => (await readFile(path.join(folder, name))).length));
  assert.equal(
    sizes.reduce((a, b) => a + b),
    made.bytes,
  );
  const logprobs = referenceLogprobs(config, weights, TOKENS);
  assert.equal(await distance(made.path, logprobs), await distance(whole.path, logprobs));
  for (const splitBytes of [0, -1, Number.NaN])
    await assert.rejects(convertModel({ folder, splitBytes }), { code: "LEMMA_E_OPTION", message: /splitBytes/ });
  if (oracle !== false) return;
  await using judge = await LlamaOracle.open(made.path, 64);
  const found = await judge.distributions(TOKENS);
  await using single = await LlamaOracle.open(whole.path, 64);
  assert.deepEqual(found, await single.distributions(TOKENS));
});

test("the tokenizer, the template and the sampling defaults travel", async () => {
  const generation = {
    do_sample: true,
    temperature: 0.6,
    top_k: 20,
    top_p: 0.95,
    min_p: 0.05,
    repetition_penalty: 1.1,
  };
  const { folder } = await folderOf("tokens", "qwen3", { vocab_size: 1056 }, { generation });
  const { path: modelPath } = await convertModel({ folder });
  await using model = await loadModel({ modelPath, threads: 1 });
  assert.equal(model.info.name, "tokens");
  assert.equal(model.info.chatTemplate, "lemma");
  assert.equal(model.info.vocabularySize, 1056);
  assert.equal(model.info.tensorType, "Q8_0");
  const { temperature, topK, topP, minP } = model.info.sampling;
  assert.deepEqual(
    [temperature, topK, topP, minP].map((value) => Number(value.toFixed(4))),
    [0.6, 20, 0.95, 0.05],
  );
  const own = await loadTokenizer({ folder });
  for (const text of ["解方程 3x+5=20\n<think>x=5</think>\\boxed{5}", "<|user|>12 <= 30", "été 🙂 [BACK]  ```"]) {
    for (const control of [false, true])
      assert.deepEqual(model.tokenize(text, { control }), own.encode(text, { control }));
  }
  assert.deepEqual(model.tokenizer.endTokens, own.endTokens);
  assert.equal(model.tokenizer.isControl(own.tokenId("<|end|>")!), true);
});

test("do_sample false is temperature 0", async () => {
  const { folder } = await folderOf("greedy", "llama", {}, { generation: { do_sample: false, temperature: 0.6 } });
  await using model = await loadModel({ modelPath: (await convertModel({ folder })).path, threads: 1 });
  assert.equal(model.info.sampling.temperature, 0);
});

const REFUSED: [string, Kind, Record<string, unknown>, string, RegExp][] = [
  [
    "another architecture",
    "qwen3",
    { model_type: "mamba" },
    "UNSUPPORTED",
    /model_type: expected llama, qwen2, qwen3, deepseek_v2, deepseek_v3, found "mamba"/,
  ],
  ["no architecture", "qwen3", { model_type: undefined }, "FORMAT", /model_type/],
  [
    "dynamic scaling",
    "llama",
    { rope_scaling: { type: "dynamic", factor: 4 } },
    "UNSUPPORTED",
    /type: .*found "dynamic"/,
  ],
  ["yarn without a factor", "qwen2", { rope_scaling: { ...YARN, factor: null } }, "FORMAT", /rope_scaling\.factor/],
  [
    "yarn that shrinks",
    "qwen3",
    { rope_scaling: { ...YARN, factor: 0.5 } },
    "FORMAT",
    /factor: expected a number from 1/,
  ],
  ["a ramp between pairs", "qwen3", { rope_scaling: { ...YARN, truncate: false } }, "UNSUPPORTED", /scaling\.truncate/],
  ["llama3 scaling of qwen3", "qwen3", { rope_scaling: LLAMA3 }, "UNSUPPORTED", /rope_scaling\.rope_type/],
  [
    "llama3 scaling without a factor",
    "llama",
    { rope_scaling: { ...LLAMA3, factor: null } },
    "FORMAT",
    /rope_scaling\.factor/,
  ],
  [
    "newer rope fields",
    "qwen3",
    { rope_parameters: { rope_type: "longrope", rope_theta: 1e6 } },
    "UNSUPPORTED",
    /rope_parameters\.rope_type/,
  ],
  [
    "biases of attention",
    "llama",
    { attention_bias: true },
    "UNSUPPORTED",
    /attention_bias: expected false, found true/,
  ],
  ["biases of the MLP", "llama", { mlp_bias: true }, "UNSUPPORTED", /mlp_bias/],
  ["a sliding window", "qwen3", { use_sliding_window: true }, "UNSUPPORTED", /use_sliding_window/],
  ["another activation", "qwen3", { hidden_act: "gelu" }, "UNSUPPORTED", /hidden_act/],
  ["quantised weights", "qwen3", { quantization_config: { bits: 4 } }, "UNSUPPORTED", /quantization_config/],
  ["half a head", "qwen3", { hidden_size: 62, head_dim: null }, "FORMAT", /head_dim/],
  ["groups that do not divide", "qwen3", { num_key_value_heads: 3 }, "FORMAT", /num_key_value_heads/],
  ["no layers", "qwen3", { num_hidden_layers: 0 }, "FORMAT", /num_hidden_layers: expected a whole number from 1/],
  ["a text for a number", "qwen3", { hidden_size: "64" }, "FORMAT", /hidden_size.*found "64"/],
  [
    "more layers than the file",
    "qwen3",
    { num_hidden_layers: 3 },
    "FORMAT",
    /"model\.layers\.2\.input_layernorm\.weight" is missing/,
  ],
  [
    "fewer layers than the file",
    "qwen3",
    { num_hidden_layers: 1 },
    "UNSUPPORTED",
    /"model\.layers\.1\.[^"]+" has no place .*\(11 such\)/,
  ],
  [
    "biases that llama lacks",
    "qwen2",
    { model_type: "llama" },
    "UNSUPPORTED",
    /[qkv]_proj\.bias" has no place .*\(6 such\)/,
  ],
  ["biases that qwen3 lacks", "qwen2", { model_type: "qwen3" }, "FORMAT", /q_norm\.weight" is missing/],
  ["biases that qwen2 needs", "llama", { model_type: "qwen2" }, "FORMAT", /q_proj\.bias" is missing, expected \[128\]/],
  ["norms that llama lacks", "qwen3", { model_type: "llama" }, "UNSUPPORTED", /[qk]_norm\.weight" has no place/],
  ["norms that qwen3 needs", "llama", { model_type: "qwen3" }, "FORMAT", /q_norm\.weight" is missing, expected \[32\]/],
  ["an untied head that is missing", "qwen3", { tie_word_embeddings: false }, "FORMAT", /"lm_head\.weight" is missing/],
  [
    "another width",
    "qwen3",
    { intermediate_size: 128 },
    "FORMAT",
    /gate_proj\.weight": expected \[128, 64\], found \[96, 64\]/,
  ],
  [
    "another vocabulary",
    "qwen3",
    { vocab_size: 1088 },
    "FORMAT",
    /embed_tokens\.weight": expected \[1088, 64\], found \[1024, 64\]/,
  ],
];

for (const [name, kind, changes, code, message] of REFUSED) {
  test(`refuses ${name}`, async () => {
    const config = smallConfig(kind);
    const folder = path.join(root, `refused ${name}`);
    await writeFolder(folder, { ...config, ...changes }, randomWeights(config));
    await assert.rejects(convertModel({ folder }), { code: `LEMMA_E_MODEL_${code}`, message });
    assert.deepEqual(
      (await readdir(folder)).filter((file) => file.includes("gguf")),
      [],
    );
  });
}

test("rows that Q8_0 can't hold, values that F16 can't hold, values that are none, a type that is none", async () => {
  const narrow = await folderOf("narrow", "qwen3", { intermediate_size: 80 });
  const message = /type".*found Q8_0 for tensor "model\.layers\.0\.mlp\.down_proj\.weight" with rows of 80/;
  await assert.rejects(convertModel({ folder: narrow.folder }), { code: "LEMMA_E_OPTION", message });
  await convertModel({ folder: narrow.folder, type: "BF16" });
  const { folder, config, weights } = await folderOf("values", "qwen3");
  for (const [value, type] of [
    [1e5, "F16"],
    [Number.NaN, "F32"],
    [Number.POSITIVE_INFINITY, "Q8_0"],
    [-6e5, "Q4_0"],
  ] as const) {
    weights.get("model.layers.1.mlp.up_proj.weight")!.values[7] = value;
    await writeFolder(folder, config, weights);
    const expected = { code: "LEMMA_E_MODEL_FORMAT", message: new RegExp(`up_proj.*element 7 is ${value}.*${type}`) };
    await assert.rejects(convertModel({ folder, type }), expected);
  }
  await assert.rejects(convertModel({ folder, type: "Q4_K" as EncodedType }), {
    code: "LEMMA_E_OPTION",
    message: /Q4_K/,
  });
  assert.deepEqual(
    (await readdir(folder)).filter((file) => file.includes("gguf")),
    [],
  );
});

test("one missing bias, and one that qwen2 lacks", async () => {
  const { folder, config, weights } = await folderOf("biases", "qwen2");
  const less = new Map(weights);
  less.delete("model.layers.1.self_attn.v_proj.bias");
  await writeFolder(folder, config, less);
  const missing = /"model\.layers\.1\.self_attn\.v_proj\.bias" is missing, expected \[64\]/;
  await assert.rejects(convertModel({ folder }), { code: "LEMMA_E_MODEL_FORMAT", message: missing });
  const bias = weights.get("model.layers.0.self_attn.q_proj.bias")!;
  await writeFolder(folder, config, new Map(weights).set("model.layers.0.self_attn.o_proj.bias", bias));
  const unexpected = /"model\.layers\.0\.self_attn\.o_proj\.bias" has no place .*\(1 such\)/;
  await assert.rejects(convertModel({ folder }), { code: "LEMMA_E_MODEL_UNSUPPORTED", message: unexpected });
});

test("aborting leaves nothing behind and an earlier file as it was", async () => {
  const { folder } = await folderOf("aborted", "qwen3");
  const controller = new AbortController();
  const seen: string[] = [];
  const onProgress = (done: number, total: number, tensor: string): void => {
    assert.ok(done > 0 && done <= total);
    seen.push(tensor);
    if (seen.length === 3) controller.abort();
  };
  const out = path.join(folder, "aborted.gguf");
  await writeFile(out, "before");
  await assert.rejects(convertModel({ folder, signal: controller.signal, onProgress }), { code: "LEMMA_E_ABORTED" });
  assert.equal(seen.length, 3);
  assert.equal(await readFile(out, "utf8"), "before");
  assert.equal((await readdir(folder)).filter((file) => file.includes("gguf")).length, 1);
});
