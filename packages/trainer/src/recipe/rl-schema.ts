// The settings of stages that learn from replies of the model itself: `grpo` (reinforcement learning) and `rft` (rejection-sampling
// fine-tuning). Fields, types, defaults and why they are so. The formulas of the update are Python's (trainer/lemma_trainer/rl).

import { z } from "zod";

const count = z.int().positive();
const weight = z.number().nonnegative();

/** A family of the gym that the curriculum draws from. */
const task = z.strictObject({
  gym: z.string(),
  /** How often it is drawn, relative to the others. */
  weight: z.number().positive().default(1),
  /** The dial goes from level 1 to this one; default: all levels that the family has. */
  levels: count.optional(),
  /** Where the dial begins; default: the family's own level, or `levels` if that is lower. */
  start: z.number().min(1).optional(),
  languages: z
    .array(z.enum(["en", "zh"]))
    .nonempty()
    .default(["en", "zh"]),
});

/** What the engine computes in. With both F32 its log-probabilities are the trainer's to 1e-4 nats. */
const rollouts = z.strictObject({
  /** Type of the matrices. */
  type: z.enum(["F32", "BF16", "F16", "Q8_0"]).default("F32"),
  /** Type of cached keys and values. */
  cache: z.enum(["f32", "f16", "q8_0"]).default("f32"),
  /** Replies that share a forward pass; the rest waits. */
  sequences: count.default(256),
});

/** What a reply is worth: a sum of parts, each times its weight (packages/trainer/src/rl/reward.ts). */
const reward = z.strictObject({
  /** 1 if it passes: by `strict`, else by the answer alone. */
  answer: weight.default(1),
  /** Share of lines that are proved and follow from something, less that of false ones left standing: -1 to 1. */
  steps: weight.default(0.2),
  /** -1 for a reply that is not one closed thought and one boxed answer. */
  format: weight.default(0.2),
  /** 0, falling to -1 over the last fifth of `maxTokens`. */
  length: weight.default(0.1),
  /** Pays for an answer only if every line is true too and the answer survives substitution: an answer alone pays for lucky guesses. */
  strict: z.boolean().default(true),
});

const tasks = z
  .array(task)
  .nonempty()
  .refine((list) => new Set(list.map(({ gym }) => gym)).size === list.length, {
    message: "expected each gym task once; raise its weight to see more of it",
  });

/** Stages of kind `grpo`. */
export const grpoSettings = z
  .strictObject({
    /** What to ask. The curriculum keeps each task's pass rate between .2 and .8 by its level. */
    tasks,
    /** Problems of a step, and replies to each: replies are compared with others to the same problem. */
    problems: count.default(16),
    groupSize: z.int().min(2).default(8),
    /** Tokens of thought and answer at most. */
    maxTokens: count.default(256),
    /** 1 samples from the model as it is, which the importance weights assume. */
    temperature: z.number().positive().default(1),
    /** The probability ratio of new to old is clipped below 1 - clipLow and above 1 + clipHigh. */
    clipLow: z.number().gt(0).lt(1).default(0.2),
    clipHigh: z.number().gt(0).default(0.28),
    /** constant-length divides a reply's loss by maxTokens, so that long wrong replies are not cheaper a token; token by all tokens of the step. */
    loss: z.enum(["constant-length", "token"]).default("constant-length"),
    /** What advantages are divided by: the deviation of rewards in the group or in the whole step, or nothing. */
    std: z.enum(["group", "batch", "none"]).default("batch"),
    /** Groups whose rewards are all equal say nothing and are left out. */
    dropEqual: z.boolean().default(true),
    /** Replies cut off at maxTokens are left out of the loss: nobody knows how they would have ended. */
    maskTruncated: z.boolean().default(true),
    /** Weight of the divergence from the weights at the stage's start; 0 leaves it out. */
    klWeight: weight.default(0),
    /** Importance weights (trainer's probability over the engine's) are capped here. */
    importanceCap: z.number().min(1).default(2),
    /** Optimiser steps that share the replies of one step. */
    minibatches: count.default(1),
    /** The run stops where engine and trainer differ by more than this on average, in nats a token. */
    maxMeanKl: z.number().positive().default(0.02),
    reward: reward.prefault({}),
    rollouts: rollouts.prefault({}),
    /** Asks the same so many problems at every step: a test that the loop learns, not a training. */
    fixed: count.optional(),
    /** Replies of each step that go into completions.jsonl. */
    completions: z.int().nonnegative().default(4),
  })
  .refine((value) => value.problems % value.minibatches === 0, {
    message: "expected a divisor of problems, as a group stays in one minibatch",
    path: ["minibatches"],
  });

/** Stages of kind `rft`. What is kept becomes training rows, and the rest of the stage is `sft` on them. */
export const rftSettings = z.strictObject({
  tasks,
  /** Problems to ask in all, and replies to each. */
  problems: count.default(1024),
  samples: count.default(8),
  maxTokens: count.default(256),
  temperature: z.number().positive().default(1),
  /** Different right replies of one problem that are kept at most, the shortest first. */
  keep: count.default(2),
  /** Adds the gym's own solution of each problem for which no reply was kept. */
  mine: z.boolean().default(true),
  rollouts: rollouts.prefault({}),
});

export type GrpoSettings = z.infer<typeof grpoSettings>;
export type RftSettings = z.infer<typeof rftSettings>;
export type RewardWeights = GrpoSettings["reward"];
export type RolloutSettings = GrpoSettings["rollouts"];
export type RlTask = GrpoSettings["tasks"][number];
