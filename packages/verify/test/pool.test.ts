// The pool against the same checks on one thread, and against tasks that never end, crash or eat memory.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { checkAnswer, checkSteps, equivalent, grade, verifyLine } from "../src/index.ts";
import { type PoolOptions, VerifyPool } from "../src/pool/pool.ts";
import "./pool-tasks.ts";

const modules = [new URL("./pool-tasks.ts", import.meta.url).href];
const poolOf = (options: PoolOptions = {}) => new VerifyPool({ size: 3, modules, limitMs: 60_000, ...options });
const ask = (question: string, answer = "42") => ({ question, response: `\\boxed{${answer}}` });
const STOPPED = { verdict: "unknown", reason: "budget", extracted: null };

async function* each<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values;
}
async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

test("every kind of check gives what it gives alone", async () => {
  await using pool = poolOf();
  const graded = { problem: "", response: "\\boxed{0.5}", reference: "1/2", verifier: { kind: "number" } } as const;
  const steps = { question: "Solve 3x+2=17.", reasoning: "3x=15\nx=5\nx=6" };
  assert.deepEqual(await pool.run("equivalent", { a: "e+1", b: "1+e", variables: ["e"] }), equivalent("e+1", "1+e"));
  assert.deepEqual(await pool.run("grade", graded), grade(graded));
  assert.deepEqual(await pool.run("checkSteps", steps), checkSteps(steps));
  assert.deepEqual(await pool.run("checkAnswer", ask("fine")), checkAnswer(ask("fine")));
  assert.deepEqual(await pool.run("line", '{"a":"1","b":"2","id":7}'), verifyLine('{"a":"1","b":"2","id":7}'));
});

test("lines keep their order, bad and empty ones among them, however long each takes", async () => {
  await using pool = poolOf();
  const lines = Array.from({ length: 300 }, (_, id) => {
    if (id % 50 === 7) return "not json";
    if (id % 50 === 9) return "  ";
    if (id % 90 === 5) return JSON.stringify({ id, ...ask("nap 60") });
    return JSON.stringify({ id, a: `(x+${id})^2`, b: id % 3 ? `x^2+${2 * id}x+${id * id}` : "x" });
  });
  const found = await all(pool.lines(each(lines)));
  assert.deepEqual(found, lines.filter((line) => line.trim() !== "").map(verifyLine));
});

test("a reader that waits for each answer before it sends the next line gets it", async () => {
  await using pool = poolOf();
  const ids: unknown[] = [];
  let answered = (): void => {};
  const results = pool.lines(
    (async function* () {
      for (let id = 0; id < 5; id++) {
        const next = new Promise<void>((resolve) => (answered = resolve));
        yield JSON.stringify({ id, a: "1+1", b: "2" });
        await next;
      }
    })(),
  );
  for await (const { output } of results) {
    ids.push(output.id);
    answered();
  }
  assert.deepEqual(ids, [0, 1, 2, 3, 4]);
});

test("a check that never ends is stopped alone; those behind it and after it are answered", async () => {
  await using pool = poolOf({ size: 1, limitMs: 1_500 });
  const started = performance.now();
  const questions = ["fine", "loop", "fine", "fine", "loop", "fine"];
  const found = await Promise.all(questions.map((question) => pool.run("checkAnswer", ask(question))));
  assert.deepEqual(found.map(({ verdict }) => verdict), ["proved", "unknown", "proved", "proved", "unknown", "proved"]); // biome-ignore format: short
  assert.deepEqual(found[1], STOPPED);
  assert.equal(pool.stopped, 2);
  assert.ok(performance.now() - started >= 3_000);
  const line = await pool.run("line", JSON.stringify({ id: "x", ...ask("loop") }));
  assert.deepEqual(line, { output: { id: "x", verdict: "unknown", reason: "budget" }, isBad: false });
});

test("a main thread that is busy for longer than the limit stops no check that was answered in time", async () => {
  await using pool = poolOf({ size: 1, limitMs: 1_000 });
  await pool.run("checkAnswer", ask("fine"));
  const checks = Promise.all([1, 2, 3].map(() => pool.run("checkAnswer", ask("nap 50"))));
  const end = performance.now() + 3_000;
  while (performance.now() < end);
  assert.deepEqual((await checks).map(({ verdict }) => verdict), ["proved", "proved", "proved"]); // biome-ignore format: short
  assert.equal(pool.stopped, 0);
});

test("a check that eats memory is stopped, the process and the others live on", async () => {
  await using pool = poolOf({ size: 2, memoryMiB: 64 });
  const found = await Promise.all(["fine", "hoard", "fine"].map((question) => pool.run("checkAnswer", ask(question))));
  assert.deepEqual(found.map(({ verdict }) => verdict), ["proved", "unknown", "proved"]); // biome-ignore format: short
  assert.equal(pool.stopped, 1);
});

test("a defect in a check is an error of that check", async () => {
  await using pool = poolOf({ size: 1 });
  const checks = ["fine", "throw", "fine"].map((question) => pool.run("checkAnswer", ask(question)));
  const settled = await Promise.allSettled(checks);
  assert.deepEqual(settled.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]); // biome-ignore format: short
  await assert.rejects(checks[1]!, { code: "LEMMA_E_INTERNAL", message: /thrown on purpose/ });
});

test("a module that can't be loaded fails every check, and says which", async () => {
  await using pool = poolOf({ modules: ["file:///no/such/module.js"] });
  const checks = [1, 2].map(() => pool.run("checkAnswer", ask("fine")));
  for (const check of checks) await assert.rejects(check, { code: "LEMMA_E_INTERNAL", message: /no\/such\/module/ });
  await assert.rejects(pool.run("checkAnswer", ask("fine")), /no\/such\/module/);
});

test("disposal and a signal reject what has no result yet, and later calls", async () => {
  const pool = poolOf({ size: 1 });
  const stuck = pool.run("checkAnswer", ask("loop"));
  const waiting = Array.from({ length: 9 }, () => pool.run("checkAnswer", ask("fine")));
  const rejected = Promise.all([stuck, ...waiting].map((check) => assert.rejects(check, { code: "LEMMA_E_ABORTED" })));
  await pool[Symbol.asyncDispose]();
  await rejected;
  await assert.rejects(pool.run("checkAnswer", ask("fine")), { code: "LEMMA_E_ABORTED" });
  const controller = new AbortController();
  const other = poolOf({ size: 1, signal: controller.signal });
  const results = all(other.lines(each([JSON.stringify(ask("loop"))])));
  setTimeout(() => controller.abort(new Error("enough")), 300);
  await assert.rejects(results, /enough/);
  await other[Symbol.asyncDispose]();
});

test("options that make no sense are refused", () => {
  for (const options of [{ size: 0 }, { limitMs: -1 }, { memoryMiB: Number.NaN }])
    assert.throws(() => new VerifyPool(options), { code: "LEMMA_E_OPTION" });
});

test("an idle pool keeps no process alive", async () => {
  const pool = fileURLToPath(new URL("../src/pool/pool.ts", import.meta.url));
  const program = `import { VerifyPool } from ${JSON.stringify(pool)};
    const found = await new VerifyPool({ size: 2 }).run("equivalent", { a: "1+1", b: "2" });
    console.log(found.verdict);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    timeout: 120_000,
  });
  assert.equal(stdout, "proved\n");
});
