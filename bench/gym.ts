// `lemma bench gym`: how fast problems and training shards are made. Rows of work on all families in equal shares:
//   gym-rows     dataset rows a second on one core, question, reasoning, answer and verifier
//   gym-check    rows a second on one core whose reply is graded and every step checked
//   gym-tokens   tokens a second from nothing to written shards, all cores, beside lemma-s's training on those very shards (train-run.ts)

import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalExecutor, mix, readShardIndex, runStage } from "@lemma/data";
import { families, generateRow } from "@lemma/gym";
import { checkSteps, grade } from "@lemma/verify";
import { type BenchRow, benchRow } from "./row.ts";
import { trainOnce } from "./train-run.ts";

const RUNS = 5;
const ROWS = 3000;
const TOKENS = 4_000_000;
const TRAINED = "train-s"; // of train.json: the shape of lemma-s

export const gymRows: string[] = ["gym-rows", "gym-check", "gym-tokens"];

/** Measures one row; the first run is a warm-up and not counted. */
export async function measureGymRow(row: string, note: (text: string) => void): Promise<BenchRow> {
  const tasks = families().map(({ id }) => id);
  if (row === "gym-tokens") return await measureTokens(row, tasks, note);
  const work = { "gym-rows": makeRows, "gym-check": checkRows }[row]!;
  const runs: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const started = performance.now();
    const speed = (await work(tasks, run)) / ((performance.now() - started) / 1000);
    if (run > 0) runs.push(speed);
    note(`${row}: ${run === 0 ? "warm-up" : `run ${run} of ${RUNS}`}, ${speed.toFixed(0)} a second`);
  }
  return benchRow(
    { row, unit: "rows/s", better: "higher", settings: { tasks: tasks.length, rows: ROWS } },
    runs,
    {},
    null,
  );
}

async function measureTokens(row: string, tasks: readonly string[], note: (text: string) => void): Promise<BenchRow> {
  const made: number[] = [];
  const trained: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const folder = mkdtempSync(join(os.tmpdir(), "lemma-bench-tokens-"));
    try {
      const started = performance.now();
      made.push((await makeShards(tasks, run, folder)) / ((performance.now() - started) / 1000));
      trained.push((await trainOnce(TRAINED, folder, run)).tokensPerSecond);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const speeds = `${made.at(-1)!.toFixed(0)} tokens/s made, ${trained.at(-1)!.toFixed(0)} trained`;
    note(`${row}: run ${run + 1} of ${RUNS}, ${speeds}`);
  }
  const settings = { tasks: tasks.length, tokens: TOKENS, workers: os.availableParallelism() };
  return benchRow({ row, unit: "tokens/s", better: "higher", settings }, made, { "lemma-s training": trained }, null);
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

/** Shards of all tasks in equal shares in `shards/` of a folder; their tokens. */
async function makeShards(tasks: readonly string[], seed: number, folder: string): Promise<number> {
  const tokenizer = fileURLToPath(new URL("../models/tokenizer", import.meta.url));
  const sources = tasks.map((gym) => ({ gym, share: 1 }));
  await using executor = new LocalExecutor();
  const options = { sources, tokenizer, seed, tokens: TOKENS, shardTokens: TOKENS / 8 };
  await runStage(mix, { options, folder, executor });
  return (await readShardIndex(join(folder, "shards"))).tokens;
}
