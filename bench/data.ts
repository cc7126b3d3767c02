// `lemma bench data`: what de-duplication and redaction find, and how fast the pipeline is; data.json says on what. Owns the corpora of the
// rows and their measures. Published figures of others stand in the settings with their source: other machines, other corpora.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  encodeRecords,
  LocalExecutor,
  makeSigner,
  measureDedup,
  measurePii,
  PRESETS,
  plantedCorpus,
  readDocuments,
  runStage,
  stageByName,
} from "@lemma/data";
import { loadTokenizer } from "@lemma/engine";
import { families, generateRow } from "@lemma/gym";
import { LemmaError } from "@lemma/protocol";
import { importOracle } from "../oracles/oracle.ts";
import { type BenchRow, benchRow } from "./row.ts";

interface DataSpec {
  quality: { seeds: number[]; documents: number; redundancy: number; leastJaccard: number; perFamily: number };
  throughput: { seed: number; documents: number; redundancy: number; leastJaccard: number; runs: number };
  kernel: { seed: number; documents: number; redundancy: number; runs: number };
  pii: { seeds: number[]; texts: number };
  tokenize: { rows: number; seed: number; runs: number; tokenizer: string };
  published: Record<string, Record<string, unknown>[]>;
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const spec = JSON.parse(readFileSync(path("data.json"), "utf8")) as DataSpec;

type Note = (text: string) => void;

const MEASURES: Readonly<Record<string, (row: string, note: Note) => Promise<BenchRow> | BenchRow>> = {
  "dedup-recall": measureQuality,
  "dedup-precision": measureQuality,
  "dedup-removed": measureQuality,
  "dedup-throughput": measureThroughput,
  "dedup-kernel": measureKernel,
  "pii-recall": measureRedaction,
  "pii-precision": measureRedaction,
  "tokenize-throughput": measureTokenize,
};

export const dataRows: string[] = Object.keys(MEASURES);

/** Measures one row of the area. */
export async function measureDataRow(row: string, note: Note): Promise<BenchRow> {
  const measured = await MEASURES[row]!(row, note);
  const published = spec.published[row];
  return published === undefined ? measured : { ...measured, settings: { ...measured.settings, published } };
}

/** Writes texts as JSONL files and ingests them; returns the stage's folder. */
async function ingested(folder: string, texts: readonly string[], executor: LocalExecutor): Promise<string> {
  const files = join(folder, "files");
  mkdirSync(files, { recursive: true });
  const perFile = 10_000;
  for (let i = 0; i * perFile < texts.length; i++) {
    const lines = texts.slice(i * perFile, (i + 1) * perFile).map((text) => `${JSON.stringify({ text })}\n`);
    writeFileSync(join(files, `${String(i).padStart(4, "0")}.jsonl`), lines.join(""));
  }
  const read = join(folder, "ingest");
  await runStage(stageByName("ingest"), { options: { paths: [files] }, folder: read, executor });
  return read;
}

type Quality = { recall: number; precision: number; removed: number };
let quality: Promise<Quality[]> | undefined;

/** One corpus a seed, from JSONL through ingest and dedup; measured once for all rows that show it. */
async function measureQuality(row: string, note: Note): Promise<BenchRow> {
  quality ??= (async () => {
    const all: Quality[] = [];
    await using executor = new LocalExecutor();
    for (const seed of spec.quality.seeds) {
      const folder = mkdtempSync(join(os.tmpdir(), "lemma-bench-data-"));
      try {
        const planted = [...plantedCorpus({ ...spec.quality, seed })];
        const read = await ingested(
          folder,
          planted.map(({ text }) => text),
          executor,
        );
        const out = join(folder, "dedup");
        const { outputs, counts } = await runStage(stageByName("dedup"), { from: read, folder: out, executor });
        const dropped = outputs
          .filter(({ kind }) => kind === "dropped")
          .flatMap((file) => readDocuments(join(out, file.path)));
        const order = inputDocuments(read).map(({ id }) => id);
        if (order.length !== planted.length)
          throw new LemmaError("LEMMA_E_INTERNAL", { problem: `${planted.length} documents, ${order.length} read` });
        const { recall, precision } = measureDedup(planted, order, dropped, PRESETS.lemma, spec.quality.perFamily);
        all.push({ recall, precision, removed: 1 - counts.kept! / planted.length });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      note(`${row}: corpus ${all.length} of ${spec.quality.seeds.length}`);
    }
    return all;
  })();
  const name = row.slice("dedup-".length) as keyof Quality;
  const settings = { preset: "lemma", ...PRESETS.lemma, ...spec.quality };
  return benchRow(
    { row, unit: "share", better: "higher", settings },
    (await quality).map((one) => one[name]),
    {},
    null,
  );
}

/** The documents of a finished stage in the order of the next one's numbers. */
function inputDocuments(folder: string): { id: string }[] {
  const { outputs } = JSON.parse(readFileSync(join(folder, "stage.json"), "utf8")) as {
    outputs: { kind: string; path: string }[];
  };
  return outputs.filter(({ kind }) => kind === "documents").flatMap((file) => readDocuments(join(folder, file.path)));
}

/** Megabytes of JSONL a second, beside the floor of the same files in the same run. */
async function measureThroughput(row: string, note: Note): Promise<BenchRow> {
  const { runs, ...corpus } = spec.throughput;
  const folder = mkdtempSync(join(os.tmpdir(), "lemma-bench-data-"));
  await using executor = new LocalExecutor(1);
  try {
    const read = await ingested(
      folder,
      Array.from(plantedCorpus(corpus), ({ text }) => text),
      executor,
    );
    const { outputs } = JSON.parse(readFileSync(join(read, "stage.json"), "utf8")) as { outputs: { path: string }[] };
    const files = outputs.map((file) => join(read, file.path));
    const bytes = files.reduce((sum, file) => sum + encodedLength(file), 0);
    const [speeds, floors]: [number[], number[]] = [[], []];
    let kept = new Set<string>();
    for (let run = 0; run <= runs; run++) {
      const out = join(folder, `dedup-${run}`);
      const started = performance.now();
      const summary = await runStage(stageByName("dedup"), { from: read, folder: out, executor });
      const mine = bytes / 1000 / (performance.now() - started);
      if (run === 0)
        kept = new Set(
          summary.outputs
            .filter(({ kind }) => kind === "documents")
            .flatMap((file) => readDocuments(join(out, file.path)).map(({ id }) => id)),
        );
      rmSync(out, { recursive: true, force: true });
      const floor = bytes / 1000 / floorMs(files, kept, folder);
      note(
        `${row}: ${run === 0 ? "warm-up" : `run ${run} of ${runs}`}, ${mine.toFixed(1)} of ${floor.toFixed(1)} MB/s`,
      );
      if (run === 0) continue;
      speeds.push(mine);
      floors.push(floor);
    }
    const packed = files.reduce((sum, file) => sum + statSync(file).size, 0);
    const settings = {
      ...corpus,
      workers: 1,
      jsonlMB: Math.round(bytes / 1e6),
      zstdMB: Math.round(packed / 1e6),
      kernel: makeSigner({ ...PRESETS.lemma, near: true, seed: 1 }).kernel,
    };
    return benchRow({ row, unit: "MB/s", better: "higher", settings }, speeds, {}, floors);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const encodedLength = (file: string): number =>
  readDocuments(file).reduce((sum, document) => sum + Buffer.byteLength(JSON.stringify(document)) + 1, 0);

/** Milliseconds of what no tool can leave out: decompress, parse, write the survivors. */
function floorMs(files: readonly string[], kept: ReadonlySet<string>, folder: string): number {
  const started = performance.now();
  for (const [i, file] of files.entries())
    writeFileSync(
      join(folder, `floor-${i}.jsonl.zst`),
      encodeRecords(readDocuments(file).filter(({ id }) => kept.has(id))),
    );
  return performance.now() - started;
}

/** Megabytes of text (UTF-8) a second from strings to keys and shingles, by the addon and by TypeScript, in turn. */
function measureKernel(row: string, note: Note): BenchRow {
  const { runs, ...corpus } = spec.kernel;
  const texts = Array.from(plantedCorpus(corpus), ({ text }) => text);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const options = { ...PRESETS.lemma, near: true, seed: 1 };
  const { kernel } = makeSigner(options);
  if (kernel === "typescript")
    throw new LemmaError("LEMMA_E_FILE", {
      path: "packages/data/build/lemma-data.node",
      problem: "not built: run `npm run setup`",
    });
  const speed = (without?: "addon"): number => {
    using signer = makeSigner(options, without);
    const started = performance.now();
    for (const [i, text] of texts.entries()) {
      signer.text("", text);
      if (i % 1000 === 999) signer.takeShingles();
    }
    signer.columns();
    return bytes / 1000 / (performance.now() - started);
  };
  const [ours, typescript]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run++) {
    const [mine, its] = [speed(), speed("addon")];
    note(
      `${row}: ${run === 0 ? "warm-up" : `run ${run} of ${runs}`}, ours ${mine.toFixed(0)}, TypeScript ${its.toFixed(1)} MB/s`,
    );
    if (run === 0) continue;
    ours.push(mine);
    typescript.push(its);
  }
  const settings = { ...corpus, preset: "lemma", kernel, textMB: Math.round(bytes / 1e5) / 10 };
  return benchRow({ row, unit: "MB/s", better: "higher", settings }, ours, { baseline: typescript }, null);
}

function measureRedaction(row: string, note: Note): BenchRow {
  const runs = spec.pii.seeds.map((seed, i) => {
    const { recall, precision } = measurePii(seed, spec.pii.texts);
    note(`${row}: seed ${i + 1} of ${spec.pii.seeds.length}`);
    return row === "pii-recall" ? recall : precision;
  });
  return benchRow({ row, unit: "share", better: "higher", settings: { ...spec.pii } }, runs, {}, null);
}

/** Megabytes of text (UTF-8) a second into tokens on one core. */
async function measureTokenize(row: string, note: Note): Promise<BenchRow> {
  const { rows, seed, runs } = spec.tokenize;
  const tasks = families().map(({ id }) => id);
  const texts = Array.from({ length: rows }, (_, index) => {
    const { messages } = generateRow({ task: tasks[index % tasks.length]!, seed, index });
    return messages.map(({ content, reasoning_content }) => `${reasoning_content ?? ""}\n${content}`).join("\n\n");
  });
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const folder = path(`../${spec.tokenize.tokenizer}`);
  const mine = await loadTokenizer({ folder });
  const read = (name: string): object => JSON.parse(readFileSync(join(folder, name), "utf8")) as object;
  const { Tokenizer } = await importOracle<{ Tokenizer: new (json: object, config: object) => HuggingFaceTokenizer }>(
    PEER,
  );
  const its = new Tokenizer(read("tokenizer.json"), read("tokenizer_config.json"));
  const wrong = texts.filter(
    (text) => String(mine.encode(text)) !== String(its.encode(text, { add_special_tokens: false }).ids),
  ).length;
  const speed = (encode: (text: string) => unknown): number => {
    const started = performance.now();
    for (const text of texts) encode(text);
    return bytes / 1000 / (performance.now() - started);
  };
  const [ours, peer]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    ours.push(speed((text) => mine.encode(text)));
    peer.push(speed((text) => its.encode(text, { add_special_tokens: false })));
    note(`${row}: run ${run + 1} of ${runs}, ours ${ours[run]!.toFixed(1)}, ${PEER} ${peer[run]!.toFixed(2)} MB/s`);
  }
  const settings = { ...spec.tokenize, textMB: Math.round(bytes / 1e5) / 10, differ: wrong };
  return benchRow({ row, unit: "MB/s", better: "higher", settings }, ours, { [PEER]: peer }, null);
}

const PEER = "@huggingface/tokenizers";

interface HuggingFaceTokenizer {
  encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] };
}
