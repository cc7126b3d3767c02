// The bundled recipes resolve to the plans they promise, and what Python reads has exactly the fields that it knows.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parameterCounts } from "./model-size.ts";
import { PRESETS } from "./presets.ts";
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
      ["sft", ["/run/data/01-mix/shards"]],
      ["sft", ["/run/rl/1/data/01-mix/shards"]],
      ["grpo", []],
    ],
  );
  assert.deepEqual([plan.families, plan.dataTokens], [["counting"], 350_000]);
  assert.equal(plan.stages[2]!.grpo!.tasks[0]!.weight, 1);
});

test("every matrix row of a preset is a multiple of 32", () => {
  for (const shape of Object.values(PRESETS)) {
    const rows =
      shape.model_type === "qwen3"
        ? [shape.num_attention_heads * shape.head_dim]
        : [
            shape.q_lora_rank,
            shape.kv_lora_rank,
            shape.moe_intermediate_size,
            shape.moe_intermediate_size * shape.n_shared_experts,
            shape.num_attention_heads * shape.v_head_dim,
          ];
    for (const width of [shape.hidden_size, shape.intermediate_size, ...rows]) assert.equal(width % 32, 0);
  }
  assert.equal(
    parameterCounts({ ...PRESETS.tiny, vocab_size: 32 }).all,
    32 * 64 + 2 * (64 * (4 * 32 + 2 * 32) + 3 * 64 * 128 + 2 * 64 + 2 * 32) + 64,
  );
});

test("lemma-m and lemma-l learn the 24 families within their budgets", async () => {
  for (const [name, most, total, active] of [
    ["lemma-m.yaml", 100e6, 10e6, 3e6],
    ["lemma-m-gpu.yaml", 1e9, 10.2e6, 4e6],
    ["lemma-l.yaml", 1.1e9, 30e6, 8.7e6],
  ] as const) {
    const plan = await planRecipe(recipe(name));
    const counts = parameterCounts(plan.model);
    assert.equal(plan.families.filter((id) => id !== "about").length, 24, name);
    assert.ok(plan.stages.reduce((sum, { steps, batchTokens }) => sum + steps * batchTokens, 0) <= most, name);
    assert.ok(Math.abs(counts.all / total - 1) < 0.03 && Math.abs(counts.active / active - 1) < 0.03, name);
  }
});

test("the large presets have the sizes that they are named for, with a vocabulary of their size", async () => {
  for (const [name, total, active] of [
    ["lemma-7b", 6.8, 1.8],
    ["lemma-13b", 12.8, 2.6],
    ["lemma-33b", 33.1, 5.2],
  ] as const) {
    const counts = parameterCounts({ ...PRESETS[name], vocab_size: 129_280 });
    assert.equal((counts.all / 1e9).toFixed(1), total.toFixed(1), name);
    assert.equal((counts.active / 1e9).toFixed(1), active.toFixed(1), name);
    assert.ok((await planRecipe(recipe(`${name}.yaml`))).stages.length >= 2, name);
  }
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
    [config.parallel, "Parallelism"],
  ];
  for (const [value, name] of cases) {
    const known = fieldsOf(name);
    assert.ok(known.size > 2);
    for (const field of Object.keys(value)) assert.ok(known.has(field), `${name}.${field}`);
    for (const [field, hasDefault] of known) assert.ok(hasDefault || field in value, `${name}.${field} is missing`);
  }
});
