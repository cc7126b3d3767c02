// `lemma train plan`: what a recipe would do, without doing it. Owns the estimate of memory.

import { availableParallelism } from "node:os";
import { planRecipe } from "../recipe/resolve.ts";
import { findRun } from "./run-folder.ts";

/** The answer of `lemma train plan RECIPE --json`. */
export interface TrainingOutline {
  name: string;
  parameters: number;
  tokenizer: string;
  context: number;
  data: { tokens: number; sources: readonly object[] };
  stages: { kind: string; steps: number; tokens: number; learningRate: number; ranks: number }[];
  /** Weights, gradients and optimiser of each rank in bytes; activations come on top. */
  stateBytesPerRank: number;
  evaluate: object | false;
  export: object;
  /** The run that `lemma train` would continue, or null. */
  continues: string | null;
}

/** @throws LEMMA_E_RECIPE, LEMMA_E_FILE, LEMMA_E_TASK. */
export async function planTraining(options: { recipe: string }): Promise<TrainingOutline> {
  const plan = await planRecipe(options.recipe);
  return {
    name: plan.name,
    parameters: plan.parameters,
    tokenizer: plan.tokenizer,
    context: plan.contextLength,
    data: { tokens: plan.dataTokens, sources: plan.sources },
    stages: plan.stages.map(({ kind, steps, batchTokens, microTokens, learningRate }) => {
      const micros = batchTokens / microTokens;
      let ranks = Math.min(micros, availableParallelism());
      while (micros % ranks !== 0) ranks--;
      return { kind, steps, tokens: steps * batchTokens, learningRate, ranks };
    }),
    // float32 weights, gradients, two moments and one scratch vector; bfloat16 weights.
    stateBytesPerRank: plan.parameters * (5 * 4 + 2),
    evaluate: plan.evaluate,
    export: plan.export,
    continues: (await findRun(plan)) ?? null,
  };
}
