// The addon in worker threads and at the ends of processes: several environments at once, none disposed of properly.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { loadModel } from "../src/index.ts";
import { writeRandomModel } from "./random-model.ts";

const script = new URL("./worker.ts", import.meta.url);
let folder = "";
let modelPath = "";

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lemma-worker-"));
  modelPath = path.join(folder, "tiny.gguf");
  await writeRandomModel(modelPath, { seed: 9 });
});
after(() => rm(folder, { recursive: true }));

test("two workers and the main thread agree", async () => {
  const workers = [0, 1].map(() => new Worker(script, { workerData: { modelPath, mode: "finish" } }));
  await using model = await loadModel({ modelPath, threads: 1 });
  const here = await model.generate("worker", { maxTokens: 20, temperature: 0 });
  for (const [tokens] of await Promise.all(workers.map((worker) => once(worker, "message")))) {
    assert.deepEqual(tokens, [...here.choices[0]!.tokens]);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
});

for (const mode of ["leave", "spin", "load"]) {
  test(`a worker that ends in mid-work (${mode}) harms nobody`, async () => {
    for (let i = 0; i < 4; i++) {
      const worker = new Worker(script, { workerData: { modelPath, mode } });
      const exited = once(worker, "exit");
      await once(worker, "message");
      if (mode !== "leave") await worker.terminate();
      await exited;
    }
    await using model = await loadModel({ modelPath, threads: 1 });
    assert.equal((await model.generate("still here", { maxTokens: 3, ignoreEnd: true })).usage.completionTokens, 3);
  });
}

test("a process ends by itself, with the model loaded and nothing running, or by exit() in mid-generation", () => {
  const engine = fileURLToPath(new URL("../src/index.ts", import.meta.url));
  const head = `import { loadModel } from ${JSON.stringify(engine)}; const model = await loadModel({ modelPath: ${JSON.stringify(modelPath)}, threads: 1 });`;
  for (const tail of [
    `await model.generate("x", { maxTokens: 3 });`,
    `void model.generate("x", { ignoreEnd: true }); setTimeout(() => process.exit(0), 20);`,
    `await model.dispose();`,
  ]) {
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", head + tail], {
      encoding: "utf8",
      timeout: 120000,
    });
    assert.equal(child.status, 0, `${tail}\n${child.stderr}`);
  }
});

test("a model that nobody holds any more is collected", () => {
  const engine = fileURLToPath(new URL("../src/index.ts", import.meta.url));
  const code = `import { loadModel } from ${JSON.stringify(engine)};
    let gone = 0; const registry = new FinalizationRegistry(() => gone++);
    for (let i = 0; i < 5; i++) { const model = await loadModel({ modelPath: ${JSON.stringify(modelPath)}, threads: 1 }); await model.generate("x", { maxTokens: 2 }); registry.register(model, i); }
    for (let i = 0; i < 50 && gone < 4; i++) { gc(); await new Promise((r) => setTimeout(r, 20)); }
    if (gone < 4) throw new Error("only " + gone + " of 5 models were collected");`;
  const child = spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", code], {
    encoding: "utf8",
    timeout: 120000,
  });
  assert.equal(child.status, 0, child.stderr);
});
