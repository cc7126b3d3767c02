// Composites: shares as weighted, rows that are the parts' own, the same for the same seed, errors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type CompositeOptions, generateComposite } from "./composite.ts";
import { generateRow } from "./generate.ts";

const parts = [
  { task: "addition-subtraction", weight: 3 },
  { task: "multiplication", level: 1 },
  { task: "multiplication", level: 3, weight: 0.5 },
];
const rows = (options: Partial<CompositeOptions> = {}) => [
  ...generateComposite({ parts, seed: 7, count: 400, ...options }),
];

test("rows come by weight, mixed, and each can be made again alone", () => {
  const made = rows();
  assert.equal(made.length, 400);
  const share = (task: string, level: number): number =>
    made.filter((row) => row.task === task && row.level === level).length / 400;
  for (const [task, level, expected] of [
    ["addition-subtraction", 3, 3],
    ["multiplication", 1, 1],
    ["multiplication", 3, 0.5],
  ] as const)
    assert.ok(Math.abs(share(task, level) - expected / 4.5) < 0.07, `${task} ${level}: ${share(task, level)}`);
  assert.ok(new Set(made.slice(0, 20).map(({ task }) => task)).size > 1);
  for (const row of made.slice(0, 40)) {
    const { task, level, language, split, source } = row;
    const phrasing = row.phrasing as `trained-${number}`;
    assert.deepEqual(
      generateRow({ task, level, language, split, phrasing, seed: source.seed, index: source.index }),
      row,
    );
  }
});

test("the same seed gives the same rows, a longer run begins as a shorter one", () => {
  assert.deepEqual(rows({ count: 50 }), rows({ count: 50 }));
  assert.deepEqual(rows({ count: 90 }).slice(0, 50), rows({ count: 50 }));
  assert.notDeepEqual(rows({ count: 50 }), rows({ count: 50, seed: 8 }));
});

test("distinct: no problem twice, over parts of one task too; a part that runs out leaves its share", () => {
  const options = { distinct: true, split: "heldout" as const, language: "zh" as const };
  const small = { task: "multiplication", level: 1 };
  const both = rows({ ...options, parts: [small, small], count: 30 });
  assert.deepEqual([both.length, new Set(both.map(({ key }) => key)).size], [30, 30]);
  const made = rows({
    ...options,
    parts: [
      { ...small, weight: 9 },
      { task: "ordering", level: 1 },
    ],
    count: 90,
  });
  assert.equal(made.length, 90);
  assert.equal(new Set(made.map(({ key }) => key)).size, 90);
  assert.ok(made.every(({ split, language }) => split === "heldout" && language === "zh"));
  const products = made.filter(({ task }) => task === "multiplication").length;
  assert.ok(products > 20 && products < 70, String(products)); // of about 50 that there are, by weight 81 were due
});

test("what makes no sense is refused", () => {
  assert.throws(() => rows({ parts: [] }), { code: "LEMMA_E_OPTION" });
  assert.throws(() => rows({ parts: [{ task: "ordering", weight: 0 }] }), { code: "LEMMA_E_OPTION" });
  assert.throws(() => rows({ parts: [{ task: "ordering", level: 99 }] }), { code: "LEMMA_E_OPTION" });
  assert.throws(() => rows({ parts: [{ task: "nothing" }] }), { code: "LEMMA_E_TASK" });
});
