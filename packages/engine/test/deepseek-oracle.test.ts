// Our latent attention and experts against llama.cpp's (node-llama-cpp) on random `deepseek2` models: whole next-token distributions,
// and greedy continuations.
//
// Tolerances, in nats, are about four times what was measured. F32: both keep latents in F16, and llama.cpp rounds queries and sums of
// values to F16 too (4e-3 at worst). Q8_0: both round activations to 8 bits, where forms of attention differ in other places. An expert
// whose score is nearly the next one's may be another in each, which is no error and large: seeds of F32 models were taken because none
// is on this text, and the Q8_0 model uses all its experts. A wrong scale of scores must be far outside.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { oracleSkip } from "../../../oracles/oracle.ts";
import { type GgufValue, loadModel, writeGguf } from "../src/index.ts";
import { distance, endsInTie, LlamaOracle } from "./llama-oracle.ts";
import { type RandomDeepseek, randomDeepseek } from "./random-deepseek.ts";

const skip = await oracleSkip();
const CONTEXT = 256;
const TOLERANCE = { F32: { worst: 0.02, mean: 0.002 }, Q8_0: { worst: 0.4, mean: 0.06 } };
const TEXT = "hello 3x+2=17 解方程 the quick brown fox jumps over it 12345\n<think>a=1</think>";

let folder = "";
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lemma-deepseek-"));
});
after(() => rm(folder, { recursive: true }));

async function written(name: string, options: RandomDeepseek): Promise<string> {
  const file = path.join(folder, `${name}.gguf`);
  await writeGguf(file, randomDeepseek({ seed: 5, context: CONTEXT, ...options }));
  return file;
}

const f32 = (value: number): GgufValue => ({ type: "f32", value });
const YARN: Record<string, GgufValue> = {
  "deepseek2.rope.scaling.type": { type: "string", value: "yarn" },
  "deepseek2.rope.scaling.factor": f32(4),
  "deepseek2.rope.scaling.original_context_length": { type: "u32", value: 64 },
  "deepseek2.rope.scaling.yarn_log_multiplier": f32(0.1),
};
const GROUPS: Record<string, GgufValue> = {
  "deepseek2.expert_group_count": { type: "u32", value: 4 },
  "deepseek2.expert_group_used_count": { type: "u32", value: 2 },
};
const CASES: [string, RandomDeepseek][] = [
  ["F32", {}],
  ["F32, groups", { metadata: GROUPS, seed: 6 }],
  ["F32, softmax", { gate: "softmax" }],
  ["F32, YaRN", { metadata: YARN }],
  ["Q8_0", { type: "Q8_0", used: 8 }],
];

for (const [name, options] of CASES) {
  test(`deepseek2 ${name}: log-probabilities agree with llama.cpp`, { skip }, async (t) => {
    const file = await written(name, options);
    await using model = await loadModel({ modelPath: file, threads: 1 });
    await using oracle = await LlamaOracle.open(file, CONTEXT);
    const { worst, mean } = await distance(model, oracle, TEXT);
    t.diagnostic(`worst ${worst.toExponential(2)}, mean ${mean.toExponential(2)} nats`);
    const tolerance = TOLERANCE[options.type === "Q8_0" ? "Q8_0" : "F32"];
    assert.ok(worst < tolerance.worst && mean < tolerance.mean, `worst ${worst}, mean ${mean}`);
  });
}

test("deepseek2: the tolerance tells a wrong model apart", { skip }, async (t) => {
  const right = await written("right", { metadata: YARN });
  const metadata = { ...YARN, "deepseek2.rope.scaling.yarn_log_multiplier": f32(0.2) };
  await using model = await loadModel({ modelPath: await written("wrong", { metadata }), threads: 1 });
  await using oracle = await LlamaOracle.open(right, CONTEXT);
  const { worst } = await distance(model, oracle, TEXT);
  t.diagnostic(`worst ${worst.toExponential(2)} nats`);
  assert.ok(worst > 5 * TOLERANCE.F32.worst, `worst ${worst}`);
});

test("deepseek2 F32: greedy tokens agree with llama.cpp", { skip }, async (t) => {
  const file = await written("greedy", {});
  await using model = await loadModel({ modelPath: file, threads: 1 });
  await using oracle = await LlamaOracle.open(file, CONTEXT);
  let ties = 0;
  for (let prompt = 0; prompt < 10; prompt++) {
    const tokens = model.tokenize(`${prompt}*${prompt + 3}=? ${TEXT.slice(0, 3 * prompt)}`);
    if (await endsInTie(model, oracle, tokens, 48, TOLERANCE.F32.worst)) ties++;
  }
  t.diagnostic(`${ties} of 10 prompts end in a tie`);
  assert.ok(ties <= 3, `${ties} ties`);
});
