// Reinforcement learning and rejection sampling with all their parts: a small model that was trained for seconds, our engine, the
// verifier's processes, PyTorch.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { verifyShards } from "@lemma/data";
import { LemmaError } from "@lemma/protocol";
import { checkSteps, countSteps } from "@lemma/verify";
import { inProcess } from "../../test/replies.ts";
import { SafetensorsFile } from "../convert/safetensors-file.ts";
import { rlPlaces, runPlaces } from "../recipe/python-config.ts";
import { planRecipe } from "../recipe/resolve.ts";
import { newestCheckpoint } from "../run/export-model.ts";
import { findPython } from "../run/python.ts";
import { listRuns, makeRun, StageMarks } from "../run/run-folder.ts";
import { train } from "../run/train.ts";
import { runGrpoStage } from "./grpo-stage.ts";
import type { Verifier } from "./judge.ts";
import type { RftRow } from "./rft-rows.ts";
import { makeRftRows, type RftNote } from "./rft-stage.ts";
import type { RlMetrics } from "./step-summary.ts";
import { UpdateServer } from "./update-server.ts";

const tokenizer = fileURLToPath(new URL("../../../../models/tokenizer", import.meta.url));
const missing = await findPython().then(
  () => false,
  (error: Error) => error.message,
);
const options = { skip: missing, timeout: 300_000 };

const TASK = "{ gym: counting, levels: 1, languages: [en] }";
let home = "";
let base = "";

before(async () => {
  if (missing) return;
  home = await mkdtemp(path.join(tmpdir(), "lemma-grpo-"));
  process.env.LEMMA_HOME = home;
  base = path.join(home, "base");
  const recipe = await write(
    "base",
    `model: { preset: tiny }
data: [{ gym: counting, levels: [1], languages: [en] }]
stages: [{ kind: sft, tokens: 350000, optimiser: muon, learningRate: 6.0e-3, schedule: { warmupSteps: 10 }, batchTokens: 2048 }]
export: { folder: ${base}, type: F32 }`,
  );
  await train({ recipe });
});
after(() => rm(home, { recursive: true, force: true }));

async function write(name: string, rest: string): Promise<string> {
  const file = path.join(home, `${name}.yaml`);
  await writeFile(file, `name: ${name}\ntokenizer: ${tokenizer}\nevaluate: false\n${rest}\n`);
  return file;
}

/** A recipe with one grpo stage on the base model. */
const grpoRecipe = (name: string, stage: string, grpo: string, more = "", schedule = "constant"): Promise<string> =>
  write(
    name,
    `model: { folder: ${base} }
stages:
  - { kind: grpo, ${stage}, weightDecay: 0, schedule: { kind: ${schedule}, warmupSteps: 10 }, grpo: { tasks: [${TASK}], maxTokens: 96, ${grpo} } }
export: { type: F32 }
${more}`,
  );

interface Line {
  step: number;
  loss: number;
  gradNorm: number;
  tokens: number;
  rl: RlMetrics;
}

async function linesOf(file: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => (line.endsWith("}") ? [JSON.parse(line) as Record<string, unknown>] : []));
}
const metricsOf = async (folder: string): Promise<Line[]> =>
  (await linesOf(runPlaces(folder).metrics)) as unknown as Line[];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** LEMMA_LONG=1 (npm run test:long): to .9 in 100 steps. The short form sees the way up. */
const isLong = process.env.LEMMA_LONG === "1";

test("32 problems that are the same at every step: the pass rate rises", {
  skip: missing,
  timeout: 900_000,
}, async (t) => {
  const steps = isLong ? 100 : 40;
  const recipe = await grpoRecipe(
    "lift",
    `steps: ${steps}, optimiser: muon, learningRate: 1.5e-3, checkpointSteps: 100`,
    "fixed: 32, problems: 32, groupSize: 16, minibatches: 4",
    "",
    "cosine",
  );
  const { folder } = await train({ recipe });
  const rates = (await metricsOf(folder)).map(({ rl }) => rl.passRate);
  t.diagnostic(`pass rates ${rates.map((rate) => rate.toFixed(2)).join(" ")}`);
  assert.equal(rates.length, steps);
  const [first, last] = [mean(rates.slice(0, 3)), mean(rates.slice(-5))];
  assert.ok(first > 0.2 && first < 0.75, `begins at ${first}`);
  assert.ok(last > (isLong ? 0.9 : first + 0.1), `from ${first} to ${last}`);
});

