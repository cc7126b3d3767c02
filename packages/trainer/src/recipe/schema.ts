// The recipe as a person writes it: its fields, their types and defaults. Unknown fields are errors. Owns no files.

import { z } from "zod";
import { adapter, distill, dpo, objectiveFaults } from "./objectives.ts";
import { PRESETS, type PresetName } from "./presets.ts";
import { grpoSettings, rftSettings } from "./rl-schema.ts";

const count = z.int().positive();
const share = z.number().positive();
const seed = z.int().nonnegative();

const dataSource = z.union([
  z.strictObject({
    gym: z.string(),
    share: share.default(1),
    levels: z.array(count).nonempty().optional(),
    languages: z
      .array(z.enum(["en", "zh"]))
      .nonempty()
      .optional(),
    /** Share of its solutions in which a wrong step is taken back by [BACK]: how a model learns to repair what it sees is wrong. */
    retry: z.number().min(0).max(1).optional(),
  }),
  z.strictObject({ file: z.string(), share: share.default(1) }),
]);

const schedule = z.strictObject({
  /** cosine falls from the peak to `floor`; wsd stays at the peak and falls linearly at the end; constant stays. */
  kind: z.enum(["cosine", "wsd", "constant"]).default("cosine"),
  warmupSteps: z.int().nonnegative().default(100),
  /** The last learning rate as a share of the peak. */
  floor: z.number().min(0).max(1).default(0.02),
  /** wsd: share of the steps in which the rate falls. */
  decayShare: z.number().gt(0).max(1).default(0.2),
});

const stage = z
  .strictObject({
    /** pretrain learns every token, sft what the model must write; the others have their settings below. */
    kind: z.enum(["pretrain", "sft", "dpo", "distill", "rft", "grpo"]),
    /** Budget: tokens (prompts and padding included) or optimiser steps. */
    tokens: count.optional(),
    steps: count.optional(),
    learningRate: z.number().positive(),
    schedule: schedule.prefault({}),
    /** Tokens of an optimiser step over all ranks, and of one forward pass of one rank. */
    batchTokens: count.default(12_288),
    microTokens: count.default(2_048),
    seed: seed.default(1),
    layout: z.enum(["auto", "padded", "packed"]).default("auto"),
    pool: count.default(2_048),
    /** muon moves the matrices inside the model by orthogonal updates, and the rest as adamw does. */
    optimiser: z.enum(["adamw", "muon"]).default("adamw"),
    betas: z.tuple([z.number(), z.number()]).default([0.9, 0.95]),
    weightDecay: z.number().nonnegative().default(0.1),
    clip: z.number().positive().default(1),
    /** Default: 500; 25 for grpo, whose steps take longer. */
    checkpointSteps: count.optional(),
    keepCheckpoints: count.default(2),
    /** The checkpoint that is kept beside them: of the highest exact-trace check, or of the lowest loss. Default: check where there is one. */
    keepBest: z.enum(["check", "loss", "off"]).optional(),
    logSteps: count.default(10),
    adapter: adapter.optional(),
    dpo: dpo.optional(),
    distill: distill.optional(),
    /** What to ask the model, and what its replies are worth. */
    grpo: grpoSettings.optional(),
    rft: rftSettings.optional(),
  })
  .superRefine((value, context) => {
    for (const [field, message] of objectiveFaults(value)) context.addIssue({ code: "custom", path: [field], message });
  })
  .refine((value) => (value.tokens === undefined) !== (value.steps === undefined), {
    message: "expected either tokens or steps",
    path: ["tokens"],
  })
  .refine((value) => value.batchTokens % value.microTokens === 0, {
    message: "expected a multiple of microTokens",
    path: ["batchTokens"],
  })
  .superRefine((value, context) => {
    for (const kind of ["grpo", "rft"] as const) {
      if ((value.kind === kind) === (value[kind] !== undefined)) continue;
      const message =
        value.kind === kind ? `expected the settings of a ${kind} stage` : `expected a stage of kind ${kind}`;
      context.addIssue({ code: "custom", message, path: value.kind === kind ? [kind] : ["kind"] });
    }
    if (value.kind === "grpo" && value.steps === undefined)
      context.addIssue({
        code: "custom",
        message: "expected a budget in steps: the length of replies is the model's",
        path: ["steps"],
      });
  });

