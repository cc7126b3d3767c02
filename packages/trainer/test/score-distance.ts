// How far our engine's log-probabilities of given tokens are from expected ones, in nats.

import { loadModel } from "@lemma/engine";

/** The greatest distance. `expected` is [position][token]; `kvType` is how the cache keeps what it keeps. */
export async function scoreDistance(
  modelPath: string,
  tokens: readonly number[],
  expected: readonly Float64Array[],
  kvType: "f16" | "f32" = "f16",
): Promise<number> {
  await using model = await loadModel({ modelPath, threads: 1, kvType });
  const { logprobs } = await model.score({ tokens: Uint32Array.from(tokens) });
  return Math.max(...tokens.slice(1).map((token, i) => Math.abs(logprobs[i + 1]! - expected[i]![token]!)));
}
