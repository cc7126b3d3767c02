// Decontamination: the index against a brute-force search, disguises, held-out questions of the gym, the same bytes for any number of
// processes, hostile input.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { generate, Random } from "@lemma/gym";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import type { StageSummary } from "../../pipeline/stage-folder.ts";
import { wilson } from "../../wilson.ts";
import { ingest } from "../ingest/ingest.ts";
import type { Certificate } from "./certificate.ts";
import { decontaminate } from "./decontaminate.ts";
import { EvaluationIndex } from "./evaluation-index.ts";
import { normalTokens } from "./normal-tokens.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-decontaminate-"));
after(() => rmSync(place, { recursive: true, force: true }));

/** Words without meaning, so that texts share runs only where they are given. */
const words = (random: Random, count: number, kinds = 5000): string =>
  Array.from({ length: count }, () => `w${random.below(kinds)}x`).join(" ");

const ITEM = `A farmer has 17 hens and each hen lays 3 eggs a day except on Sundays when it lays just one egg.
How many eggs does the farmer collect in two whole weeks?`;
const SHORT = "Which planet has the most moons today?";

test("tokens: the ways of writing don't matter, the signs of formulas do", () => {
  const same = (a: string, b: string) => assert.deepEqual(normalTokens(a), normalTokens(b), b);
  same("Solve 3x + 5 = 20 for x.", "**SOLVE** 3x\n+ 5 = 20,\n> for _x_!");
  same("the well-known result", "The well known\nresult…");
  same("naïve café", "nai\u0308ve cafe\u0301");
  same("continue here", "con-\ntinue here");
  same("x² + 1", "x^2+1");
  same("It costs 12,000 euros", "It costs 12000 euros");
  same("3 × 4 − 5", "3*4-5");
  same("Ｆｕｌｌ wi\u00addth", "full width");
  same("求函数的导数。", "求函\n数的导 数");
  same("STRASSE", "straße");
  same("one\n\n- two\n- three", "one two three");
  same("*20* apples and **7** pears", "20 apples and 7 pears");
  const differ = (a: string, b: string) => assert.notDeepEqual(normalTokens(a), normalTokens(b), b);
  differ("Compute 12+7.", "Compute 12-7.");
  differ("x = -3", "x = 3");
  differ("3.14", "314");
  differ("a ≠ b", "a = b");
  assert.deepEqual(normalTokens("求3x的值"), ["求", "3", "x", "的", "值"]);
});

/** The rule again, word for word: the most different n-grams of the item in any stretch of twice its tokens. */
function bruteShare(item: string[], text: string[], n: number): number {
  const grams = (tokens: string[]) =>
    tokens.slice(0, Math.max(0, tokens.length - n + 1)).map((_, i) => tokens.slice(i, i + n).join(" "));
  const wanted = new Set(grams(item));
  const there = grams(text);
  let most = 0;
  for (let from = 0; from < there.length; from++)
    most = Math.max(most, new Set(there.slice(from, from + 2 * item.length).filter((gram) => wanted.has(gram))).size);
  return most / wanted.size;
}

test("the index finds exactly what a brute-force search finds", () => {
  const random = Random.fromSeed(5);
  const rule = { ngram: 4, shortTokens: 9, minTokens: 3 };
  for (let round = 0; round < 40; round++) {
    const draw = random.split(round);
    const kinds = draw.pick([3, 12, 400]);
    const items = Array.from({ length: 12 }, () => words(draw, draw.int(1, 40), kinds));
    const share = draw.pick([0.3, 0.5, 0.9, 1]);
    const built = EvaluationIndex.decode(
      EvaluationIndex.build(
        items.map((text) => ({ text, share })),
        rule,
      ).encode(),
    );
    // A text made of pieces of items, so that shares of all sizes occur.
    const text = Array.from({ length: 30 }, () => {
      const from = draw.pick(items).split(" ");
      const start = draw.below(from.length);
      return `${from.slice(start, start + draw.int(1, 30)).join(" ")} ${words(draw, draw.below(4), kinds)}`;
    }).join(" ");
    const tokens = normalTokens(text);
    const expected = items.flatMap((item, number) => {
      const own = normalTokens(item);
      if (own.length < rule.minTokens) return [];
      if (own.length < rule.shortTokens)
        return ` ${tokens.join(" ")} `.includes(` ${own.join(" ")} `) ? [`${number} whole 1`] : [];
      const found = bruteShare(own, tokens, rule.ngram);
      return found >= share ? [`${number} overlap ${Math.round(found * 1e4) / 1e4}`] : [];
    });
    assert.deepEqual(
      built.matches(text).map((match) => `${match.item} ${match.rule} ${match.share}`),
      expected,
    );
  }
});

