// Trained weights in F32, converted as `lemma convert` does, in our engine and in llama.cpp: the same greedy tokens on 20
// prompts, to the end token or 64 tokens. Where llama.cpp's two best tokens lie within 1e-3 nats the rounding of sums decides;
// such a first difference is a tie, listed, and at most one prompt may end in one.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { loadModel } from "@lemma/engine";
import { oracleSkip } from "../../../../oracles/oracle.ts";
import { bestTwo, LlamaOracle } from "../../../engine/test/llama-oracle.ts";
import { writeTrainedFolder } from "../../test/trained-folder.ts";
import { convertModel } from "./convert-model.ts";

const TIE = 1e-3;
const MAX_TOKENS = 64;
const PROMPTS = [
  "What is 4738 + 2965?",
  "9021 - 378 = ?",
  "计算 512 + 4099。",
  "47*36=?",
  "347 乘以 28 等于多少？",
  "Solve 3x + 5 = 20 for x.",
  "解方程 7x - 4 = 2x + 11。",
  "Solve the system x + y = 7, x - y = 1.",
  "求解方程组 2x + y = 8，x - y = 1。",
  "Differentiate x^3 + 2x with respect to x.",
  "求 5x^4 - 3x 的导数。",
  "Solve the differential equation dy/dx = x^2 + y",
  "Solve y' = 2y + 3x.",
  "Ann is taller than Bob. Bob is taller than Dan. Who is the tallest?",
  "小明比小红高，小红比小刚高。谁最矮？",
  "What does this program print?\na = 3\na = a * 4\nprint(a + 1)",
  "What can you do?",
  "你是谁？",
  "hello",
  "1/2 + 1/3",
];

test("lemma-s in F32: greedy tokens agree with llama.cpp", { skip: await oracleSkip() }, async (t) => {
  assert.equal(new Set(PROMPTS).size, 20);
  const root = await mkdtemp(path.join(tmpdir(), "lemma-greedy-"));
  try {
    const folder = path.join(root, "lemma-s");
    await writeTrainedFolder(folder);
    const { path: modelPath } = await convertModel({ folder, type: "F32" });
    await using model = await loadModel({ modelPath, threads: 1 });
    assert.equal(model.info.tensorType, "F32");
    await using oracle = await LlamaOracle.open(modelPath, 512);
    const ties: string[] = [];
    let compared = 0;
    for (const prompt of PROMPTS) {
      const { tokens } = model.renderChat([{ role: "user", content: prompt }]);
      const { choices } = await model.generate({ tokens }, { temperature: 0, maxTokens: MAX_TOKENS });
      const ours = choices[0]!.tokens;
      // As long as all before is the same, llama.cpp's greedy token is the best one after our tokens.
      const after = await oracle.distributions([...tokens, ...ours]);
      for (const [i, token] of ours.entries()) {
        const [best, second] = bestTwo(after[tokens.length - 1 + i]!) as [[number, number], [number, number]];
        compared++;
        if (token === best[0]) continue;
        const apart = best[1] - second[1];
        const place = `${JSON.stringify(prompt)}, token ${i}: ours ${token}, theirs ${best[0]}, ${apart.toExponential(1)} nats ahead`;
        assert.ok(token === second[0] && apart <= TIE, place);
        ties.push(place);
        break;
      }
    }
    for (const tie of ties) t.diagnostic(`tie at ${tie}`);
    t.diagnostic(`${compared} tokens of ${PROMPTS.length} prompts, ${ties.length} ties`);
    assert.ok(ties.length <= 1, ties.join("; "));
    assert.ok(compared > 10 * PROMPTS.length, `only ${compared} tokens`);
  } finally {
    await rm(root, { recursive: true });
  }
});
