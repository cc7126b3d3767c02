// Data → token shards: plans, lets worker threads write the shards, cuts the tail, writes index.json last. Owns the order
// of work and progress; the same settings give the same bytes for any number of workers and after any interruption.

import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { CONVERSATION_SHARES, type ConversationShares } from "@lemma/gym";
import { type ErrorCode, LemmaError } from "@lemma/protocol";
import { putFile } from "../put-file.ts";
import { loadBpe, tokenizerHash } from "../tokenizer/tokenizer-folder.ts";
import { type DataSource, resolveSource } from "./data-source.ts";
import { makePlan, type Plan, planDigest } from "./plan.ts";
import { type Counts, readShardIndex, type ShardIndex } from "./shard-index.ts";
import type { ShardWorkerData, ShardWorkerMessage } from "./shard-worker.ts";
import { finishedShard, type ShardSidecar, shardName } from "./shard-writer.ts";
import { trimShards } from "./trim.ts";

export interface WriteShardsOptions {
  /** What to mix; shares are relative and count loss-bearing tokens. */
  sources: readonly DataSource[];
  /** Folder with tokenizer.json. */
  tokenizer: string;
  /** Folder for the shards; made if missing. */
  out: string;
  seed: number;
  /** Tokens in all, prompts included; reached from below to within one document. */
  tokens: number;
  /** Longer documents are left out and counted. Default 1,024 tokens. */
  contextLength?: number;
  /** Shares of rows with a system prompt and with a follow-up question. Default a fifth and a tenth. */
  conversations?: ConversationShares;
  /** Threads. Default: as many as the machine has. */
  workers?: number;
  /** About how many tokens a shard holds. Default 4 million. */
  shardTokens?: number;
  signal?: AbortSignal;
  onProgress?: (progress: ShardProgress) => void;
}

export interface ShardProgress {
  /** Tokens written so far, and to write. */
  tokens: number;
  total: number;
  tokensPerSecond: number;
}

/**
 * Writes a folder of token shards and returns its index. A finished folder of the same plan is returned as it is; an
 * interrupted one is continued. Throws LEMMA_E_DATA (a bad row), LEMMA_E_TASK, LEMMA_E_FILE, LEMMA_E_ABORTED.
 * @example
 * await writeShards({ sources: [{ gym: "multiplication", share: 1 }], tokenizer: "models/tokenizer", out: "shards", seed: 1, tokens: 1e6 });
 */
export async function writeShards(options: WriteShardsOptions): Promise<ShardIndex> {
  const plan = resolvePlan(options);
  const digest = planDigest(plan);
  const folder = resolve(options.out);
  if (existsSync(join(folder, "index.json"))) {
    const index = await readShardIndex(folder);
    if (index.plan === digest) return index;
  }
  clearForeign(folder, plan, digest);
  const sidecars = await runWorkers(plan, digest, folder, options);
  const kept = trimShards(folder, sidecars, plan.tokens);
  const index = indexOf(plan, digest, kept, options);
  putFile(join(folder, "index.json"), `${JSON.stringify(index, null, 1)}\n`);
  for (const { entry } of kept) rmSync(join(folder, `${entry.name}.json`), { force: true });
  return index;
}

function resolvePlan(options: WriteShardsOptions): Plan {
  const { seed, tokens, contextLength = 1024, shardTokens = 4_000_000, conversations = CONVERSATION_SHARES } = options;
  requireNumber("seed", "a whole number from 0 to 2^53 - 1", seed, Number.isSafeInteger(seed) && seed >= 0);
  requireNumber("tokens", "a whole number above 0", tokens, Number.isSafeInteger(tokens) && tokens > 0);
  if (options.sources.length === 0) throw badOption("sources", "at least one source", "none");
  for (const { share } of options.sources) requireNumber("share", "a number above 0", share, share > 0);
  const tasks = options.sources.flatMap((source) => ("gym" in source ? [source.gym] : []));
  const context = { seed, split: "train", phrasing: "trained", conversations, tasks } as const;
  const sources = options.sources.map((source) => resolveSource(source, context));
  const bpe = loadBpe(options.tokenizer);
  const tokenizer = { sha256: tokenizerHash(options.tokenizer), size: bpe.size };
  return makePlan(sources, { tokenizer, seed, tokens, contextLength, shardTokens }, bpe);
}

const badOption = (option: string, expected: string, found: string | number): LemmaError =>
  new LemmaError("LEMMA_E_OPTION", { option, expected, found });

function requireNumber(option: string, expected: string, found: number, right: boolean): void {
  if (!right) throw badOption(option, expected, found);
}

