// Faults of a recipe name the field, what was expected and what was found; defaults are those that the recipes rely on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { parseRecipe } from "./read-recipe.ts";

const BASE = `
name: small
model: { preset: tiny }
tokenizer: ../models/tokenizer
data:
  - { gym: ordering, share: 2 }
  - { file: rows.jsonl }
stages:
  - { kind: sft, tokens: 100000, learningRate: 1.0e-3 }
`;

test("defaults are filled in", () => {
  const recipe = parseRecipe("a.yaml", BASE);
  const stage = recipe.stages[0]!;
  assert.deepEqual(
    [stage.batchTokens, stage.microTokens, stage.clip, stage.weightDecay, stage.betas],
    [12288, 2048, 1, 0.1, [0.9, 0.95]],
  );
  assert.deepEqual(stage.schedule, { kind: "cosine", warmupSteps: 100, floor: 0.02, decayShare: 0.2 });
  assert.deepEqual(recipe.export, { type: "Q8_0" });
  assert.equal(recipe.evaluate !== false && recipe.evaluate.count, 500);
  assert.equal(recipe.data[1]!.share, 1);
});

test("the exported file may have 4-bit matrices", () => {
  assert.equal(parseRecipe("a.yaml", `${BASE}export: { type: Q4_0 }\n`).export.type, "Q4_0");
});

const faults: [string, string, string, RegExp][] = [
  [
    "an unknown field",
    "name: small",
    "name: small\ncolour: red",
    /a\.yaml: colour: expected a known field, found an unknown one/,
  ],
  ["an unknown field of a stage", "kind: sft,", "kind: sft, speed: 3,", /stages\[0\]\.speed: expected a known field/],
  ["an unknown field of data", "share: 2", "share: 2, langs: [en]", /data\[0\]\.langs: expected a known field/],
  ["a wrong type", "tokens: 100000", "tokens: many", /stages\[0\]\.tokens: expected .*number, found "many"/],
  ["hours", "tokens: 100000", "hours: 2", /stages\[0\]\.(hours: expected a known field|tokens: expected)/],
  [
    "tokens and steps",
    "tokens: 100000",
    "tokens: 100000, steps: 5",
    /stages\[0\]\.tokens: expected either tokens or steps/,
  ],
  ["an unknown kind", "kind: sft", "kind: dream", /stages\[0\]\.kind: expected pretrain or sft or .*, found "dream"/],
  ["an unknown preset", "preset: tiny", "preset: huge", /model\.preset: expected lemma-s.* or tiny, found "huge"/],
  ["nothing to learn from", "data:\n  - { gym: ordering, share: 2 }\n  - { file: rows.jsonl }", "data: []", /data: /],
  ["a missing field", "tokenizer: ../models/tokenizer", "", /tokenizer: expected string, found nothing/],
  ["retries in more than all solutions", "share: 2", "share: 2, retry: 3", /data\[0\]\.retry: .*<=1.*found 3/],
  ["a share of nothing", "share: 2", "share: 0", /data\[0\]\.share: .*>0.*found 0/],
  [
    "batches that can't be cut",
    "learningRate",
    "batchTokens: 3000, learningRate",
    /stages\[0\]\.batchTokens: expected a multiple of microTokens, found 3000/,
  ],
  ["a name that is no folder", "name: small", "name: ../up", /name: .*found "\.\.\/up"/],
  [
    "a stage without its kind's settings",
    "kind: sft, tokens: 100000",
    "kind: grpo, steps: 5",
    /stages\[0\]\.grpo: expected the settings of a grpo stage, found nothing/,
  ],
  [
    "settings of another kind",
    "kind: sft,",
    "kind: sft, rft: { tasks: [{ gym: ordering }] },",
    /stages\[0\]\.kind: expected a stage of kind rft, found "sft"/,
  ],
  [
    "adapters in a stage of reinforcement learning",
    "kind: sft, tokens: 100000",
    "kind: grpo, steps: 5, adapter: { kind: lora, rank: 4, alpha: 8 }, grpo: { tasks: [{ gym: ordering }] }",
    /stages\[0\]\.adapter: expected none with kind: grpo/,
  ],
  [
    "the best checkpoint of a stage without checks",
    "kind: sft, tokens: 100000",
    "kind: grpo, steps: 5, keepBest: loss, grpo: { tasks: [{ gym: ordering }] }",
    /stages\[0\]\.keepBest: expected off with kind: grpo/,
  ],
  [
    "a GRPO budget in tokens",
    "kind: sft,",
    "kind: grpo, grpo: { tasks: [{ gym: ordering }] },",
    /stages\[0\]\.steps: expected a budget in steps/,
  ],
  [
    "an unknown field of rewards",
    "kind: sft, tokens: 100000",
    "kind: grpo, steps: 5, grpo: { tasks: [{ gym: ordering }], reward: { style: 1 } }",
    /stages\[0\]\.grpo\.reward\.style: expected a known field/,
  ],
  [
    "a task that comes twice",
    "kind: sft, tokens: 100000",
    "kind: grpo, steps: 5, grpo: { tasks: [{ gym: ordering }, { gym: ordering }] }",
    /stages\[0\]\.grpo\.tasks: expected each gym task once/,
  ],
  [
    "minibatches that cut groups",
    "kind: sft, tokens: 100000",
    "kind: grpo, steps: 5, grpo: { tasks: [{ gym: ordering }], problems: 10, minibatches: 4 }",
    /stages\[0\]\.grpo\.minibatches: expected a divisor of problems, .*found 4/,
  ],
  [
    "a group of one",
    "kind: sft, tokens: 100000",
    "kind: grpo, steps: 5, grpo: { tasks: [{ gym: ordering }], groupSize: 1 }",
    /stages\[0\]\.grpo\.groupSize: .*>=2.*found 1/,
  ],
  ["text that is not YAML", "name: small", "name: [small", /a\.yaml: line \d+: expected YAML/],
];

for (const [what, from, to, message] of faults) {
  test(`${what} is refused by name`, () => {
    assert.ok(BASE.includes(from));
    assert.throws(
      () => parseRecipe("a.yaml", BASE.replace(from, to)),
      (error) => {
        assert.ok(LemmaError.isInstance(error));
        assert.equal(error.code, "LEMMA_E_RECIPE");
        assert.match(error.message, message);
        return true;
      },
    );
  });
}
