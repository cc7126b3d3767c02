// What a run is said to take against what it takes.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { planStage, runStage } from "../../pipeline/run-stage.ts";
import type { StagePlan } from "../../pipeline/stage.ts";
import { StageFolder } from "../../pipeline/stage-folder.ts";
import { ingest } from "../ingest/ingest.ts";
import { dedup } from "./dedup.ts";
import { estimateDedup } from "./estimate.ts";
import { type DedupPlanOptions, partsFor } from "./options.ts";
import { plantedCorpus } from "./planted-corpus.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-estimate-"));
after(() => rmSync(place, { recursive: true, force: true }));

test("documents, characters and scratch are those of the run", async () => {
  mkdirSync(join(place, "files"));
  const texts = [...plantedCorpus({ seed: 3, documents: 800, redundancy: 0.3 })].map(({ text }) =>
    JSON.stringify({ text }),
  );
  for (let i = 0; i < 4; i++)
    writeFileSync(join(place, "files", `${i}.jsonl`), texts.slice(200 * i, 200 * (i + 1)).join("\n"));
  await using executor = new LocalExecutor(2);
  await runStage(ingest, {
    options: { paths: [join(place, "files")], taskBytes: 1 },
    folder: join(place, "in"),
    executor,
  });
  const plan = (await planStage(dedup, { from: join(place, "in") })) as StagePlan<DedupPlanOptions>;
  const estimate = estimateDedup(plan);
  const { counts } = await runStage(dedup, { from: join(place, "in"), folder: join(place, "out"), executor });
  assert.equal(estimate.documents, counts.documents);
  const near = (found: number, expected: number): void =>
    assert.ok(Math.abs(found / expected - 1) < 0.15, `${found}, expected about ${expected}`);
  near(estimate.characters, counts.characters!);
  const folder = new StageFolder(join(place, "out"));
  const files = ["sign", "cluster"].flatMap((phase) =>
    [".signs", ".shingles", ".kept"].flatMap((kind) => folder.files(folder.plan()!, phase, kind)),
  );
  near(
    estimate.scratch,
    files.reduce((sum, { path }) => sum + statSync(path).size, 0),
  );
  assert.equal(estimate.curve.find(({ similarity }) => similarity === 0.8)!.found.toFixed(3), "0.992");
});

test("tables are cut so that each fits the memory", () => {
  for (const documents of [0, 1, 1_000_000, 300_000_000]) {
    const parts = partsFor(documents, 112, { memory: 512 });
    assert.ok((documents * 112) / parts <= 512 * 2 ** 20);
    assert.ok(parts === 1 || (documents * 112) / (parts - 1) > 512 * 2 ** 20);
  }
});
