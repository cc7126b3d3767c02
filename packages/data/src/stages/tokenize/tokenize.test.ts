// Shards of documents: every token is the one that the TypeScript BPE makes, each example leads back to its document, the order is the
// seed's, and any number of processes gives the same bytes.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { generate } from "@lemma/gym";
import { readDocuments } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import { StageFolder } from "../../pipeline/stage-folder.ts";
import { documentsOf } from "../../shards/document.ts";
import { decodeNpy } from "../../shards/npy.ts";
import { verifyShards } from "../../shards/shard-index.ts";
import { loadBpe } from "../../tokenizer/tokenizer-folder.ts";
import { ingest } from "../ingest/ingest.ts";
import { tokenize } from "./tokenize.ts";

const tokenizer = resolve(import.meta.dirname, "../../../../../models/tokenizer");
const place = mkdtempSync(join(tmpdir(), "lemma-tokenize-"));
after(() => rmSync(place, { recursive: true, force: true }));

async function run(from: string, folder: string, workers: number, more: object = {}) {
  await using executor = new LocalExecutor(workers);
  const options = { tokenizer, contextLength: 200, shardTokens: 4000, ...more };
  return await runStage(tokenize, { options, from: join(place, from), folder: join(place, folder), executor });
}

before(async () => {
  const files = join(place, "files");
  mkdirSync(files);
  for (const task of ["ordering", "multiplication", "derivatives"])
    writeFileSync(
      join(files, `${task}.jsonl`),
      [...generate({ task, seed: 3, count: 40 })].map((row) => JSON.stringify(row)).join("\n"),
    );
  writeFileSync(join(files, "long.txt"), "What is 12+30? It is 42. ".repeat(100));
  writeFileSync(join(files, "empty.txt"), "");
  await using executor = new LocalExecutor(2);
  await runStage(ingest, { options: { paths: [files], taskBytes: 20_000 }, folder: join(place, "in"), executor });
});

test("every token and its origin", async () => {
  const { counts } = await run("in", "out", 2);
  const folder = join(place, "out", "shards");
  const index = await verifyShards(folder);
  const inputs = StageFolder.inputs(join(place, "in"));
  const read = inputs.map(({ path }) => readDocuments(path));
  const bpe = loadBpe(tokenizer);
  const encoder = { encode: (text: string) => bpe.encode(text), id: (text: string) => bpe.id(text) };
  assert.ok(index.shards.length > 2);
  assert.ok(counts.skipped! > 0 && index.longest <= 200);
  const pieces: number[] = [];
  const seen = new Set<string>();
  for (const { name } of index.shards) {
    const array = (column: string) => {
      const path = join(folder, `${name}.${column}.npy`);
      return Array.from(decodeNpy(readFileSync(path), path).array, Number);
    };
    const [tokens, loss, offsets, origin] = ["tokens", "loss", "documents", "origin"].map(array) as [
      number[],
      number[],
      number[],
      number[],
    ];
    for (let i = 0; i + 1 < offsets.length; i++) {
      const [group, number] = [origin[2 * i]!, origin[2 * i + 1]!];
      const own = tokens.slice(offsets[i], offsets[i + 1]);
      const learned = loss.slice(offsets[i], offsets[i + 1]).reduce((sum, one) => sum + one, 0);
      assert.equal(index.groups[group]!.task, inputs[group]!.name);
      const document = read[group]![number]!;
      seen.add(document.id);
      if (document.messages === undefined) {
        pieces.push(own.length);
        assert.equal(learned, own.length);
        continue;
      }
      const [expected] = documentsOf(document.messages, encoder);
      assert.deepEqual([own, learned], [Array.from(expected!.tokens), expected!.learned]);
    }
  }
  const whole = bpe.encode("What is 12+30? It is 42. ".repeat(100)).length + 1;
  assert.equal(
    pieces.reduce((sum, one) => sum + one, 0),
    whole - (whole % 200 === 1 ? 1 : 0), // a piece of one token has nothing to learn
  );
  assert.equal(index.documents, counts.documents);
  assert.ok(seen.size > 60);
});

test("the same bytes for any number of processes, another order for another seed", async () => {
  const first = await run("in", "out", 2);
  assert.equal((await run("in", "again", 1)).digest, first.digest);
  assert.notEqual((await run("in", "other", 2, { seed: 2 })).digest, first.digest);
});

test("another tokenizer than the one asked for is refused", async () => {
  await assert.rejects(
    run("in", "wrong", 1, { tokenizerHash: "00" }),
    /tokenizerHash: expected 00|"tokenizerHash": expected 00/,
  );
});
