// What a stage of a recipe says about its objective and its adapters: fields, defaults, and what goes together. Mirrors
// Adapter, Dpo and Distill of trainer/lemma_trainer/config.py. Owns no files.

import { z } from "zod";

/** Groups of matrices, or matrices by their Hugging Face names. `experts` are the routed ones. */
export const ADAPTER_TARGETS = [
  "attention",
  "feed-forward",
  "experts",
  ...["q_proj", "k_proj", "v_proj", "o_proj", "q_a_proj", "q_b_proj", "kv_a_proj_with_mqa", "kv_b_proj"],
  ...["gate_proj", "up_proj", "down_proj"],
] as const;

/** Train low-rank adapters and leave the weights as they are. */
export const adapter = z.strictObject({
  kind: z.enum(["lora"]),
  /** Columns of the two thin matrices. */
  rank: z.int().positive(),
  /** Their product counts alpha / rank. */
  alpha: z.number().positive(),
  /** Share of the adapters' inputs that are zero in training. Native kernels know none: more than 0 takes PyTorch's own. */
  dropout: z.number().min(0).lt(1).default(0),
  targets: z.array(z.enum(ADAPTER_TARGETS)).nonempty().default(["attention", "feed-forward"]),
});

export const dpo = z.strictObject({
  /** JSONL of preference pairs: docs/contracts.md, "Preference pair". */
  pairs: z.string(),
  /** How dear it is to move away from the reference: smaller moves further. */
  beta: z.number().positive().default(0.1),
  /** Share of pairs that are taken to be in the wrong order. */
  labelSmoothing: z.number().min(0).lt(0.5).default(0),
});

export const distill = z.strictObject({
  /** logits: `teacher` is a Hugging Face folder with the same tokenizer. text: the name of who wrote the replies in `data`. */
  from: z.enum(["logits", "text"]).default("logits"),
  teacher: z.string().min(1),
  /** logits only. forward covers all that the teacher may say, reverse keeps to what it says most, js lies between. */
  divergence: z.enum(["forward", "reverse", "js"]).default("forward"),
  /** logits only: both distributions are softened by it. */
  temperature: z.number().positive().default(1),
  /** logits only: the divergence's part of the loss; the rest is cross-entropy. */
  share: z.number().min(0).max(1).default(0.5),
});

interface ObjectiveFields {
  kind: string;
  optimiser: string;
  keepBest?: string | undefined;
  adapter?: unknown;
  dpo?: unknown;
  distill?: unknown;
}

/** Faults of a stage whose fields do not go together, as [field, what was expected]. */
export function objectiveFaults(stage: ObjectiveFields): [field: string, expected: string][] {
  const faults: [string, string][] = [];
  for (const kind of ["dpo", "distill"] as const) {
    if (stage.kind === kind && stage[kind] === undefined) faults.push([kind, `expected settings for kind: ${kind}`]);
    if (stage.kind !== kind && stage[kind] !== undefined) faults.push([kind, `expected only with kind: ${kind}`]);
  }
  if (stage.kind === "grpo" && stage.adapter !== undefined)
    faults.push(["adapter", "expected none with kind: grpo, which trains whole weights"]);
  if (stage.kind === "grpo" && (stage.keepBest ?? "off") !== "off")
    faults.push(["keepBest", "expected off with kind: grpo, which has no check and whose loss says nothing"]);
  if (stage.adapter !== undefined && stage.optimiser !== "adamw")
    faults.push(["optimiser", "expected adamw with an adapter: muon moves whole matrices"]);
  return faults;
}
