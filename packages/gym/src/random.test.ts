// The generator against its published known answers, and the laws of streams.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random, threefry } from "./random.ts";

describe("threefry", () => {
  // Known answers of Threefry-2x32-20 (Random123's kat_vectors).
  const KNOWN = [
    [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
    [-1, -1, -1, -1, 0x1cb996fc, 0xbb002be7],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 0xc4923a9c, 0x483df7a0],
  ] as const;
  for (const [k0, k1, c0, c1, x, y] of KNOWN)
    it(`gives ${x.toString(16)} ${y.toString(16)}`, () => {
      const out = new Uint32Array(2);
      threefry(k0, k1, c0, c1, out);
      assert.deepEqual([...out], [x, y]);
    });
});

describe("Random", () => {
  const draws = (random: Random) => Array.from({ length: 8 }, () => random.uint32());

  it("repeats itself for a seed, and differs between seeds", () => {
    assert.deepEqual(draws(Random.fromSeed(7)), draws(Random.fromSeed(7)));
    const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => Random.fromSeed(seed).uint32()));
    assert.equal(firsts.size, 1000);
    assert.notDeepEqual(draws(Random.fromSeed(2 ** 32)), draws(Random.fromSeed(0)));
  });

  it("splits by label alone, not by what was drawn before", () => {
    const used = Random.fromSeed(7);
    draws(used);
    assert.deepEqual(draws(used.split("words")), draws(Random.fromSeed(7).split("words")));
    const labels = ["words", "word", "", 0, 1, 2 ** 32, "0"];
    assert.equal(new Set(labels.map((label) => Random.fromSeed(7).split(label).uint32())).size, labels.length);
  });

  it("is even: each of ten values within five standard deviations of its share", () => {
    const random = Random.fromSeed(3);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[random.below(10)]!++;
    for (const count of counts) assert.ok(Math.abs(count - 10_000) < 5 * Math.sqrt(9_000), String(counts));
  });

  it("shuffles without loss, picks by weight, keeps its bounds", () => {
    const random = Random.fromSeed(1);
    assert.deepEqual(random.shuffle([1, 2, 3, 4, 5]).sort(), [1, 2, 3, 4, 5]);
    let heavy = 0;
    for (let i = 0; i < 10_000; i++) {
      if (
        random.weighted([
          ["a", 3],
          ["b", 1],
        ] as const) === "a"
      )
        heavy++;
      const value = random.int(-3, 3);
      assert.ok(value >= -3 && value <= 3);
    }
    assert.ok(Math.abs(heavy - 7500) < 250, String(heavy));
  });

  it("proportional: shares as weighted, weights of any size, the last where rounding leaves nothing", () => {
    const random = Random.fromSeed(12);
    const counts = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) counts[random.proportional([0.05, 0.15, 0.1])]!++;
    for (const [i, expected] of [5_000, 15_000, 10_000].entries())
      assert.ok(Math.abs(counts[i]! - expected) < 400, counts.join(" "));
    assert.equal(random.proportional([5]), 0);
  });
});
