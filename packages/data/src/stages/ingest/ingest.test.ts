// The stage over a folder of all formats, with hostile files among them: what is sound is read, what is not is listed, and the bytes are
// the same for any number of workers.

import assert from "node:assert/strict";
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { writeDocx } from "../../../test/files/docx-writer.ts";
import { writePdf } from "../../../test/files/pdf-writer.ts";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments, readRecords } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import { ingest, type RefusedPart } from "./ingest.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-ingest-"));
after(() => rmSync(place, { recursive: true, force: true }));
const files = join(place, "files");
mkdirSync(join(files, "more"), { recursive: true });

const sound = {
  "a.csv": "text,n\none,1\n",
  "b.docx": writeDocx(["two"]),
  "c.html": "<p>three</p>",
  "d.jsonl.gz": gzipSync('{"text":"four"}\n'),
  "e.pdf": writePdf([["five"], ["six"]]),
  "more/f.md": "seven",
  "more/g.parquet": Buffer.from(
    parquetWriteBuffer({ columnData: [{ name: "text", data: ["eight"], type: "STRING" }] }),
  ),
  "more/h.tsv.zst": zstdCompressSync("text\nnine\n"),
};
const hostile = {
  "b-cut.docx": writeDocx(["two"]).subarray(0, 300),
  "c-deep.html": "<div>".repeat(5000),
  "d-bomb.jsonl.gz": gzipSync(Buffer.alloc(3 << 20, 32)),
  "d-bomb.txt.zst": zstdCompressSync(Buffer.alloc(3 << 20, 32)),
  "d-cut.jsonl.gz": gzipSync('{"text":"four"}\n').subarray(0, 20),
  "e-cut.pdf": writePdf([["five"]]).subarray(0, 700),
  "more/f-wide.csv": `text\n${"x".repeat(2 << 20)}`,
  "more/g-cut.parquet": Buffer.from("PAR1 and no more"),
};
for (const [name, bytes] of Object.entries({ ...sound, ...hostile })) writeFileSync(join(files, name), bytes);
writeFileSync(
  join(files, "d-lines.jsonl"),
  `{"text":"a"}\n${"x".repeat(2 << 20)}\n{"text":"b"}\n{"text":"\xff"}\n`,
  "latin1",
);

const options = { paths: [files], maxDocumentBytes: 1 << 20, maxFileBytes: (2 << 20) + 1000, taskBytes: 4000 };

async function run(workers: number, folder: string) {
  await using executor = new LocalExecutor(workers);
  return await runStage(ingest, { options, folder: join(place, folder), executor });
}

test("what is sound is read, what is not is listed; the same bytes for any number of workers", async () => {
  const [one, three] = [await run(1, "one"), await run(3, "three")];
  assert.equal(one.digest, three.digest);
  const found = (name: string) => globSync(`read/*${name}*`, { cwd: join(place, "one") }).sort();
  const documents = found("documents").flatMap((name): DataDocument[] => readDocuments(join(place, "one", name)));
  assert.deepEqual(
    documents.map(({ text, source: { path, format, page } }) => [path, format, page ?? 0, text]),
    [
      ["a.csv", "csv", 0, "one"],
      ["b.docx", "docx", 0, "two"],
      ["c.html", "html", 0, "three"],
      ["d-lines.jsonl", "jsonl", 0, "a"],
      ["d-lines.jsonl", "jsonl", 0, "b"],
      ["d.jsonl.gz", "jsonl", 0, "four"],
      ["e.pdf", "pdf", 1, "five"],
      ["e.pdf", "pdf", 2, "six"],
      ["more/f.md", "text", 0, "seven"],
      ["more/g.parquet", "parquet", 0, "eight"],
      ["more/h.tsv.zst", "csv", 0, "nine"],
    ],
  );
  const refused = found("refused").flatMap((name) => readRecords<RefusedPart>(join(place, "one", name)));
  assert.deepEqual(
    [...new Set(refused.map(({ path }) => path))].sort(),
    [...Object.keys(hostile), "d-lines.jsonl"].sort(),
  );
  for (const { path, problem } of refused)
    assert.ok(problem.length > 10 && !problem.includes(place), `${path}: ${problem}`);
  assert.equal(one.counts.refused_files, Object.keys(hostile).length);
  assert.equal(one.counts.documents, documents.length);
});