test("trainer and engine in F32 give the same log-probabilities to 1e-4 nats", options, async (t) => {
  const recipe = await grpoRecipe(
    "parity",
    "steps: 6, learningRate: 1.0e-3",
    "problems: 16, rollouts: { type: F32, cache: f32 }",
    "dtype: float32",
  );
  const { folder } = await train({ recipe });
  const lines = await metricsOf(folder);
  const worst = Math.max(...lines.map(({ rl }) => rl.kl.max));
  t.diagnostic(`max |Δ log p| ${worst.toExponential(1)} over ${lines.at(-1)!.tokens} tokens`);
  assert.equal(lines.length, 6);
  assert.ok(worst > 0 && worst <= 1e-4, String(worst));
});

test("a command that can't be done is refused, and the next one is done", options, async () => {
  const recipe = await grpoRecipe("refused", "steps: 2, learningRate: 1.0e-3", "problems: 2, groupSize: 2");
  const folder = await makeRun(await planRecipe(recipe));
  const python = await findPython();
  await using server = await UpdateServer.open({ python, config: runPlaces(folder).config, stage: 0, ranks: 1 });
  await assert.rejects(server.update(path.join(folder, "nothing")), (error: LemmaError) => {
    assert.equal(error.code, "LEMMA_E_TRAINING");
    return /stage 0: the trainer refused the command update: .*tokens\.npy: expected a NumPy file/.test(error.message);
  });
  const weights = path.join(folder, "weights.safetensors");
  await server.weights(weights);
  assert.ok((await readdir(folder)).includes("weights.safetensors"));
});

test("groups with equal rewards change no weight", options, async () => {
  const recipe = await grpoRecipe(
    "equal",
    "steps: 2, learningRate: 1.0e-2",
    "problems: 4, groupSize: 4, reward: { answer: 0, steps: 0, format: 0, length: 0 }",
  );
  const { folder } = await train({ recipe });
  const lines = await metricsOf(folder);
  assert.deepEqual(
    lines.map(({ rl, gradNorm }) => [rl.equalGroups, gradNorm]),
    [
      [1, 0],
      [1, 0],
    ],
  );
  const [before, after] = await Promise.all([base, await newestCheckpoint(folder)].map((at) => firstTensor(at)));
  assert.deepEqual(after, before);
});

async function firstTensor(folder: string): Promise<Float32Array> {
  await using file = await SafetensorsFile.open(path.join(folder, "model.safetensors"));
  return file.read(file.tensors.get("model.layers.0.mlp.up_proj.weight")!);
}

test("a verifier that fails too often stops the run, and what was learned is kept", options, async () => {
  const plan = await planRecipe(
    await grpoRecipe("broken", "steps: 5, learningRate: 1.0e-3", "problems: 4, groupSize: 4"),
  );
  const folder = await makeRun(plan);
  let asked = 0;
  const verifier: Verifier = {
    stopped: 0,
    run: (async (name: Parameters<Verifier["run"]>[0], request: never) => {
      if (name === "grade" && asked++ > 20) throw new Error("the checker is broken");
      return inProcess.run(name, request);
    }) as Verifier["run"],
  };
  const run = runGrpoStage({ plan, python: await findPython(), folder, index: 0, verifier });
  await assert.rejects(run, (error) => {
    assert.ok(LemmaError.isInstance(error) && error.code === "LEMMA_E_TRAINING", String(error));
    assert.match(error.message, /the verifier failed on \d+ of the last \d+ replies .* the checker is broken/);
    return true;
  });
  const lines = await metricsOf(folder);
  assert.ok(lines.length >= 1 && lines.length < 5);
  assert.deepEqual(await readdir(runPlaces(folder).checkpoints), [String(lines.length)]);
});

test("rollouts that drift from the trainer stop the run with the reason", options, async () => {
  const recipe = await grpoRecipe(
    "drift",
    "steps: 3, learningRate: 1.0e-3",
    "problems: 4, groupSize: 4, maxMeanKl: 1.0e-9, rollouts: { type: Q8_0, cache: q8_0 }",
  );
  await assert.rejects(train({ recipe }), (error) => {
    assert.ok(LemmaError.isInstance(error) && error.code === "LEMMA_E_TRAINING", String(error));
    assert.match(error.message, /maxMeanKl/);
    return true;
  });
});

