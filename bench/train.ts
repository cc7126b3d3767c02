// `lemma bench train`: training speed of the lemma-s shape (train.json), with native kernels and, as baseline, without.
// Owns the short runs; the trainer is started as by hand (trainer/lemma_trainer/launch.py).

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { LocalExecutor, mix, runStage } from "@lemma/data";
import { families } from "@lemma/gym";
import { LemmaError } from "@lemma/protocol";
import { type BenchRow, benchRow, median } from "./row.ts";

interface TrainSpec {
  model: Record<string, unknown>;
  stage: Record<string, unknown>;
  tokens: number;
  runs: number;
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const spec = JSON.parse(readFileSync(path("train.json"), "utf8")) as TrainSpec;

export const trainRows: string[] = ["train-lemma-s"];

/** Measures the one row: interleaved short runs with and without native kernels. */
export async function measureTrainRow(row: string, note: (text: string) => void): Promise<BenchRow> {
  const folder = mkdtempSync(join(os.tmpdir(), "lemma-bench-train-"));
  try {
    const shards = join(folder, "mix", "shards");
    const sources = families().map(({ id }) => ({ gym: id, share: 1 }));
    {
      await using executor = new LocalExecutor();
      const options = { sources, tokenizer: path("../models/tokenizer"), seed: 1, tokens: spec.tokens };
      await runStage(mix, { options, folder: join(folder, "mix"), executor });
    }
    const speeds: Record<"native" | "plain", number[]> = { native: [], plain: [] };
    for (let run = 0; run < spec.runs; run++) {
      for (const kernels of ["native", "plain"] as const) {
        const speed = await trainOnce(join(folder, `${kernels}-${run}`), shards, kernels);
        speeds[kernels].push(speed);
        note(`${row}: run ${run + 1} of ${spec.runs}, ${kernels} ${speed.toFixed(0)} tokens/s`);
      }
    }
    const { hidden_size, num_hidden_layers, vocab_size } = spec.model;
    const shape = { hidden_size, num_hidden_layers, vocab_size, ranks: os.availableParallelism() };
    const settings = { ...shape, steps: spec.stage.steps, batchTokens: spec.stage.batchTokens };
    const head = { row, unit: "tokens/s", better: "higher", settings } as const;
    return benchRow(head, speeds.native, { baseline: speeds.plain }, null);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Real tokens a second of one short run: the median over its later log lines. */
async function trainOnce(folder: string, shards: string, kernels: "native" | "plain"): Promise<number> {
  const config = { name: "bench", folder, kernels, model: spec.model, stages: [{ ...spec.stage, shards: [shards] }] };
  writeFileSync(`${folder}.json`, JSON.stringify(config));
  const python = process.env.LEMMA_PYTHON || "/usr/bin/python3";
  const args = ["-m", "lemma_trainer.launch", String(os.availableParallelism()), `${folder}.json`];
  try {
    await promisify(execFile)(python, args, { cwd: path("../trainer"), maxBuffer: 1 << 26 });
  } catch (cause) {
    const { stderr = "", message } = cause as Error & { stderr?: string };
    throw new LemmaError("LEMMA_E_TRAINING", { problem: stderr.trim().split("\n").at(-1) || message }, { cause });
  }
  const lines = readFileSync(join(folder, "metrics.jsonl"), "utf8").trim().split("\n");
  const speeds = lines.map((line) => (JSON.parse(line) as { tokensPerSecond: number }).tokensPerSecond);
  return median(speeds.slice(Math.min(2, speeds.length - 1)));
}
