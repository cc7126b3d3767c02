// The rows of a shard as columns: rows → documents → tokens. Owns which rows a shard holds and keeps a plan's sources open between the
// shards that a process makes.

import { loadBpe } from "../tokenizer/tokenizer-folder.ts";
import { type ResolvedSource, rowsOf, type TrainingRow } from "./data-source.ts";
import { type DocumentTokenizer, documentsOf } from "./document.ts";
import { type Plan, planDigest, rowOrder, shardRange } from "./plan.ts";
import { ShardColumns } from "./shard-files.ts";

/** Progress is told after so many tokens. */
const TOLD = 20_000;

interface OpenPlan {
  digest: string;
  order: Uint16Array;
  rows: ((number: number) => TrainingRow)[];
  tokenizer: DocumentTokenizer;
}

let opened: OpenPlan | undefined;

/** The columns of shard `shard` of a plan, uncut. `onTokens` hears how many tokens there are, every few thousand. */
export function shardColumns(
  plan: Plan,
  tokenizer: string,
  shard: number,
  onTokens: (tokens: number) => void = () => {},
): ShardColumns {
  const digest = planDigest(plan);
  if (opened?.digest !== digest)
    opened = { digest, order: rowOrder(plan), rows: plan.sources.map(rowsOf), tokenizer: loadBpe(tokenizer) };
  const { order, rows, tokenizer: encoder } = opened;
  const first = firstGroups(plan.sources);
  const [start, end] = shardRange(plan, order, shard);
  const next = new Uint32Array(rows.length);
  for (let i = 0; i < start; i++) next[order[i]!]!++;
  const columns = new ShardColumns(plan.tokenizer.size > 65_536);
  let told = 0;
  for (let i = start; i < end; i++) {
    const source = order[i]!;
    const row = rows[source]!(next[source]!++);
    for (const document of documentsOf(row.messages, encoder)) {
      if (document.tokens.length > plan.contextLength) columns.skipped++;
      else columns.add(document.tokens, document.learned, first[source]! + row.group, row.index, document.weight);
    }
    if (columns.length - told < TOLD) continue;
    told = columns.length;
    onTokens(told);
  }
  return columns;
}

/** The number of each source's first group in index.json. */
export function firstGroups(sources: readonly ResolvedSource[]): number[] {
  let first = 0;
  return sources.map(({ groups }) => {
    first += groups.length;
    return first - groups.length;
  });
}