/** Makes the folder and removes the shards of any other plan, index first. */
function clearForeign(folder: string, plan: Plan, digest: string): void {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, "index.json"), { force: true });
  const kept = new Set<string>();
  for (let shard = 0; shard < plan.shards; shard++) {
    if (finishedShard(folder, shardName(shard), digest) !== undefined) kept.add(shardName(shard));
  }
  for (const file of readdirSync(folder)) {
    const name = /^(\d{5})\.(?:(?:tokens|loss|documents|origin|weights)\.npy|json)(?:\.\w+\.partial)?$/.exec(file)?.[1];
    if (name !== undefined && !kept.has(name)) rmSync(join(folder, file), { force: true });
  }
}

async function runWorkers(
  plan: Plan,
  digest: string,
  folder: string,
  options: WriteShardsOptions,
): Promise<ShardSidecar[]> {
  const sidecars: ShardSidecar[] = [];
  const waiting: number[] = [];
  let done = 0;
  for (let shard = 0; shard < plan.shards; shard++) {
    const finished = finishedShard(folder, shardName(shard), digest);
    if (finished === undefined) waiting.push(shard);
    else {
      sidecars[shard] = finished;
      done += finished.entry.tokens;
    }
  }
  options.signal?.throwIfAborted();
  const started = performance.now();
  let fresh = 0;
  const progress = (tokens: number): void => {
    fresh += tokens;
    const tokensPerSecond = fresh / ((performance.now() - started) / 1000);
    options.onProgress?.({ tokens: Math.min(done + fresh, plan.tokens), total: plan.tokens, tokensPerSecond });
  };
  const data: ShardWorkerData = { plan, tokenizer: resolve(options.tokenizer), folder };
  const count = Math.min(options.workers ?? availableParallelism(), waiting.length);
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  try {
    await Promise.all(
      Array.from({ length: count }, () =>
        runWorker(data, waiting, signal, progress, (shard, sidecar) => {
          sidecars[shard] = sidecar;
        }),
      ),
    );
  } finally {
    stop.abort();
  }
  return sidecars;
}

/** One thread from its first shard to the last; resolves when none is waiting. */
function runWorker(
  data: ShardWorkerData,
  waiting: number[],
  signal: AbortSignal,
  progress: (tokens: number) => void,
  finish: (shard: number, sidecar: ShardSidecar) => void,
): Promise<void> {
  const worker = new Worker(new URL("./shard-worker.ts", import.meta.url), { workerData: data });
  const { promise, resolve: succeed, reject } = Promise.withResolvers<void>();
  const next = (): void => {
    const shard = waiting.shift();
    if (shard === undefined) succeed();
    else worker.postMessage(shard);
  };
  const abort = (): void => reject(new LemmaError("LEMMA_E_ABORTED"));
  signal.addEventListener("abort", abort, { once: true });
  worker.on("message", (message: ShardWorkerMessage) => {
    if (message.kind === "tokens") progress(message.tokens);
    else if (message.kind === "error") reject(workerError(message.error));
    else {
      finish(message.shard, message.sidecar);
      next();
    }
  });
  worker.on("error", reject);
  next();
  return promise.finally(async () => {
    signal.removeEventListener("abort", abort);
    await worker.terminate();
  });
}

const workerError = (error: (ShardWorkerMessage & { kind: "error" })["error"]): LemmaError =>
  error.code === undefined
    ? new LemmaError("LEMMA_E_INTERNAL", { problem: error.message })
    : new LemmaError(error.code as ErrorCode, error.details);

function indexOf(plan: Plan, digest: string, kept: readonly ShardSidecar[], options: WriteShardsOptions): ShardIndex {
  const none = (): Counts => ({ documents: 0, tokens: 0, lossTokens: 0 });
  const groups = plan.sources.flatMap((source) => source.groups.map((group) => ({ ...group, ...none() })));
  const all = none();
  const add = (into: Counts, counts: Counts): void => {
    into.documents += counts.documents;
    into.tokens += counts.tokens;
    into.lossTokens += counts.lossTokens;
  };
  for (const sidecar of kept) {
    add(all, sidecar.entry);
    for (const [group, counts] of Object.entries(sidecar.groups)) add(groups[Number(group)]!, counts);
  }
  const { sources, tokens, seed } = options;
  const { contextLength } = plan;
  return {
    format: "lemma-shards",
    version: 1,
    plan: digest,
    tokenizer: plan.tokenizer,
    seed: plan.seed,
    ...all,
    longest: Math.max(0, ...kept.map(({ entry }) => entry.longest)),
    skipped: kept.reduce((sum, { entry }) => sum + entry.skipped, 0),
    recipe: { sources, tokens, seed, contextLength, conversations: options.conversations ?? CONVERSATION_SHARES },
    groups,
    shards: kept.map(({ entry }) => entry),
  };
}
