// One short run of a training for the benchmarks: ours, through the launcher that `lemma train` uses, and any Python program of bench/peers.
// Owns train.json's shape and what is read from a run.

import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { LemmaError } from "@lemma/protocol";
import { findPython } from "@lemma/trainer";
import { median } from "./row.ts";

interface TrainSpec {
  models: Record<string, Record<string, unknown>>;
  stage: Record<string, unknown> & { batchTokens: number };
  steps: Record<string, number>;
  peer: { rows: Record<string, number>; warmup: number; steps: Record<string, number> };
  rollouts: { prompts: number; replies: number; prompt: number; new: number; type: "F32" | "BF16" | "Q8_0" };
  tokens: number;
  runs: number;
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
export const spec = JSON.parse(readFileSync(path("train.json"), "utf8")) as TrainSpec;

/** A short run of the trainer: real tokens a second, the median over its later log lines, and the machine's limit for them. */
export async function trainOnce(
  row: string,
  folder: string,
  run: number,
): Promise<{ tokensPerSecond: number; floor: number }> {
  const own = join(folder, `ours-${run}`);
  const steps = spec.steps[row]!;
  const stage = { ...spec.stage, steps, logSteps: Math.ceil(steps / 8), shards: [join(folder, "shards")] };
  const config = `${own}.json`;
  writeFileSync(config, JSON.stringify({ name: "bench", folder: own, model: spec.models[row], stages: [stage] }));
  const events = await python(
    ["-m", "lemma_trainer.launch", String(os.availableParallelism()), config],
    path("../trainer"),
  );
  const { flopsPerToken, peakFlops } = events.find(({ event }) => event === "start") as Record<string, number>;
  const speeds = events.flatMap(({ event, tokensPerSecond }) => (event === "metrics" ? [Number(tokensPerSecond)] : []));
  return { tokensPerSecond: median(speeds.slice(2)), floor: peakFlops! / flopsPerToken! };
}

/** Runs a Python program to its end; the JSON lines that it printed. */
export async function python(args: string[], cwd: string, threads?: number): Promise<Record<string, unknown>[]> {
  const { path: program } = await findPython();
  const limit =
    threads === undefined ? {} : { OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) };
  try {
    const options = { cwd, env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", ...limit }, maxBuffer: 1 << 26 };
    const { stdout } = await promisify(execFile)(program, args, options);
    return stdout
      .split("\n")
      .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Record<string, unknown>] : []));
  } catch (cause) {
    const { stderr = "", message } = cause as Error & { stderr?: string };
    throw new LemmaError("LEMMA_E_TRAINING", { problem: stderr.trim().split("\n").at(-1) || message }, { cause });
  }
}
