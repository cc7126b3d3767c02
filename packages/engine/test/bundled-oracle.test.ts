// The bundled models in both engines: the same file in ours and in llama.cpp gives the same log-probabilities.
// The Q8_0 tolerance is explained in llama-oracle.test.ts; trained weights are larger
// and deeper than the random ones there, hence the mean over all positions decides and the worst is bounded loosely.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { oracleSkip } from "../../../oracles/oracle.ts";
import { loadModel } from "../src/index.ts";
import { LlamaOracle } from "./llama-oracle.ts";

const folder = fileURLToPath(new URL("../../../models", import.meta.url));
const bundled = readdirSync(folder).filter((id) => existsSync(path.join(folder, id, `${id}.gguf`)));
const skip = (await oracleSkip()) || (bundled.length === 0 ? "no model is bundled yet" : false);

const QUESTIONS = [
  "47*3=?",
  "Solve 3x+2=17 for x.",
  "解方程 3x+2=17。",
  "Solve the differential equation dy/dx = x^2 + y",
  "hello",
];

for (const id of bundled.length > 0 ? bundled : ["bundled models"]) {
  test(`${id}: log-probabilities agree with llama.cpp`, { skip }, async (t) => {
    const file = path.join(folder, id, `${id}.gguf`);
    await using model = await loadModel({ modelPath: file });
    await using oracle = await LlamaOracle.open(file, model.info.contextLength);
    let worst = 0;
    let sum = 0;
    let count = 0;
    for (const question of QUESTIONS) {
      const { tokens } = model.renderChat([{ role: "user", content: question }]);
      const { choices } = await model.generate({ tokens }, { temperature: 0, maxTokens: 64 });
      const all = Uint32Array.from([...tokens, ...choices[0]!.tokens]);
      const { logprobs } = await model.score({ tokens: all });
      const theirs = await oracle.distributions(all);
      for (let i = tokens.length; i < all.length; i++) {
        const apart = Math.abs(theirs[i - 1]!.get(all[i]!)! - logprobs[i]!);
        worst = Math.max(worst, apart);
        sum += apart;
        count++;
      }
    }
    t.diagnostic(`worst ${worst.toExponential(2)}, mean ${(sum / count).toExponential(2)} nats over ${count} tokens`);
    assert.ok(sum / count < 0.06 && worst < 1, `worst ${worst}, mean ${sum / count}`);
  });
}
