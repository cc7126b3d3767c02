// The training model in PyTorch, its weights as a Hugging Face folder, and the F32 GGUF in our engine give the same
// log-probabilities. At the deviation of fresh weights (0.02) keys and values are small, and the engine's F16 cache costs
// 5e-5 nats; at larger weights that cache is what differs (convert-model.test.ts takes it into account).

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadModel } from "@lemma/engine";
import { randomWeights, smallConfig, writeFolder } from "../../test/random-folder.ts";
import { convertModel } from "./convert-model.ts";

const script = fileURLToPath(new URL("../../test/qwen3_logprobs.py", import.meta.url));
const candidates = process.env.LEMMA_PYTHON ? [process.env.LEMMA_PYTHON] : ["/usr/bin/python3", "python3"];
const python = candidates.find((name) => spawnSync(name, ["-c", "import torch, numpy"]).status === 0);
if (python === undefined && process.env.CI === "true")
  throw new Error("PyTorch is missing: apt-get install python3-torch");

test("PyTorch and the F32 GGUF agree", { skip: python === undefined && "no Python with PyTorch" }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "lemma-parity-"));
  try {
    const config = smallConfig("qwen3", { initializer_range: 0.02 });
    await writeFolder(folder, config, randomWeights(config));
    const weights = path.join(folder, "model.safetensors");
    await rm(weights); // the training model makes its own
    const tokens = Array.from({ length: 40 }, (_, i) => (i * 397 + 11) % 1024);
    await writeFile(path.join(folder, "tokens.json"), JSON.stringify(tokens));
    const names = ["config.json", "model.safetensors", "tokens.json", "out.f32"].map((name) => path.join(folder, name));
    const run = spawnSync(python!, [script, ...names], { encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
    const theirs = new Float32Array((await readFile(names[3]!)).buffer.slice(0));
    assert.equal(theirs.length, tokens.length * 1024);
    const { path: modelPath } = await convertModel({ folder, type: "F32" });
    await using model = await loadModel({ modelPath, threads: 1 });
    let worst = 0;
    for (const position of [0, 1, 7, 20, 39]) {
      const { logits } = await model.score({ tokens: Uint32Array.from(tokens) }, { logitsAt: position });
      const total = Math.log(logits!.reduce((sum, logit) => sum + Math.exp(logit), 0));
      logits!.forEach((logit, token) => {
        worst = Math.max(worst, Math.abs(logit - total - theirs[position * 1024 + token]!));
      });
    }
    assert.ok(worst <= 1e-4, `${worst}`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
