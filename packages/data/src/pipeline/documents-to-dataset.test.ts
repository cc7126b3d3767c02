// recipes/documents-to-dataset.yaml on a generated folder of PDF, DOCX and HTML: every statement that was written stands in a document
// of its file, and the shards are whole.

import assert from "node:assert/strict";
import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { writeBusinessDocuments } from "../../test/files/business-documents.ts";
import { readDocuments } from "../documents/document-file.ts";
import { verifyShards } from "../shards/shard-index.ts";
import { LocalExecutor } from "./local-executor.ts";
import { readDataRecipe } from "./recipe.ts";
import { runRecipe } from "./run-recipe.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-documents-"));
after(() => rmSync(place, { recursive: true, force: true }));

test("what was written is in the dataset, with its file, title and page", async () => {
  const files = join(place, "documents");
  const written = writeBusinessDocuments(files, 30);
  const recipe = await readDataRecipe(resolve(import.meta.dirname, "../../../../recipes/documents-to-dataset.yaml"));
  const ingest = recipe.stages[0]!;
  assert.equal(ingest.name, "ingest");
  ingest.options = { ...(ingest.options as object), paths: [files] };
  const out = join(place, "run");
  await using executor = new LocalExecutor(2);
  const run = await runRecipe(recipe, { out, executor });

  const counts = run.stages[0]!.counts;
  assert.deepEqual([counts.files, counts.refused_files, counts.refused_parts], [30, 0, 0]);
  const documents = globSync("01-ingest/read/*.documents-*", { cwd: out })
    .sort()
    .flatMap((name) => readDocuments(join(out, name)));
  for (const { name, title, statements } of written) {
    const own = documents.filter(({ source }) => source.path === name);
    assert.ok(own.length > 0, name);
    for (const { fields } of own) assert.equal(fields?.title, title);
    if (name.endsWith(".pdf"))
      assert.deepEqual(
        own.map(({ source }) => source.page),
        own.map((_, at) => at + 1),
      );
    const text = own.map((document) => document.text).join("\n");
    for (const statement of statements) assert.ok(text.includes(statement), `${name}: ${statement}\n${text}`);
    assert.ok(!text.includes("Careers"), `${name}: the menu is not text`);
  }
  assert.equal(run.stages.at(-1)!.counts.skipped, 0);
  const { shards } = await verifyShards(join(out, run.stages.at(-1)!.folder, "shards"));
  assert.equal(shards.length, 1);
});
