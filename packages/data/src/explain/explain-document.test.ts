// A document is followed through every stage by its id, the beginning of it, or one of its training examples.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { writeFinishedStage } from "../../test/finished-stage.ts";
import { type DataDocument, withHistory } from "../documents/document.ts";
import { readDocuments } from "../documents/document-file.ts";
import { LocalExecutor } from "../pipeline/local-executor.ts";
import { runRecipe } from "../pipeline/run-recipe.ts";
import { StageFolder } from "../pipeline/stage-folder.ts";
import { decodeNpy } from "../shards/npy.ts";
import { loadBpe } from "../tokenizer/tokenizer-folder.ts";
import { explainDocument } from "./explain-document.ts";

const tokenizer = resolve(import.meta.dirname, "../../../../models/tokenizer");
const place = mkdtempSync(join(tmpdir(), "lemma-explain-"));
after(() => rmSync(place, { recursive: true, force: true }));
const run = join(place, "run");
const made = join(place, "made");

const document = (id: string, text: string, more: Partial<DataDocument> = {}): DataDocument => ({
  id,
  text,
  source: { path: "a.jsonl", format: "jsonl", index: 3 },
  ...more,
});
const [kept, copy, near, short] = [
  "aaaa000000000001",
  "aaaa000000000002",
  "aaab000000000003",
  "bbbb000000000004",
] as const;

before(async () => {
  const files = join(place, "files");
  mkdirSync(files);
  for (let i = 0; i < 4; i++) {
    const lines = Array.from({ length: 50 }, (_, n) =>
      JSON.stringify({ text: `file ${i} line ${n}: ${"words ".repeat(n)}` }),
    );
    writeFileSync(join(files, `${i}.jsonl`), lines.join("\n"));
  }
  const stages = [
    { name: "ingest", options: { paths: [files], taskBytes: 1 } },
    { name: "tokenize", options: { tokenizer, contextLength: 32, shardTokens: 2000 } },
  ];
  await using executor = new LocalExecutor(2);
  await runRecipe({ path: "recipe", name: "explain", base: place, stages }, { out: run, executor });

  // Stages as others write them: what a stage notes is its own business.
  const all = [
    document(kept, "One text."),
    document(copy, "One  text."),
    document(near, "One text!"),
    document(short, "x"),
  ];
  const changed = withHistory(document(kept, "One text."), { stage: "clean", rule: "repaired", spaces: 2 });
  writeFinishedStage(join(made, "01-ingest"), { stage: "ingest", documents: [all.slice(0, 1), all.slice(1)] });
  writeFinishedStage(join(made, "02-clean"), {
    stage: "clean",
    documents: [[changed, all[1]!, all[2]!]],
    dropped: [[withHistory(all[3]!, { stage: "clean", rule: "minWords", value: 1, limit: 50 })]],
  });
  const of = (one: DataDocument, rule: string) => withHistory(one, { stage: "dedup", rule, of: kept, similarity: 1 });
  writeFinishedStage(join(made, "03-dedup"), {
    stage: "dedup",
    documents: [[changed]],
    dropped: [[of(all[1]!, "exact"), of(all[2]!, "near")]],
  });
});

test("a document that was dropped: rule and value", async () => {
  const { source, steps, examples } = await explainDocument(made, short);
  assert.equal(source.path, "a.jsonl");
  assert.deepEqual(
    steps.map(({ folder, what }) => [folder, what]),
    [
      ["01-ingest", "made"],
      ["02-clean", "dropped"],
    ],
  );
  assert.deepEqual([steps[0]!.file, steps[0]!.number], ["only/00000.documents-1.jsonl.zst", 2]);
  assert.deepEqual(steps[1]!.entries, [{ stage: "clean", rule: "minWords", value: 1, limit: 50 }]);
  assert.deepEqual(examples, []);
});

test("a document that stayed: what changed it, and who was dropped as its copy", async () => {
  const { steps } = await explainDocument(made, kept);
  assert.deepEqual(
    steps.map(({ what, entries, named }) => [what, entries.length, named?.documents]),
    [
      ["made", 0, undefined],
      ["changed", 1, undefined],
      ["kept", 0, 2],
    ],
  );
  assert.deepEqual(
    steps[2]!.named!.first.map(({ id, dropped, entry }) => [id, dropped, entry.rule]),
    [
      [copy, true, "exact"],
      [near, true, "near"],
    ],
  );
});

test("the beginning of an id is enough where it is the only one", async () => {
  assert.equal((await explainDocument(made, "aaab")).id, near);
  await assert.rejects(
    explainDocument(made, "aaa"),
    /more of the id: aaaa000000000001, aaaa000000000002, aaab000000000003/,
  );
  await assert.rejects(explainDocument(made, "cccc"), /the id of a document of this run, found cccc/);
  await assert.rejects(explainDocument(made, 'a"'), /up to 16 hex digits/);
  await assert.rejects(explainDocument(place, "aaab"), /expected a run's folder/);
});

test("every training example leads to its document and back", async () => {
  const bpe = loadBpe(tokenizer);
  const shards = join(run, "02-tokenize", "shards");
  const texts = new Map(
    StageFolder.inputs(join(run, "01-ingest")).flatMap(({ path }) =>
      readDocuments(path).map(({ id, text }) => [id, text]),
    ),
  );
  const array = (shard: string, column: string) => {
    const path = join(shards, `${shard}.${column}.npy`);
    return decodeNpy(readFileSync(path), path).array;
  };
  for (const asked of ["00000:0", "00001:5", "00001:6"]) {
    const life = await explainDocument(run, asked);
    assert.ok(life.examples.some(({ shard, number }) => `${shard}:${number}` === asked));
    assert.deepEqual(
      life.steps.map(({ what }) => what),
      ["made", "encoded"],
    );
    // A long text stands in several pieces; together they are the document's own tokens.
    const pieces = life.examples.map(({ shard, start, end, learned }) => {
      assert.equal(learned, end - start);
      return Array.from(array(shard, "tokens").subarray(start, end), Number);
    });
    const whole = [...bpe.encode(texts.get(life.id)!), bpe.id("<|end|>")];
    const cuts = Array.from({ length: Math.ceil(whole.length / 32) }, (_, i) => whole.slice(32 * i, 32 * i + 32));
    const sorted = (lists: number[][]) => lists.map(String).sort();
    assert.deepEqual(sorted(pieces), sorted(cuts.filter((piece) => piece.length > 1)));
  }
  await assert.rejects(explainDocument(run, "00000:99999"), /an example of shard 00000, 0 to \d+, found 99999/);
  await assert.rejects(explainDocument(run, "00077:0"), /a shard of the run, found 00077/);
});
