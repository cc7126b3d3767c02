// The waiting line: never more at a time than there are places, everyone in order, and a failure frees its place.

import assert from "node:assert/strict";
import test from "node:test";
import { Slots } from "./slots.ts";

test("work waits for a place, in order, and no two share one", async () => {
  const slots = new Slots(3);
  const taken = new Set<number>();
  const order: number[] = [];
  let most = 0;
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      slots.run(async (slot) => {
        assert.ok(!taken.has(slot));
        taken.add(slot);
        order.push(i);
        most = Math.max(most, taken.size);
        for (let turns = 0; turns < (i % 5) + 1; turns++) await null;
        taken.delete(slot);
      }),
    ),
  );
  assert.equal(most, 3);
  assert.deepEqual(
    order,
    Array.from({ length: 40 }, (_, i) => i),
  );
});

test("a place is free again after a failure", async () => {
  const slots = new Slots(1);
  await assert.rejects(
    slots.run(() => Promise.reject(new Error("no"))),
    /no/,
  );
  assert.equal(await slots.run(async (slot) => slot), 0);
});
