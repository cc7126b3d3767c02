// The stage: the same bytes for any number of workers, reasons of what was dropped, conversations, options that are wrong.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import { StageFolder, type StageSummary } from "../../pipeline/stage-folder.ts";
import { ingest } from "../ingest/ingest.ts";
import { clean } from "./clean.ts";
import { labelledText } from "./pii/labelled/labelled-text.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-clean-"));
after(() => rmSync(place, { recursive: true, force: true }));

const files = join(place, "files");
mkdirSync(files);
const english =
  "The committee met twice last week and could not agree on how the money should be spent, although everyone wanted the school to be repaired.";
const chinese = "委员会上周开了两次会，大家都希望在冬天之前把学校修好，但没有就如何花这笔钱达成一致。";
const records: object[][] = [
  Array.from({ length: 40 }, (_, index) => ({ text: labelledText(5, index).text })),
  [
    { text: `Home | Blog | Contact\r\n${english}\u200b\n© 2024 Lemma. All rights reserved.`, title: "a" },
    { text: "" },
    { text: "\ud800\ufffd\ufffd x" },
    { text: chinese },
    { text: "ok" },
    {
      messages: [
        { role: "user", content: "Mail a@b.org" },
        { role: "assistant", reasoning_content: "a@b.org, I see", content: "FÃ¼r 8.8.8.8" },
      ],
    },
  ],
  [{ text: `${english}\n`.repeat(40) }, { text: "a b c d e f g h i j k l m n o p q r s t u v w x y z" }],
];
for (const [i, lines] of records.entries())
  writeFileSync(join(files, `${i}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

async function cleaned(name: string, options: object, workers = 1): Promise<StageSummary> {
  await using executor = new LocalExecutor(workers);
  const from = join(place, "ingest");
  await runStage(ingest, { options: { paths: [files], taskBytes: 1 }, folder: from, executor });
  return await runStage(clean, { options, from, folder: join(place, name), executor });
}

/** Documents of a kind that a run wrote, in order. */
function documentsOf(name: string, kind: string): DataDocument[] {
  const folder = new StageFolder(join(place, name));
  return folder.files(folder.plan()!, "clean", kind).flatMap(({ path }) => readDocuments(path));
}

test("any number of workers gives the same bytes", async () => {
  const digests = [await cleaned("one", { preset: "gopher" }), await cleaned("three", { preset: "gopher" }, 3)];
  assert.equal(digests[0]!.digest, digests[1]!.digest);
  assert.equal(digests[0]!.counts.documents! + digests[0]!.counts.dropped!, 48);
});

test("documents are repaired, freed of boilerplate, redacted and identified, with a history", async () => {
  const { counts } = await cleaned("plain", {});
  const [first, chineseOne, short, talk] = documentsOf("plain", "documents").slice(40);
  assert.equal(first!.text, english);
  assert.equal(first!.language, "en");
  assert.deepEqual(first!.fields, { title: "a" });
  assert.deepEqual(first!.history, [
    { stage: "clean", rule: "repaired", line_ends: 1, invisible: 1 },
    { stage: "clean", rule: "removed", navigation: 1, policy: 1 },
  ]);
  assert.equal(chineseOne!.language, "zh");
  assert.equal(short!.language, "unknown");
  assert.deepEqual(talk!.messages, [
    { role: "user", content: "Mail <EMAIL>" },
    { role: "assistant", content: "Für <IP>", reasoning_content: "<EMAIL>, I see" },
  ]);
  assert.equal(talk!.text, "Mail <EMAIL>\n\n<EMAIL>, I see\n\nFür <IP>");
  assert.deepEqual(talk!.history!.at(-1), { stage: "clean", rule: "redacted", email: 2, ip: 1 });
  assert.equal(counts.dropped_empty, 1);
  assert.equal(counts.dropped_maxUnreadable, 1);
  assert.equal(counts.removed_navigation, 1);
  const dropped = documentsOf("plain", "dropped");
  assert.deepEqual(
    dropped.map(({ history }) => history!.at(-1)!.rule),
    ["empty", "maxUnreadable"],
  );
});

test("each dropped document says the rule and the value", async () => {
  await cleaned("filtered", { preset: "gopher", languages: ["en"], thresholds: { minWords: 20 } });
  const reasons = documentsOf("filtered", "dropped")
    .slice(-5)
    .map(({ history }) => history!.at(-1)!);
  const of = (rule: string) => reasons.find((entry) => entry.rule === rule);
  assert.deepEqual(of("maxDuplicateLines"), { stage: "clean", rule: "maxDuplicateLines", value: 0.975, limit: 0.3 });
  assert.deepEqual(of("language")?.limit, ["en"]);
});

test("options that are wrong say what and where", async () => {
  const failing = (options: object, message: RegExp) => assert.rejects(cleaned("wrong", options), message);
  await failing({ languages: ["english"] }, /languages.*ISO 639-1.*english/s);
  await failing({ preset: "best" }, /preset: expected none or gopher or c4 or fineweb/);
  await failing({ thresholds: { minWord: 3 } }, /thresholds\.minWord: expected a known field/);
  await failing({ redact: ["name"] }, /redact\[0\]: expected secret or password/);
});
