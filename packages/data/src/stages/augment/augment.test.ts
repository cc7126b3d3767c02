// Augmentation: every kind makes rows, each written row is checked again here, nothing held out is written, the same bytes for any number
// of processes, hostile input.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { familyById, generate, splitOf } from "@lemma/gym";
import { checkAnswer, checkSteps } from "@lemma/verify";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import type { StageSummary } from "../../pipeline/stage-folder.ts";
import { heldOutIn } from "../../questions/held-out.ts";
import { ingest } from "../ingest/ingest.ts";
import { augment } from "./augment.ts";
import { KIND_NAMES } from "./kinds.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-augment-"));
after(() => rmSync(place, { recursive: true, force: true }));

const TASKS = [
  "addition-subtraction",
  "multiplication",
  "linear-equations",
  "linear-systems",
  "derivatives",
  "integrals",
  "expand-factor",
  "ordering",
  "rates-percent",
];

async function run(folder: string, options: object, workers = 2, from = "in"): Promise<StageSummary> {
  await using executor = new LocalExecutor(workers);
  return await runStage(augment, { options, from: join(place, from), folder: join(place, folder), executor });
}
const documentsOf = (folder: string, summary: StageSummary, kind = "documents"): DataDocument[] =>
  summary.outputs
    .filter((output) => output.kind === kind)
    .flatMap(({ path }) => readDocuments(join(place, folder, path)));

before(async () => {
  const files = join(place, "files");
  mkdirSync(files);
  for (const task of TASKS)
    writeFileSync(
      join(files, `${task}.jsonl`),
      [
        ...generate({ task, seed: 21, count: 6, split: "train" }),
        ...generate({ task, seed: 22, count: 2, split: "heldout" }),
      ]
        .map((row) => JSON.stringify(row))
        .join("\n"),
    );
  const turns = (question: string, answer: string) =>
    JSON.stringify({
      messages: [
        { role: "user", content: question },
        { role: "assistant", content: answer },
      ],
    });
  writeFileSync(
    join(files, "others.jsonl"),
    [
      turns("What is 3 plus 4?", "\\boxed{7}"),
      turns("Who wrote Faust?", "Goethe."),
      turns("x".repeat(100_000), "y"),
      turns(`Solve ${"(".repeat(5000)}x=3`, "\u0000\ud800"),
      JSON.stringify({ text: "no conversation" }),
      JSON.stringify({ messages: [{ role: "user", content: "What is 3 plus 5?" }] }),
    ].join("\n"),
  );
  await using executor = new LocalExecutor(2);
  await runStage(ingest, { options: { paths: [files], taskBytes: 30_000 }, folder: join(place, "in"), executor });
});

test("every kind makes rows, and every row is proved and of the training split", async () => {
  const summary = await run("all", { perDocument: 9 });
  for (const kind of KIND_NAMES)
    assert.ok((summary.counts[`made_${kind}`] ?? 0) > 3, `${kind} ${JSON.stringify(summary.counts)}`);
  const documents = documentsOf("all", summary);
  const originals = new Map(documents.filter(({ history }) => history === undefined).map((one) => [one.id, one]));
  const made = documents.filter(({ history }) => history !== undefined);
  assert.equal(made.length, summary.counts.augmented);
  assert.equal(new Set(made.map(({ id }) => id)).size, made.length);
  for (const { messages, fields, history } of made) {
    const { of, kind } = history!.at(-1)!;
    const original = originals.get(String(of))!;
    const question = messages!.findLast(({ role }) => role === "user")!.content;
    const reply = messages!.at(-1)!;
    for (const turn of messages!)
      if (turn.role === "user") assert.equal(heldOutIn(turn.content), undefined, turn.content);
    if (kind === "compose") {
      for (const key of fields!.keys as string[]) assert.equal(splitOf(key), "train");
      const questions = question.split(/^\d\) /m).slice(1);
      const replies = reply.content.split(/^\d\) /m).slice(1);
      for (const [i, task] of (fields!.tasks as string[]).entries())
        assert.equal(
          checkAnswer({ question: questions[i]!.trim(), response: replies[i]!, task }).verdict,
          "proved",
          question,
        );
      continue;
    }
    const task = String(fields!.task);
    const family = familyById(task);
    const key = `${task} ${family.key(family.checker.recognise(question))}`;
    assert.deepEqual([key, splitOf(key)], [fields!.key, "train"]);
    assert.equal(checkAnswer({ question, response: reply.content, task }).verdict, "proved");
    const steps = checkSteps({ question, reasoning: reply.reasoning_content!, task });
    assert.ok(!steps.some(({ verdict, withdrawn }) => verdict === "refuted" && !withdrawn), question);
    const taken = steps.filter(({ verdict, withdrawn }) => verdict === "refuted" && withdrawn).length;
    assert.equal(taken, kind === "retry" ? 1 : 0);
    const isOriginalProblem = key === original.fields?.key;
    if (
      ["reword", "translate", "shuffle", "distract", "format", "retry"].includes(String(kind)) &&
      original.fields !== undefined
    )
      assert.ok(isOriginalProblem, question);
    if (kind === "renumber" && original.fields !== undefined) {
      const before = family.checker.recognise(original.messages!.find(({ role }) => role === "user")!.content);
      assert.equal(family.cell(family.checker.recognise(question)), family.cell(before));
    }
    if (kind === "rename") {
      const before = original.messages!.find(({ role }) => role === "user")!.content;
      const people = Object.values(family.names!).flat();
      assert.ok(
        people.some((name) => question.includes(name) && !before.includes(name)),
        question,
      );
    }
    if (kind === "translate") assert.notEqual(/\p{Script=Han}/u.test(question), /\p{Script=Han}/u.test(original.text));
  }
});

test("held-out originals are dropped; what is no row goes through", async () => {
  const summary = await run("all", { perDocument: 9 });
  const dropped = documentsOf("all", summary, "dropped");
  assert.equal(dropped.length, 2 * TASKS.length);
  for (const { fields, history } of dropped) {
    assert.equal(fields!.split, "heldout");
    assert.deepEqual(history!.at(-1), { stage: "augment", rule: "heldout_problem" });
  }
  const through = documentsOf("all", summary).filter(
    ({ source, history }) => source.path === "others.jsonl" && !history,
  );
  assert.equal(through.length, 6);
  const counts = summary.counts;
  assert.equal(counts.rows, 6 * TASKS.length + 1);
});

test("one kind only, without the originals, as many as asked for", async () => {
  const summary = await run("one-kind", { kinds: ["renumber"], perDocument: 3, originals: false });
  const documents = documentsOf("one-kind", summary);
  assert.equal(documents.length, 3 * summary.counts.rows!);
  assert.ok(documents.every(({ history }) => history!.at(-1)!.kind === "renumber"));
});

test("the same bytes for any number of processes, others for another seed", async () => {
  const one = await run("one", {}, 1);
  assert.equal((await run("three", {}, 3)).digest, one.digest);
  assert.notEqual((await run("other", { seed: 2 }, 2)).digest, one.digest);
});

test("wrong options say what is expected", async () => {
  await assert.rejects(run("wrong", { kinds: ["magic"] }), /kinds\[0\]: expected reword or/);
  await assert.rejects(run("wrong", { perDocument: -1 }), /perDocument/);
});
