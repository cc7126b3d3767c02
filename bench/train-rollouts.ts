// The row rl-rollouts: replies of one length sampled by our engine and by a KV-cache sampler in PyTorch (peers/plain_sampler.py), the same
// prompts for all. Owns what a run measures; peers sit idle in their processes while others run.

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { decodeNpy } from "@lemma/data";
import { loadModel, type Model } from "@lemma/engine";
import { convertModel, findPython } from "@lemma/trainer";
import { type BenchRow, benchRow, median, rounded } from "./row.ts";
import { spec, trainOnce } from "./train-run.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const LEMMA_S = path("../models/lemma-s");

/** How the peer may use the cores: processes, and threads of each. */
const PEERS = { "pytorch 1x2": { processes: 1, threads: 2 }, "pytorch 2x1": { processes: 2, threads: 1 } } as const;

/** `folder` holds shards of gym text, whose beginnings are the prompts. */
export async function measureRollouts(row: string, folder: string, note: (text: string) => void): Promise<BenchRow> {
  const { prompts: problems, replies, prompt, new: made, type } = spec.rollouts;
  const prompts = await promptsOf(join(folder, "shards"), problems, prompt);
  const gguf = join(folder, "rollouts.gguf");
  await convertModel({ folder: LEMMA_S, type, out: gguf });
  await using model = await loadModel({
    modelPath: gguf,
    contextLength: prompt + made + 16,
    maxSequences: problems * replies,
    maxQueue: problems * replies,
    kvType: "f32",
  });
  await using peers = new AsyncDisposableStack();
  const samplers: { name: string; run: () => Promise<number> }[] = [];
  for (const [name, { processes, threads }] of Object.entries(PEERS)) {
    const all = prompts.flatMap((tokens) => Array.from({ length: replies }, () => tokens));
    const share = all.length / processes;
    const parts = Array.from({ length: processes }, (_, i) => all.slice(i * share, (i + 1) * share));
    const running = await Promise.all(
      parts.map((part, i) => startSampler({ folder: LEMMA_S, prompts: part, new: made, threads, seed: i }, folder)),
    );
    for (const one of running) peers.defer(() => one.end());
    samplers.push({ name, run: () => timed(() => Promise.all(running.map((one) => one.sample()))) });
  }
  const total = problems * replies * made;
  const ours: number[] = [];
  const theirs: Record<string, number[]> = Object.fromEntries(samplers.map(({ name }) => [name, []]));
  await sample(model, prompts, 8, 0); // warm-up; the peers did theirs at their start
  for (let run = 0; run < spec.runs; run++) {
    ours.push(total / (await timed(() => sample(model, prompts, made, run))));
    for (const { name, run: sampleOnce } of samplers) theirs[name]!.push(total / (await sampleOnce()));
    const speeds = samplers.map(({ name }) => `, ${name} ${theirs[name]!.at(-1)!.toFixed(0)}`).join("");
    note(`${row}: run ${run + 1} of ${spec.runs}, ours ${ours.at(-1)!.toFixed(0)}${speeds} tokens/s`);
  }
  const { tokensPerSecond: update } = await trainOnce("train-s", folder, 0);
  const read = problems * replies * (prompt + made);
  const stepsPerHour = (speed: number): number => Math.round(3600 / (total / speed + read / update));
  const hourly = Object.fromEntries(samplers.map(({ name }) => [name, stepsPerHour(median(theirs[name]!))]));
  const settings = {
    model: "lemma-s",
    type,
    prompts: problems,
    replies: problems * replies,
    prompt,
    new: made,
    cores: os.availableParallelism(),
    updateTokensPerSecond: rounded(update),
    stepsPerHour: { ours: stepsPerHour(median(ours)), ...hourly },
  };
  return benchRow({ row, unit: "tokens/s", better: "higher", settings }, ours, theirs, null);
}

/** Samples all replies as the reinforcement learning loop does: nothing but the temperature shapes the distribution. */
async function sample(model: Model, prompts: readonly Uint32Array[], count: number, seed: number): Promise<void> {
  const pure = { temperature: 1, topP: 1, topK: 0, minP: 0, logprobs: 0, ignoreEnd: true };
  const { replies: n } = spec.rollouts;
  const results = await Promise.all(
    prompts.map((tokens, i) =>
      model.generate({ tokens }, { ...pure, n, maxTokens: count, seed: seed * prompts.length + i }),
    ),
  );
  for (const { choices } of results) {
    const short = choices.find(({ tokens }) => tokens.length !== count);
    if (short || choices.length !== n) throw new Error(`expected ${n} replies of ${count} tokens`);
  }
}

/** Seconds that something took. */
async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

/** The first `length` tokens of so many documents that have them. */
async function promptsOf(shards: string, count: number, length: number): Promise<Uint32Array[]> {
  const read = async (part: string): Promise<number[]> => {
    const file = join(shards, `00000.${part}.npy`);
    return Array.from(decodeNpy(await readFile(file), file).array, Number);
  };
  const [tokens, offsets] = [Uint32Array.from(await read("tokens")), await read("documents")];
  const starts = offsets.slice(0, -1).filter((start, i) => offsets[i + 1]! - start >= length);
  return starts.slice(0, count).map((start) => tokens.slice(start, start + length));
}

interface SamplerJob {
  folder: string;
  prompts: readonly Uint32Array[];
  new: number;
  threads: number;
  seed: number;
}

/** A sampler in a process of its own. */
async function startSampler(
  job: SamplerJob,
  scratch: string,
): Promise<{ sample(): Promise<void>; end(): Promise<void> }> {
  const file = join(scratch, `sampler-${job.threads}-${job.seed}.json`);
  writeFileSync(file, JSON.stringify({ ...job, prompts: job.prompts.map((prompt) => [...prompt]) }));
  const threads = String(job.threads);
  const { path: program } = await findPython();
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(program, [path("peers/plain_sampler.py"), file], {
    env: { ...process.env, OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<void> => {
    const { done } = await lines.next();
    if (done) throw new Error("the PyTorch sampler ended; its message is above");
  };
  await next();
  return {
    async sample() {
      child.stdin.write("\n");
      await next();
    },
    async end() {
      if (child.exitCode !== null) return;
      child.stdin.end();
      await once(child, "exit");
    },
  };
}
