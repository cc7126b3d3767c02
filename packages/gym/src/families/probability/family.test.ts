// Probability: traces by hand for each kind, probabilities against an enumeration of equally likely cases, typed questions, wrong lines.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { gcd } from "../../division.ts";
import { Random } from "../../random.ts";
import { probability as family } from "./family.ts";
import { keyOf, type Probability } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("counts what may happen and what is asked for", () => {
  assert.deepEqual(
    thought(
      "A bag holds 4 black, 5 grey and 3 plain beads. One is drawn at random. What is the probability that it is not grey?",
    ),
    ["4+5=9", "all: 9+3=12", "wanted: 12-5=7"],
  );
  assert.deepEqual(thought("Find the probability that a random whole number from 1 to 20 is a multiple of 3."), [
    "wanted: 20/3>6",
    "gcd(6,20)=2",
    "P: 6/20=(6/2)/(20/2)=3/10",
  ]);
  assert.deepEqual(thought("抛一枚均匀硬币4次，恰好有2个正面的概率是多少？"), [
    "2*2=4",
    "4*2=8",
    "all: 8*2=16",
    "4-1=3",
    "4*3=12",
    "1*2=2",
    "wanted: 12/2=6",
    "gcd(6,16)=2",
    "P: 6/16=(6/2)/(16/2)=3/8",
  ]);
  assert.deepEqual(thought("You roll two dice. What is the probability that the sum is at least 11?"), [
    "all: 6*6=36",
    "1: 5+6=11",
    "2: 6+5=11",
    "3: 6+6=12",
    "3: 36=30+6+0",
    "gcd(3,0)=3",
    "P: 3/36=(3/3)/(36/3)=1/12",
  ]);
});

it("multiplies what happens one after the other", () => {
  const urn = "A bag holds 3 black and 5 grey beads. Two are drawn,";
  assert.deepEqual(thought(`${urn} without replacement. What is the probability that one is black and one is grey?`), [
    "all: 3+5=8",
    "8-1=7",
    "order: 3/8*5/7=(3*5)/(8*7)",
    "gcd(3,7)=1",
    "gcd(5,8)=1",
    "order: (3*5)/(8*7)=15/56",
    "P: 2*15/56=15/(56/2)=15/28",
  ]);
  assert.deepEqual(thought(`${urn} with replacement. What is the probability that at least one is black?`), [
    "all: 3+5=8",
    "others: 8-3=5",
    "none: 5/8*5/8=(5*5)/(8*8)=25/64",
    "P: 1-25/64=(64-25)/64=39/64",
  ]);
});

it("takes the rows and columns that a condition leaves", () => {
  assert.deepEqual(
    thought(
      "Of 12 boys, 5 sing; of 15 girls, 6 sing. One of those who do not sing is chosen at random. What is the probability that this one is a girl?",
    ),
    ["wanted: 15-6=9", "12-5=7", "all: 7+9=16"],
  );
  assert.deepEqual(
    thought(
      "Of 200 people, 10% have a disease. A test is positive for 90% of the ill and for 5% of the healthy. What is the probability that a person with a positive test is ill?",
    ),
    [
      "200*10/100=2*10=20",
      "200-20: 0-0=0",
      "0-2<10-2=8",
      "2-0-1=1",
      "200-20=180",
      "20*90/100=2*9=18",
      "180*5/100=18*5/10",
      "18*5=50+40=90",
      "90/10=9",
      "all: 18+9=27",
      "18: 27=18+9",
      "gcd(18,9)=9",
      "P: 18/27=(18/9)/(27/9)=2/3",
    ],
  );
});

/** The share of equally likely cases that count. */
function share<T>(cases: readonly T[], counts: (one: T) => boolean): string {
  const [over, under] = [cases.filter(counts).length, cases.length];
  const common = gcd(over, under);
  return `${over / common}/${under / common}`;
}

