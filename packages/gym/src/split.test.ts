// The split's rule, computed a second time the long way.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { it } from "node:test";
import { HELD_OUT_KEYS, splitOf } from "./split.ts";

it("holds out exactly the keys whose hash is 0 mod 16", () => {
  let heldOut = 0;
  for (let i = 0; i < 4000; i++) {
    const key = `multiplication ${i}*${i + 1}`;
    const number = createHash("sha256").update(key).digest().readBigUInt64BE(0);
    assert.equal(splitOf(key) === "heldout", number % 16n === 0n, key);
    if (splitOf(key) === "heldout") heldOut++;
  }
  assert.ok(heldOut > 170 && heldOut < 330, String(heldOut));
});

it("holds out the listed keys", () => {
  for (const key of HELD_OUT_KEYS) assert.equal(splitOf(key), "heldout");
  assert.ok(HELD_OUT_KEYS.has("linear-odes y'=x^2+y"));
});
