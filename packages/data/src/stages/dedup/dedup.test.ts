// Duplicates against labelled corpora and brute force: what is found, what is kept, what dropped documents say; the same bytes for any
// number of processes, any memory, and after killed runs.

import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import type { StageSummary } from "../../pipeline/stage-folder.ts";
import { ingest } from "../ingest/ingest.ts";
import { dedup } from "./dedup.ts";
import { Forest } from "./forest.ts";
import { exactForm, normalForm } from "./normal-form.ts";
import { type PlantedDocument, plantedCorpus, setJaccard, shingleStrings, trueJaccard } from "./planted-corpus.ts";
import { PRESETS } from "./scheme.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-dedup-"));
after(() => rmSync(place, { recursive: true, force: true }));

/** Ingests texts from files of `perFile`; the folder of the finished stage. */
async function corpus(name: string, texts: readonly string[], perFile = 400): Promise<string> {
  const files = join(place, `${name}-files`);
  mkdirSync(files);
  for (let i = 0; i * perFile < texts.length; i++) {
    const lines = texts.slice(i * perFile, (i + 1) * perFile).map((text) => JSON.stringify({ text }));
    writeFileSync(join(files, `${String(i).padStart(4, "0")}.jsonl`), `${lines.join("\n")}\n`);
  }
  await using executor = new LocalExecutor(2);
  const folder = join(place, name);
  await runStage(ingest, { options: { paths: [files], taskBytes: 1 }, folder, executor });
  return folder;
}

async function run(from: string, folder: string, options: object = {}, workers = 2): Promise<StageSummary> {
  await using executor = new LocalExecutor(workers);
  return await runStage(dedup, { options, from, folder: join(place, folder), executor });
}

/** Documents of a kind with their places in the input. */
function written(folder: string, { outputs }: StageSummary, kind: string): (DataDocument & { place: number })[] {
  return outputs
    .filter((output) => output.kind === kind)
    .flatMap(({ path }) => readDocuments(join(place, folder, path)))
    .map((document) => ({
      ...document,
      place: Number.parseInt(document.source.path, 10) * 400 + document.source.index,
    }));
}

interface Dropped {
  rule: "exact" | "near";
  of: string;
  similarity: number;
}
const reason = ({ history }: DataDocument): Dropped => history!.at(-1) as unknown as Dropped;

const planted: PlantedDocument[] = [...plantedCorpus({ seed: 4, documents: 3000, redundancy: 0.6, words: [20, 160] })];
const plantedTexts = planted.map(({ text }) => text);
let plantedFolder: Promise<string> | undefined;
const plantedInput = (): Promise<string> => (plantedFolder ??= corpus("planted", plantedTexts));

test("planted duplicates: recall, precision, and what dropped documents say", async () => {
  const summary = await run(await plantedInput(), "found");
  const [kept, dropped] = [written("found", summary, "documents"), written("found", summary, "dropped")];
  assert.equal(kept.length + dropped.length, planted.length);
  assert.equal(summary.counts.kept, kept.length);
  const placeOf = new Map([...kept, ...dropped].map(({ id, place }) => [id, place]));
  const keptIds = new Set(kept.map(({ id }) => id));
  const clusters = new Forest();
  let [correct, exact] = [0, 0];
  for (const document of dropped) {
    const { rule, of, similarity } = reason(document);
    assert.ok(keptIds.has(of));
    const other = placeOf.get(of)!;
    clusters.join(document.place, other);
    const [own, longer] = [plantedTexts[document.place]!, plantedTexts[other]!];
    assert.ok(longer.length > own.length || (longer.length === own.length && other < document.place));
    const isEqual = exactForm(normalForm(own)) === exactForm(normalForm(longer));
    assert.equal(rule, isEqual ? "exact" : "near");
    if (isEqual) exact++;
    else assert.ok(Math.abs(similarity - trueJaccard(own, longer, PRESETS.lemma)) < 1e-6);
    if (planted[document.place]!.family === planted[other]!.family) correct++;
  }
  assert.equal(summary.counts.dropped_exact, exact);
  assert.ok(exact > 300 && dropped.length > 1000, `${exact} of ${dropped.length}`);
  assert.ok(correct / dropped.length >= 0.995, `precision ${correct / dropped.length}`);

  const families = Map.groupBy(planted.keys(), (i) => planted[i]!.family);
  let [similar, found] = [0, 0];
  for (const members of families.values()) {
    const sets = members.slice(0, 40).map((i) => shingleStrings(plantedTexts[i]!, PRESETS.lemma));
    for (const [i, one] of sets.entries())
      for (const [j, other] of sets.entries()) {
        if (j <= i || setJaccard(one, other) < 0.8) continue;
        similar++;
        if (clusters.root(members[i]!) === clusters.root(members[j]!)) found++;
      }
  }
  assert.ok(similar > 3000, String(similar));
  assert.ok(found / similar >= 0.98, `recall ${found / similar} of ${similar}`);
});

test("any number of processes and any memory give the same bytes", async () => {
  const texts = Array.from({ length: 12_000 }, (_, i) => `the ${i % 9000} and ${i % 4000} of ${i} is ${i % 3000}`);
  const input = await corpus("small", texts, 3000);
  const summaries = [
    await run(input, "one", {}, 1),
    await run(input, "three", {}, 3),
    await run(input, "cramped", { memory: 1 }, 2),
  ];
  assert.equal(new Set(summaries.map(({ digest }) => digest)).size, 1);
  assert.ok(summaries[2]!.outputs.length > 0);
  assert.equal(
    (await run(await plantedInput(), "again", {}, 1)).digest,
    (await run(await plantedInput(), "found")).digest,
  );
});

