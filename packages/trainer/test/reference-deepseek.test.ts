// The judges of deepseek2 against numbers that were found without them: DeepSeek-V3's published configuration, and gates done by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { softmaxScale } from "./reference-deepseek.ts";
import { type ReferenceGate, referenceGate } from "./reference-gate.ts";
import { yarnGrowth, yarnPairs } from "./reference-math.ts";

const V3 = {
  qk_nope_head_dim: 128,
  qk_rope_head_dim: 64,
  rope_theta: 10000,
  rope_scaling: {
    type: "yarn",
    factor: 40,
    original_max_position_embeddings: 4096,
    beta_fast: 32,
    beta_slow: 1,
    mscale: 1,
    mscale_all_dim: 1,
  },
};

test("DeepSeek-V3: scores are scaled by 0.135234, YaRN blends pairs 10 to 23", () => {
  assert.equal(yarnGrowth(40, 1).toFixed(5), "1.36889");
  assert.equal(softmaxScale(V3).toFixed(6), "0.135234");
  assert.equal(softmaxScale({ ...V3, rope_scaling: undefined }), 1 / Math.sqrt(192));
  assert.deepEqual(yarnPairs(V3, 64), [10, 23]);
});

const PLAIN: ReferenceGate = {
  scoring: "sigmoid",
  groups: 1,
  usedGroups: 1,
  used: 2,
  isNormalised: true,
  scale: 1,
};

const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toFixed(12)));

test("the bias chooses and does not weight", () => {
  const logits = [0, Math.log(3), -Math.log(3), 0]; // sigmoid: 1/2, 3/4, 1/4, 1/2
  const { experts, weights, margin } = referenceGate(logits, { ...PLAIN, bias: [0, 0, 1, 0], scale: 2.5 });
  assert.deepEqual(experts, [2, 1]);
  assert.deepEqual(rounded(weights), [0.625, 1.875]);
  assert.equal(Number(margin.toFixed(12)), 0.25);
});

test("softmax scores that are not normalised", () => {
  const { experts, weights } = referenceGate([0, Math.log(2), Math.log(4), 0], {
    ...PLAIN,
    scoring: "softmax",
    isNormalised: false,
  });
  assert.deepEqual(experts, [2, 1]);
  assert.deepEqual(rounded(weights), [0.5, 0.25]);
});

test("a group counts by its two best, and a closed one never wins, however negative the open ones are", () => {
  // Groups of two. Scores with bias: 0.9 0.1 | 0.6 0.5 | all lower.
  const logits = [0.9, 0.1, 0.6, 0.5, 0.3, 0.2].map((score) => Math.log(score / (1 - score)));
  const gate = { ...PLAIN, groups: 3, usedGroups: 1, bias: [0, 0, 0, 0, 0, 0] };
  assert.deepEqual(referenceGate(logits, gate).experts, [2, 3]);
  const negative = gate.bias.map(() => -5);
  assert.deepEqual(referenceGate(logits, { ...gate, bias: negative }).experts, [2, 3]);
  assert.equal(Number(referenceGate(logits, gate).margin.toFixed(12)), 0.1, "1.1 of the group against 1.0");
});

test("a bias of 12 leaves a score of 1e-6 what it is", () => {
  const small = Math.log(1e-6 / (1 - 1e-6));
  const { experts, weights } = referenceGate([small, 0, 0, 0], {
    ...PLAIN,
    used: 1,
    bias: [12, 0, 0, 0],
    isNormalised: false,
  });
  assert.deepEqual(experts, [0]);
  assert.ok(Math.abs(weights[0]! / 1e-6 - 1) < 1e-9, `${weights[0]}`);
});

test("equal scores go to the smaller index, and the margin says so", () => {
  const { experts, margin } = referenceGate([0, 0, 0, 0], PLAIN);
  assert.deepEqual([experts, margin], [[0, 1], 0]);
});
