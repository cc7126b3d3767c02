// `lemma train plan`: the table of memory by hand, devices by what fits, the probes of this machine's PyTorch.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parameterCounts } from "../recipe/model-size.ts";
import { PRESETS } from "../recipe/presets.ts";
import { askCapabilities } from "./capabilities.ts";
import { PLANS, rankMemory, STATE_BYTES } from "./memory.ts";
import { planTraining } from "./plan-training.ts";
import { findPython } from "./python.ts";

const recipe = (name: string): string => fileURLToPath(new URL(`../../../../recipes/${name}`, import.meta.url));
const python = await findPython().catch((error: Error) => error.message);

test("state is shared out as the plan says", () => {
  const config = { ...PRESETS["lemma-33b"], vocab_size: 129_280 };
  const { all, largestLayer } = parameterCounts(config);
  const kept = { operand: 2, rowLength: 4096, hasFusedAttention: true, isRecomputed: true } as const;
  const of = (plan: "ddp" | "zero1" | "fsdp", ranks: number) => rankMemory(config, plan, ranks, 8192, kept);
  assert.equal(of("ddp", 64).state, 22 * all);
  assert.equal(of("zero1", 64).state, 10 * all + (12 * all) / 64);
  assert.equal(of("fsdp", 64).state, (16 * all) / 64);
  assert.ok(of("fsdp", 64).gathered > 16 * largestLayer && of("zero1", 64).gathered === 0);
  assert.equal(of("ddp", 64).activations, of("fsdp", 8).activations);
  const whole = rankMemory(config, "fsdp", 64, 8192, { ...kept, isRecomputed: false });
  assert.ok(whole.activations > 5 * of("fsdp", 64).activations);
});

test("the outline of lemma-33b: only a sharded plan fits, on several devices, and the numbers hang together", async () => {
  const plan = await planTraining({ recipe: recipe("lemma-33b.yaml"), ranks: 64, price: 2, mfu: 0.5 });
  assert.equal(plan.memory.length, 8);
  const h100 = plan.hardware.find((one) => one.id === "h100")!;
  assert.equal(h100.plan, "fsdp");
  assert.ok(h100.devices! >= 8 && h100.bytes! <= 0.9 * h100.memoryBytes);
  const speed = (h100.devices! * 989e12 * 0.5) / (4 / 3);
  assert.ok(Math.abs(h100.hours! - plan.flops / speed / 3600) < 1e-6 * h100.hours!);
  assert.ok(Math.abs(h100.cost! - h100.hours! * h100.devices! * 2) < 1e-6 * h100.cost!);
  assert.equal(plan.hardware.find((one) => one.id === "rtx-4090")!.pricePerHour, 2);
});

test("tokens of stages: as the recipe says, of grpo what its replies can have at most", async () => {
  const { stages } = await planTraining({ recipe: recipe("smoke-rl.yaml") });
  assert.deepEqual(
    stages.map(({ kind, steps, tokens }) => [kind, steps, tokens]),
    [
      ["sft", 170, 170 * 2048],
      ["rft", 24, 24 * 4096],
      ["grpo", 40, 40 * 32 * 16 * 96],
    ],
  );
});

test("a small model fits on one device; muon is refused under fsdp", async () => {
  const plan = await planTraining({ recipe: recipe("lemma-m.yaml") });
  assert.deepEqual([...new Set(plan.hardware.slice(0, 6).map((one) => `${one.devices} ${one.plan}`))], ["1 single"]);
  assert.match(plan.memory.find((one) => one.plan === "fsdp")!.refused!, /muon needs whole matrices/);
  assert.ok(plan.activeParameters < plan.parameters / 3 + 1e6 && plan.stateBytesPerRank === 22 * plan.parameters);
});

test("Python counts the same bytes a parameter, and says why it can't", {
  skip: typeof python === "string" && python,
}, async () => {
  if (typeof python === "string") return;
  const found = (await askCapabilities(python, true)) as Awaited<ReturnType<typeof askCapabilities>> & {
    bytes: unknown;
  };
  assert.deepEqual(found.bytes, STATE_BYTES);
  assert.deepEqual(Object.keys(found.plans), [...PLANS]);
  assert.equal(found.plans.ddp, "");
  assert.ok(found.peakFlops.float32 > 1e9 && found.peakFlops.bfloat16 > 1e8);
  assert.ok(found.torchrun === "" || found.torchrun!.length > 10);
});
