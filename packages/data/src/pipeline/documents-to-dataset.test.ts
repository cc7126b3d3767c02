// recipes/documents-to-dataset.yaml on a generated folder of PDF, DOCX and HTML. What was written is in the dataset with its file, title
// and page; a planted copy, an evaluation item and an address go where they must; the report holds all its parts; and killing what runs
// the recipe, or its workers, at any moment changes no byte.

import assert from "node:assert/strict";
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { type BusinessDocument, writeBusinessDocuments } from "../../test/files/business-documents.ts";
import { filesOf, type KillMoment, momentSeed, momentsOf, runAndKill } from "../../test/killed-run.ts";
import type { DataDocument } from "../documents/document.ts";
import { readDocuments } from "../documents/document-file.ts";
import { explainDocument } from "../explain/explain-document.ts";
import { verifyShards } from "../shards/shard-index.ts";
import { gymItems, gymTasks } from "../stages/decontaminate/evaluation-items.ts";
import { LocalExecutor } from "./local-executor.ts";
import { type DataRecipe, readDataRecipe } from "./recipe.ts";
import { type RunSummary, runRecipe } from "./run-recipe.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-documents-"));
after(() => rmSync(place, { recursive: true, force: true }));

const recipePath = resolve(import.meta.dirname, "../../../../recipes/documents-to-dataset.yaml");
const files = join(place, "documents");
const out = join(place, "run");
let written: BusinessDocument[];
let recipe: DataRecipe;
let run: RunSummary;
/** How long each stage took, in milliseconds. */
const durations: number[] = [];

const documentsOf = (stage: string, kind = "documents"): DataDocument[] =>
  globSync(`${stage}/*/*.${kind}-*`, { cwd: out })
    .sort()
    .flatMap((name) => readDocuments(join(out, name)));

before(async () => {
  written = writeBusinessDocuments(files, 30);
  copyFileSync(join(files, "0002.html"), join(files, "copy-of-0002.html"));
  const [item] = gymItems(gymTasks([]), 50, 1).filter(({ text }) => text.length > 120);
  writeFileSync(
    join(files, "faq.html"),
    `<title>FAQ</title><article><h1>Frequent questions</h1><p>${item!.text.replaceAll("\n", "<br>")}</p><p>We are often asked this.</p></article>`,
  );
  writeFileSync(
    join(files, "contact.html"),
    "<title>Contact</title><article><p>Write to jane.doe@aldermoor.co.uk.</p></article>",
  );
  recipe = await readDataRecipe(recipePath);
  recipe.stages[0]!.options = { ...(recipe.stages[0]!.options as object), paths: [files] };
  await using executor = new LocalExecutor(2);
  const began: number[] = [];
  const onProgress = ({ number }: { number: number }) => (began[number - 1] ??= performance.now());
  run = await runRecipe(recipe, { out, executor, onProgress });
  began.push(performance.now());
  for (const [i, start] of began.slice(0, -1).entries()) durations.push(began[i + 1]! - start);
});

test("the recipe has the whole road", () => {
  assert.deepEqual(
    run.stages.map(({ stage }) => stage),
    ["ingest", "clean", "dedup", "decontaminate", "augment", "tokenize", "report"],
  );
});

test("what was written is in the dataset, with its file, title and page", async () => {
  const counts = run.stages[0]!.counts;
  assert.deepEqual([counts.files, counts.refused_files, counts.refused_parts], [33, 0, 0]);
  const [read, kept] = [documentsOf("01-ingest"), documentsOf("05-augment")];
  for (const { name, title, statements } of written) {
    const own = read.filter(({ source }) => source.path === name);
    assert.ok(own.length > 0, name);
    for (const { fields } of own) assert.equal(fields?.title, title);
    if (name.endsWith(".pdf"))
      assert.deepEqual(
        own.map(({ source }) => source.page),
        own.map((_, at) => at + 1),
      );
    const text = own.map((document) => document.text).join("\n");
    for (const statement of statements) {
      assert.ok(text.includes(statement), `${name}: ${statement}\n${text}`);
      assert.ok(
        kept.some((document) => document.text.includes(statement)),
        `no document that is kept says: ${statement}`,
      );
    }
    assert.ok(!text.includes("Careers"), `${name}: the menu is not text`);
  }
  const tokenized = run.stages.find(({ stage }) => stage === "tokenize")!;
  assert.equal(tokenized.counts.skipped, 0);
  const index = await verifyShards(join(out, tokenized.folder, "shards"));
  assert.equal(index.shards.length, 1);
  const life = await explainDocument(out, "00000:0");
  assert.equal(life.steps[0]!.stage, "ingest");
  assert.ok(kept.some(({ id }) => id === life.id));
});

