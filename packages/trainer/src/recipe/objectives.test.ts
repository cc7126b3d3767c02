// Objectives and adapters in recipes: defaults, what goes together, what Python is told and what it knows.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { LemmaError } from "@lemma/protocol";
import { pythonConfig, runPlaces } from "./python-config.ts";
import { parseRecipe } from "./read-recipe.ts";
import { planRecipe } from "./resolve.ts";

const root = mkdtempSync(path.join(tmpdir(), "lemma-objectives-"));
after(() => rmSync(root, { recursive: true, force: true }));
const tokenizer = fileURLToPath(new URL("../../../../models/tokenizer", import.meta.url));

const recipeOf = (stage: string, rest = "data: [{ gym: ordering }]"): string => `
name: small
model: { preset: tiny }
tokenizer: ${tokenizer}
${rest}
stages:
  - { steps: 3, learningRate: 1.0e-3, ${stage} }
`;
const LORA = "adapter: { kind: lora, rank: 8, alpha: 16 }";

async function planOf(text: string) {
  const file = path.join(root, "recipe.yaml");
  writeFileSync(file, text);
  return planRecipe(file);
}

test("defaults of adapters and objectives", () => {
  const [stage] = parseRecipe("a.yaml", recipeOf(`kind: sft, ${LORA}`)).stages;
  assert.deepEqual(stage!.adapter, {
    kind: "lora",
    rank: 8,
    alpha: 16,
    dropout: 0,
    targets: ["attention", "feed-forward"],
  });
  const [pairs] = parseRecipe("a.yaml", recipeOf("kind: dpo, dpo: { pairs: p.jsonl }", "")).stages;
  assert.deepEqual(pairs!.dpo, { pairs: "p.jsonl", beta: 0.1, labelSmoothing: 0 });
  const [distilled] = parseRecipe("a.yaml", recipeOf("kind: distill, distill: { teacher: big }")).stages;
  assert.deepEqual(distilled!.distill, {
    from: "logits",
    teacher: "big",
    divergence: "forward",
    temperature: 1,
    share: 0.5,
  });
});

const faults: [stage: string, message: RegExp, rest?: string][] = [
  ["kind: dpo", /stages\[0\]\.dpo: expected settings for kind: dpo/],
  ["kind: sft, dpo: { pairs: p.jsonl }", /stages\[0\]\.dpo: expected only with kind: dpo/],
  ["kind: distill", /stages\[0\]\.distill: expected settings for kind: distill/],
  ["kind: dpo, dpo: { pairs: p.jsonl, beta: 0 }", /stages\[0\]\.dpo\.beta: .*>0.*found 0/],
  ["kind: dpo, dpo: { pairs: p.jsonl, labelSmoothing: 0.5 }", /stages\[0\]\.dpo\.labelSmoothing: /],
  ["kind: dpo, dpo: { pairs: p.jsonl, gamma: 1 }", /stages\[0\]\.dpo\.gamma: expected a known field/],
  [
    "kind: distill, distill: { teacher: t, divergence: sideways }",
    /distill\.divergence: expected forward or reverse or js/,
  ],
  ["kind: distill, distill: { teacher: t, share: 2 }", /stages\[0\]\.distill\.share: /],
  ["kind: sft, adapter: { kind: lora, rank: 0, alpha: 1 }", /stages\[0\]\.adapter\.rank: /],
  ["kind: sft, adapter: { kind: lora, rank: 8, alpha: 1, targets: [gate] }", /stages\[0\]\.adapter\.targets\[0\]: /],
  [`kind: sft, optimiser: muon, ${LORA}`, /stages\[0\]\.optimiser: expected adamw with an adapter/],
  ["kind: sft", /data: expected at least one source/, ""],
];
for (const [stage, message, rest] of faults) {
  test(`${stage}${rest === "" ? " without data" : ""} is refused by name`, () => {
    assert.throws(
      () => parseRecipe("a.yaml", recipeOf(stage, rest)),
      (error) => LemmaError.isInstance(error) && error.code === "LEMMA_E_RECIPE" && message.test(error.message),
    );
  });
}

test("Python is told what it knows: absolute paths, its own data, nothing of TypeScript's", async () => {
  const teacher = path.join(root, "teacher");
  mkdirSync(teacher, { recursive: true });
  writeFileSync(path.join(teacher, "config.json"), "{}");
  cpSync(path.join(tokenizer, "tokenizer.json"), path.join(teacher, "tokenizer.json"));
  const plan = await planOf(
    `${recipeOf(`kind: distill, distill: { teacher: teacher, temperature: 2 }, ${LORA}`)}` +
      "  - { kind: dpo, steps: 2, learningRate: 1.0e-4, dpo: { pairs: pairs.jsonl } }\n" +
      "  - { kind: distill, steps: 2, learningRate: 1.0e-4, distill: { from: text, teacher: somebody } }\n",
  );
  const { stages } = pythonConfig(plan, "/run");
  const { from: _, ...logits } = parseRecipe("a.yaml", recipeOf("kind: distill, distill: { teacher: t }")).stages[0]!
    .distill!;
  assert.deepEqual(stages[0]!.distill, { ...logits, teacher, temperature: 2 });
  assert.deepEqual(stages[1]!.dpo, { beta: 0.1, labelSmoothing: 0 });
  assert.deepEqual(stages[1]!.shards, [runPlaces("/run").pairs(1)]);
  assert.equal(plan.stages[1]!.dpo!.pairs, path.join(root, "pairs.jsonl"));
  assert.equal("distill" in stages[2]!, false);
  assert.equal(plan.dataTokens, 3 * 12_288); // the dpo stage brings its own
  const source = readFileSync(new URL("../../../../trainer/lemma_trainer/config.py", import.meta.url), "utf8");
  for (const [name, value] of Object.entries({
    Adapter: stages[0]!.adapter,
    Distill: stages[0]!.distill,
    Dpo: stages[1]!.dpo,
  })) {
    const body = new RegExp(`class ${name}:\\n((?:    .*\\n)+)`).exec(source)![1]!;
    const known = [...body.matchAll(/^ {4}(\w+):/gm)].map(([, field]) => field!);
    assert.deepEqual(Object.keys(value as object).sort(), known.sort(), name);
  }
});

test("a teacher with another tokenizer, or that is no folder, is refused before anything is made", async () => {
  const teacher = path.join(root, "other");
  mkdirSync(teacher, { recursive: true });
  const text = recipeOf("kind: distill, distill: { teacher: other }");
  await assert.rejects(planOf(text), /distill\.teacher: expected a folder with config\.json/);
  writeFileSync(path.join(teacher, "config.json"), "{}");
  writeFileSync(path.join(teacher, "tokenizer.json"), "{}");
  await assert.rejects(planOf(text), /distill\.teacher: expected the recipe's own tokenizer/);
});
