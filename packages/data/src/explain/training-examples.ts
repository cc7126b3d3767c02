// Where a document stands in token shards, and which document a training example came from. Owns the way from a shard's origin to a
// document and back: group = number of the input file in the stage's plan, index = the document's number there (stages/tokenize).

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LemmaError } from "@lemma/protocol";
import { readDocuments } from "../documents/document-file.ts";
import type { RunStage } from "../pipeline/run-folder.ts";
import { decodeNpy } from "../shards/npy.ts";
import { readShardIndex, type ShardIndex } from "../shards/shard-index.ts";

/** One training example: tokens `start` to `end` of a shard. */
export interface TrainingExample {
  /** The folder of the stage that wrote it. */
  folder: string;
  shard: string;
  /** Its number in the shard, from 0. */
  number: number;
  start: number;
  end: number;
  /** How many of its tokens are learned. */
  learned: number;
}

/** The index of the shards that a stage wrote; undefined where it wrote none. */
export async function shardsOf(stage: RunStage): Promise<{ folder: string; index: ShardIndex } | undefined> {
  if (!stage.summary?.outputs.some(({ path }) => path === "shards/index.json")) return undefined;
  const folder = join(stage.path, "shards");
  return { folder, index: await readShardIndex(folder) };
}

const column = (folder: string, shard: string, name: string) => {
  const path = join(folder, `${shard}.${name}.npy`);
  return decodeNpy(readFileSync(path), path).array;
};

/** Example `number` of a shard, and its origin. Throws LEMMA_E_OPTION where the shard has none of that number. */
export function exampleAt(
  stage: RunStage,
  shard: string,
  number: number,
): { example: TrainingExample; group: number; index: number } {
  const folder = join(stage.path, "shards");
  const origin = column(folder, shard, "origin");
  const documents = origin.length / 2;
  if (number >= documents)
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "id",
      expected: `an example of shard ${shard}, 0 to ${documents - 1}`,
      found: number,
    });
  const offsets = column(folder, shard, "documents");
  const [start, end] = [Number(offsets[number]), Number(offsets[number + 1])];
  const loss = column(folder, shard, "loss") as Uint8Array;
  const learned = loss.subarray(start, end).reduce((sum, one) => sum + one, 0);
  const example = { folder: stage.name, shard, number, start, end, learned };
  return { example, group: Number(origin[2 * number]), index: Number(origin[2 * number + 1]) };
}

/** The training examples of document `number` of the input file `file` (its digest tells files of one name apart). */
export async function examplesOf(
  stage: RunStage,
  file: string,
  sha256: string,
  number: number,
): Promise<TrainingExample[]> {
  const group = stage.plan.inputs.findIndex((input) => input.name === file && input.sha256 === sha256);
  const shards = await shardsOf(stage);
  if (group < 0 || shards === undefined) return [];
  const found: TrainingExample[] = [];
  for (const { name: shard } of shards.index.shards) {
    const origin = column(shards.folder, shard, "origin");
    const here: number[] = [];
    for (let i = 0; 2 * i < origin.length; i++)
      if (origin[2 * i] === group && origin[2 * i + 1] === number) here.push(i);
    if (here.length === 0) continue;
    const offsets = column(shards.folder, shard, "documents");
    const loss = column(shards.folder, shard, "loss") as Uint8Array;
    for (const i of here) {
      const [start, end] = [Number(offsets[i]), Number(offsets[i + 1])];
      const learned = loss.subarray(start, end).reduce((sum, one) => sum + one, 0);
      found.push({ folder: stage.name, shard, number: i, start, end, learned });
    }
  }
  return found;
}

/**
 * The id of the document that example `number` of a shard was made of.
 * @throws LEMMA_E_OPTION (no such example), LEMMA_E_FILE (the documents are no longer there).
 */
export async function documentOfExample(stages: readonly RunStage[], shard: string, number: number): Promise<string> {
  for (const stage of stages) {
    const shards = await shardsOf(stage);
    const entry = shards?.index.shards.find(({ name }) => name === shard);
    if (shards === undefined || entry === undefined) continue;
    if (number >= entry.documents)
      throw new LemmaError("LEMMA_E_OPTION", {
        option: "id",
        expected: `an example of shard ${shard}, 0 to ${entry.documents - 1}`,
        found: number,
      });
    const origin = column(shards.folder, shard, "origin");
    const input = stage.plan.inputs[Number(origin[2 * number])]!;
    const before = stages.find(({ summary }) =>
      summary?.outputs.some(({ path, sha256 }) => path === input.name && sha256 === input.sha256),
    );
    return readDocuments(before === undefined ? input.path : join(before.path, input.name))[
      Number(origin[2 * number + 1])
    ]!.id;
  }
  throw new LemmaError("LEMMA_E_OPTION", { option: "id", expected: "a shard of the run", found: shard });
}
