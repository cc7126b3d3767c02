// The report's numbers are those of a plain count over all documents; the page is one file, and hostile text stays text.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { parseHTML } from "linkedom";
import { writeFinishedStage } from "../../../test/finished-stage.ts";
import { type DataDocument, withHistory } from "../../documents/document.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runRecipe } from "../../pipeline/run-recipe.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import { sfc32 } from "../../shards/seeded-shuffle.ts";
import { report } from "./report.ts";
import type { Report } from "./report-json.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-report-"));
after(() => rmSync(place, { recursive: true, force: true }));
const run = join(place, "run");
const hostile = `</pre><script>alert(1)</script>&\u0000\ud800<img src="https://x.example/a.png">`;
const random = sfc32(7, "report");
const below = (n: number): number => random() % n;
const languages = ["en", "de", "zh", hostile];
const documents = Array.from(
  { length: 400 },
  (_, i): DataDocument => ({
    id:
      below(2 ** 32)
        .toString(16)
        .padStart(8, "0") + i.toString(16).padStart(8, "0"),
    text: i === 0 ? "" : i % 50 === 1 ? hostile : "word ".repeat(below(2 ** below(10))),
    source: { path: `${hostile}/${i % 7}.txt`, format: i % 3 === 0 ? "pdf" : "text", index: i },
    ...(i % 5 === 0 ? {} : { language: languages[i % 4]! }),
  }),
);
const rules = ["minWords", hostile, "constructor", "__proto__"];
const dropped = documents
  .filter((_, i) => i % 4 === 0)
  .map((document, i) =>
    withHistory(document, { stage: "clean", rule: rules[i % 4]!, value: i, limit: ["a", hostile] }),
  );
const left = documents.filter((_, i) => i % 4 !== 0);
const copies = left.slice(100).map((document, i) => {
  const of = left[Math.floor(Math.sqrt(i))]!.id;
  return withHistory(document, { stage: "dedup", rule: "near", of, similarity: 0.9 });
});
/** Rows that augmentation made of what was left, some by a model; replies that it did not keep; and copies of rows that a later stage dropped. */
const making = (i: number) =>
  i % 3 === 0 ? { kind: "reword" } : { kind: i % 3 === 1 ? "solve" : hostile, model: "m<1>" };
