// Which run a recipe continues, marks that survive, and the lock.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import type { TrainingPlan } from "../recipe/resolve.ts";
import { findRun, listRuns, lockRun, makeRun, StageMarks } from "./run-folder.ts";

const home = await mkdtemp(path.join(tmpdir(), "lemma-runs-"));
process.env.LEMMA_HOME = home;
after(() => rm(home, { recursive: true }));

const plan = (digest: string): TrainingPlan => ({
  name: "small",
  recipe: "/small.yaml",
  digest,
  tokenizer: "/tokenizer",
  model: {},
  parameters: 1,
  init: undefined,
  sources: [],
  dataTokens: 1,
  dataSeed: 1,
  contextLength: 16,
  parallel: { plan: "auto", gradientCheckpointing: false, compile: false },
  stages: [],
  dtype: "bfloat16",
  families: [],
  evaluate: false,
  export: { folder: undefined, type: "Q8_0", notes: undefined },
});

test("a recipe continues its own newest run", async () => {
  assert.equal(await findRun(plan("aaaaaaaaaaaa")), undefined);
  const first = await makeRun(plan("aaaaaaaaaaaa"), new Date("2026-01-01T00:00:00Z"));
  const other = await makeRun(plan("bbbbbbbbbbbb"), new Date("2026-01-02T00:00:00Z"));
  const second = await makeRun(plan("aaaaaaaaaaaa"), new Date("2026-01-03T00:00:00Z"));
  const twin = await makeRun(plan("aaaaaaaaaaaa"), new Date("2026-01-03T00:00:00Z"));
  assert.deepEqual(await listRuns("small"), [first, other, second, twin]);
  assert.equal(path.basename(first), "20260101-000000-aaaaaa");
  assert.equal(await findRun(plan("aaaaaaaaaaaa")), twin);
  assert.equal(await findRun(plan("bbbbbbbbbbbb")), other);
});

test("marks keep their note", async () => {
  const folder = await makeRun(plan("cccccccccccc"));
  await new StageMarks(folder).finish("data", { tokens: 5 });
  const marks = new StageMarks(folder);
  assert.deepEqual([marks.isDone("data"), marks.isDone("0"), await marks.note("data")], [true, false, { tokens: 5 }]);
});

test("a run is held by one living process", async () => {
  const folder = await makeRun(plan("dddddddddddd"));
  const lock = path.join(folder, "run.lock");
  await writeFile(lock, String(process.ppid));
  await assert.rejects(lockRun(folder), (error) => LemmaError.isInstance(error) && error.code === "LEMMA_E_TRAINING");
  await writeFile(lock, "999999999"); // a process that is gone
  {
    await using _held = await lockRun(folder);
    assert.ok(existsSync(lock));
  }
  assert.ok(!existsSync(lock));
});
