// 8-bit floats against the specification's words, and scales by block with blocks cut off at the edges.

import assert from "node:assert/strict";
import { test } from "node:test";
import { e4m3 } from "../../test/eight-bit.ts";
import { blocksOf, fromE4m3, scaleBlocks } from "./float8.ts";

test("all 256 values", () => {
  const all = fromE4m3(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  assert.deepEqual(
    Array.from(all),
    Array.from({ length: 256 }, (_, byte) => e4m3(byte)),
  );
  const some = [0x00, 0x01, 0x07, 0x08, 0x38, 0x7e, 0xb8, 0xfe].map((byte) => all[byte]);
  assert.deepEqual(some, [0, 2 ** -9, 7 * 2 ** -9, 2 ** -6, 1, 448, -1, -448]);
  assert.ok(Number.isNaN(all[0x7f]) && Number.isNaN(all[0xff]));
  assert.ok(Object.is(all[0x80], -0));
});

test("each value takes its block's scale", () => {
  assert.deepEqual(blocksOf([288, 160], [128, 128]), [3, 2]);
  assert.deepEqual(blocksOf([128, 128], [128, 128]), [1, 1]);
  for (const [shape, block] of [
    [
      [5, 7],
      [2, 3],
    ],
    [
      [4, 6],
      [2, 3],
    ],
    [
      [1, 1],
      [128, 128],
    ],
    [
      [3, 10],
      [128, 4],
    ],
  ] as [[number, number], [number, number]][]) {
    const [down, across] = blocksOf(shape, block);
    const scales = Float32Array.from({ length: down * across }, (_, i) => i + 1);
    const values = new Float32Array(shape[0] * shape[1]).fill(2);
    scaleBlocks(values, shape, scales, block);
    const expected = Array.from(values, (_, i) => {
      const [row, column] = [Math.floor(i / shape[1]), i % shape[1]];
      return 2 * (Math.floor(row / block[0]) * across + Math.floor(column / block[1]) + 1);
    });
    assert.deepEqual(Array.from(values), expected, `${shape} in ${block}`);
  }
});
