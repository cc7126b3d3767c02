// Propositional logic: formulas by hand, answers against a second way of deciding, balance, notations, and false lines refuted.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { sharedRuns } from "../../overlap.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawProblem, LOGIC_LEVELS, TASKS } from "./draw.ts";
import { propositionalLogic as family } from "./family.ts";
import { type Formula, readFormula, write } from "./formula.ts";
import { isYes, type Problem, problemKey, variables } from "./problem.ts";
import { JOINTS, THEMES } from "./themes.ts";
import { readProblem } from "./wordings.ts";

const LANGUAGES = ["en", "zh"] as const;
const NAMES = ["p", "q", "r", "s"];

function problems(count: number, level?: number): Problem[] {
  const random = Random.fromSeed(2026).split("logic tests");
  return Array.from({ length: count }, (_, i) => drawProblem(random.split(i), level ?? 1 + (i % LOGIC_LEVELS)));
}

/** Truth by JavaScript's own operators. */
function evaluate(formula: Formula, bits: number): boolean {
  const source = write(formula, NAMES)
    .replaceAll("<->", "===")
    .replaceAll("->", "<=")
    .replaceAll("not ", "!")
    .replaceAll("and", "&&")
    .replaceAll("or", "||");
  const values = NAMES.map((_, i) => ((bits >> i) & 1) === 1);
  return new Function(...NAMES, `return Boolean(${source})`)(...values);
}

const QUESTION =
  "If Ann comes, then Bob does not come. Bob comes or Dan comes. Does it follow that if Ann comes, then Dan comes?";

describe("propositional logic", () => {
  it("answers as JavaScript's operators do", () => {
    for (const problem of problems(90)) {
      const { task, formulas } = problem;
      const rows = Array.from({ length: 2 ** variables(problem).length }, (_, bits) =>
        formulas.map((f) => evaluate(f, bits)),
      );
      const yes =
        task === "entailment"
          ? rows.every((row) => row.at(-1) || row.slice(0, -1).includes(false))
          : task === "equivalence"
            ? rows.every((row) => row[0] === row[1])
            : rows.some((row) => !row.includes(false));
      assert.equal(isYes(problem), yes, JSON.stringify(problem));
    }
  });

  it("answers yes and no equally often in each task", () => {
    const drawn = problems(600, 2);
    for (const task of TASKS) {
      const some = drawn.filter((problem) => problem.task === task);
      const yes = some.filter(isYes).length / some.length;
      assert.ok(yes > 0.4 && yes < 0.6, `${task}: ${yes}`);
    }
  });

  it("shares a key under other names and commuted parts", () => {
    const read = (question: string) => problemKey(readProblem(question)!);
    const same = [
      "x -> z, y & x. Does it follow that z?",
      "如果徐刚来，那么罗莎来；黄丽来并且徐刚来。能推出“罗莎来”吗？",
    ];
    assert.equal(new Set(same.map(read)).size, 1);
    assert.notEqual(read("x -> z, y & x. Does it follow that z?"), read("z -> x, y & x. Does it follow that z?"));
  });

  it("is decided case by case", () => {
    assert.deepEqual(family.trace(readProblem(QUESTION)!, "en"), [
      "first: Ann -> not Bob",
      "second: Bob or Dan",
      "claim: Ann -> Dan",
      "Ann=T, claim: T -> Dan; Dan",
      "Ann=T, first: T -> not Bob; not Bob",
      "Ann=T, second: Bob or Dan",
      "Ann=T, Bob=T, claim: T -> Dan; Dan",
      "Ann=T, Bob=T, first: T -> not T; F",
      "Ann=T, Bob=F, claim: T -> Dan; Dan",
      "Ann=T, Bob=F, first: T -> not F; T",
      "Ann=T, Bob=F, second: F or Dan; Dan",
      "Ann=T, Bob=F, Dan=T, claim: T -> T; T",
      "Ann=T, Bob=F, Dan=F, claim: T -> F; F",
      "Ann=T, Bob=F, Dan=F, first: T -> not F; T",
      "Ann=T, Bob=F, Dan=F, second: F or F; F",
      "Ann=F, claim: F -> Dan; T",
      "found: none",
    ]);
  });

  it("has false lines refuted, each with a witness", () => {
    for (const line of [
      "first: Ann -> Bob",
      "claim: Dan -> Ann",
      "Ann=T, claim: T -> Dan; T",
      "Ann=T, Bob=T, first: T -> not T; T",
      "Ann=T, Bob=F, second: F or Dan; not Dan",
      "found: Ann=T, Bob=F, Dan=T",
      "found: Ann=T",
    ]) {
      const step = checkSteps({ question: QUESTION, reasoning: line, task: family.id })[0]!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
    }
    const wrong = QUESTION.replace("then Dan comes?", "then Dan does not come?");
    assert.equal(checkSteps({ question: wrong, reasoning: "found: none", task: family.id })[0]!.verdict, "refuted");
  });

  it("takes answers in other words, and refutes the opposite", () => {
    for (const [answer, verdict] of [
      ["yes", "proved"],
      ["Yes.", "proved"],
      ["no", "refuted"],
      ["perhaps", "unknown"],
    ] as const)
      assert.equal(
        checkAnswer({ question: QUESTION, response: `\\boxed{${answer}}`, task: family.id }).verdict,
        verdict,
      );
    for (const language of LANGUAGES)
      for (const { messages, answer, verifier } of generate({ task: family.id, seed: 4, count: 40, language })) {
        const [yes, no] = language === "en" ? ["yes", "no"] : ["是", "否"];
        const response = `\\boxed{${answer === yes ? no : yes}}`;
        const problem = messages[0]!.content;
        assert.equal(checkAnswer({ question: problem, response, task: family.id }).verdict, "refuted");
        assert.equal(grade({ problem, response, reference: answer, verifier }).verdict, "refuted");
      }
  });

  it("reads all notations with the usual precedence", () => {
    for (const text of ["¬p ∧ q → r ∨ p", "~p & q -> r | p", "!p && q => r || p", "(not p and q) -> (r or p)"])
      assert.equal(write(readFormula(text, NAMES)!, NAMES), "(not p and q) -> (r or p)", text);
    assert.equal(write(readFormula("p -> q -> r", NAMES)!, NAMES), "p -> (q -> r)");
    for (const text of ["", "p p", "p ->", "(p", "p)", "p and x", "~".repeat(500), "(".repeat(500)])
      assert.equal(readFormula(text, NAMES), undefined, text);
  });

  it("has sentences and joints that held-out and trained wordings don't share", () => {
    for (const language of LANGUAGES) {
      const { trained, heldOut } = JOINTS[language];
      const texts = (joints: typeof trained) => Object.values(joints).flat() as string[];
      assert.deepEqual(sharedRuns(texts(trained), heldOut.flatMap(texts), language), []);
      for (const theme of THEMES.slice(1)) {
        const { trained: known = [], heldOut: held = [] } = theme[language];
        const said = (clauses: typeof known) => clauses.flatMap(({ yes, no }) => [yes, no]);
        assert.deepEqual(
          said(known).filter((text) => said(held).includes(text)),
          [],
        );
      }
    }
  });
});
