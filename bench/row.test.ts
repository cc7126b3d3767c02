// The arithmetic of benchmark rows, and the random models: exact values for small cases.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deepseekSize } from "./random-deepseek.ts";
import { modelSize } from "./random-model.ts";
import { benchRow, median } from "./row.ts";

const head = { row: "r", unit: "tokens/s", better: "higher", settings: { n: 1 } } as const;

test("median, ratio to the best peer, share of the floor, spread", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  const row = benchRow(head, [90, 100, 110, 100, 95], { a: [10, 20, 30], b: [50, 40, 45] }, 200);
  assert.deepEqual(row, {
    row: "r",
    unit: "tokens/s",
    better: "higher",
    ours: 100,
    peers: { a: 20, b: 45 },
    ratio: 2.222,
    floor: 200,
    floorShare: 0.5,
    spread: 0.2,
    settings: { n: 1, runs: 5 },
  });
});

test("a floor measured beside each run: the median of the shares", () => {
  const row = benchRow(head, [90, 40, 100], {}, [100, 50, 200]);
  assert.deepEqual([row.floor, row.floorShare], [100, 0.8]);
});

test("peers that the user points to stand beside the others without counting", () => {
  const row = benchRow(head, [100], { npm: [50], "/opt/llama-bench": [200] }, null, ["/opt/llama-bench"]);
  assert.deepEqual([row.ratio, row.peers["/opt/llama-bench"]], [2, 200]);
});

test("where lower is better the ratio turns round; without peers and floor it is null", () => {
  const row = benchRow({ ...head, unit: "ms", better: "lower" }, [10], { a: [30], b: [20] }, 5);
  assert.deepEqual([row.ratio, row.floorShare], [2, 0.5]);
  const alone = benchRow(head, [10], {}, null);
  assert.deepEqual([alone.ratio, alone.floor, alone.floorShare, alone.peers], [null, null, null, {}]);
});

test("the models have the sizes that their names say", () => {
  const millions = (layers: number, width: number, heads: number, feedForward: number, vocabulary: number): number =>
    Math.round(modelSize({ layers, width, heads, feedForward, vocabulary }).parameters / 1e5) / 10;
  assert.equal(millions(6, 192, 6, 512, 512), 2.9);
  assert.equal(millions(8, 512, 8, 1408, 2048), 27.8);
  assert.equal(millions(16, 1024, 16, 4096, 8192), 285.2);
  const large = { layers: 16, width: 1024, heads: 16, feedForward: 4096, vocabulary: 8192 };
  assert.equal(modelSize(large, "Q4_K").bytes / modelSize(large).bytes, 4.5 / 8.5);
});

test("experts count all of them in size, and those of one token in its work", () => {
  const shape = {
    layers: 10,
    denseLayers: 1,
    width: 384,
    heads: 8,
    nope: 32,
    rope: 32,
    value: 64,
    queryRank: 192,
    kvRank: 128,
    feedForward: 1024,
    experts: 32,
    used: 4,
    shared: 1,
    expertWidth: 64,
    vocabulary: 1024,
  };
  const { parameters, active, bytes } = deepseekSize(shape);
  const expert = 3 * 384 * 64;
  assert.equal(parameters - active, 9 * 28 * expert + 384 * 1024);
  assert.deepEqual(
    [parameters, active].map((count) => Math.round(count / 1e5) / 10),
    [29.3, 10.3],
  );
  assert.ok(bytes / parameters > 34 / 32 && bytes / parameters < 1.08, `${bytes / parameters}`);
  const more = deepseekSize({ ...shape, used: 5 });
  assert.deepEqual([more.parameters - parameters, Math.round(more.active - active)], [0, 9 * expert]);
});