test(
  "rft: rows are right in every line, an interruption changes none, and training on them is sft",
  options,
  async () => {
    const recipe = await write(
      "rft",
      `model: { folder: ${base} }
stages:
  - { kind: rft, steps: 10, learningRate: 1.0e-3, batchTokens: 2048, logSteps: 5, rft: { tasks: [${TASK}], problems: 300, samples: 4, maxTokens: 96 } }
export: { type: F32 }`,
    );
    const plan = await planRecipe(recipe);
    const straight = await train({ recipe });
    const rowsFile = rlPlaces(straight.folder, 0).rows;
    const rows = (await linesOf(rowsFile)) as unknown as RftRow[];
    const note = (await new StageMarks(straight.folder).note("0-rows")) as unknown as RftNote;
    assert.deepEqual([note.problems, note.replies, note.rows, note.unjudged], [300, 1200, rows.length, 0]);
    assert.equal(note.kept + note.mined, rows.length);
    assert.ok(note.kept > 50 && note.mined > 5 && note.right >= note.sound, JSON.stringify(note));
    for (const { messages, answer, task, origin } of rows) {
      const [question, said] = [messages[0]!.content, messages[1]!];
      assert.equal(said.content, `\\boxed{${answer}}`);
      const counts = countSteps(checkSteps({ question, task, reasoning: said.reasoning_content! }));
      assert.deepEqual([counts.refuted, counts.proved > 0], [0, true], `${origin.kind} ${said.reasoning_content}`);
    }
    const index = await verifyShards(rlPlaces(straight.folder, 0).shards);
    assert.deepEqual([index.documents, index.tokens], [rows.length, note.rowTokens]);
    assert.deepEqual(
      (await metricsOf(straight.folder)).map(({ step }) => step),
      [5, 10],
    );

    const folder = await makeRun(plan);
    const abort = new AbortController();
    const onProgress = (line: string): void => {
      if (line.includes("128/300 problems")) abort.abort();
    };
    const cut = makeRftRows({ plan, folder, index: 0, signal: abort.signal, onProgress });
    await assert.rejects(cut, { code: "LEMMA_E_ABORTED" });
    assert.deepEqual(await readdir(rlPlaces(folder, 0).chunks), ["00000.json"]);
    assert.deepEqual(await makeRftRows({ plan, folder, index: 0 }), note);
    assert.equal(await readFile(rlPlaces(folder, 0).rows, "utf8"), await readFile(rowsFile, "utf8"));
  },
);

/** `train --fresh` in a process of its own. */
async function trainElsewhere(recipe: string): Promise<ChildProcess> {
  const index = new URL("../index.ts", import.meta.url).href;
  const file = path.join(home, "train-elsewhere.mjs");
  await writeFile(
    file,
    `import { train } from ${JSON.stringify(index)};\nawait train({ recipe: ${JSON.stringify(recipe)}, fresh: true });\n`,
  );
  return spawn(process.execPath, [file], { env: process.env, stdio: ["ignore", "ignore", "inherit"] });
}

test("a run that was killed, then cancelled, goes on with the same problems to the same weights", options, async () => {
  const recipe = await grpoRecipe(
    "resume",
    "steps: 9, learningRate: 1.0e-3, checkpointSteps: 2",
    "problems: 6, groupSize: 4, completions: 8",
  );
  const straight = await train({ recipe });
  const child = await trainElsewhere(recipe);
  let folder = "";
  for (;;) {
    assert.equal(child.exitCode, null, "the training process ended early; its message is above");
    folder = (await listRuns("resume"))[1] ?? "";
    if (folder !== "" && (await metricsOf(folder)).length >= 3) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
  const abort = new AbortController();
  const onProgress = (line: string): void => {
    if (/^grpo [5-8]\//.test(line)) abort.abort();
  };
  await assert.rejects(train({ recipe, signal: abort.signal, onProgress }), { code: "LEMMA_E_ABORTED" });
  const mended = await train({ recipe });
  assert.equal(mended.folder, folder);
  // Nobody was there to write the line of a step that Python finished after the kill: that one may be missing.
  const lines = await metricsOf(folder);
  const kept = new Set(lines.map(({ step }) => step));
  assert.ok(kept.size === lines.length && kept.size >= 8, [...kept].join(" "));
  const curve = (all: Line[]) =>
    all.flatMap(({ step, loss, gradNorm, tokens, rl }) =>
      kept.has(step) ? [[step, loss, gradNorm, tokens, rl.reward, rl.tasks]] : [],
    );
  assert.deepEqual(curve(lines), curve(await metricsOf(straight.folder)));
  const said = async (run: string) =>
    (await linesOf(runPlaces(run).completions)).filter(({ step }) => kept.has(Number(step)));
  assert.deepEqual(await said(folder), await said(straight.folder));
  const [a, b] = await Promise.all(
    [straight, mended].map(({ model }) => readFile(path.join(model, "model.safetensors"))),
  );
  assert.ok(a!.equals(b!), "the same weights");
});
