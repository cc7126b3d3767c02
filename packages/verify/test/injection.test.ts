// The step checker over traces of the gym: right ones are not flagged, and of one injected error the first wrong step is named, also
// while the text is still arriving.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepVerdict } from "@lemma/protocol";
import { families, generate } from "../../gym/src/index.ts";
import { checkSteps, ERROR_KINDS, injectError, makeStepChecker } from "../src/index.ts";
import { TestRandom, testSeed } from "./random.ts";

const PER_FAMILY = process.env.LEMMA_LONG === undefined ? 45 : 600;

interface Trace {
  readonly task: string;
  readonly question: string;
  readonly reasoning: string;
}

/** Rows of every family, both languages, all levels in turn. */
function* traces(seed: number): Generator<Trace> {
  for (const { id: task, levels } of families()) {
    for (let level = 1; level <= levels; level++) {
      for (const row of generate({ task, level, seed, count: Math.ceil(PER_FAMILY / levels) })) {
        const [question, reply] = row.messages;
        yield { task, question: question!.content, reasoning: reply!.reasoning_content ?? "" };
      }
    }
  }
}

const firstRefuted = (steps: readonly StepVerdict[]): number => steps.findIndex(({ verdict }) => verdict === "refuted");

test("right traces are not flagged", () => {
  const seed = testSeed();
  console.log(`seed ${seed}`);
  let all = 0;
  const flagged: string[] = [];
  for (const { task, question, reasoning } of traces(seed)) {
    all++;
    const steps = checkSteps({ task, question, reasoning });
    const at = firstRefuted(steps);
    if (at >= 0) flagged.push(`${task}: ${question}: ${steps[at]!.text}`);
  }
  console.log(`${flagged.length} of ${all} right traces flagged`);
  for (const line of flagged) console.log(`  ${line}`);
  assert.ok(all > 100 && flagged.length <= all * 0.01);
});

test("of one injected error the first wrong step is found", () => {
  const random = new TestRandom(testSeed() + 1);
  const counts = new Map(ERROR_KINDS.map((kind) => [kind, { all: 0, found: 0 }]));
  const missed: string[] = [];
  for (const { task, question, reasoning } of traces(testSeed() + 1)) {
    const kind = random.pick(ERROR_KINDS);
    const injected =
      injectError(reasoning, (limit) => random.below(limit), [kind]) ??
      injectError(reasoning, (limit) => random.below(limit));
    if (injected === undefined) continue;
    const count = counts.get(injected.kind)!;
    count.all++;
    const at = firstRefuted(checkSteps({ task, question, reasoning: injected.reasoning }));
    if (at === injected.step) count.found++;
    else
      missed.push(
        `${task} ${injected.kind}: ${injected.before} → ${injected.after}, found ${at}, injected ${injected.step} (${question})`,
      );
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count.all, 0);
  console.log([...counts].map(([kind, { all: of, found }]) => `${kind} ${found}/${of}`).join(", "));
  for (const line of missed) console.log(`  ${line}`);
  for (const [kind, count] of counts) assert.ok(count.all > 0, `no ${kind}`);
  assert.ok(all > 100 && missed.length <= all * 0.03, `${missed.length} of ${all} missed`);
});

test("the wrong step is named as soon as its line is complete", () => {
  const random = new TestRandom(testSeed() + 2);
  let named = 0;
  let all = 0;
  for (const { task, question, reasoning } of traces(testSeed() + 2)) {
    const injected = random.chance(1, 4) ? injectError(reasoning, (limit) => random.below(limit)) : undefined;
    if (injected === undefined) continue;
    const checker = makeStepChecker({ task, question });
    let at = 0;
    let first: StepVerdict | undefined;
    while (at < injected.reasoning.length && first === undefined) {
      const size = random.between(1, 5);
      first = checker.push(injected.reasoning.slice(at, at + size)).find(({ verdict }) => verdict === "refuted");
      at += size;
    }
    first ??= checker.end().find(({ verdict }) => verdict === "refuted");
    all++;
    // No more text was needed than the line, its line break and the piece that brought it.
    if (first?.index === injected.step && at <= first.end + 6) named++;
  }
  console.log(`${named} of ${all} named at once`);
  assert.ok(all > 20 && named >= all * 0.97);
});

test("what is repeated or linked to nothing follows from nothing", () => {
  const question = "Solve 3x + 2 = 17 for x.";
  const steps = checkSteps({ question, reasoning: "3x=15\n3x=15\nx=15/3=5\n8*8=64\nx=15/3=5\n3x=15\n(k+1)^2=k^2+2k+1" });
  assert.deepEqual(
    steps.map(({ verdict, from }) => [verdict, from.length > 0]),
    [["proved", true], ["proved", false], ["proved", true], ["proved", false], ["proved", true], ["proved", false], ["proved", false]],
  );
}); // biome-ignore format: a table reads better packed

test("an injected error is one line, another value, and found at its index", () => {
  const random = new TestRandom(testSeed());
  const reasoning = "3x=17-2\n\n3x=15\nx=15/3=5\nAnn>Bob\n7+8=15\n[BACK]\n7+8=15";
  for (let k = 0; k < 200; k++) {
    const injected = injectError(reasoning, (limit) => random.below(limit))!;
    const [before, after] = [reasoning.split("\n"), injected.reasoning.split("\n")];
    const changed = before.flatMap((line, at) => (line === after[at] ? [] : [at]));
    assert.equal(changed.length, 1);
    assert.ok(changed[0]! < 6, "text behind [BACK] stays");
    assert.equal(before[changed[0]!], injected.before);
    assert.equal(before.slice(0, changed[0]).filter((line) => line !== "").length, injected.step);
  }
  assert.equal(
    injectError("only prose here", (limit) => random.below(limit)),
    undefined,
  );
});
