// The kernel never says something false: no false proof and no false refutation over pairs with known truth. SymPy judges a sample.

import assert from "node:assert/strict";
import { test } from "node:test";
import { equivalent } from "../src/equivalent.ts";
import { AREAS, type Pair, randomPair } from "./pairs.ts";
import { TestRandom, testSeed } from "./random.ts";
import { askSympy, sympyMissing } from "./sympy.ts";

const PER_AREA = Number(process.env.LEMMA_TEST_PAIRS ?? 400);
const JUDGED = 40;

test("no false proof and no false refutation on constructed pairs", () => {
  const seed = testSeed();
  console.log(`seed ${seed}`);
  const random = new TestRandom(seed);
  const wrong: string[] = [];
  const started = performance.now();
  for (const area of AREAS) {
    const reasons = new Map<string, number>();
    let unknown = 0;
    for (let k = 0; k < PER_AREA; k++) {
      const pair = randomPair(random, area, k % 2 === 0);
      const verdict = equivalent(pair.a, pair.b);
      if (verdict.verdict === "unknown") {
        unknown++;
        const reason = `${verdict.reason}${pair.equal ? " (equal)" : " (unequal)"}`;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        if (process.env.LEMMA_TEST_SHOW !== undefined) console.log(`  ${reason}: ${pair.a}  |  ${pair.b}`);
      } else if ((verdict.verdict === "proved") !== pair.equal)
        wrong.push(`${JSON.stringify(pair)} ${JSON.stringify(verdict)}`);
    }
    const detail = [...reasons].map(([reason, count]) => `${reason} ${count}`).join(", ");
    console.log(`${area}: unknown ${((100 * unknown) / PER_AREA).toFixed(1)} % ${detail}`);
    assert.ok(unknown <= PER_AREA * 0.1, `${area}: too many unknown`);
  }
  console.log(`${PER_AREA * AREAS.length} pairs in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  assert.deepEqual(wrong, []);
});

test("SymPy agrees on a sample of the pairs", { skip: sympyMissing() }, () => {
  const random = new TestRandom(testSeed() + 1);
  const pairs: Pair[] = AREAS.flatMap((area) =>
    Array.from({ length: JUDGED }, (_, k) => randomPair(random, area, k % 2 === 0)),
  );
  const readable = (text: string): string =>
    text
      .replaceAll("\\sqrt[3]{", "CBRT{")
      .replace(/CBRT\{/g, "cbrt(")
      .replaceAll("}", ")");
  const answers = askSympy(pairs.map(({ a, b }) => ({ a: readable(a), b: readable(b) })));
  let judged = 0;
  for (const [k, { a, b }] of pairs.entries()) {
    const verdict = equivalent(a, b);
    const { equal } = answers[k]!;
    if (equal === null || equal === undefined || verdict.verdict === "unknown") continue;
    judged++;
    assert.equal(
      verdict.verdict === "proved",
      equal !== false,
      `${a} | ${b}: ${JSON.stringify(verdict)}, SymPy ${equal}`,
    );
  }
  console.log(`${judged} of ${pairs.length} pairs judged by both`);
  assert.ok(judged > pairs.length / 2);
});
