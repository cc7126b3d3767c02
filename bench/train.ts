// `lemma bench train`: training speed of the shapes of lemma-s and lemma-m beside a plain PyTorch loop, and rollouts (train-rollouts.ts);
// train.json says what is measured. Owns the short runs; the trainer is started as by hand (trainer/lemma_trainer/launch.py).

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { LocalExecutor, mix, readShardIndex, runStage, type ShardIndex } from "@lemma/data";

import { families } from "@lemma/gym";
import { type BenchRow, benchRow } from "./row.ts";
import { measureRollouts } from "./train-rollouts.ts";
import { python, spec, trainOnce } from "./train-run.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const ROLLOUTS = "rl-rollouts";
const PEER = "pytorch loop";
const PEER_THREADS = 2;

export const trainRows: string[] = [...Object.keys(spec.models), ROLLOUTS];

/** Measures one row. */
export async function measureTrainRow(row: string, note: (text: string) => void): Promise<BenchRow> {
  const folder = mkdtempSync(join(os.tmpdir(), "lemma-bench-train-"));
  try {
    const index = await gymShards(folder);
    if (row === ROLLOUTS) return await measureRollouts(row, folder, note);
    const [speeds, floors, peer]: [number[], number[], number[]] = [[], [], []];
    const documents = Math.round(spec.stage.batchTokens / (index.tokens / index.documents));
    for (let run = 0; run < spec.runs; run++) {
      const ours = await trainOnce(row, folder, run);
      speeds.push(ours.tokensPerSecond);
      floors.push(ours.floor);
      peer.push(await plainOnce(row, folder, documents, run));
      note(
        `${row}: run ${run + 1} of ${spec.runs}, ours ${speeds.at(-1)!.toFixed(0)}, ${PEER} ${peer.at(-1)!.toFixed(0)} tokens/s`,
      );
    }
    const { model_type, hidden_size, num_hidden_layers, vocab_size } = spec.models[row]!;
    const shape = { model_type, hidden_size, num_hidden_layers, vocab_size, ranks: os.availableParallelism() };
    const { batchTokens } = spec.stage;
    const settings = {
      ...shape,
      batchTokens,
      steps: spec.steps[row],
      peerDocuments: documents,
      peerThreads: PEER_THREADS,
    };
    return benchRow({ row, unit: "tokens/s", better: "higher", settings }, speeds, { [PEER]: peer }, floors);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gym text as token shards in `shards/` of a folder. */
async function gymShards(folder: string): Promise<ShardIndex> {
  const sources = families().map(({ id }) => ({ gym: id, share: 1 }));
  const options = { sources, tokenizer: path("../models/tokenizer"), seed: 1, tokens: spec.tokens };
  await using executor = new LocalExecutor();
  await runStage(mix, { options, folder, executor });
  return await readShardIndex(join(folder, "shards"));
}

async function plainOnce(row: string, folder: string, documents: number, run: number): Promise<number> {
  const config = join(folder, `peer-${run}.json`);
  const { rows, warmup, steps } = spec.peer;
  const job = { model: spec.models[row], shards: join(folder, "shards"), documents, rows: rows[row], warmup };
  const settings = { steps: steps[row], threads: PEER_THREADS, learningRate: spec.stage.learningRate, seed: run };
  writeFileSync(config, JSON.stringify({ ...job, ...settings }));
  const [answer] = await python(["plain_train.py", config], path("peers"), PEER_THREADS);
  return Number(answer!.tokensPerSecond);
}
