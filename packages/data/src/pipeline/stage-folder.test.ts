// What a stage's folder remembers follows what stands on the disk.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { StagePlan } from "./stage.ts";
import { StageFolder } from "./stage-folder.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-folder-"));
after(() => rmSync(place, { recursive: true, force: true }));

const planOf = (digest: string): StagePlan => ({
  format: "lemma-stage",
  stage: "s",
  version: "1",
  options: {},
  inputs: [],
  digest,
});

test("plan and files are read again where they changed, by whichever process", async () => {
  const [folder, other] = [new StageFolder(place), new StageFolder(place)];
  const plan = planOf("a");
  folder.begin(plan, ["read"]);
  assert.equal(folder.plan()!.digest, "a");
  const write = (task: number) => {
    const file = other.put("read", task, "documents", "x", `text ${task}`, 1);
    other.finish("read", task, { plan: "a", outputs: [file], counts: {} });
  };
  const names = () => folder.files(plan, "read", "documents").map(({ path }) => path.slice(place.length + 1));
  assert.deepEqual(names(), []);
  for (const task of [0, 1, 2]) {
    await sleep(20); // file systems tell times apart that are some milliseconds apart
    write(task);
    assert.equal(names().length, task + 1);
  }
  assert.deepEqual(names(), ["read/00000.x", "read/00001.x", "read/00002.x"]);
  assert.deepEqual(folder.files(plan, "read", "dropped"), []);
  other.begin(planOf("b"), ["read"]);
  assert.equal(folder.plan()!.digest, "b");
  assert.deepEqual(folder.files(folder.plan()!, "read", "documents"), []);
});