async function run(folder: string, options: object, from = "in", workers = 2): Promise<StageSummary> {
  await using executor = new LocalExecutor(workers);
  return await runStage(decontaminate, {
    options,
    from: join(place, from),
    folder: join(place, folder),
    executor,
    base: place,
  });
}
const documentsOf = (folder: string, summary: StageSummary, kind: string): DataDocument[] =>
  summary.outputs
    .filter((output) => output.kind === kind)
    .flatMap(({ path }) => readDocuments(join(place, folder, path)));
const certificateIn = (folder: string): Certificate =>
  JSON.parse(readFileSync(join(place, folder, "certificate.json"), "utf8")) as Certificate;

const evaluation = [
  { id: "hens", question: ITEM, answer: "74" },
  { id: "moons", question: SHORT },
  { id: "tiny", question: "And why?" },
  { answer: "no question here" },
];
const LONG = words(Random.fromSeed(9), 300);

before(async () => {
  writeFileSync(
    join(place, "test.jsonl"),
    [...evaluation, ...Array.from({ length: 60 }, (_, i) => ({ question: words(Random.fromSeed(100 + i), 10 + i) }))]
      .map((row) => JSON.stringify(row))
      .join("\n"),
  );
  const files = join(place, "files");
  mkdirSync(files);
  const line = (text: string) => JSON.stringify({ text });
  const half = ITEM.split(" ").slice(0, 30).join(" ");
  writeFileSync(
    join(files, "web.jsonl"),
    [
      line(`${LONG} ${ITEM.toUpperCase().replaceAll(" ", "\n")} ${LONG}`),
      line(`${LONG} ${half} ${LONG}`),
      line(`${LONG} ${ITEM.split(" ").slice(0, 16).join(" ")} ${LONG}`),
      line(`${LONG} *Which* planet has\nthe MOST moons, today ${LONG}`),
      line(`${LONG} Which planet has the fewest moons today? And why? ${LONG}`),
      line(ITEM.split(" ").slice(0, 22).join(" ") + LONG + ITEM.split(" ").slice(22).join(" ")),
      JSON.stringify({ text: "\u0000\ud800 \udfff lone" }),
      line(""),
    ].join("\n"),
  );
  const tasks = ["linear-equations", "ordering", "multiplication", "derivatives", "program-output"];
  for (const task of tasks) {
    const rows = [
      ...generate({ task, seed: 11, count: 30, split: "train" }),
      ...generate({ task, seed: 12, count: 10, split: "heldout" }),
      ...generate({ task, seed: 13, count: 10, split: "train", phrasing: "heldout" }),
    ];
    writeFileSync(join(files, `${task}.jsonl`), rows.map((row) => JSON.stringify(row)).join("\n"));
  }
  await using executor = new LocalExecutor(2);
  await runStage(ingest, { options: { paths: [files], taskBytes: 20_000 }, folder: join(place, "in"), executor });
});