test("with every pair in a bucket, clusters are those of brute force", async () => {
  const few = [...plantedCorpus({ seed: 9, documents: 260, redundancy: 0.7, negatives: 0.2, words: [8, 60] })];
  const texts = few.map(({ text }) => text);
  for (const scheme of [
    { unit: "words", size: 2, similarity: 0.6 },
    { unit: "characters", size: 4, similarity: 0.7 },
  ] as const) {
    const folder = `brute-${scheme.unit}`;
    const summary = await run(await corpus(`few-${scheme.unit}`, texts), folder, { ...scheme, bands: 100, rows: 2 });
    const expected = new Forest();
    const sets = texts.map((text) => shingleStrings(text, scheme));
    for (const [i, one] of sets.entries())
      for (const [j, other] of sets.entries())
        if (i < j && setJaccard(one, other) >= scheme.similarity) expected.join(i, j);
    const best = new Map<number, number>();
    for (const [i, { length }] of texts.entries()) {
      const other = best.get(expected.root(i));
      if (other === undefined || length > texts[other]!.length) best.set(expected.root(i), i);
    }
    const kept = written(folder, summary, "documents").map((document) => document.place);
    assert.deepEqual(
      kept,
      [...best.values()].sort((a, b) => a - b),
    );
  }
});

test("a run that was killed ends with the same bytes", async () => {
  const program = join(place, "run.ts");
  const from = (name: string) => JSON.stringify(join(import.meta.dirname, name));
  const input = await plantedInput();
  writeFileSync(
    program,
    `import { dedup } from ${from("dedup.ts")};
     import { LocalExecutor } from ${from("../../pipeline/local-executor.ts")};
     import { runStage } from ${from("../../pipeline/run-stage.ts")};
     await using executor = new LocalExecutor(2);
     await runStage(dedup, { from: ${JSON.stringify(input)}, folder: process.argv[2], executor,
       onProgress: ({ phase, done }) => process.send({ at: phase + done }) });`,
  );
  const folder = join(place, "killed");
  let kills = 0;
  for (const moment of ["sign3", "bands7", "verify2", "keep4"]) {
    const child = fork(program, [folder], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.on("message", ({ at }: { at: string }) => {
      if (at === moment && child.kill("SIGKILL")) kills++;
    });
    await once(child, "exit");
  }
  assert.equal(kills, 4);
  assert.equal((await run(input, "killed")).digest, (await run(input, "found")).digest);
});

test("short, empty and hostile documents stay apart", async () => {
  const long = "x".repeat(3_000_000);
  const texts = [
    ...[
      "",
      "  \r\n",
      "yes",
      "no",
      "!!!",
      "???",
      "What is 3 + 4?",
      "What is 3 - 4?",
      "Yes",
      "\0\0",
      "\uD800 a",
      "\uDC00 a",
    ],
    ...[
      "東京は日本の首都です。人口は約千四百万人。",
      "東京は日本の首都です、人口は約千四百万人",
      "大阪は日本の都市です。人口は約二百七十万人。",
    ],
    ...[long, `${long} `, `${long}y`, "a b ".repeat(400_000), "a b ".repeat(400_001)],
    ...["e\u0301te\u0301 une deux trois quatre", "Été une deux, trois quatre"],
  ];
  const input = await corpus("hostile", texts);
  const summary = await run(input, "apart");
  const dropped = written("apart", summary, "dropped").map((document) => [document.place, reason(document).rule]);
  assert.deepEqual(dropped, [
    [0, "exact"], // the longer text that is as empty stays
    [8, "exact"],
    [13, "near"],
    [15, "exact"],
    [18, "near"],
    [21, "near"],
  ]);
});

test("equal texts alone, and the longest stays", async () => {
  const texts = [
    "One two three four five six",
    "one two three four five six!",
    "ONE  TWO three four five six",
    "other",
  ];
  const summary = await run(await corpus("equal", texts), "equal-out", { near: false });
  const dropped = written("equal-out", summary, "dropped");
  assert.deepEqual(
    dropped.map((document) => [document.place, reason(document).rule]),
    [[0, "exact"]],
  );
  assert.deepEqual(Object.keys(dropped[0]!.history!.at(-1)!), ["stage", "rule", "of", "similarity"]);
});

test("thousands of equal and of nearly equal documents take no longer than others", async () => {
  const letter =
    "Dear customer, thank you for the order that you placed with us this week; it will be sent soon. Your number: ";
  const texts = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? letter : `${letter}${i}`));
  const summary = await run(await corpus("letters", texts, 5000), "letters-out");
  assert.equal(summary.counts.kept, 1);
  assert.ok(summary.counts.candidate_pairs! < 16 * 3 * 10_001, String(summary.counts.candidate_pairs));
});

test("wrong options say what was expected", async () => {
  const input = await plantedInput();
  await assert.rejects(
    run(input, "wrong", { preset: "best" }),
    /preset: expected lemma or fineweb or curator or slimpajama/,
  );
  await assert.rejects(run(input, "wrong", { similarity: 2 }), /similarity/);
  await assert.rejects(run(input, "wrong", { bands: 1000, rows: 60 }), /bands × rows of at most 4096/);
});
