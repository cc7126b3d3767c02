// `lemma train plan`: what a recipe would do and what it would take, without doing it. Owns the outline's fields; formulas are
// recipe/model-size.ts's and memory.ts's, probes are PyTorch's own.

import { availableParallelism, cpus, totalmem } from "node:os";
import { flopsPerToken, type KeptOptions, parameterCounts } from "../recipe/model-size.ts";
import { planRecipe, type TrainingPlan } from "../recipe/resolve.ts";
import { askCapabilities, type Capabilities } from "./capabilities.ts";
import { assumedMfu, CORE_PRICE, HARDWARE } from "./hardware.ts";
import { PLANS, type PlanName, type RankMemory, rankMemory } from "./memory.ts";
import { findPython } from "./python.ts";
import { findRun } from "./run-folder.ts";

/** Memory of a rank under one plan, and whether it runs here. */
export interface PlannedMemory extends RankMemory {
  plan: "single" | PlanName;
  gradientCheckpointing: boolean;
  ranks: number;
  /** Why the installed PyTorch can't run it; empty where it can, null where there is no PyTorch to ask. */
  refused: string | null;
}

/** What the training would take on named hardware. */
export interface PlannedHardware {
  id: string;
  /** Devices: the fewest (a power of two that divides a step's micro-batches) on which a plan fits; null where none does. */
  devices: number | null;
  plan: "single" | PlanName | null;
  gradientCheckpointing: boolean;
  /** Memory of a rank under that plan, of the device's. */
  bytes: number | null;
  memoryBytes: number;
  peakFlops: number;
  mfu: number;
  tokensPerSecond: number | null;
  hours: number | null;
  pricePerHour: number;
  cost: number | null;
}

/** The answer of `lemma train plan RECIPE --json`. */
export interface TrainingOutline {
  name: string;
  parameters: number;
  /** Parameters that one token meets. */
  activeParameters: number;
  /** Floating-point operations to train on a token at full context, and on all tokens of all stages. */
  flopsPerToken: number;
  flops: number;
  tokenizer: string;
  context: number;
  data: { tokens: number; sources: readonly object[] };
  /** `tokens`: with prompts and padding; of `grpo` the most that its replies can have. */
  stages: { kind: string; steps: number; tokens: number; learningRate: number; ranks: number }[];
  /** Weights, gradients and optimiser of each rank in bytes under ddp; activations come on top. */
  stateBytesPerRank: number;
  memory: PlannedMemory[];
  hardware: PlannedHardware[];
  /** What was found out about the installed PyTorch, or why nothing could be. */
  pytorch: Capabilities | { missing: string };
  parallel: TrainingPlan["parallel"];
  evaluate: object | false;
  export: object;
  /** The run that `lemma train` would continue, or null. */
  continues: string | null;
}

export interface PlanOptions {
  recipe: string;
  /** Ranks of the table of memory. Default: the most that a stage would start here, at least 2. */
  ranks?: number;
  /** Share of the peak that is reached, in place of the assumed one. */
  mfu?: number;
  /** Dollars a device and hour, in place of the assumed ones. */
  price?: number;
}

/**
 * Checks a recipe and works out what it takes. Asks the installed PyTorch, if there is one, which plans it can run.
 * @throws LEMMA_E_RECIPE, LEMMA_E_FILE, LEMMA_E_TASK.
 * @example (await planTraining({ recipe: "recipes/lemma-m.yaml" })).activeParameters
 */
export async function planTraining(options: PlanOptions): Promise<TrainingOutline> {
  const plan = await planRecipe(options.recipe);
  const pytorch = await findPython()
    .then((python) => askCapabilities(python))
    .catch((error: Error) => ({ missing: error.message }));
  const stages = plan.stages.map(({ kind, steps, batchTokens, microTokens, learningRate, grpo }) => {
    const micros = batchTokens / microTokens;
    let ranks = Math.min(micros, availableParallelism());
    while (micros % ranks !== 0) ranks--;
    const tokens = steps * (grpo ? grpo.problems * grpo.groupSize * grpo.maxTokens : batchTokens);
    return { kind, steps, tokens, learningRate, ranks };
  });
  const counts = parameterCounts(plan.model);
  const perToken = flopsPerToken(plan.model, plan.contextLength);
  const tokens = stages.reduce((sum, stage) => sum + stage.tokens, 0);
  const work: Work = {
    plan,
    tokens,
    flops: perToken * tokens,
    microTokens: Math.max(...plan.stages.map((stage) => stage.microTokens)),
  };
  const here = "torch" in pytorch ? pytorch : undefined;
  const isFused = here ? here.fusedAttention === "" : true;
  return {
    name: plan.name,
    parameters: plan.parameters,
    activeParameters: counts.active,
    flopsPerToken: perToken,
    flops: perToken * tokens,
    tokenizer: plan.tokenizer,
    context: plan.contextLength,
    data: { tokens: plan.dataTokens, sources: plan.sources },
    stages,
    stateBytesPerRank: plan.parameters * 22,
    memory: memoryTable(work, options.ranks ?? Math.max(2, ...stages.map((stage) => stage.ranks)), isFused, here),
    hardware: [
      ...HARDWARE.map((one) => onDevices(work, one, options)),
      ...(here ? [onThisCpu(work, here, options)] : []),
    ],
    pytorch,
    parallel: plan.parallel,
    evaluate: plan.evaluate,
    export: plan.export,
    continues: (await findRun(plan)) ?? null,
  };
}