test("drops what contains items, and says which and how much", async () => {
  const options = { against: ["test.jsonl"], canaries: 70 };
  const summary = await run("files-only", options);
  const dropped = documentsOf("files-only", summary, "dropped");
  const reasons = dropped.map(({ source, history }) => {
    const { rule, item, share } = history!.at(-1)!;
    return [source.index, rule, item, share];
  });
  const shares = (text: string) => Math.round(bruteShare(normalTokens(ITEM), normalTokens(text), 13) * 1e4) / 1e4;
  assert.deepEqual(reasons, [
    [0, "overlap", "test.jsonl#hens", 1],
    [1, "overlap", "test.jsonl#hens", shares(ITEM.split(" ").slice(0, 30).join(" "))],
    [3, "whole", "test.jsonl#moons", 1],
  ]);
  assert.equal(summary.counts.documents, documentsOf("files-only", summary, "documents").length + 3);
  const certificate = certificateIn("files-only");
  const [set] = certificate.sets;
  assert.deepEqual([set!.items, set!.tooShort, set!.unread, set!.itemsFound, set!.documentsDropped], [63, 1, 1, 2, 3]);
  assert.equal(certificate.canaries.recall.trials, 70);
  assert.equal(certificate.canaries.recall.share, 1, JSON.stringify(certificate.canaries.byDisguise));
});

test("knows the gym's held-out problems and wordings, and keeps what may be trained on", async () => {
  const summary = await run("gym", { gym: true, gymCount: 12, canaries: 56 });
  const dropped = new Set(documentsOf("gym", summary, "dropped").map(({ id }) => id));
  const all = [...documentsOf("gym", summary, "documents"), ...documentsOf("gym", summary, "dropped")];
  for (const { id, fields, text } of all) {
    if (fields === undefined) continue;
    const mayBeTrainedOn = fields.split === "train" && String(fields.phrasing).startsWith("trained");
    assert.equal(dropped.has(id), !mayBeTrainedOn, text.slice(0, 300));
  }
  assert.ok(dropped.size >= 100);
  const { canaries } = certificateIn("gym");
  assert.ok(canaries.recall.low > 0.9, JSON.stringify(canaries));
});

test("the same bytes for any number of processes", async () => {
  const options = { against: ["test.jsonl"], gym: true, gymTasks: ["ordering"], gymCount: 8, canaries: 20 };
  const one = await run("one", options, "in", 1);
  assert.equal((await run("three", options, "in", 3)).digest, one.digest);
});

test("wrong options, and evaluation files that lead nowhere", async () => {
  await assert.rejects(run("wrong", {}), /against.*expected evaluation files, or gym: true, found neither/);
  await assert.rejects(run("wrong", { against: ["nowhere.jsonl"] }), /expected evaluation files/);
  await assert.rejects(run("wrong", { gym: true, gymTasks: ["none"] }), /task "none" is not known/);
  await assert.rejects(run("wrong", { gym: true, minTokens: 25 }), /minTokens.*less than/);
  await assert.rejects(run("wrong", { gym: true, evaluationDigest: "00" }), /evaluationDigest/);
});

test("hostile texts neither hang nor hide what they contain", () => {
  const built = EvaluationIndex.build(
    [
      { text: ITEM, share: 0.5 },
      { text: "a ".repeat(500), share: 0.5 },
      { text: SHORT, share: 0.5 },
    ],
    { ngram: 13, shortTokens: 20, minTokens: 5 },
  );
  const start = performance.now();
  const found = (text: string) => built.matches(text).map(({ item }) => item);
  assert.deepEqual(found("a ".repeat(1_000_000)), [1]);
  assert.deepEqual(found("-".repeat(1_000_000)), []);
  assert.deepEqual(found("x-\t".repeat(500_000)), []);
  assert.deepEqual(found(`${"\ufdfa".repeat(100_000)} ${ITEM}`), [0]);
  assert.deepEqual(found(`${"\n".repeat(2_000_000)}${SHORT}${" ".repeat(2_000_000)}`), [2]);
  assert.deepEqual(found(`${"z".repeat(3_000_000)} ${SHORT}`), [2]);
  assert.deepEqual(found(`${"a\u0301\u0301".repeat(500_000)} ${SHORT}`), [2]);
  assert.ok(performance.now() - start < 30_000);
});

test("Wilson's interval has its published values", () => {
  // R. G. Newcombe, 1998, "Two-sided confidence intervals for the single proportion", table I.
  assert.deepEqual([wilson(81, 263).low, wilson(81, 263).high], [0.2553, 0.3662]);
  assert.deepEqual([wilson(0, 20).low, wilson(0, 20).high], [0, 0.1611]);
  assert.deepEqual([wilson(29, 29).low, wilson(29, 29).high], [0.883, 1]);
});
