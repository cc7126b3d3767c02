// A model of the real engine with random weights: meaningless text, but every path of a real reply.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadModel, type Model } from "@lemma/engine";
import type { Message } from "@lemma/protocol";
import { writeRandomModel } from "../../engine/test/random-model.ts";

export interface RealModel {
  model: Model;
  /** With this seed and `QUESTION` the model thinks, ends the thought, answers and stops within `MAX_TOKENS`. */
  seed: number;
  dispose(): Promise<void>;
}

export const QUESTION: Message[] = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "2+2?" },
];
export const MAX_TOKENS = 400;

/** Loads one; `load` are options of loadModel. */
export async function loadRealModel(
  load: { maxSequences?: number; maxQueue?: number; context?: number } = {},
): Promise<RealModel> {
  const { context = 4096, ...options } = load;
  const folder = mkdtempSync(path.join(tmpdir(), "lemma-model-"));
  const modelPath = path.join(folder, "random.gguf");
  await writeRandomModel(modelPath, { context });
  const model = await loadModel({ modelPath, ...options });
  return {
    model,
    seed: await findSeed(model),
    dispose: async () => {
      await model.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

async function findSeed(model: Model): Promise<number> {
  for (let seed = 0; seed < 1_000; seed++) {
    const { choices } = await model.generate(QUESTION, { seed, maxTokens: MAX_TOKENS, temperature: 1 });
    const { reasoning, text, finishReason } = choices[0]!;
    if (reasoning.length > 5 && text.length > 5 && finishReason === "stop") return seed;
  }
  throw new Error("no seed gives a thought and an answer");
}
