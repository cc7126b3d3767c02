// The statistics against published and independently computed values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { holm, mcnemar, newcombe, newcombePaired } from "./difference.ts";
import { wilson } from "./wilson.ts";

const near = (found: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(found - expected) <= tolerance, `expected ${expected}, found ${found}`);

test("Wilson: Newcombe's (1998) worked cases", () => {
  // Table I of the paper: 81/263, 15/148, 0/20, 1/29 by the score method.
  for (const [right, n, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const found = wilson(right, n);
    near(found.low, low, 5e-5);
    near(found.high, high, 5e-5);
  }
});

test("Wilson: symmetric, inside [0, 1], certain of nothing without trials", () => {
  assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
  for (const n of [1, 7, 500]) {
    for (let right = 0; right <= n; right += Math.ceil(n / 7)) {
      const [a, b] = [wilson(right, n), wilson(n - right, n)];
      near(a.low, 1 - b.high, 1e-12);
      assert.ok(a.low >= 0 && a.high <= 1 && a.low <= right / n && right / n <= a.high + 1e-12);
    }
  }
});

test("Newcombe's difference: the paper's example 56/70 against 48/80", () => {
  const { low, high } = newcombe(56, 70, 48, 80);
  near(low, 0.0524, 5e-5);
  near(high, 0.3339, 5e-5);
});

test("Newcombe's paired difference: the paper's table 36, 12, 2, 0, and what must hold of any", () => {
  const { low, high } = newcombePaired(36, 12, 2, 0);
  near(low, 0.0569, 5e-5);
  near(high, 0.3404, 5e-5);
  for (const [both, first, second, neither] of [
    [50, 5, 3, 42],
    [0, 7, 0, 3],
    [9, 0, 0, 1],
    [0, 0, 0, 4],
    [3, 4, 5, 0],
  ] as const) {
    const [a, b] = [newcombePaired(both, first, second, neither), newcombePaired(both, second, first, neither)];
    near(a.low, -b.high, 1e-12);
    const found = (first - second) / (both + first + second + neither);
    assert.ok(-1 <= a.low && a.low <= found && found <= a.high && a.high <= 1);
  }
  assert.deepEqual(newcombePaired(0, 0, 0, 0), { low: -1, high: 1 });
});

test("McNemar: exact binomial values", () => {
  assert.equal(mcnemar(0, 0), 1);
  near(mcnemar(1, 9), 2 * (11 / 1024), 1e-12);
  near(mcnemar(5, 5), 1, 1e-12);
  near(mcnemar(0, 20), 2 ** -19, 1e-15);
  near(mcnemar(3, 11), mcnemar(11, 3), 1e-15);
});

test("Holm: the smallest counts for all, later ones never less, order kept, at most 1", () => {
  const found = holm([0.01, 0.04, 0.03, 0.005]); // 4 * .005, 3 * .01, 2 * .03, then .06 again as .04 is less
  for (const [i, expected] of [0.03, 0.06, 0.06, 0.02].entries()) near(found[i]!, expected, 1e-12);
  assert.deepEqual(holm([0.9, 0.8]), [1, 1]);
  assert.deepEqual(holm([]), []);
});