const parallel = z.strictObject({
  /** ddp: every rank holds everything; zero1: the optimiser's moments are shared out; fsdp: weights and gradients too, where
   * PyTorch has it; auto: the first of them that fits into the device's memory. */
  plan: z.enum(["auto", "ddp", "zero1", "fsdp"]).default("auto"),
  /** Computes the inside of layers again in the backward pass instead of keeping it: a third more work, much less memory. */
  gradientCheckpointing: z.boolean().default(false),
  /** torch.compile of the layers, where PyTorch has it. */
  compile: z.boolean().default(false),
});

const evaluate = z.strictObject({
  /** Families to score; default: the gym tasks of `data`. */
  tasks: z.array(z.string()).nonempty().optional(),
  /** Fresh held-out problems a family. */
  count: count.default(500),
  seed: seed.default(0),
  /** Wordings to score; `heldout` are phrasings that training never sees. */
  phrasings: z
    .array(z.enum(["trained", "heldout"]))
    .nonempty()
    .default(["trained", "heldout"]),
  /** Scores problems one level harder than the families' own, too: does it reach beyond what it was shown? */
  harder: z.boolean().default(false),
  /** Above 1: scores checked answers, too; so many replies until one passes, and the best of so many. */
  attempts: z.int().min(1).max(64).default(1),
  /** The teacher-forced exact-trace check during training, every so many steps; 0 leaves it out. */
  checkSteps: z.int().nonnegative().default(500),
  /** Its rows for each cell and language. */
  checkRows: count.default(24),
});

const fields = z.strictObject({
  /** The model's id: the name of its folder and of its run. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  model: z.union([
    z.strictObject({ preset: z.enum(Object.keys(PRESETS) as [PresetName, ...PresetName[]]) }),
    z.strictObject({ folder: z.string() }),
  ]),
  /** Folder with tokenizer.json. Paths are relative to the recipe's own folder. */
  tokenizer: z.string(),
  /** What stages of kind pretrain, sft and distill learn from; dpo brings its own, rft and grpo make theirs. */
  data: z.array(dataSource).default([]),
  stages: z.array(stage).nonempty(),
  /** What matrices are multiplied in while training. float32 is slower; with F32 rollouts it makes engine and trainer agree to 1e-4 nats. */
  dtype: z.enum(["bfloat16", "float32"]).default("bfloat16"),
  /** How ranks share the work: changes nothing but rounding, and may change while a run is under way. */
  parallel: parallel.prefault({}),
  evaluate: z.union([evaluate, z.literal(false)]).prefault({}),
  export: z
    .strictObject({
      /** Where the finished model folder goes; default: `model/<name>` in the run folder. */
      folder: z.string().optional(),
      /** Type of the GGUF's matrices. */
      type: z.enum(["Q8_0", "Q4_0", "BF16", "F16", "F32"]).default("Q8_0"),
      /** Markdown of your own for the model's card, in front of the scores: limits, comparisons, what failed. */
      notes: z.string().optional(),
    })
    .prefault({}),
});

/** Whether a stage of this kind learns from the recipe's `data`. */
export const readsData = (kind: string): boolean => !["dpo", "rft", "grpo"].includes(kind);

export const recipeSchema = fields.refine(
  ({ data, stages }) => data.length > 0 || !stages.some(({ kind }) => readsData(kind)),
  { message: "expected at least one source: only dpo, rft and grpo bring their own data", path: ["data"] },
);

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeStage = Recipe["stages"][number];
