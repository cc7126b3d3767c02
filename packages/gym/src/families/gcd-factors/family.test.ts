// Divisibility: traces by hand, typed questions, keys, forms of an answer, false lines.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { gcdFactors as family } from "./family.ts";
import { answerOf, primeFactors } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("divides out primes in turn", () => {
  assert.deepEqual(thought("What are the prime factors of 252?"), [
    "252/2=126",
    "126/2=63",
    "3: 63=60+3+0",
    "63/3=21",
    "3: 21=21+0",
    "21/3=7",
    "3*3=9>7",
    "252=2*2*3*3*7",
  ]);
  assert.deepEqual(thought("Factor 97 into primes."), ["3: 97=90+6+1", "7: 97=70+21+6", "11*11=121>97"]);
});

it("tries the primes of the first number on the second", () => {
  assert.deepEqual(thought("gcd(84, 360)").slice(5), [
    "84=2*2*3*7",
    "360/2=180",
    "180/2=90",
    "3: 90=90+0",
    "90/3=30",
    "7: 30=28+2",
    "gcd(84,360)=2*2*3=4*3=12",
  ]);
  assert.deepEqual(thought("lcm(4, 6)"), ["4/2=2", "2*2=4>2", "4=2*2", "6/2=3", "lcm(4,6)=4*3", "4*3=12"]);
  assert.equal(thought("lcm(12, 6)").at(-1), "lcm(12,6)=12");
  assert.equal(thought("gcd(9, 4)").at(-1), "gcd(9,4)=1");
});

it("reads typed questions in many names", () => {
  for (const typed of [
    "GCD(84,360)",
    "What is the HCF of 84 and 360?",
    "greatest common factor of 84, 360",
    "求84和360的最大公因数",
  ])
    assert.deepEqual(problem(typed), { asks: "gcd", a: 84, b: 360 }, typed);
  assert.deepEqual(problem("Least common multiple of 4 and 6"), { asks: "lcm", a: 4, b: 6 });
  assert.deepEqual(problem("把360分解质因数"), { asks: "factors", a: 360 });
  for (const other of [
    "What is 84 plus 360?",
    "84/360",
    "factor x^2-4",
    "gcd(84)",
    "gcd(1,2)",
    "gcd(4,6,8)",
    "12+30: gcd?",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for swapped numbers", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("gcd(84,360)"), key("gcd(360,84)"));
  assert.notEqual(key("gcd(84,360)"), key("lcm(84,360)"));
});

it("accepts equal forms of the answer and refuses unfinished ones", () => {
  const verdict = (question: string, answer: string) => family.checker.checkAnswer!(problem(question)!, answer).verdict;
  for (const right of ["2*2*3*7", "2^2*3*7", "7\\cdot 3\\cdot 2^2", "84 = 2^2 × 3 × 7"])
    assert.equal(verdict("Factor 84 into primes.", right), "proved", right);
  for (const wrong of ["84", "4*3*7", "2*3*7", "2*42", "2*2*3*7*1"])
    assert.equal(verdict("Factor 84 into primes.", wrong), "refuted", wrong);
  assert.equal(verdict("gcd(84,360)", "12"), "proved");
  assert.equal(verdict("gcd(84,360)", "6"), "refuted");
});

it("refutes false lines and links none that wasn't asked", () => {
  const step = (line: string) => checkSteps({ question: "gcd(84,360)", reasoning: line, task: family.id })[0]!;
  for (const wrong of ["gcd(84,360)=6", "84/2=43", "7: 84=70+7+7", "5*5=25>84", "84=2*2*3*8"])
    assert.equal(step(wrong).verdict, "refuted", wrong);
  assert.deepEqual(step("84/2=42").from, [-1]);
  assert.deepEqual(step("66/2=33").from, []);
});

it("draws three digits, primes and coprime pairs too, divided by primes of the table only", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 2000; i++) {
    const drawn = family.draw(Random.fromSeed(i), family.defaultLevel);
    assert.ok(drawn.a <= 999 && (drawn.asks === "factors" || drawn.b <= 999));
    if (drawn.a > 99) seen.add("three digits");
    if (drawn.asks === "factors" && primeFactors(drawn.a).length === 1) seen.add("prime");
    if (drawn.asks === "gcd" && answerOf(drawn) === "1") seen.add("coprime");
    for (const line of family.trace(drawn, "en")) {
      const divisor = /^(\d+): \d+=/.exec(line)?.[1];
      if (divisor !== undefined) assert.ok(Number(divisor) <= 31, line);
    }
  }
  assert.equal(seen.size, 3);
});
