// The whole road of recipes/smoke.yaml: straight through, then killed and cancelled on the way. Both give the same bytes.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadModel } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import { runPlaces } from "../recipe/python-config.ts";
import { exportCheckpoint } from "./export-checkpoint.ts";
import { planTraining } from "./plan-training.ts";
import { findPython } from "./python.ts";
import { readMetrics } from "./read-metrics.ts";
import { listRuns } from "./run-folder.ts";
import { train } from "./train.ts";
import { watchTraining } from "./watch-training.ts";

const recipe = fileURLToPath(new URL("../../../../recipes/smoke.yaml", import.meta.url));
const missing = await findPython().then(
  () => false,
  (error: Error) => error.message,
);

let home: string;
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), "lemma-train-"));
  process.env.LEMMA_HOME = home;
});
after(() => rm(home, { recursive: true, force: true }));

/** `train --fresh` in a process of its own. A file, not --eval: worker threads inherit the flags of their process. */
async function trainElsewhere(): Promise<ChildProcess> {
  const index = new URL("../index.ts", import.meta.url).href;
  const script = `import { train } from ${JSON.stringify(index)};\nawait train({ recipe: ${JSON.stringify(recipe)}, fresh: true });\n`;
  const file = path.join(home, "train-elsewhere.mjs");
  await writeFile(file, script);
  return spawn(process.execPath, [file], { env: process.env, stdio: ["ignore", "ignore", "inherit"] });
}

/** Resolves when the newest run's metrics hold a step of at least this number. */
async function reached(step: number, runs: number, child: ChildProcess): Promise<string> {
  for (;;) {
    assert.equal(child.exitCode, null, "the training process ended early; its message is above");
    const folder = (await listRuns("smoke"))[runs - 1];
    if (folder && (await readMetrics(runPlaces(folder).metrics)).some((line) => line.step >= step)) return folder;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const curve = async (folder: string): Promise<number[][]> =>
  (await readMetrics(runPlaces(folder).metrics)).map(({ step, loss, gradNorm, tokens }) => [
    step,
    loss,
    gradNorm,
    tokens,
  ]);

test("a run that was killed and cancelled ends like one that was left alone", {
  skip: missing,
  timeout: 540_000,
}, async () => {
  const lines: string[] = [];
  const straight = await train({ recipe, onProgress: (line) => lines.push(line) });
  assert.ok(
    lines.some((line) => /^sft \d+\/36 \| loss \d/.test(line)),
    "a line of progress",
  );
  for (const name of [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "model.safetensors",
    "smoke.gguf",
    "README.md",
  ]) {
    assert.ok(existsSync(path.join(straight.model, name)), name);
  }
  const card = await readFile(path.join(straight.model, "README.md"), "utf8");
  assert.match(card, /^- trained wordings: mean of 2 families \d+\.\d %\. Lines of thought: /m);
  for (const title of ["One level harder than it was taught", "Checked answers"])
    assert.ok(card.includes(`## ${title}`));
  assert.match(
    card,
    /at most 2 replies[^#]*\| family \| judged by[^#]*The best of 2 replies[^#]*\| family \| judged by/,
  );
  assert.deepEqual(await train({ recipe }), straight, "a finished run is returned");

  const child = await trainElsewhere();
  const folder = await reached(5, 2, child);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
  assert.equal((await planTraining({ recipe })).continues, folder);

  const abort = new AbortController();
  const cancelled = train({
    recipe,
    signal: abort.signal,
    onProgress: (line) => {
      if (/^sft (?:1[5-9]|2\d)\//.test(line)) abort.abort();
    },
  });
  await assert.rejects(cancelled, (error) => LemmaError.isInstance(error) && error.code === "LEMMA_E_ABORTED");
  const checkpoints = (await readdir(runPlaces(folder).checkpoints)).map(Number);
  assert.ok(Math.max(...checkpoints) >= 15 && Math.max(...checkpoints) < 36, `checkpoints ${checkpoints.join(" ")}`);

  const mended = await train({ recipe });
  assert.equal(mended.folder, folder);
  assert.deepEqual(await curve(mended.folder), await curve(straight.folder));
  for (const name of ["model.safetensors", "smoke.gguf"]) {
    const [a, b] = await Promise.all([straight, mended].map(({ model }) => readFile(path.join(model, name))));
    assert.ok(a!.equals(b!), name);
  }

  const early = await exportCheckpoint({ run: mended.folder, step: 30, out: path.join(home, "early"), type: "F32" });
  assert.deepEqual([early.step, early.gguf], [30, path.join(home, "early", "early.gguf")]);
  const about = JSON.parse(await readFile(path.join(home, "early", "config.json"), "utf8")).lemma;
  assert.ok(about.step === 30 && about.tokens === early.tokens && about.families.length === 2);
  await using earlyModel = await loadModel({ modelPath: early.gguf });
  assert.ok((await earlyModel.generate("What is 1 + 1?", { maxTokens: 4 })).usage.completionTokens > 0);
  await assert.rejects(exportCheckpoint({ run: recipe, step: 31 }), /expected a checkpoint 31, found .*30/);

  const seen: string[] = [];
  const notes: string[] = [];
  const phase = await watchTraining({
    run: undefined, // the newest
    onMetrics: (_, line) => seen.push(line),
    onNote: (note) => notes.push(note),
  });
  assert.ok(seen.at(-1)!.startsWith("sft 36/36 |") && /exact traces \d/.test(seen.at(-1)!), seen.at(-1));
  assert.deepEqual([phase, notes], ["done", [`run ${mended.folder}`, `done at step 36: ${mended.folder}`]]);
  const page = await readFile(runPlaces(mended.folder).report, "utf8");
  for (const text of [
    "Finished",
    "sft",
    "36 of 36",
    "GFLOP/s",
    "Gradient norm",
    "best checkpoint of stage 1",
    "ordering",
  ]) {
    assert.ok(page.includes(text), text);
  }
  const scores = (await readFile(runPlaces(mended.folder).scores, "utf8")).trim().split("\n");
  assert.ok(scores.every((line) => "accuracy" in JSON.parse(line)));
  await using model = await loadModel({ modelPath: path.join(mended.model, "smoke.gguf") });
  const { usage } = await model.generate("What is 12 + 30?", { maxTokens: 8 });
  assert.ok(usage.completionTokens > 0);
});
