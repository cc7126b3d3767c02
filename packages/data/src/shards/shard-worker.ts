// A worker thread that writes the shards it is told to, one after another. Owns the messages; ShardWriter does the work.

import { parentPort, workerData } from "node:worker_threads";
import { LemmaError } from "@lemma/protocol";
import { loadBpe } from "../tokenizer/tokenizer-folder.ts";
import type { Plan } from "./plan.ts";
import { type ShardSidecar, ShardWriter } from "./shard-writer.ts";

/** What the thread starts with. */
export interface ShardWorkerData {
  plan: Plan;
  tokenizer: string;
  folder: string;
}

/** What the thread says. */
export type ShardWorkerMessage =
  | { kind: "tokens"; tokens: number }
  | { kind: "shard"; shard: number; sidecar: ShardSidecar }
  | { kind: "error"; error: { code?: string; details?: Record<string, string | number>; message: string } };

const port = parentPort!;
const { plan, tokenizer, folder } = workerData as ShardWorkerData;
const say = (message: ShardWorkerMessage): void => port.postMessage(message);
let writer: ShardWriter | undefined;

port.on("message", (shard: number) => {
  try {
    writer ??= new ShardWriter(plan, loadBpe(tokenizer));
    const sidecar = writer.write(folder, shard, (tokens) => say({ kind: "tokens", tokens }));
    say({ kind: "shard", shard, sidecar });
  } catch (error) {
    const known = LemmaError.isInstance(error) ? { code: error.code, details: { ...error.details } } : {};
    say({ kind: "error", error: { ...known, message: String((error as Error).stack ?? error) } });
  }
});