const lists = <T>(choices: readonly T[], length: number): T[][] =>
  length === 0 ? [[]] : lists(choices, length - 1).flatMap((list) => choices.map((one) => [...list, one]));

/** The probability by going through all cases; undefined for tests that err, which are computed below. */
function enumerated(one: Probability): string | undefined {
  switch (one.kind) {
    case "draw": {
      const things = one.counts.flatMap((count, sort) => Array<number>(count).fill(sort));
      return share(things, (sort) => one.wanted.includes(sort) !== one.isNot);
    }
    case "number": {
      const holds = (x: number) =>
        ({ more: x > one.k, less: x < one.k, least: x >= one.k, multiple: x % one.k === 0 })[one.condition];
      return share(
        Array.from({ length: one.n }, (_, i) => i + 1),
        holds,
      );
    }
    case "coins": {
      const heads = (tosses: number[]) => tosses.filter((toss) => toss === 1).length;
      return share(lists([0, 1], one.n), (tosses) =>
        one.condition === "exactly" ? heads(tosses) === one.k : heads(tosses) >= one.k,
      );
    }
    case "draws": {
      const things = one.counts.flatMap((count, sort) => Array<number>(count).fill(sort));
      const drawn = lists([...things.keys()], one.times).filter(
        (list) => one.isBack || new Set(list).size === list.length,
      );
      const [x, y] = one.sorts;
      return share(drawn, (list) => {
        const sorts = list.map((i) => things[i]);
        switch (one.event) {
          case "all":
            return sorts.every((sort) => sort === x);
          case "order":
            return sorts[0] === x && sorts[1] === y;
          case "each":
            return sorts.includes(x) && sorts.includes(y);
          case "some":
            return sorts.includes(x);
        }
      });
    }
    case "dice": {
      const [a, b] = one.sides;
      const throws = Array.from({ length: a * b }, (_, i) => (i % a) + 1 + Math.floor(i / a) + 1);
      return share(
        throws,
        (total) => ({ sum: total === one.k, least: total >= one.k, most: total <= one.k })[one.condition],
      );
    }
    case "trials": {
      const each = lists(
        Array.from({ length: one.under }, (_, i) => i < one.over),
        one.n,
      );
      return share(each, (list) =>
        one.event === "all" ? list.every(Boolean) : list.some(Boolean) === (one.event === "some"),
      );
    }
    case "totals":
    case "cells": {
      const people = [0, 1].flatMap((group) =>
        [0, 1].flatMap((trait) => Array.from({ length: one.cells[group]![trait]! }, () => ({ group, trait }))),
      );
      const given = people.filter((person) => person[one.given] === one[one.given]);
      const asked = one.given === "group" ? "trait" : "group";
      return share(given, (person) => person[asked] === one[asked]);
    }
    case "test":
      return undefined;
  }
}

it("gives what an enumeration gives, and ends in it", () => {
  let tests = 0;
  for (let i = 0; i < 600; i++) {
    const one = family.draw(Random.fromSeed(i), (i % 3) + 1);
    const answer = family.answer(one, "en");
    if (one.kind === "test") {
      tests++;
      const [ill, well] = [one.share * one.hits, (100 - one.share) * one.alarms];
      const [p, q] = answer.split("/").map(Number) as [number, number];
      assert.equal(p * (ill + well), q * ill);
    } else assert.equal(answer, enumerated(one), JSON.stringify(one));
  }
  assert.ok(tests > 10);
});

it("has one key for problems that differ in names and order only", () => {
  const same = (a: string, b: string) => assert.equal(keyOf(problem(a)!), keyOf(problem(b)!));
  same(
    "A bag holds 3 black and 5 grey beads. Two are drawn, without replacement. What is the probability that the first is black and the second is grey?",
    "袋里有5个紫球和3个粉球，不放回地取两个，先取到紫球、后取到粉球的概率是多少？",
  );
  same(
    "You roll a die with 4 faces and a die with 6 faces. What is the probability that the sum is 7?",
    "What is the probability that the sum is 7 with a die with 6 faces and a die with 4 faces?",
  );
  same(
    "Of 12 boys, 5 sing; of 15 girls, 6 sing. One of those who sing is chosen at random. What is the probability that this one is a girl?",
    "Of 15 cooks, 6 swim; of 12 poets, 5 swim. One of those who swim is chosen at random. What is the probability that this one is a cook?",
  );
});