test("a copy, an evaluation item and an address go where they must", () => {
  const droppedBy = (stage: string) => documentsOf(stage, "dropped").map(({ source }) => source.path);
  assert.ok(droppedBy("03-dedup").some((path) => path === "copy-of-0002.html"));
  assert.deepEqual(droppedBy("04-decontaminate"), ["faq.html"]);
  const contact = documentsOf("05-augment").find(({ source }) => source.path === "contact.html");
  assert.match(contact!.text, /Write to <EMAIL>\./);
  const certificate = JSON.parse(readFileSync(join(out, "04-decontaminate", "certificate.json"), "utf8"));
  assert.equal(certificate.documents.dropped, 1);
  assert.ok(certificate.canaries.recall.share > 0.9, JSON.stringify(certificate.canaries.recall));
});

test("the report is one page that needs nothing else", () => {
  const [page] = globSync("07-report/**/*.html", { cwd: out });
  const html = readFileSync(join(out, page!), "utf8");
  for (const stage of run.stages.slice(0, -1)) assert.ok(html.includes(stage.stage), stage.stage);
  assert.ok(html.includes("<svg"));
  assert.doesNotMatch(html, /(?:src|href)="(?!#|data:)/);
});

/** Kills a run at a moment and lets it end: every file must be that of the run left alone. A run that is over before is killed earlier. */
async function endsTheSame(folder: string, moment: KillMoment): Promise<void> {
  for (let sooner = 1; !(await runAndKill(recipe, folder, { ...moment, after: moment.after / sooner })); sooner *= 2) {
    assert.ok(sooner < 16, `no moment came before the run's end: ${JSON.stringify(moment)}`);
    rmSync(folder, { recursive: true });
  }
  await using executor = new LocalExecutor(2);
  assert.equal((await runRecipe(recipe, { out: folder, executor })).digest, run.digest);
  const [left, alone] = [filesOf(folder), filesOf(out)];
  assert.deepEqual([...left.keys()], [...alone.keys()]);
  for (const [name, bytes] of alone) assert.ok(bytes.equals(left.get(name)!), name);
}

test("killed at three random moments: not a byte differs", { timeout: 300_000 }, async (t) => {
  const seed = momentSeed();
  const moments = momentsOf(durations, 3, seed);
  t.diagnostic(`LEMMA_TEST_SEED=${seed}: ${JSON.stringify(moments)}`);
  for (const [i, moment] of moments.entries()) await endsTheSame(join(place, `killed-${i}`), moment);
});

const isLong = process.env.LEMMA_LONG === "1";
test("killed in every stage, workers and run", {
  skip: !isLong && "long: LEMMA_LONG=1",
  timeout: 1_200_000,
}, async (t) => {
  const seed = momentSeed();
  t.diagnostic(`LEMMA_TEST_SEED=${seed}`);
  for (const [i, duration] of durations.entries())
    for (const victim of ["worker", "run"] as const) {
      const [drawn] = momentsOf([duration], 1, seed + 2 * i + (victim === "run" ? 1 : 0));
      const moment = { stage: i + 1, after: drawn!.after, victim };
      t.diagnostic(JSON.stringify(moment));
      await endsTheSame(join(place, `stage-${i}-${victim}`), moment);
    }
});