const made = left.slice(0, 60).map((document, i): DataDocument => {
  const id = `a${String(i).padStart(15, "0")}`;
  return withHistory({ ...document, id }, { stage: "augment", of: document.id, ...making(i) });
});
const rejected = made.map((document, i) =>
  withHistory(document, {
    stage: "augment",
    of: document.id,
    kind: "solve",
    model: "m",
    rule: i % 4 ? "answer" : hostile,
  }),
);
const parts = (all: readonly DataDocument[], size: number): DataDocument[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

async function reportWith(folder: string, workers: number, from = run) {
  await using executor = new LocalExecutor(workers);
  const out = join(place, folder);
  const summary = await runStage(report, { folder: out, from, executor });
  const json = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as Report;
  return { ...summary, json, html: readFileSync(join(out, "report.html"), "utf8") };
}

before(() => {
  writeFinishedStage(join(run, "01-ingest"), {
    stage: "ingest",
    documents: parts(documents, 37),
    refused: [
      [
        { path: hostile, problem: "no reader" },
        { path: "b", where: "line 3", problem: hostile },
      ],
    ],
    counts: { documents: 400, refused_parts: 2 },
  });
  writeFinishedStage(join(run, "02-clean"), {
    stage: "clean",
    documents: parts(left, 50),
    dropped: parts(dropped, 30),
    counts: { redacted_email: 12 },
  });
  writeFinishedStage(join(run, "03-dedup"), {
    stage: "dedup",
    documents: parts(left.slice(0, 100), 60),
    dropped: parts(copies, 45),
    counts: { planted_pairs: 120, planted_found: 118, planted_claimed: 119, planted_right: 119 },
  });
  writeFinishedStage(join(run, "04-augment"), {
    stage: "augment",
    documents: [...parts(left.slice(0, 100), 60), made],
    rejected: parts(rejected, 25),
    counts: { augmented: 60 },
  });
  writeFinishedStage(join(run, "05-decontaminate"), {
    stage: "decontaminate",
    documents: [[...left.slice(0, 100), ...made.slice(0, 45)]],
    dropped: [made.slice(45).map((one) => withHistory(one, { stage: "decontaminate", rule: "overlap", share: 0.8 }))],
    counts: { documents: 160, dropped_overlap: 15, canaries: 40, canaries_found: 39 },
  });
});

test("the numbers are those of a plain count", async () => {
  const { json } = await reportWith("one", 1);
  const [ingest, clean, dedup] = json.stages;
  assert.deepEqual(
    json.stages.map(({ name, kept, dropped: out }) => [name, kept?.documents, out?.documents]),
    [
      ["01-ingest", 400, undefined],
      ["02-clean", 300, 100],
      ["03-dedup", 100, 200],
      ["04-augment", 160, undefined],
      ["05-decontaminate", 145, 15],
    ],
  );
  const sum = (all: readonly DataDocument[]): number => all.reduce((total, { text }) => total + text.length, 0);
  assert.deepEqual([ingest!.kept!.characters, clean!.dropped!.characters], [sum(documents), sum(dropped)]);
  const bins: number[] = [];
  for (const { text } of documents) {
    let bin = 0;
    while (2 ** (bin + 1) <= text.length) bin++;
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  assert.deepEqual(
    ingest!.kept!.lengths,
    Array.from(bins, (count) => count ?? 0),
  );
  assert.equal(ingest!.kept!.languages["not said"], 80);
  assert.equal(ingest!.kept!.formats.pdf, 134);
  assert.deepEqual(
    clean!.rules.map(({ documents: n }) => n),
    [25, 25, 25, 25],
  );
  assert.deepEqual(clean!.rules.find(({ rule }) => rule === "minWords")!.values.value, [0, 96]);
  const named = new Map<string, number>();
  for (const { history } of copies)
    named.set(String(history!.at(-1)!.of), (named.get(String(history!.at(-1)!.of)) ?? 1) + 1);
  const sizes: Record<string, number> = {};
  for (const size of named.values()) sizes[size] = (sizes[size] ?? 0) + 1;
  assert.deepEqual(json.clusters, sizes);
  assert.equal(dedup!.rules[0]!.example.id, copies[0]!.id);
  assert.deepEqual([ingest!.refused.parts, ingest!.refused.first[1]!.where], [2, "line 3"]);
});

test("what augmentation made is counted by kind and model, as often as it is left; what it did not keep, by rule", async () => {
  const { json, html } = await reportWith("one", 1);
  const [, , dedup, augment, last] = json.stages;
  assert.deepEqual(dedup!.kept!.made, {});
  const name = `${hostile}, m<1>`.slice(0, 40);
  assert.deepEqual(augment!.kept!.made, { reword: 20, "solve, m<1>": 20, [name]: 20 });
  assert.deepEqual(last!.kept!.made, { reword: 15, "solve, m<1>": 15, [name]: 15 });
  assert.deepEqual(
    augment!.rejected.map(({ documents: n, rule }) => [n, rule]),
    [
      [45, "solve: answer"],
      [15, `solve: ${hostile}`.slice(0, 80)],
    ],
  );
  assert.deepEqual([augment!.rules, augment!.dropped], [[], undefined]);
  assert.match(html, /60 documents made out of others after 04-augment, 45 of 145 after 05-decontaminate/);
  assert.ok(html.includes("15</td>") && html.includes("solve, m&#60;1&#62;"));
});

test("what stages found of planted copies and items stands beside their interval", async () => {
  const { document } = parseHTML((await reportWith("one", 1)).html);
  const rows = [...document.querySelectorAll("tr")].map((row) =>
    [...row.querySelectorAll("td")].map(({ textContent }) => textContent),
  );
  const measured = rows.filter(([, name]) => name?.includes(" on planted "));
  assert.deepEqual(measured, [
    ["03-dedup", "recall on planted copies", "98.3 %", "94.1–99.5", "118", "120"],
    ["03-dedup", "precision on planted copies", "100.0 %", "96.9–100.0", "119", "119"],
    ["05-decontaminate", "recall on planted items", "97.5 %", "87.1–99.6", "39", "40"],
  ]);
});

test("the page is one file, and hostile text stays text", async () => {
  const { html } = await reportWith("one", 1);
  const { document } = parseHTML(html);
  assert.deepEqual([...document.querySelectorAll("script, img, link, iframe, [href], [src]")], []);
  assert.doesNotMatch(html, /url\(|@import/);
  assert.ok(!html.includes("\0") && html.isWellFormed());
  const titles = [...document.querySelectorAll("h2")].map((title) => title.textContent);
  for (const title of ["Lengths", "Languages", "Formats", "Duplicates", "Refused files", "Why documents were dropped"])
    assert.ok(titles.includes(title), title);
  assert.ok([...document.querySelectorAll("pre")].some(({ textContent }) => textContent!.includes("</pre><script>")));
  assert.ok(document.querySelectorAll("svg rect").length > 40);
  assert.match(html, /<meta name="viewport"/);
  assert.match(html, /prefers-color-scheme:dark/);
});

test("any number of processes gives the same bytes, and another place does", async () => {
  const [one, three] = [await reportWith("one", 1), await reportWith("three", 3)];
  assert.equal(three.digest, one.digest);
  assert.doesNotMatch(JSON.stringify(one.json) + one.html, new RegExp(place));
});

test("as a recipe's last stage it reads the stages before it, and the run's digest stays the data's", async () => {
  const files = join(place, "files");
  mkdirSync(files);
  writeFileSync(join(files, "a.txt"), "What is 12+30? It is 42. ".repeat(40));
  writeFileSync(join(files, "b.jsonl"), "no JSON\n");
  const tokenizer = resolve(import.meta.dirname, "../../../../../models/tokenizer");
  const stages = [
    { name: "ingest", options: { paths: [files] } },
    { name: "tokenize", options: { tokenizer, contextLength: 64 } },
    { name: "report", options: {} },
  ];
  const out = join(place, "recipe");
  await using executor = new LocalExecutor(2);
  const recipe = { path: "recipe", name: "r", base: place, stages };
  const first = await runRecipe(recipe, { out, executor });
  assert.equal(first.digest, first.stages[1]!.digest);
  const json = JSON.parse(readFileSync(join(out, "03-report", "report.json"), "utf8")) as Report;
  assert.deepEqual(
    json.stages.map(({ name, kept }) => [name, kept?.documents]),
    [
      ["01-ingest", 1],
      ["02-tokenize", undefined],
    ],
  );
  assert.ok(json.stages[1]!.counts.tokens! > 100);
  assert.equal(json.stages[0]!.refused.parts, 1);
  // Other data, another report; the stage notices by the digests in stage.json.
  writeFileSync(join(files, "c.txt"), "More.");
  const second = await runRecipe(recipe, { out, executor });
  assert.notEqual(second.stages[2]!.digest, first.stages[2]!.digest);
  // As a command of its own, on the same run: the report's own folder is not among what it reads.
  assert.equal((await reportWith("again", 1, out)).digest, second.stages[2]!.digest);
});

test("a run of nothing, and a wrong folder", async () => {
  const none = join(place, "none");
  writeFinishedStage(join(none, "01-ingest"), { stage: "ingest" });
  assert.match((await reportWith("nothing", 1, none)).html, /No stage wrote documents/);
  await assert.rejects(reportWith("wrong", 1, join(place, "files")), /expected a run's folder/);
});
