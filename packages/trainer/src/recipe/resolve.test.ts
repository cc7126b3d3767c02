// The bundled recipes resolve to the plans they promise, and what Python reads has exactly the fields that it knows.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PRESETS, parameterCount } from "./presets.ts";
import { pythonConfig } from "./python-config.ts";
import { planRecipe } from "./resolve.ts";

const recipe = (name: string): string => fileURLToPath(new URL(`../../../../recipes/${name}`, import.meta.url));

test("lemma-s stays inside its budget and has the promised size", async () => {
  const plan = await planRecipe(recipe("lemma-s.yaml"));
  const tokens = plan.stages.reduce((sum, { steps, batchTokens }) => sum + steps * batchTokens, 0);
  assert.ok(tokens <= 60_000_000 && tokens <= plan.dataTokens);
  assert.equal(plan.stages[0]!.steps, 4882);
  assert.equal(plan.parameters, 1_608_320);
  assert.equal(plan.families.length, 9);
  assert.equal(plan.contextLength, 1024);
  assert.equal(plan.model.vocab_size, 1024);
});

test("the digest changes with what decides the numbers, and not with where the model goes", async () => {
  const [a, again, b] = [
    await planRecipe(recipe("smoke.yaml")),
    await planRecipe(recipe("smoke.yaml")),
    await planRecipe(recipe("lemma-s.yaml")),
  ];
  assert.equal(a.digest, again.digest);
  assert.notEqual(a.digest, b.digest);
});

test("stages that ask the model are resolved: data of their own, a first checkpoint sooner, all families", async () => {
  const plan = await planRecipe(recipe("smoke-rl.yaml"));
  const { stages } = pythonConfig(plan, "/run");
  assert.deepEqual(
    stages.map(({ kind, shards }) => [kind, shards]),
    [
      ["sft", ["/run/data"]],
      ["sft", ["/run/rl/1/shards"]],
      ["grpo", []],
    ],
  );
  assert.deepEqual([plan.families, plan.dataTokens], [["counting"], 350_000]);
  assert.equal(plan.stages[2]!.grpo!.tasks[0]!.weight, 1);
});

test("every matrix row of a preset is a multiple of 32", () => {
  for (const shape of Object.values(PRESETS)) {
    for (const width of [shape.hidden_size, shape.intermediate_size, shape.num_attention_heads * shape.head_dim]) {
      assert.equal(width % 32, 0);
    }
  }
  assert.equal(
    parameterCount(PRESETS.tiny, 32),
    32 * 64 + 2 * (64 * (4 * 32 + 2 * 32) + 3 * 64 * 128 + 2 * 64 + 2 * 32) + 64,
  );
});

test("Python knows every field of the config, and misses none that it needs", async () => {
  const source = await readFile(
    fileURLToPath(new URL("../../../../trainer/lemma_trainer/config.py", import.meta.url)),
    "utf8",
  );
  const fieldsOf = (name: string): Map<string, boolean> => {
    const body = new RegExp(`class ${name}:\\n((?:    .*\\n)+)`).exec(source)![1]!;
    return new Map(
      [...body.matchAll(/^ {4}(\w+): [^=\n#]+(=)?/gm)].map(([, field, hasDefault]) => [field!, hasDefault === "="]),
    );
  };
  const config = pythonConfig(await planRecipe(recipe("lemma-s.yaml")), "/run");
  const { recipe: _, ...read } = config;
  const stage = config.stages[0]!;
  const cases: [object, string][] = [
    [read, "Config"],
    [stage, "Stage"],
    [stage.schedule as object, "Schedule"],
    [stage.check as object, "Check"],
    [pythonConfig(await planRecipe(recipe("smoke-rl.yaml")), "/run").stages[2]!.grpo as object, "Grpo"],
  ];
  for (const [value, name] of cases) {
    const known = fieldsOf(name);
    assert.ok(known.size > 2);
    for (const field of Object.keys(value)) assert.ok(known.has(field), `${name}.${field}`);
    for (const [field, hasDefault] of known) assert.ok(hasDefault || field in value, `${name}.${field} is missing`);
  }
});
