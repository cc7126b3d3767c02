// First-order logic: truth against the models of verify and against JavaScript, balance, traces by hand, typed questions, false lines refuted.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, type Formula, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { cellsOf, drawProblem, FIRST_ORDER_LEVELS } from "./draw.ts";
import { firstOrderLogic as family } from "./family.ts";
import { write } from "./formula.ts";
import { cellOf, type Problem, problemKey, renumbered, truth } from "./problem.ts";
import { wordsOf } from "./themes.ts";
import { readProblem } from "./wordings.ts";

function problems(count: number, level?: number): Problem[] {
  const random = Random.fromSeed(2026).split("first-order tests");
  return Array.from({ length: count }, (_, i) => drawProblem(random.split(i), level ?? 1 + (i % FIRST_ORDER_LEVELS)));
}

/** A formula as JavaScript, with arrays of things. */
function source(formula: Formula): string {
  switch (formula.kind) {
    case "truth":
      return String(formula.value);
    case "atom":
      return `holds[${formula.name}].has([${formula.of.join()}].join())`;
    case "not":
      return `!(${source(formula.of)})`;
    case "every":
    case "some":
      return `things.${formula.kind}((${formula.variable}) => ${source(formula.of)})`;
    default: {
      const sign = { and: "&&", or: "||", xor: "!==", implies: "<=", iff: "===" }[formula.kind];
      return `(Boolean(${source(formula.left)}) ${sign} Boolean(${source(formula.right)}))`;
    }
  }
}

const QUESTION =
  "There are only Ann, Bob and Dan. Ann is tall. Bob is happy and fond of Dan. Dan is tall and fond of Bob. Nothing else holds. Is it true that every tall person is fond of some happy person?";
const SIGNED = "Domain {b, c}. P(b), R(b,c), R(c,c). Everything else is false. True or false: ∀x∃y (R(x,y) ∧ ¬P(y))?";

const answerTo = (question: string, box: string) =>
  checkAnswer({ question, response: `\\boxed{${box}}`, task: family.id }).verdict;