interface Work {
  plan: TrainingPlan;
  tokens: number;
  flops: number;
  microTokens: number;
}

function memoryOf(
  work: Work,
  plan: "single" | PlanName,
  ranks: number,
  isRecomputed: boolean,
  hasFusedAttention: boolean,
) {
  const { model, contextLength } = work.plan;
  const kept: KeptOptions = { operand: 2, rowLength: contextLength, hasFusedAttention, isRecomputed };
  return rankMemory(model, plan === "single" ? "ddp" : plan, ranks, work.microTokens, kept);
}

function memoryTable(work: Work, ranks: number, isFused: boolean, here: Capabilities | undefined): PlannedMemory[] {
  const usesMuon = work.plan.stages.some((stage) => stage.optimiser === "muon");
  const refused = (plan: "single" | PlanName): string | null => {
    if (plan === "single") return here ? "" : null;
    if (plan === "fsdp" && usesMuon) return "muon needs whole matrices on one rank; use zero1 or adamw";
    return here ? here.plans[plan] : null;
  };
  return (["single", ...PLANS] as const).flatMap((plan) =>
    [false, true].map((gradientCheckpointing) => {
      const count = plan === "single" ? 1 : ranks;
      const memory = memoryOf(work, plan, count, gradientCheckpointing, isFused);
      return { plan, gradientCheckpointing, ranks: count, ...memory, refused: refused(plan) };
    }),
  );
}

/** A tenth of a device's memory is left to the allocator, to kernels and to communication. */
const USABLE = 0.9;

function onDevices(work: Work, hardware: (typeof HARDWARE)[number], options: PlanOptions): PlannedHardware {
  const mfu = options.mfu ?? assumedMfu(work.plan.model.hidden_size as number, false);
  const pricePerHour = options.price ?? hardware.pricePerHour;
  const { id, memoryBytes, peakFlops } = hardware;
  const common = { id, memoryBytes, peakFlops, mfu, pricePerHour };
  const usesMuon = work.plan.stages.some((stage) => stage.optimiser === "muon");
  const { stages } = work.plan;
  const isEven = (ranks: number): boolean => stages.every((one) => (one.batchTokens / one.microTokens) % ranks === 0);
  for (let devices = 1; devices <= 1024 && isEven(devices); devices *= 2) {
    const plans: readonly ("single" | PlanName)[] = devices === 1 ? ["single"] : PLANS;
    for (const gradientCheckpointing of [false, true]) {
      for (const plan of plans) {
        if (plan === "fsdp" && usesMuon) continue;
        const bytes = memoryOf(work, plan, devices, gradientCheckpointing, true).total;
        if (bytes > USABLE * memoryBytes) continue;
        // Recomputation does the forward pass, a third of the work, twice.
        const speed = (devices * peakFlops * mfu) / (gradientCheckpointing ? 4 / 3 : 1);
        return {
          ...common,
          devices,
          plan,
          gradientCheckpointing,
          bytes,
          ...timeAndCost(work, speed, devices * pricePerHour),
        };
      }
    }
  }
  const nothing = { tokensPerSecond: null, hours: null, cost: null };
  return { ...common, devices: null, plan: null, gradientCheckpointing: true, bytes: null, ...nothing };
}

/** All cores of this machine: one rank each, memory shared. */
function onThisCpu(work: Work, here: Capabilities, options: PlanOptions): PlannedHardware {
  const cores = availableParallelism();
  const mfu = options.mfu ?? assumedMfu(0, true);
  const pricePerHour = options.price ?? CORE_PRICE;
  const bytes = memoryOf(work, cores > 1 ? "ddp" : "single", cores, false, here.fusedAttention === "").total;
  const common = { memoryBytes: totalmem() / cores, peakFlops: here.peakFlops.bfloat16, mfu, pricePerHour };
  const fits = bytes <= USABLE * common.memoryBytes;
  return {
    id: `this CPU (${cpus()[0]?.model.trim() ?? "unknown"})`,
    devices: fits ? cores : null,
    plan: fits ? (cores > 1 ? "ddp" : "single") : null,
    gradientCheckpointing: false,
    bytes,
    ...common,
    ...(fits
      ? timeAndCost(work, cores * common.peakFlops * mfu, cores * pricePerHour)
      : { tokensPerSecond: null, hours: null, cost: null }),
  };
}

function timeAndCost(work: Work, flopsPerSecond: number, pricePerHour: number) {
  const hours = work.flops / flopsPerSecond / 3600;
  return { tokensPerSecond: work.tokens / hours / 3600, hours, cost: hours * pricePerHour };
}
