// Modular arithmetic: traces by hand, typed questions, keys, lines and answers that are judged.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { modularArithmetic as family } from "./family.ts";
import { answerOf, powerModulo } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("reduces digit by digit, then combines", () => {
  assert.deepEqual(thought("What is 87 modulo 7?"), [
    "87/7>10",
    "10*7=70",
    "87-70=17",
    "17/7>2",
    "2*7=14",
    "17-14=3",
    "87 mod 7=3",
  ]);
  assert.deepEqual(thought("(15+20) mod 9 = ?"), [
    "15/9>1",
    "15-9=6",
    "15 mod 9=6",
    "20/9>2",
    "2*9=18",
    "20-18=2",
    "20 mod 9=2",
    "6+2=8",
    "(15+20) mod 9=(6+2) mod 9=8 mod 9=8",
  ]);
});

it("squares its way up to a power", () => {
  assert.deepEqual(thought("Find 3^5 mod 7."), [
    "5/2>2",
    "2/2=1",
    "3*3=9",
    "9/7>1",
    "9-7=2",
    "3^2 mod 7=9 mod 7=2",
    "2*2=4",
    "4*3=12",
    "12/7>1",
    "12-7=5",
    "3^5 mod 7=(4*3) mod 7=5",
  ]);
  for (let k = 1; k < 40; k++) assert.equal(BigInt(powerModulo(13, k, 29)), 13n ** BigInt(k) % 29n);
});

it("walks through multiples to an inverse and to a solution", () => {
  assert.deepEqual(thought("Find the inverse of 3 modulo 7."), [
    "2: 3+3=6",
    "3: 6+3=9",
    "9-7=2",
    "4: 2+3=5",
    "5: 5+3=8",
    "8-7=1",
    "(3*5) mod 7=1",
  ]);
  assert.deepEqual(
    thought("Solve 12x ≡ 3 (mod 5) for x.").slice(-3),
    ["3: 4+2=6", "6-5=1", "4: 1+2=3"].concat("(12*4) mod 5=3").slice(-3),
  );
});

it("reads typed questions in both languages, and leaves others alone", () => {
  const answer = (question: string) => answerOf(problem(question)!);
  assert.equal(answer("What is the remainder when 2^10 is divided by 11?"), 1);
  assert.equal(answer("求7的20次方除以9的余数。"), 4);
  assert.equal(answer("Solve 5x ≡ 3 (mod 7)."), 2);
  assert.equal(answer("解同余方程 4x = 1 mod 9"), 7);
  for (const other of [
    "Solve 4x ≡ 2 (mod 8).", // four solutions
    "What is 47 divided by 5?",
    "Solve 5x = 3.",
    "x = 17 % 5\nprint(x)",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for commuted problems, and for an inverse as a congruence", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("(15+20) mod 9 = ?"), key("(20 + 15) mod 9 = ?"));
  assert.equal(key("Find the inverse of 3 modulo 7."), key("Solve 3x ≡ 1 (mod 7)."));
  assert.notEqual(key("2^5 mod 9 = ?"), key("5^2 mod 9 = ?"));
});

it("judges its lines", () => {
  const judged = (question: string, lines: readonly string[]) =>
    checkSteps({ question, reasoning: lines.join("\n"), task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged("What is 87 modulo 7?", ["87/7>10", "87/7>20", "87 mod 7=3", "87 mod 7=4"]), [
    "proved",
    "refuted",
    "proved",
    "refuted",
  ]);
  assert.deepEqual(judged("Find 3^5 mod 7.", ["3^5 mod 7=(4*3) mod 7=5", "3^5 mod 7=(4*4) mod 7=2", "3^5=5"]), [
    "proved",
    "refuted",
    "refuted",
  ]);
  assert.deepEqual(judged("Find the inverse of 3 modulo 7.", ["2: 3+3=6", "4: 6+3=9"]), ["proved", "refuted"]);
});

it("accepts a class with its modulus, and the smallest solution without", () => {
  const verdict = (answer: string) => family.checker.checkAnswer!(problem("Solve 5x ≡ 3 (mod 7).")!, answer).verdict;
  for (const right of ["2", "x=2", "x ≡ 2 (mod 7)", "x \\equiv 9 \\pmod{7}"])
    assert.equal(verdict(right), "proved", right);
  for (const wrong of ["3", "9", "-5", "x ≡ 2 (mod 14)", "x=3"]) assert.equal(verdict(wrong), "refuted", wrong);
  assert.equal(verdict("two"), "unknown");
});

it("draws congruences with one solution", () => {
  for (let i = 0; i < 500; i++) {
    const drawn = family.draw(Random.fromSeed(i), 3);
    if (drawn.kind !== "congruence") continue;
    const solutions = Array.from({ length: drawn.m }, (_, x) => (drawn.a * x - drawn.b) % drawn.m === 0).filter(
      Boolean,
    );
    assert.equal(solutions.length, 1);
  }
});
