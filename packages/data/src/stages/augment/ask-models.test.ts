// Augmentation with models of ours: in this process' engine, and the same model behind `lemma serve`. What is kept is proved again here.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { generate } from "@lemma/gym";
import { checkAnswer, checkSteps } from "@lemma/verify";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import type { StageSummary } from "../../pipeline/stage-folder.ts";
import { ingest } from "../ingest/ingest.ts";
import { augment } from "./augment.ts";

const root = resolve(import.meta.dirname, "../../../../..");
const place = mkdtempSync(join(tmpdir(), "lemma-ask-models-"));
after(() => rmSync(place, { recursive: true, force: true }));

const ROWS = 6;
const TASKS = ["linear-equations", "multiplication", "addition-subtraction"];

before(async () => {
  const files = join(place, "files");
  mkdirSync(files);
  // Answers only: the reasoning is for the model to find (the bundled one knows the gym's own by heart).
  const rows = TASKS.flatMap((task) => [...generate({ task, seed: 11, count: ROWS, split: "train" })]).map((row) => ({
    ...row,
    messages: [row.messages[0], { role: "assistant", content: `\\boxed{${row.answer}}` }],
  }));
  const long = {
    messages: [{ role: "user", content: `Solve 3x+5=20. ${"It rained. ".repeat(1500)}` }],
    answer: "5",
    verifier: { kind: "number" },
  };
  writeFileSync(join(files, "rows.jsonl"), [...rows, long].map((row) => JSON.stringify(row)).join("\n"));
  await using executor = new LocalExecutor(1);
  await runStage(ingest, { options: { paths: [files] }, folder: join(place, "in"), executor });
});

async function run(folder: string, options: object, workers = 1): Promise<StageSummary> {
  await using executor = new LocalExecutor(workers);
  return await runStage(augment, {
    options: {
      perDocument: 0,
      originals: false,
      modelKinds: ["solve"],
      samples: 3,
      maxTokens: 256,
      documentsPerTask: 7,
      ...options,
    },
    from: join(place, "in"),
    folder: join(place, folder),
    executor,
  });
}

/** Each row is proved again; returns them. */
function proved(folder: string, summary: StageSummary, model: string): DataDocument[] {
  const made = summary.outputs
    .filter(({ kind }) => kind === "documents")
    .flatMap(({ path }) => readDocuments(join(place, folder, path)));
  for (const { messages, fields, history } of made) {
    const [{ content: question }, reply] = [messages![0]!, messages!.at(-1)!];
    const task = String(fields!.task);
    assert.equal(checkAnswer({ question, response: reply.content, task }).verdict, "proved");
    const steps = checkSteps({ question, reasoning: reply.reasoning_content!, task });
    assert.ok(
      steps.length > 0 && steps.every(({ verdict, withdrawn }) => verdict !== "refuted" || withdrawn),
      question,
    );
    assert.equal(history!.at(-1)!.model, model);
  }
  return made;
}

test("our engine solves the gym's rows; any number of processes, an id or a folder give the same bytes", async () => {
  const one = await run("one", { model: "lemma-s" });
  const made = proved("one", one, "lemma-s");
  assert.ok(made.length >= TASKS.length * 2, JSON.stringify(one.counts));
  assert.match(String(made[0]!.history!.at(-1)!.modelDigest), /^[0-9a-f]{64}$/);
  assert.equal(one.counts.rejected_solve_unusable, 3); // the question that is longer than the context
  const two = await run("two", { model: join(root, "models/lemma-s"), concurrency: 2 }, 2);
  assert.equal(two.digest, one.digest);
  const other = await run("other", { model: "lemma-s", seed: 9 });
  assert.notEqual(other.digest, one.digest);
});

test("behind `lemma serve` the same model is an endpoint", async () => {
  const server: ChildProcess = spawn(
    process.execPath,
    [join(root, "packages/cli/bin/lemma.mjs"), "serve", "--port", "0"],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  try {
    const { promise: heard, resolve: hear } = Promise.withResolvers<string>();
    const lines = createInterface({ input: server.stderr! });
    lines.on("line", (line) => /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.forEach((address) => void hear(address)));
    lines.on("close", () => hear("nothing")); // it ended
    const endpoint = `${await heard}/v1`;
    const summary = await run("served", { endpoint, model: "lemma-s", solvePrompt: "" });
    const made = proved("served", summary, "lemma-s");
    assert.ok(made.length >= TASKS.length * 2, JSON.stringify(summary.counts));
    assert.equal(made[0]!.history!.at(-1)!.endpoint, endpoint);
    // Both ways ask for the same tokens.
    const engine = await run("engine", { model: "lemma-s" });
    assert.equal(summary.counts.made_solve, engine.counts.made_solve);
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
  }
});
