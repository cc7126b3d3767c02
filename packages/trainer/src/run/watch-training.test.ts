// Watching and listing, on run folders written by hand: how a run was left is told from marks and lock.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { makeRun } from "../../test/made-run.ts";
import { listTrainings } from "./list-runs.ts";
import { lockRun } from "./run-folder.ts";
import { watchTraining } from "./watch-training.ts";

const home = mkdtempSync(path.join(tmpdir(), "lemma-watch-"));
const folder = (name: string, id: string): string => {
  const made = path.join(home, "runs", name, id);
  mkdirSync(made, { recursive: true });
  return made;
};
const dead = spawnSync(process.execPath, ["-e", ""]).pid;
before(() => {
  process.env.LEMMA_HOME = home;
});
after(() => rmSync(home, { recursive: true, force: true }));

async function watch(run: string | undefined, signal?: AbortSignal, onLine?: (line: string) => void) {
  const [lines, notes]: [string[], string[]] = [[], []];
  const phase = await watchTraining({
    run,
    everyMs: 5,
    ...(signal ? { signal } : {}),
    onMetrics: (_, line) => {
      lines.push(line);
      onLine?.(line);
    },
    onNote: (note) => notes.push(note),
  });
  return { phase, lines, notes };
}

test("without any run it says so", async () => {
  await assert.rejects(watch(undefined), {
    code: "LEMMA_E_FILE",
    message: /no run yet; `lemma train RECIPE` starts one/,
  });
  assert.deepEqual(await listTrainings(), []);
});

test("lines of several stages, then how the run was left", async () => {
  const run = folder("made", "20261201-000000-aaaaaa");
  makeRun(run, { done: ["0"] });
  const { phase, lines, notes } = await watch(run);
  assert.equal(lines.length, 120);
  assert.equal(
    lines[99],
    "sft 100/100 | loss 0.040 | 20,000 tokens/s | 1,228,800 tokens | 1 min 00 s left | exact traces 75 %",
  );
  assert.equal(
    lines[119],
    "grpo 120/150 | pass 38 % | reward 0.475 | 60 tokens a reply | 81,000 rollout tokens/s | KL 2e-6 | 1 min 00 s left",
  );
  assert.equal(phase, "stopped");
  assert.deepEqual(notes, [`run ${run}`, "stopped at step 120; `lemma train RECIPE` continues it"]);
});

test("a run whose process is gone has died; done and trained are told apart", async () => {
  const died = folder("other", "20261202-000000-bbbbbb");
  makeRun(died, { lock: `${dead} ${hostname()}`, name: "other" });
  assert.deepEqual((await watch(undefined)).notes, [
    `run ${died}`,
    `died at step 120: process ${dead} is gone. \`lemma train RECIPE\` continues from the last checkpoint`,
  ]);
  const done = folder("other", "20261203-000000-cccccc");
  makeRun(done, { done: ["0", "1", "export"], name: "other" });
  const trained = folder("other", "20261204-000000-dddddd");
  makeRun(trained, { done: ["0", "1"], name: "other" });
  mkdirSync(path.join(home, "runs", "other", "no-run"));
  writeFileSync(path.join(home, "runs", "stray"), "");
  const runs = await listTrainings((1_800_000_120 + 61) * 1000);
  assert.deepEqual(
    runs.map(({ name, phase, kind, step, lastStep, passRate, ageSeconds }) => [
      name,
      phase,
      kind,
      step,
      lastStep,
      passRate,
      ageSeconds,
    ]),
    [
      ["made", "stopped", "grpo", 120, 150, 0.38, 61],
      ["other", "died", "grpo", 120, 150, 0.38, 61],
      ["other", "done", "grpo", 120, 150, 0.38, 61],
      ["other", "trained", "grpo", 120, 150, 0.38, 61],
    ],
  );
});

test("it follows while the run is held, tells what happens, and ends with it", async () => {
  const run = folder("live", "20261205-000000-eeeeee");
  makeRun(run, { steps: [2, 0] });
  const lock = await lockRun(run);
  await assert.doesNotReject(
    lockRun(run).then((again) => again[Symbol.asyncDispose]()),
    "its own process may take it again",
  );
  const held = await lockRun(run);
  const watching = watch(run, undefined, (line) => {
    if (!line.startsWith("sft 2/")) return;
    appendFileSync(path.join(run, "events.jsonl"), `${JSON.stringify({ event: "warning", message: "step 2: hot" })}\n`);
    writeFileSync(path.join(run, "stages", "0.done"), "{}");
    setTimeout(() => void held[Symbol.asyncDispose](), 100);
  });
  const { phase, notes } = await watching;
  await lock[Symbol.asyncDispose]();
  assert.equal(phase, "stopped");
  assert.deepEqual(notes.slice(1, -1).sort(), ["stage 1 of 2, sft, is done at step 100", "step 2: hot"]);
});

test("the signal ends the watching only; another machine's run counts as running", async () => {
  const run = folder("far", "20261206-000000-ffffff");
  makeRun(run, { lock: "1 some-other-machine" });
  const abort = new AbortController();
  const { phase, lines } = await watch(run, abort.signal, () => abort.abort());
  assert.deepEqual([phase, lines.length], ["running", 120]);
  await assert.rejects(lockRun(run), {
    code: "LEMMA_E_TRAINING",
    message: /process 1 on some-other-machine is training/,
  });
});