it("reads typed questions, and leaves others alone", () => {
  for (const [typed, answer] of [
    ["3 red and 7 blue balls, what is the probability of drawing a red one?", "3/10"],
    [
      "5 red, 4 blue and 3 green balls. we draw 2 without replacement, what is the probability that both are red?",
      "5/33",
    ],
    ["What's the chance that the sum is 7 if you roll two dice?", "1/6"],
    ["probability of exactly 2 heads in 3 coin flips", "3/8"],
    ["3个红球和2个白球，任取一个，红球的概率", "3/5"],
  ] as const)
    assert.equal(problem(typed) && family.answer(problem(typed)!, "en"), answer, typed);
  for (const other of [
    "What is the probability that it rains tomorrow?",
    "A bag holds 3 red and 5 blue balls.",
    "A bag holds 3 black and 5 grey beads. One is drawn at random. What is the probability that it is striped?",
    "In how many ways can 3 heads come up in 5 tosses?",
    "You roll two dice. What is the probability that the sum is 13?",
    "A fair coin is tossed 3 times. What is the probability of exactly 5 heads?",
  ])
    assert.equal(problem(other), undefined, other);
});

it("refutes what a label doesn't stand for", () => {
  const question =
    "A bag holds 3 black and 5 grey beads. Two are drawn, without replacement. What is the probability that both are grey?";
  const judged = (reasoning: string, of = question) =>
    checkSteps({ question: of, reasoning, task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged("all: 3+5=8\nP: 5/8*5/8=25/64"), ["proved", "refuted"]);
  assert.deepEqual(judged("all: 3+5=8\nP: 5/8*4/7=20/56=5/14"), ["proved", "proved"]);
  assert.deepEqual(judged("all: 3+3=6"), ["refuted"]);
  const dice = "You roll two dice. What is the probability that the sum is 4?";
  assert.deepEqual(judged("all: 6*6=36\n1: 1+3=4\n2: 2+2=4\n3: 3+1=4", dice), Array(4).fill("proved"));
  assert.deepEqual(judged("1: 1+3=4\n2: 1+3=4", dice), ["proved", "refuted"]);
  assert.deepEqual(judged("1: 1+3=4\n3: 2+2=4", dice), ["proved", "refuted"]);
  assert.deepEqual(judged("1: 1+4=5", dice), ["refuted"]);
  const many =
    "A fair die with 20 faces shows 1 to 20. With what probability does it show a number that is divisible by 3?";
  assert.deepEqual(judged("wanted: 20/3>6", many), ["proved"]);
  assert.deepEqual(judged("wanted: 20/3>5", many), ["refuted"]);
});

it("takes a probability in any form", () => {
  const question = "You roll two dice. What is the probability that the sum is at most 3?";
  const verdict = (answer: string) => family.checker.checkAnswer!(problem(question)!, answer).verdict;
  for (const right of ["1/12", "3/36", "\\frac{1}{12}", "P = 1/12", "3 out of 36", "1 in 12", "36分之3"])
    assert.equal(verdict(right), "proved", right);
  const half = problem("A fair coin is tossed 2 times. What is the probability of exactly 1 head?")!;
  for (const right of ["0.5", "50%", "50\\%", "50 percent", "2/4"])
    assert.equal(family.checker.checkAnswer!(half, right).verdict, "proved", right);
  for (const wrong of ["1/13", "2/12", "0.08", "12"]) assert.equal(verdict(wrong), "refuted", wrong);
  for (const odd of ["twelve", "", "small"]) assert.equal(verdict(odd), "unknown", odd);
});
