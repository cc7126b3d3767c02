// Hostile files through the stage: each is refused with its reason, a sound file beside it is read, and the process that reads it stays
// within the memory that docs/data-ingest.md promises. LEMMA_LONG=1 uses the full sizes and the default options.

import assert from "node:assert/strict";
import {
  appendFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { parquetMetadata } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { docxFiles } from "../../../test/files/docx-writer.ts";
import {
  endlessTable,
  endlessWidths,
  formOfItself,
  formsOfForms,
  manyOperators,
} from "../../../test/files/pdf-forms.ts";
import { Reading } from "../../../test/files/reading.ts";
import { writeZip } from "../../../test/files/zip-writer.ts";
import { readDocuments, readRecords } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import { ingest, type RefusedPart } from "./ingest.ts";

const isLong = process.env.LEMMA_LONG !== undefined;
const MIB = 1 << 20;
/** What docs/data-ingest.md promises of one process, in MiB, with maxDocumentBytes at its default of 64 MiB. */
const PROMISED = 3072;
const SIZE = (isLong ? 60 : 8) * MIB;
const place = mkdtempSync(join(tmpdir(), "lemma-hostile-"));
const options = isLong ? {} : { maxDocumentBytes: 16 * MIB, maxFileBytes: 256 * MIB };
const executor = new LocalExecutor(1);
after(async () => {
  await executor[Symbol.asyncDispose]();
  rmSync(place, { recursive: true, force: true });
});

/** A file of zeros that takes no room on the disk. */
function sparse(start: string, bytes: number): (path: string) => void {
  return (path) => {
    writeFileSync(path, start);
    truncateSync(path, bytes);
  };
}

/** The same frame again and again. */
function repeated(frame: Buffer, times: number): (path: string) => void {
  return (path) => {
    for (let i = 0; i < times; i++) appendFileSync(path, frame);
  };
}

/** A Parquet file whose first page claims as many values as a header can say. */
function endlessPage(): Buffer {
  const bytes = Buffer.from(
    parquetWriteBuffer({
      columnData: [{ name: "text", data: Array.from({ length: 200 }, (_, i) => `row ${i}`), type: "STRING" }],
      codec: "UNCOMPRESSED",
    }),
  );
  const at = Number(
    parquetMetadata(new Uint8Array(bytes).buffer).row_groups[0]!.columns[0]!.meta_data!.data_page_offset,
  );
  const most = [0xfe, 0xff, 0xff, 0xff, 0x0f]; // 2^31 - 1 as a zigzag varint
  // type 0, 64 bytes unpacked and packed; then the header of a data page: values, RLE_DICTIONARY, RLE, RLE.
  Buffer.from([0x15, 0, 0x15, 0x80, 1, 0x15, 0x80, 1, 0x2c, 0x15, ...most, 0x15, 16, 0x15, 6, 0x15, 6, 0, 0]).copy(
    bytes,
    at,
  );
  return bytes;
}

const wide = `<p ${Array.from({ length: 120 }, (_, i) => `a${i}=1`).join(" ")}>x</p>`;
const FILES: [name: string, make: Buffer | string | ((path: string) => void), expected: RegExp | "read"][] = [
  [
    "line.jsonl",
    sparse('{"text":"first"}\n{"text":"', isLong ? 2 ** 30 + 1000 : 200 * MIB),
    /line 2: longer than \d+ bytes/,
  ],
  ["line.csv", sparse('text\nfirst\n"', isLong ? 2 ** 30 + 1000 : 200 * MIB), /a row of more than \d+ characters/],
  [
    "bomb.jsonl.zst",
    repeated(zstdCompressSync(Buffer.alloc(64 * MIB)), isLong ? 40 : 8),
    /more than \d+ bytes, unpacked/,
  ],
  ["bomb.csv.gz", repeated(gzipSync(Buffer.alloc(64 * MIB)), isLong ? 40 : 8), /more than \d+ characters|unpacked/],
  ["deep.jsonl", `{"text":"a","x":${"[".repeat(SIZE / 2)}${"]".repeat(SIZE / 2)}}\n`, /nested deeper than 256/],
  ["wide.jsonl", `{"text":"a","x":[${"[],".repeat(SIZE / 3)}0]}\n`, /more than 4194304 values/],
  ["quotes.jsonl", `{"text":"${'\\"'.repeat(SIZE / 2)}"}\n`, "read"],
  ["controls.jsonl", `{"text":"${"\\u0001".repeat(SIZE / 6)}"}\n`, "read"],
  ["columns.csv", `${",".repeat(SIZE)}\n${",".repeat(SIZE)}\n`, /columns; at most 65536|more than 1536 MiB/],
  ["quotes.csv", `text\n${'"a""'.repeat(SIZE / 4)}`, "read"],
  ["utf8.txt", Buffer.alloc(SIZE, 0xff), "read"],
  ["hyphens.txt", "a-\n".repeat(SIZE / 3), "read"],
  ["deep.html", "<div>".repeat(SIZE / 5), /nested deeper than 512/],
  ["many.html", `<p>x</p>${"<i>y</i>".repeat(isLong ? 990_000 : 200_000)}`, "read"],
  ["attributes.html", wide.repeat(SIZE / wide.length), /more than 500000 attributes/],
  ["value.html", `<p class="${"a b ".repeat(SIZE / 4)}">x</p>`, /damaged: Maximum call stack|read/],
  ["open.html", `<p>x${"<a href='".repeat(SIZE / 9)}`, /more than 128 attributes/],
  ["entities.html", `<p>${"&amp;&lt".repeat(SIZE / 8)}`, /more than 1000000 character references/],
  [
    "bomb.docx",
    writeZip([...docxFiles(["a"]), { name: "word/x.xml", data: Buffer.alloc(SIZE, 32) }]),
    /times when unpacked/,
  ],
  [
    "lie.docx",
    writeZip([...docxFiles(["a"]), { name: "x.xml", data: Buffer.alloc(SIZE), claims: 9 }]),
    /more than the 9 bytes/,
  ],
  ["page.parquet", endlessPage(), /more than 33554432 values/],
  ["cut.parquet", endlessPage().subarray(0, 900), /expected PAR1 at its end/],
  ["forms.pdf", formsOfForms(10, "hello world"), /page 1: more work than/],
  ["text.pdf", formsOfForms(10, "hello ".repeat(8000)), /page 1: more (?:work than|than \d+ bytes of text)/],
  ["pages.pdf", formsOfForms(4, "hello world", 900), /page \d+: more work than/],
  ["itself.pdf", formOfItself(), /./],
  ["operators.pdf", manyOperators(4_000_000), /more work than|no text/],
  // Nobody counts these: time and memory end them.
  ...(isLong
    ? ([
        ["widths.pdf", endlessWidths(), /processor time|memory|no text/],
        ["table.pdf", endlessTable(), /processor time|memory/],
      ] as [string, Buffer, RegExp][])
    : []),
];

/** The worker's process. */
let worker = 0;
const status = (name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${worker}/status`, "utf8"))![1]) / 1024;

before(async () => {
  await read("warm", "text\nsound\n");
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  [worker = 0] = children
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("task-process"));
});

/** What is read and refused of a hostile file beside a sound one. */
async function read(name: string, make: Buffer | string | ((path: string) => void)) {
  const [files, folder] = [join(place, name, "files"), join(place, name, "run")];
  mkdirSync(files, { recursive: true });
  writeFileSync(join(files, "sound.txt"), "sound");
  const path = join(files, name === "warm" ? "warm.csv" : name);
  if (typeof make === "function") make(path);
  else writeFileSync(path, make);
  const begin = performance.now();
  const { counts } = await runStage(ingest, { options: { ...options, paths: [files] }, folder, executor });
  const seconds = (performance.now() - begin) / 1000;
  const found = (kind: string) => globSync(`read/*.${kind}*`, { cwd: folder }).map((file) => join(folder, file));
  const texts = found("documents").flatMap((file) => readDocuments(file).map(({ text }) => text.slice(0, 20)));
  const refused = found("refused").flatMap((file) => readRecords<RefusedPart>(file));
  rmSync(join(place, name), { recursive: true });
  return { counts, texts, refused, seconds };
}

test("a reader that goes round in circles is ended by its processor time, and the next file is read", async () => {
  const reading = new Reading(2);
  try {
    const { ended } = await reading.read("widths.pdf", endlessWidths());
    assert.match(ended!, /takes more than 3 s of processor time to read|more than 1536 MiB/);
    assert.deepEqual((await reading.read("a.csv", "text\nsound\n")).texts, ["sound"]);
  } finally {
    await reading.end();
  }
});

for (const [name, make, expected] of FILES)
  test(`${name} is ${expected === "read" ? "read" : "refused"} within the memory bound`, async (t) => {
    writeFileSync(`/proc/${worker}/clear_refs`, "5"); // the peak is that of this file
    const { texts, refused, seconds } = await read(name, make);
    const peak = status("VmHWM");
    t.diagnostic(
      `${Math.round(peak)} MiB, ${seconds.toFixed(1)} s; ${refused[0]?.where ?? ""} ${refused[0]?.problem ?? "read"}`,
    );
    assert.ok(texts.includes("sound"));
    assert.ok(peak < PROMISED, `${peak} MiB`);
    if (expected === "read") assert.deepEqual(refused, []);
    else {
      assert.ok(refused.length > 0);
      assert.match(`${refused[0]!.where ?? ""}: ${refused[0]!.problem}`, expected);
      assert.ok(refused.every(({ path, problem }) => path === name && problem.length < 600));
    }
    if (name.startsWith("line")) assert.ok(texts.includes("first"));
  });
