// Cuts the last shard so that the folder holds at most the planned tokens, to within one document. The order is
// shuffled, so a cut tail leaves the mixture as it is.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { decodeNpy } from "./npy.ts";
import { putShard, ShardColumns, type ShardSidecar } from "./shard-writer.ts";

/** The sidecars that remain: shards wholly beyond `limit` tokens are deleted, the one that crosses it is rewritten. */
export function trimShards(folder: string, sidecars: readonly ShardSidecar[], limit: number): ShardSidecar[] {
  const kept: ShardSidecar[] = [];
  let total = 0;
  for (const sidecar of sidecars) {
    const { name, tokens, files } = sidecar.entry;
    if (total + tokens <= limit) {
      kept.push(sidecar);
      total += tokens;
      continue;
    }
    const cut = total < limit ? cutShard(folder, sidecar, limit - total) : undefined;
    if (cut !== undefined) kept.push(cut);
    else for (const file of [...Object.keys(files), `${name}.json`]) rmSync(join(folder, file), { force: true });
    total = limit;
  }
  return kept;
}

function cutShard(folder: string, sidecar: ShardSidecar, room: number): ShardSidecar | undefined {
  const { name, skipped } = sidecar.entry;
  const read = (column: string) => {
    const path = join(folder, `${name}.${column}.npy`);
    return decodeNpy(readFileSync(path), path).array;
  };
  const offsets = Array.from(read("documents"), Number);
  const fitting = offsets.findLastIndex((offset) => offset <= room);
  if (fitting === 0) return undefined;
  const tokens = read("tokens") as Uint16Array;
  const loss = read("loss") as Uint8Array;
  const origin = read("origin") as Int32Array;
  const weights = `${name}.weights.npy` in sidecar.entry.files ? (read("weights") as Float32Array) : undefined;
  const columns = new ShardColumns(tokens instanceof Uint32Array);
  columns.skipped = skipped;
  for (let i = 0; i < fitting; i++) {
    const [start, end] = [offsets[i]!, offsets[i + 1]!];
    const learned = loss.subarray(start, end).reduce((sum, one) => sum + one, 0);
    columns.add(tokens.subarray(start, end), learned, origin[i * 2]!, origin[i * 2 + 1]!, weights?.[i]);
  }
  if (weights !== undefined) rmSync(join(folder, `${name}.weights.npy`)); // what remains may need none
  return putShard(folder, name, columns, sidecar.plan);
}
