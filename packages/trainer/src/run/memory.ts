// Memory of one rank under each parallel plan, by formula. Owns the bytes a parameter costs (plans.py has the same numbers; a
// test compares them). Must not know recipes or hardware.

import { type KeptOptions, keptBytesPerToken, type ModelConfig, parameterCounts } from "../recipe/model-size.ts";

export const PLANS = ["ddp", "zero1", "fsdp"] as const;
export type PlanName = (typeof PLANS)[number];

/**
 * Bytes a parameter: on every rank, and shared out over the ranks. Weights and gradients are float32 (4 + 4), AdamW and Muon
 * keep two moments and a scratch vector (4 + 4 + 4), products want the weights in bfloat16 (2).
 */
export const STATE_BYTES: Record<PlanName, { each: number; shared: number }> = {
  ddp: { each: 22, shared: 0 },
  zero1: { each: 10, shared: 12 }, // S. Rajbhandari and others, 2019, arXiv 1910.02054: P_os
  fsdp: { each: 0, shared: 16 }, // the same, P_os+g+p; weights are put together layer by layer
};

/** Bytes of one rank. */
export interface RankMemory {
  /** Weights, gradients and moments. */
  state: number;
  /** fsdp: two layers put together (one is computed, one fetched), a layer's gradient, embedding and head. */
  gathered: number;
  /** What the forward pass of a micro-batch keeps, and a chunk of logits. */
  activations: number;
  total: number;
}

/** Rows of logits that exist at a time (ChunkedCrossEntropy in layers.py). */
const LOGIT_ROWS = 512;

export function rankMemory(
  config: ModelConfig,
  plan: PlanName,
  ranks: number,
  microTokens: number,
  kept: KeptOptions,
): RankMemory {
  const counts = parameterCounts(config);
  const { each, shared } = STATE_BYTES[plan];
  const state = counts.all * (each + shared / ranks);
  const copies = 4 + kept.operand;
  const gathered = plan === "fsdp" ? (2 * copies + 4) * counts.largestLayer + (copies + 4) * counts.ends : 0;
  const logits = LOGIT_ROWS * (config.vocab_size as number) * (4 + 2 * kept.operand);
  const headGradient = 4 * (config.vocab_size as number) * (config.hidden_size as number);
  const activations = microTokens * keptBytesPerToken(config, kept).peak + logits + headGradient;
  return { state, gathered, activations, total: state + gathered + activations };
}
