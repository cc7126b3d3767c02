// Problems of a stage: of the train split, in the languages asked for, the same again from a state, and fixed ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Problems, type ProblemsOptions, seedFor } from "./problems.ts";

const tasks: ProblemsOptions["tasks"] = [
  { gym: "linear-equations", weight: 3, levels: 2, languages: ["en", "zh"] },
  { gym: "ordering", weight: 1, start: 2, languages: ["en"] },
];
const idsOf = (problems: ReturnType<Problems["take"]>): string[] => problems.map(({ row }) => row.id);

test("problems come from the train split in trained wordings, in the languages asked for, none twice", () => {
  const taken = new Problems({ tasks, seed: 1 }).take(120);
  assert.equal(new Set(idsOf(taken)).size, 120);
  for (const { row } of taken) {
    assert.equal(row.split, "train");
    assert.match(row.phrasing, /^trained-/);
    if (row.task === "ordering") assert.equal(row.language, "en");
  }
  const equations = taken.filter(({ row }) => row.task === "linear-equations");
  assert.ok(equations.length > 70 && equations.length < 110);
  assert.deepEqual([...new Set(equations.map(({ row }) => row.language))].sort(), ["en", "zh"]);
  assert.equal(taken.find(({ row }) => row.task === "ordering")?.row.level, 2, "the dial begins where the recipe says");
});

test("a state goes on with the same problems, whatever passed", () => {
  const straight = new Problems({ tasks, seed: 1 });
  const before = straight.take(20);
  for (const [i, problem] of before.entries()) straight.record(problem, i % 9, 8);
  const state = JSON.parse(JSON.stringify(straight.state()));
  const after = idsOf(straight.take(40));
  const resumed = new Problems({ tasks, seed: 1, state }).take(40);
  assert.deepEqual(idsOf(resumed), after);
  assert.equal(resumed[0]!.number, 20);
  assert.notDeepEqual(idsOf(new Problems({ tasks, seed: 2 }).take(20)), idsOf(before));
});

test("fixed problems come in turn, with a number of their own each time, also from a state", () => {
  const problems = new Problems({ tasks, seed: 1, fixed: 5 });
  const [first, second] = [problems.take(5), problems.take(5)];
  assert.deepEqual(idsOf(first), idsOf(second));
  assert.deepEqual(
    second.map(({ number }) => number),
    [5, 6, 7, 8, 9],
  );
  problems.record(first[0]!, 8, 8);
  const resumed = new Problems({ tasks, seed: 1, fixed: 5, state: problems.state() }).take(5);
  assert.deepEqual([idsOf(resumed), resumed[0]!.number], [idsOf(first), 10]);
});

test("seeds differ by use and number", () => {
  const seeds = [
    seedFor("problems", 1),
    seedFor("replies", 1),
    seedFor("replies", 1, 0),
    seedFor("replies", 11, 0),
    seedFor("replies", 1, 10),
  ];
  assert.equal(new Set(seeds).size, seeds.length);
  assert.ok(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0));
});
