// Inequalities: traces by hand, solutions against the question at many numbers, typed questions, forms of an answer, false lines.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps, grade } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { inequalities as family } from "./family.ts";
import type { Inequality, Side } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");
const answer = (question: string) => family.answer(problem(question)!, "en");

it("turns the sign where it divides by a negative number", () => {
  assert.deepEqual(thought("Solve -3x+5<11."), ["-3x+5<11", "-3x<11-5=6", "x>6/(-3)=-6/3=-2"]);
  assert.deepEqual(thought("5 - 2t ≥ 4t + 9"), [
    "-2t+5>=4t+9",
    "-2t-4t>=9-5",
    "-2t-4t=-(2t+4t)=-6t",
    "9-5=4",
    "-6t>=4",
    "t<=4/(-6)=-4/6",
    "gcd(4,6)=2",
    "-4/6=-(4/2)/(6/2)=-2/3",
    "t<=-2/3",
  ]);
  assert.deepEqual(thought("-3 < 1-2x <= 7"), [
    "-3<-2x+1<=7",
    "-3-1<-2x<=7-1",
    "-3-1=-(3+1)=-4",
    "7-1=6",
    "-4<-2x<=6",
    "-4/(-2)>x>=6/(-2)",
    "-4/(-2)=4/2=2",
    "6/(-2)=-6/2=-3",
    "-3<=x<2",
  ]);
  assert.deepEqual(thought("-x^2+5x-6>0"), [
    "-x^2+5x-6>0",
    "x^2-5x+6<0",
    "D=5^2-4*1*6",
    "5^2=25",
    "4*1*6=4*6=24",
    "D=25-24=1=1^2",
    "x1=(5+1)/(2*1)=6/2=3",
    "x2=(5-1)/(2*1)=4/2=2",
    "2<x<3",
  ]);
});

/** Whether a number solves the question. */
function holds({ sides, signs }: Inequality, x: number): boolean {
  const values = sides.map(([c, b, a]: Side) => c + b * x + a * x * x);
  return signs.every((sign, i) => {
    const [left, right] = [values[i]!, values[i + 1]!];
    return sign === "<" ? left < right : sign === ">" ? left > right : sign === "<=" ? left <= right : left >= right;
  });
}

/** Whether a number lies in an answer: relations of the letter and fractions, with `or`. */
function lies(text: string, letter: string, x: number): boolean {
  if (text.startsWith("all")) return true;
  if (text.startsWith("no")) return false;
  const number = (side: string) => {
    const [over = 0, under = 1] = side.split("/").map(Number);
    return side === letter ? x : over / under;
  };
  return text.split(" or ").some((part) => {
    const pieces = part.split(/(<=|>=|!=|[<>=])/);
    for (let i = 1; i < pieces.length; i += 2) {
      const [left, right] = [number(pieces[i - 1]!), number(pieces[i + 1]!)];
      const isEqual = Math.abs(left - right) < 1e-12;
      const sign = pieces[i]!;
      const isTrue =
        sign === "="
          ? isEqual
          : sign === "!="
            ? !isEqual
            : isEqual
              ? sign.length === 2
              : (sign[0] === "<") === left < right;
      if (!isTrue) return false;
    }
    return true;
  });
}

it("has the solutions of the question, at wholes and halves", () => {
  for (let i = 0; i < 900; i++) {
    const drawn = family.draw(Random.fromSeed(i), (i % 3) + 1);
    const text = family.answer(drawn, "en");
    for (let x = -30; x <= 30; x += 0.5)
      assert.equal(lies(text, drawn.letter, x), holds(drawn, x), `${family.key(drawn)}: ${text} at ${x}`);
  }
});

it("reads typed questions, and leaves others alone", () => {
  for (const [typed, value] of [
    ["solve 2x+3 \\le 9", "x<=3"],
    ["$9 \\geq 2x+3$", "x<=3"],
    ["For which n is 7>3n-2?", "n<3"],
    ["解不等式 4－x ＞ 2x － 5".replaceAll("－", "-"), "x<3"],
    ["x² ≥ 4", "x<=-2 or x>=2"],
    ["x^2+1>0", "all real numbers"],
    ["x^2+1<=0", "no solution"],
    ["x^2<=0", "x=0"],
    ["x^2-2x+1>0", "x!=1"],
    ["10 >= 3y+1 > -5", "-2<y<=3"],
    ["x^2+3x < x+8", "-4<x<2"],
  ] as const)
    assert.equal(answer(typed), value, typed);
  for (const other of [
    "x>3",
    "Ann>Bob, Bob>Dan",
    "2x+3=9",
    "2x+3<9 and x>1",
    "2x+3y<9",
    "x = 4\nwhile x+1 < 10:\n    x = x+1\nprint(x)",
    "x^2<2",
    "0x+3<5",
    "5<2x+1<3",
    "x^3<8",
    "<b>3x</b>",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for any letter and side", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("2x+3<9"), key("9 > 3+2t"));
  assert.equal(key("2x+3<9-x"), key("9-t > 3+2t"));
  assert.notEqual(key("2x+3<9"), key("2x+3<=9"));
});

it("accepts any form of the solutions and refutes others", () => {
  const verdict = (question: string, text: string) => family.checker.checkAnswer!(problem(question)!, text).verdict;
  const double = "-3 < 1-2x <= 7";
  for (const right of ["-3<=x<2", "2>x≥-3", "[-3,2)", "x\\in[-3,2)", "x>=-3 and x<2", "{x | -3 <= x < 2}", "-3≤x<2"])
    assert.equal(verdict(double, right), "proved", right);
  for (const wrong of ["-3<x<2", "-3<=x<=2", "(-3,2)", "x<2", "x>=-3", "-3<=x<3", "no solution", "全体实数"])
    assert.equal(verdict(double, wrong), "refuted", wrong);
  for (const unsolved of ["-3 < 1-2x <= 7", "-4<-2x<=6", "2x>=-6 and x<2", "", "x"])
    assert.equal(verdict(double, unsolved), "unknown", unsolved);
  for (const right of ["x<-2 or x>2", "x>2或x<-2", "(-∞,-2)∪(2,∞)", "x\\in(-\\infty,-2)\\cup(2,\\infty)"])
    assert.equal(verdict("x^2>4", right), "proved", right);
  assert.equal(verdict("x^2>4", "x>2"), "refuted");
  assert.equal(verdict("x^2+1>0", "\\mathbb{R}"), "proved");
  assert.equal(verdict("x^2+1>0", "所有实数"), "proved");
  assert.equal(verdict("x^2+1>0", "无解"), "refuted");
  assert.equal(verdict("2x<=3", "x<=1.5"), "proved");
  const graded = (response: string) => {
    const asked = problem("2x<=3")!;
    const verifier = family.verifier(asked, "en");
    return grade({ problem: "Solve 2x<=3.", response: `\\boxed{${response}}`, reference: "x<=3/2", verifier }).verdict;
  };
  assert.deepEqual(["(-∞, 3/2]", "x<3/2", "2x<=3"].map(graded), ["proved", "refuted", "unknown"]);
});

it("refutes false lines", () => {
  const judged = (question: string, reasoning: string) =>
    checkSteps({ question, reasoning, task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged("Solve -3x+5<11.", "-3x<11-5=6\nx<6/(-3)=-2"), ["proved", "refuted"]);
  assert.deepEqual(judged("Solve -3x+5<11.", "-3x<11+5=17"), ["refuted"]);
  assert.deepEqual(judged("x^2-5x+6>=0", "D=5^2-4*1*6\nD=25-24=1\nx1=4"), ["proved", "proved", "refuted"]);
});
