// The plan of a shard folder: how many rows of each source, in which order, in which shard. A pure function of the
// settings, so any number of workers writes the same bytes. Knows no files but the sources' own.
//
// Shares count loss-bearing tokens. The first CALIBRATION rows of each source tell how many tokens and loss-bearing
// tokens a row has; with those means and shares s, row counts are L·s/loss for the L at which all tokens sum to the goal.

import { LemmaError } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";
import { type ResolvedSource, rowsOf } from "./data-source.ts";
import { type DocumentTokenizer, documentsOf } from "./document.ts";
import { sfc32, shuffleInPlace } from "./seeded-shuffle.ts";

/** Plans aim this much over the goal; the last shard is cut to it. */
const SURPLUS = 1.02;
const CALIBRATION = 500;

/** Everything that decides the bytes of the shards. Plain JSON, which the tasks of `mix` read. */
export interface Plan {
  format: 1;
  tokenizer: { sha256: string; size: number };
  seed: number;
  tokens: number;
  contextLength: number;
  shards: number;
  sources: ResolvedSource[];
  /** Rows of each source. */
  rows: number[];
}

export interface PlanSettings {
  tokenizer: { sha256: string; size: number };
  seed: number;
  tokens: number;
  contextLength: number;
  shardTokens: number;
}

export function makePlan(sources: ResolvedSource[], settings: PlanSettings, tokenizer: DocumentTokenizer): Plan {
  const { shardTokens, ...kept } = settings;
  const total = sources.reduce((sum, source) => sum + source.share, 0);
  const means = sources.map((source) => meanTokens(source, settings.contextLength, tokenizer));
  const tokensPerLoss = sources.reduce(
    (sum, { share }, i) => sum + (share / total) * (means[i]!.all / means[i]!.learned),
    0,
  );
  const learned = (settings.tokens * SURPLUS) / tokensPerLoss;
  const rows = sources.map(({ share }, i) => Math.ceil(((share / total) * learned) / means[i]!.learned));
  return { format: 1, ...kept, shards: Math.max(1, Math.ceil(settings.tokens / shardTokens)), sources, rows };
}

function meanTokens(source: ResolvedSource, contextLength: number, tokenizer: DocumentTokenizer) {
  const row = rowsOf(source);
  let all = 0;
  let learned = 0;
  for (let number = 0; number < CALIBRATION; number++) {
    for (const document of documentsOf(row(number).messages, tokenizer)) {
      if (document.tokens.length > contextLength) continue;
      all += document.tokens.length;
      learned += document.learned;
    }
  }
  if (learned === 0) {
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "contextLength",
      expected: `room for the rows of ${source.groups[0]!.task}`,
      found: contextLength,
    });
  }
  return { all: all / CALIBRATION, learned: learned / CALIBRATION };
}

/** The plan's digest: equal plans write equal bytes. Where a file lies is no part of it. */
export function planDigest(plan: Plan): string {
  return sha256Of(JSON.stringify(plan, (name, value) => (name === "path" ? undefined : value)));
}

/** The source of every row in training order: row i of the folder belongs to source `order[i]`, in that source's own order. */
export function rowOrder(plan: Plan): Uint16Array {
  const order = new Uint16Array(plan.rows.reduce((sum, count) => sum + count, 0));
  let at = 0;
  plan.rows.forEach((count, source) => {
    order.fill(source, at, at + count);
    at += count;
  });
  shuffleInPlace(order, sfc32(plan.seed, "row order"));
  return order;
}

/** First row (inclusive) and last row (exclusive) of a shard. */
export function shardRange(plan: Plan, order: Uint16Array, shard: number): [number, number] {
  const start = Math.floor((order.length * shard) / plan.shards);
  return [start, Math.floor((order.length * (shard + 1)) / plan.shards)];
}
