// Questions on tables: traces by hand, answers against a count of another kind, typed tables, lines that are judged, noise around a table.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { disturb } from "../../noise.ts";
import { Random } from "../../random.ts";
import { tableReading as family } from "./family.ts";
import { LAYOUTS, layOut } from "./layouts.ts";
import { solve } from "./problem.ts";

const TABLE = "| player | score | games |\n|---|---|---|\n| Ann | 12 | 3 |\n| Bob | 30 | 5 |\n| Dan | 17 | 4 |";
const problem = (question: string) => family.checker.recognise(question);
const asked = (question: string, table = TABLE) => problem(`${table}\n${question}`);
const thought = (question: string) => family.trace(asked(question)!, "en");

it("reads the cells that it needs", () => {
  assert.deepEqual(thought("What is the total of the score column?"), [
    "Ann: score=12",
    "Bob: score=30",
    "12+30=42",
    "Dan: score=17",
    "42+17=59",
  ]);
  assert.deepEqual(thought("Which player has the highest score?"), [
    "Ann: score=12",
    "Bob: score=30>12",
    "Dan: score=17<30",
  ]);
  assert.deepEqual(thought("How much larger is the score of Bob than the score of Dan?"), [
    "Bob: score=30",
    "Dan: score=17",
    "30-17=13",
  ]);
  assert.deepEqual(thought("How many rows have score above 15?"), [
    "Ann: score=12<15",
    "Bob: score=30>15",
    "1: Bob",
    "Dan: score=17>15",
    "2: Dan",
  ]);
  assert.deepEqual(thought("What is the total of games over the rows with score above 15?"), [
    "Ann: score=12<15",
    "Bob: score=30>15",
    "Bob: games=5",
    "Dan: score=17>15",
    "Dan: games=4",
    "5+4=9",
  ]);
});

it("answers what the rows, taken one by one, add up to", () => {
  for (let i = 0; i < 600; i++) {
    const drawn = family.draw(Random.fromSeed(i), (i % 3) + 1);
    const { table, ask } = drawn;
    const pairs = table.rows.map(({ name, values }) => ({ name, value: values[ask.column]! }));
    let expected: number | string = 0;
    if (ask.kind === "sum") for (const { value } of pairs) expected = (expected as number) + value;
    if (ask.kind === "extreme")
      expected = [...pairs].sort((p, q) => (ask.isHigh ? q.value - p.value : p.value - q.value))[0]!.name;
    if (ask.kind === "difference") expected = pairs[ask.row]!.value - pairs[ask.other]!.value;
    if (ask.kind === "count" || ask.kind === "filtered sum")
      table.rows.forEach(({ values }, row) => {
        const value = pairs[row]!.value;
        if (ask.isAbove ? value <= ask.limit : value >= ask.limit) return;
        expected = (expected as number) + (ask.kind === "count" ? 1 : values[ask.summed]!);
      });
    assert.equal(solve(drawn), expected, family.key(drawn));
  }
});

it("reads tables of any layout, with any names", () => {
  for (const [text, value] of [
    ["name,price,weight\ncup,3,120\njug,9,800\nHow much is price in total?", 12],
    ["Which item has the smallest weight?\n\nitem    price  weight\ncup     3      120\njug     9      800", "cup"],
    ["name | price\n--- | ---\ncup | 3\njug | 9\nWhat is the sum of the price column?", 12],
    ["town\tpopulation\nAalen\t68\nUlm\t126\nBonn\t331\nhow many towns have a population over 100?", 2],
    ["货品,单价\n茶杯,3\n水壶,9\n水壶的单价比茶杯多多少？", 6],
    ["货品  单价\n茶杯  3\n水壶  9\n单价最高的货品是哪个？", "水壶"],
  ] as const)
    assert.equal(solve(problem(text)!), value, text);
  for (const other of [
    "What is the average score?",
    "Which player has the highest age?",
    "How many players are there?",
    "How much larger is the score of Ann than the score of Bob?",
    "How many rows have score of at least 15?",
    "Is this table nice?",
  ])
    assert.equal(asked(other), undefined, other);
  assert.equal(asked("Who has the highest score?", "player,score\nAnn,3\nBob,3"), undefined, "shared");
  assert.equal(problem("Add 3,4\nand 5,6\nin total"), undefined);
});

it("has one key for any wording, layout, language and order of the two rows", () => {
  const key = (text: string) => family.key(problem(text)!);
  const one = key(
    "player,score\nAnn,12\nBob,30\nWhat is the difference between the score of Ann and the score of Bob?",
  );
  assert.equal(one, key("选手  得分\n李雷  12\n韩梅  30\n韩梅的得分比李雷多多少？"));
  assert.notEqual(one, key("player,score\nAnn,12\nBob,30\nWhat is the sum of score?"));
});

it("finds what it laid out", () => {
  for (let i = 0; i < 60; i++) {
    const { table } = family.draw(Random.fromSeed(i), 2);
    for (const layout of LAYOUTS) {
      const text = `${layOut(table, layout, (word) => word)}\nWhat is the total of the ${table.columns[0]} column?`;
      assert.deepEqual(problem(text)?.table, table, text);
    }
  }
});

it("judges its lines", () => {
  const judged = (question: string, reasoning: string) =>
    checkSteps({ question: `${TABLE}\n${question}`, reasoning, task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(
    judged("How many rows have score above 15?", "Ann: score=12<15\nBob: score=30>15\n1: Bob\nDan: score=18>15"),
    ["proved", "proved", "proved", "refuted"],
  );
  assert.deepEqual(judged("How many rows have score above 15?", "1: Ann"), ["refuted"]);
  assert.deepEqual(judged("Which player has the highest score?", "Ann: score=12\nBob: score=30<12"), [
    "proved",
    "refuted",
  ]);
  assert.deepEqual(judged("What is the sum of score?", "Ann: games=12"), ["refuted"]);
  assert.deepEqual(judged("What is the sum of score?", "Ann: score=-12"), ["refuted"]);
  assert.deepEqual(judged("What is the sum of score?", "Ann: score=12\nBob: score=30\n12+30=43"), [
    "proved",
    "proved",
    "refuted",
  ]);
});

it("judges names in either language, and numbers", () => {
  const verdict = (question: string, answer: string) => family.checker.checkAnswer!(asked(question)!, answer).verdict;
  const highest = "Which player has the highest score?";
  for (const right of ["Bob", "bob", "\\text{Bob}", "韩梅"]) assert.equal(verdict(highest, right), "proved", right);
  for (const wrong of ["Ann", "李雷"]) assert.equal(verdict(highest, wrong), "refuted", wrong);
  for (const unread of ["30", "Zoe", ""]) assert.equal(verdict(highest, unread), "unknown", unread);
  assert.equal(verdict("What is the sum of score?", "59"), "proved");
  assert.equal(verdict("What is the sum of score?", "60"), "refuted");
});

it("keeps its rows where there is noise", () => {
  for (let i = 0; i < 60; i++) {
    const { table } = family.draw(Random.fromSeed(i), 2);
    for (const language of ["en", "zh"] as const)
      for (const layout of LAYOUTS) {
        const text = layOut(table, layout, (word) => word);
        const noisy = disturb(`Here is a table.\n${text}\nWhat is the total of it?`, language, Random.fromSeed(i));
        assert.ok(noisy.includes(text.split("\n").slice(1).join("\n")), noisy);
      }
  }
});
