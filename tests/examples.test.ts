// examples/ as people run them: every file, with its output checked. Answers are judged only where the bundled model is
// there; a model of random weights takes its place otherwise. ask-a-server.ts is run in packages/server/test.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import type { DatasetRow } from "@lemma/protocol";
import { grade } from "@lemma/verify";
import { type ModelPlace, modelPlace, root } from "./model-place.ts";

const limits = { timeout: 300_000, maxBuffer: 1 << 26 };
const tested = new Set(["ask-a-server.ts"]);

let place: ModelPlace;
before(async () => {
  place = await modelPlace();
});
after(() => place[Symbol.dispose]());

/** Runs an example where the model can be found; complaints on standard error fail. */
async function run(name: string, ...args: string[]): Promise<string> {
  const file = path.join(root, "examples", name);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file, ...args], {
    cwd: place.folder,
    ...limits,
  });
  assert.equal(stderr, "");
  return stdout;
}

/** A test of one example. */
function example(name: string, work: () => Promise<void>): void {
  tested.add(name);
  test(`examples/${name}`, limits, work);
}

example("check-steps.ts", async () => {
  const lines = (await run("check-steps.ts")).trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => line[0]),
    ["?", "✓", "✗", "✓", "✓"],
  );
  assert.match(lines[1]!, /from the question/);
  assert.match(lines[2]!, /"left":"15","right":"14".*taken back$/);
  assert.match(lines[4]!, /^✓ x=15\/3=5 .*from step 4/);
});

example("make-problems.ts", async () => {
  const output = await run("make-problems.ts", "ordering", "5", "heldout");
  const rows = output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as DatasetRow);
  assert.equal(rows.length, 5);
  for (const { task, split, messages, answer: reference, verifier } of rows) {
    assert.deepEqual([task, split], ["ordering", "heldout"]);
    const [question, reply] = messages;
    const verdict = grade({ problem: question!.content, response: reply!.content, reference, verifier });
    assert.equal(verdict.verdict, "proved");
  }
  assert.equal(await run("make-problems.ts", "ordering", "5", "heldout"), output, "the same bytes again");
});

example("custom-task.ts", async () => {
  assert.deepEqual((await run("custom-task.ts")).trimEnd().split("\n"), [
    "proved: 84=2*42",
    "proved: 42=2*21",
    'refuted: 21: prime {"divisor":"3"} (taken back)',
    "proved: 21=3*7",
    "proved: 7: prime",
    "proved: \\boxed{2*2*3*7}",
    "refuted: \\boxed{2*2*21}",
  ]);
});

example("run-in-process.ts", async () => {
  const output = await run("run-in-process.ts");
  assert.match(output, place.isTrained ? /✓ 3x\+5=20\n[\s\S]*\\boxed\{(x=)?5\}/ : /^[✓✗?] \S/m);
});

example("many-at-once.ts", async () => {
  const output = await run("many-at-once.ts");
  const [, right, tokens, passes] =
    /^(\d+) of 64 answers proved\n(\d+) tokens in [\d.]+ s, \d+ a second\n(\d+) forward passes\n$/.exec(output) ?? [];
  assert.ok(Number(tokens) > 64, output);
  // Alone each answer would need a pass for each of its tokens.
  assert.ok(Number(passes) < Number(tokens) / 4, output);
  if (place.isTrained) assert.ok(Number(right) >= 48, output);
});

test("every example is run", () => {
  assert.deepEqual(
    readdirSync(path.join(root, "examples"))
      .filter((name) => name.endsWith(".ts"))
      .sort(),
    [...tested].sort(),
  );
});

describe("examples/cpp", () => {
  const build = path.join(root, "build", "cpp-example");
  // Set-up has built the engine already; the long form builds it again, as somebody else's project would.
  const built = path.join(root, "packages/engine/build/cmake/engine/liblemma.a");
  const call = async (command: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)(command, args, { cwd: place.folder, ...limits, timeout: 900_000 })).stdout;
  const source = path.join(root, "examples/cpp");

  test("its project finds the engine", { timeout: 900_000 }, async () => {
    const folder = path.join(build, "whole");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await call("cmake", "-S", source, "-B", folder);
    assert.match(await call("cmake", "--build", folder, "--target", "help"), /lemma/);
    if (process.env.LEMMA_LONG !== undefined) {
      await call("cmake", "--build", folder, "-j", String(Math.min(4, os.availableParallelism())));
    }
  });

  test("it compiles without a warning and answers", { timeout: 900_000 }, async () => {
    const folder = path.join(build, "linked");
    const engine = existsSync(built) ? [`-DLEMMA_LIBRARY=${built}`] : [];
    await call("cmake", "-S", source, "-B", folder, ...engine);
    await call("cmake", "--build", folder, "-j", "2");
    const output = await call(path.join(folder, "ask"));
    assert.ok(output.endsWith("\n"));
    if (place.isTrained) assert.match(output, /\\boxed\{y=-x\^2-2x-2\+Ce\^\(x\)\}/);
  });

  test("it is the program that was announced", () => {
    const program = readFileSync(path.join(source, "main.cpp"), "utf8").split("\n").slice(1).join("\n");
    assert.equal(
      program,
      `#include "lemma.h"
int main() {
    lemma::ModelConfig config = {.model_path = "models/lemma-s/lemma-s.gguf", .device = "cpu", .max_tokens = 2048};
    auto model = lemma::load_model(config);
    std::string prompt = "Solve the differential equation dy/dx = x^2 + y";
    auto response = model.generate(prompt);
    std::cout << response << std::endl;
}
`,
    );
  });
});
