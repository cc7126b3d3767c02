// `lemma bench gym`: how fast problems and training shards are made. Rows of work on all families in equal shares:
//   gym-rows     dataset rows a second on one core, question, reasoning, answer and verifier
//   gym-check    rows a second on one core whose reply is graded and every step checked
//   data-shards  tokens a second from nothing to written shards, all cores

import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalExecutor, mix, readShardIndex, runStage } from "@lemma/data";
import { families, generateRow } from "@lemma/gym";
import { checkSteps, grade } from "@lemma/verify";
import { type BenchRow, benchRow } from "./row.ts";

const RUNS = 5;
const ROWS = 3000;
const TOKENS = 4_000_000;

export const gymRows: string[] = ["gym-rows", "gym-check", "data-shards"];

/** Measures one row; the first run is a warm-up and not counted. */
export async function measureGymRow(row: string, note: (text: string) => void): Promise<BenchRow> {
  const tasks = families().map(({ id }) => id);
  const work = { "gym-rows": makeRows, "gym-check": checkRows, "data-shards": makeShards }[row]!;
  const runs: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const started = performance.now();
    const amount = await work(tasks, run);
    const speed = amount / ((performance.now() - started) / 1000);
    if (run > 0) runs.push(speed);
    note(`${row}: ${run === 0 ? "warm-up" : `run ${run} of ${RUNS}`}, ${speed.toFixed(0)} a second`);
  }
  const isShards = row === "data-shards";
  const settings = isShards
    ? { tasks: tasks.length, tokens: TOKENS, workers: os.availableParallelism() }
    : { tasks: tasks.length, rows: ROWS };
  const head = { row, unit: isShards ? "tokens/s" : "rows/s", better: "higher", settings } as const;
  return benchRow(head, runs, {}, null);
}

function* rows(tasks: readonly string[], seed: number) {
  for (let index = 0; index < ROWS; index++) yield generateRow({ task: tasks[index % tasks.length]!, seed, index });
}

async function makeRows(tasks: readonly string[], seed: number): Promise<number> {
  let bytes = 0;
  for (const row of rows(tasks, seed)) bytes += row.id.length;
  return bytes / 16;
}

async function checkRows(tasks: readonly string[], seed: number): Promise<number> {
  let checked = 0;
  for (const { task, messages, answer, verifier } of rows(tasks, seed)) {
    const [question, reply] = messages;
    grade({ problem: question!.content, response: reply!.content, reference: answer, verifier });
    checkSteps({ question: question!.content, reasoning: reply!.reasoning_content ?? "", task });
    checked++;
  }
  return checked;
}

async function makeShards(tasks: readonly string[], seed: number): Promise<number> {
  const out = mkdtempSync(join(os.tmpdir(), "lemma-bench-shards-"));
  try {
    const tokenizer = fileURLToPath(new URL("../models/tokenizer", import.meta.url));
    const sources = tasks.map((gym) => ({ gym, share: 1 }));
    await using executor = new LocalExecutor();
    const options = { sources, tokenizer, seed, tokens: TOKENS, shardTokens: TOKENS / 8 };
    await runStage(mix, { options, folder: out, executor });
    return (await readShardIndex(join(out, "shards"))).tokens;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