describe("first-order logic", () => {
  it("has the truth that JavaScript's arrays give", () => {
    for (const problem of problems(300)) {
      const things = Array.from({ length: problem.things }, (_, thing) => thing);
      const holds = problem.predicates.map((predicate) => new Set(predicate.holds.map((tuple) => tuple.join())));
      const value = new Function("things", "holds", `return ${source(problem.formula)}`)(things, holds);
      assert.equal(truth(problem, problem.formula), value, write(problem.formula, wordsOf(problem, "en")));
    }
  });

  it("is true half of the time in each cell", () => {
    for (const level of [1, 2, 3]) {
      const drawn = problems(level === 1 ? 300 : 800, level);
      for (const cell of cellsOf(level)) {
        const some = drawn.filter((problem) => cellOf(problem) === cell);
        const share = some.filter((problem) => truth(problem, problem.formula)).length / some.length;
        assert.ok(some.length > 50 && share > 0.32 && share < 0.68, `${level} ${cell}: ${share} of ${some.length}`);
      }
    }
  });

  it("means the same with and without oneself where it is asked in words", () => {
    for (const problem of problems(300))
      if (problem.theme > 0)
        assert.equal(truth(problem, problem.formula), truth(problem, problem.formula, new Map(), true));
  });

  it("shares a key under other names, other predicates and commuted parts", () => {
    for (const problem of problems(60)) {
      const thing = (old: number) => problem.things - 1 - old;
      const last = problem.predicates.length - 1;
      const other = {
        ...problem,
        predicates: problem.predicates
          .map(({ arity, holds }) => ({ arity, holds: holds.map((tuple) => tuple.map(thing)).reverse() }))
          .reverse(),
        formula: renumbered(problem.formula, (old) => last - old, thing),
      };
      assert.equal(problemKey(other), problemKey(problem));
    }
    const read = (text: string) => problemKey(readProblem(text)!);
    assert.equal(read(SIGNED), read(SIGNED.replace("R(x,y) ∧ ¬P(y)", "¬P(z) ∧ R(x,z)").replace("∃y", "∃z")));
    assert.notEqual(read(SIGNED), read(SIGNED.replace("∀x∃y", "∃y∀x")));
  });

  it("is decided by putting things in", () => {
    assert.deepEqual(family.trace(readProblem(QUESTION)!, "en"), [
      "things: Ann, Bob, Dan",
      "tall: Ann, Dan",
      "happy: Bob",
      "fond: Bob-Dan, Dan-Bob",
      "claim: every x (tall(x) -> some y (happy(y) and fond(x,y)))",
      "x=Ann: tall(Ann) -> some y (happy(y) and fond(Ann,y)); T -> some y (happy(y) and fond(Ann,y)); some y (happy(y) and fond(Ann,y))",
      "x=Ann, y=Ann: happy(Ann) and fond(Ann,Ann); F and F; F",
      "x=Ann, y=Bob: happy(Bob) and fond(Ann,Bob); T and F; F",
      "x=Ann, y=Dan: happy(Dan) and fond(Ann,Dan); F and F; F",
      "x=Ann: no witness; F",
      "claim: counterexample x=Ann; F",
    ]);
    assert.deepEqual(family.trace(readProblem(SIGNED)!, "en"), [
      "things: b, c",
      "R: b-c, c-c",
      "P: b",
      "claim: every x some y (R(x,y) and not P(y))",
      "x=b: some y (R(b,y) and not P(y))",
      "x=b, y=b: R(b,b) and not P(b); F and not T; F and F; F",
      "x=b, y=c: R(b,c) and not P(c); T and not F; T and T; T",
      "x=b: witness y=c; T",
      "x=c: some y (R(c,y) and not P(y))",
      "x=c, y=b: R(c,b) and not P(b); F and not T; F and F; F",
      "x=c, y=c: R(c,c) and not P(c); T and not F; T and T; T",
      "x=c: witness y=c; T",
      "claim: no counterexample; T",
    ]);
  });

  it("has false lines refuted, each with a witness", () => {
    const lines = family.trace(readProblem(QUESTION)!, "en");
    for (const [before, line] of [
      [0, "things: Ann, Bob"],
      [1, "tall: Ann, Bob"],
      [3, "fond: Bob-Dan"],
      [4, "claim: every x (tall(x) and some y (happy(y) and fond(x,y)))"],
      [4, "claim: some x (tall(x) -> some y (happy(y) and fond(x,y)))"],
      [5, "x=Ann: tall(Bob) -> some y (happy(y) and fond(Ann,y))"],
      [5, "x=Ann: tall(Ann) -> some y (happy(y) and fond(Ann,y)); F -> some y (happy(y) and fond(Ann,y)); T"],
      [7, "x=Ann, y=Bob: happy(Bob) and fond(Ann,Bob); F and F; F"],
      [7, "x=Ann, y=Bob: happy(Bob) and fond(Ann,Bob); T and F; T"],
      [7, "x=Ann, z=Bob: happy(Bob) and fond(Ann,Bob)"],
      [9, "x=Ann: witness y=Bob; T"],
      [9, "x=Ann: no witness; T"],
      [9, "x=Ann: no counterexample; T"],
      [5, "x=Dan: no witness; F"],
      [10, "claim: no counterexample; T"],
      [10, "claim: counterexample x=Bob; F"],
    ] as const) {
      const reasoning = [...lines.slice(0, before), line].join("\n");
      const step = checkSteps({ question: QUESTION, reasoning, task: family.id }).at(-1)!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
    }
    // A longer look is no error.
    const more = "x=Dan: tall(Dan) -> some y (happy(y) and fond(Dan,y)); T";
    const step = checkSteps({ question: QUESTION, reasoning: [...lines, more].join("\n"), task: family.id }).at(-1)!;
    assert.equal(step.verdict, "proved");
  });

  it("takes answers in other words, and refutes the opposite", () => {
    for (const [answer, verdict] of [
      ["false", "proved"],
      ["No.", "proved"],
      ["\\text{false}", "proved"],
      ["假", "proved"],
      ["true", "refuted"],
      ["perhaps", "unknown"],
    ] as const)
      assert.equal(answerTo(QUESTION, answer), verdict, answer);
    for (const language of ["en", "zh"] as const)
      for (const { messages, answer, verifier } of generate({ task: family.id, seed: 4, count: 60, language })) {
        const problem = messages[0]!.content;
        const opposite = { true: "false", false: "true", 真: "假", 假: "真" }[answer]!;
        const response = `\\boxed{${opposite}}`;
        assert.equal(answerTo(problem, opposite), "refuted", problem);
        assert.equal(grade({ problem, response, reference: answer, verifier }).verdict, "refuted", problem);
      }
  });

  it("reads typed questions in signs and words", () => {
    for (const [question, claim] of [
      ["In the domain {b, c, d} only these hold: F(b), F(c). Is \\forall x F(x) true?", "every x F(x)"],
      ["D = {u, v}, P = {u}, R = {(u,v)}; nothing else. exists x (P(x) & R(x,v))?", "some x (P(x) and R(x,v))"],
      [
        "Things: b, c, d. L(b,b). All else? No, nothing else. ∃x L(x,x) → ∃y ¬L(y,y), true?",
        "(some x L(x,x)) -> (some y not L(y,y))",
      ],
      [
        "Ann, Bob and Dan sit here. Ann is tall, Bob is tall. No other facts. Each person is tall, right?",
        "every x tall(x)",
      ],
      [
        "这里有小明、小红和小刚。小明会唱歌，小红喜欢小明。其他都不成立。没有一个会唱歌的人喜欢小明，对吗？",
        "not some x (会唱歌(x) and 喜欢(x,小明))",
      ],
    ] as const) {
      const problem = readProblem(question);
      assert.ok(problem !== undefined, question);
      const text = write(problem.formula, problem.words!);
      assert.equal(text.replace(/[()]/g, ""), claim.replace(/[()]/g, ""), question);
    }
  });

  it("leaves other texts alone", () => {
    for (const text of [
      "",
      "Is every tall person happy?",
      "Ann is tall, Bob is tall. Is every person tall?",
      "∀x P(x). Nothing else.",
      "D = {b, c}. P = {b}. Nothing else. ∀x Q(z)?",
      "D = {b, c}. P = {b}. Nothing else. ∀x P(x)? ∃x P(x)?",
      "D = {b, c}. P(e). Nothing else. ∀x P(x)?",
      "Nothing else: every ".repeat(40),
      "Nothing else. D = {b, c}. ∀x ".repeat(30),
      `Nothing else. D = {b, c}. ${"(".repeat(400)}∀x P(x)`,
    ])
      assert.equal(readProblem(text), undefined, text.slice(0, 60));
  });
});
