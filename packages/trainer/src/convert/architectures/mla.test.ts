// The two parts of kv_b_proj: a query taken to the latent gives the score that the un-absorbed key gives, and values are their rows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gaussian } from "../../../../engine/test/random-model.ts";
import { keyRows, valueRows } from "./mla.ts";

test("q · (W c) is (k_b q) · c, and v_b c are the values", () => {
  const shape = { heads: 3, nope: 4, value: 5, kvRank: 6 };
  const { heads, nope, value, kvRank } = shape;
  const next = gaussian(1);
  const random = (length: number): Float32Array => Float32Array.from({ length }, next);
  const [weights, latent, query] = [random(heads * (nope + value) * kvRank), random(kvRank), random(heads * nope)];
  const expanded = Array.from({ length: heads * (nope + value) }, (_, row) =>
    latent.reduce((sum, c, i) => sum + c * weights[row * kvRank + i]!, 0),
  );
  const keys = keyRows(weights, shape);
  const values = valueRows(weights, shape);
  assert.deepEqual([keys.length, values.length], [heads * kvRank * nope, heads * value * kvRank]);
  for (let head = 0; head < heads; head++) {
    const first = head * (nope + value);
    let plain = 0;
    for (let n = 0; n < nope; n++) plain += query[head * nope + n]! * expanded[first + n]!;
    let absorbed = 0;
    for (let i = 0; i < kvRank; i++) {
      for (let n = 0; n < nope; n++)
        absorbed += keys[(head * kvRank + i) * nope + n]! * query[head * nope + n]! * latent[i]!;
    }
    assert.ok(Math.abs(plain - absorbed) < 1e-5, `${plain} ${absorbed}`);
    for (let row = 0; row < value; row++) {
      const start = (head * value + row) * kvRank;
      const found = latent.reduce((sum, c, i) => sum + c * values[start + i]!, 0);
      assert.equal(found, expanded[first + nope + row]);
    }
  }
});
