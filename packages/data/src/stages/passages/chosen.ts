// Which passages of each file were chosen, by parts of the hashes. Owns how passages with the same hash meet, and the layout of what is
// chosen, all little-endian uint32: the first file, how many files n, (n + 1) × start of a file's numbers, and the end; the numbers.

import type { OutputFile, TaskContext } from "../../pipeline/stage.ts";
import { doubled, KeyTable } from "../dedup/key-table.ts";
import { bytesOf } from "../dedup/pairs.ts";
import { BUCKETS, readBuckets, readWords } from "./hash-buckets.ts";

/** Bytes of memory for a hash: key, slots while the table grows, its count. */
const HASH_BYTES = 40;

/** How many hashes the files of a phase hold. */
export const hashesIn = (files: readonly { documents: number }[]): number =>
  files.reduce((sum, { documents }) => sum + documents, 0);

/** Into how many parts so many hashes are cut so that each fits into `memory` MiB. */
export const partsFor = (hashes: number, memory: number): number =>
  Math.min(BUCKETS, Math.max(1, Math.ceil((hashes * HASH_BYTES) / (memory * 2 ** 20))));

/** A bit of a number that its stage gives a meaning to. */
export const MARK = 0x80000000;

/** What a stage says of all passages with one hash. `state` is 0 at first, and what the last call for this hash returned. */
export interface Choice {
  /** The first round over all passages, in the order of the input. */
  count(state: number, number: number): number;
  /** The second round: what is written for this passage, or undefined; and the new state. */
  choose(state: number, number: number): { state: number; chosen: number | undefined };
}

/** How many numbers are held until a file of them is written. */
const MOST_CHOSEN = 1 << 22;

/** Writes what is chosen in a part of the hashes of all files. What it holds is the part's table, and a file's passages of this part. */
export function putChosen(
  put: TaskContext<unknown>["put"],
  files: readonly OutputFile[],
  part: number,
  parts: number,
  choice: Choice,
  most: number = MOST_CHOSEN,
): void {
  const [from, to] = [Math.floor((part * BUCKETS) / parts), Math.floor(((part + 1) * BUCKETS) / parts)];
  const table = new KeyTable(2);
  let states = new Uint32Array(1 << 10);
  for (const { path } of files) {
    const { hashes, numbers } = readBuckets(path, from, to);
    for (const [i, number] of numbers.entries()) {
      const key = table.numberOf(hashes, 2 * i);
      if (key >= states.length) states = doubled(states);
      states[key] = choice.count(states[key]!, number);
    }
  }
  let chosen = new Uint32Array(1 << 10);
  let [first, count, written] = [0, 0, 0];
  let ends: number[] = [];
  for (const [file, { path }] of files.entries()) {
    const { hashes, numbers } = readBuckets(path, from, to);
    for (const [i, number] of numbers.entries()) {
      const key = table.numberOf(hashes, 2 * i);
      const { state, chosen: value } = choice.choose(states[key]!, number);
      states[key] = state;
      if (value === undefined) continue;
      if (count === chosen.length) chosen = doubled(chosen);
      chosen[count++] = value;
    }
    ends.push(count);
    if (count < most && file + 1 < files.length) continue;
    const head = Uint32Array.from([first, ends.length, 0, ...ends]);
    const words = new Uint32Array(head.length + count);
    words.set(head);
    words.set(chosen.subarray(0, count), head.length);
    put(".chosen", `chosen-${written++}`, bytesOf(words), count);
    [first, count, ends] = [file + 1, 0, []];
  }
}

/** The numbers that were chosen of one file, from the files of all parts; of each only what is this file's is read. */
export function* chosenOf(file: number, parts: readonly OutputFile[]): Generator<number> {
  for (const { path } of parts) {
    const head = readWords(path, 0, 2);
    const [first, files] = [head[0]!, head[1]!];
    if (file < first || file >= first + files) continue;
    const place = readWords(path, 2 + file - first, 2);
    yield* readWords(path, 3 + files + place[0]!, place[1]! - place[0]!);
  }
}
