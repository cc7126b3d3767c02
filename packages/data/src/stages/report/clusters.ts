// Sizes of clusters of copies. Owns the files of ids that dropped documents name: 8 bytes each, sorted, so that each task reads the part
// that is its first hex digit's. Memory: 8 bytes for each of them in 16.

import { closeSync, openSync, readSync } from "node:fs";

/** A task for each first hex digit. */
export const CLUSTER_TASKS = 16;

const HEAD = 4 * CLUSTER_TASKS;

/** Ids as a file: how many begin with each digit (16 times uint32, little-endian), then all ids in order. */
export function pointersFile(ids: readonly string[]): Buffer {
  const sorted = ids.toSorted();
  const head = Buffer.alloc(HEAD);
  for (const id of sorted) {
    const at = 4 * Number.parseInt(id[0]!, 16);
    head.writeUInt32LE(head.readUInt32LE(at) + 1, at);
  }
  return Buffer.concat([head, Buffer.from(sorted.join(""), "hex")]);
}

/** How many clusters of each size there are among the ids of one first digit: an id that n documents name is a cluster of n + 1. */
export function clusterSizes(paths: readonly string[], digit: number): Record<string, number> {
  const parts = paths.map((path) => part(path, digit));
  const ids = new BigUint64Array(parts.reduce((sum, { length }) => sum + length / 8, 0));
  let next = 0;
  for (const bytes of parts) for (let at = 0; at < bytes.length; at += 8) ids[next++] = bytes.readBigUInt64BE(at);
  ids.sort();
  const sizes: Record<string, number> = {};
  for (let at = 0; at < ids.length; ) {
    let end = at + 1;
    while (end < ids.length && ids[end] === ids[at]) end++;
    const size = end - at + 1;
    sizes[size] = (sizes[size] ?? 0) + 1;
    at = end;
  }
  return sizes;
}

function part(path: string, digit: number): Buffer {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(HEAD);
    readSync(file, head, 0, HEAD, 0);
    const counts = Array.from({ length: CLUSTER_TASKS }, (_, i) => head.readUInt32LE(4 * i));
    const before = counts.slice(0, digit).reduce((sum, count) => sum + count, 0);
    const bytes = Buffer.alloc(8 * counts[digit]!);
    readSync(file, bytes, 0, bytes.length, HEAD + 8 * before);
    return bytes;
  } finally {
    closeSync(file);
  }
}
