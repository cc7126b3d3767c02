// Family relations: composed relations against the whole tree, words of both languages, traces by hand, typed questions, other relations refuted.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawProblem, FAMILY_LEVELS } from "./draw.ts";
import { familyRelations as family } from "./family.ts";
import { composed, isSameKin, KINDS, kinOf, kinWord, STEPS } from "./kin.ts";
import { isSound, type Problem, problemKey, relation, relationByTree } from "./problem.ts";
import { readProblem } from "./wordings.ts";

function problems(count: number): Problem[] {
  const random = Random.fromSeed(2026).split("family tests");
  return Array.from({ length: count }, (_, i) => drawProblem(random.split(i), 1 + (i % FAMILY_LEVELS)));
}

const QUESTION =
  "Ann is Bob's sister. Bob is the father of Sue, Sue is the mother of Leo. Zoe is Sue's daughter. What is Bob to Leo?";
const verdict = (question: string, box: string) =>
  checkAnswer({ question, response: `\\boxed{${box}}`, task: family.id }).verdict;

describe("family relations", () => {
  it("are those of the whole tree", () => {
    for (const problem of problems(600)) {
      assert.ok(isSound(problem.facts));
      const [kin, byTree] = [relation(problem)!, relationByTree(problem)!];
      assert.ok(
        isSameKin(kin, byTree) && kin.via === byTree.via,
        `${problemKey(problem)}: ${JSON.stringify([kin, byTree])}`,
      );
    }
  });

  it("leave open what the tree leaves open", () => {
    // All chains of up to three facts: wherever a relation is composed the tree has it, too.
    let made = 0;
    const genders = ["female", "male"] as const;
    const one = STEPS.flatMap((step) => genders.map((gender) => ({ step, gender })));
    for (const a of one)
      for (const b of one)
        for (const c of one) {
          const facts = [a, b, c].map((fact, i) => ({ ...fact, who: i, to: i + 1 }));
          const kin = relation({ facts, who: 0, to: 3 });
          if (kin === undefined) continue;
          made++;
          assert.ok(isSameKin(kin, relationByTree({ facts, who: 0, to: 3 })!), JSON.stringify(facts));
        }
    assert.ok(made > 60, `${made}`);
    assert.equal(composed("parent", "female", { kind: "child", gender: "male" }), undefined);
    assert.equal(composed("sibling", "male", { kind: "parent", gender: "male" }), undefined);
  });

  it("have a word each, which is read as the same relation", () => {
    for (const { people: _, ...problem } of problems(200))
      for (const language of ["en", "zh"] as const) {
        const kin = relation(problem)!;
        assert.ok(isSameKin(kinOf(kinWord(kin, language))!, kin));
      }
    assert.equal(kinWord({ kind: "grandparent", gender: "male", via: "female" }, "zh"), "外祖父");
    assert.equal(kinWord({ kind: "niece-nephew", gender: "female", via: "male" }, "zh"), "侄女");
    assert.equal(kinWord({ kind: "aunt-uncle", gender: "female", via: "male" }, "zh"), "姑母");
    assert.deepEqual(
      new Set(KINDS.map((kind) => kinOf(kinWord({ kind, gender: "female" }, "en"))!.kind)),
      new Set(KINDS),
    );
  });

  it("share a key under other names, another order and facts beside the way", () => {
    const key = (question: string) => problemKey(readProblem(question)!);
    assert.equal(key(QUESTION), key("小红是大伟的母亲。建国是小红的父亲。建国是大伟的什么人？"));
    assert.notEqual(key(QUESTION), key(QUESTION.replace("Bob to Leo", "Ann to Sue")));
  });

  it("are found one more fact at a time", () => {
    assert.deepEqual(family.trace(readProblem(QUESTION.replace("Bob to Leo", "Ann to Sue"))!, "en"), [
      "Ann: sister of Bob",
      "Bob: father of Sue",
      "Bob to Sue: father",
      "Ann to Sue: sister of father; aunt",
    ]);
    assert.deepEqual(family.trace(readProblem("小红是大伟的母亲。建国是小红的父亲。建国是大伟的什么人？")!, "zh"), [
      "建国: 父亲 of 小红",
      "小红: 母亲 of 大伟",
      "小红 to 大伟: 母亲",
      "建国 to 大伟: 父亲 of 母亲; 外祖父",
    ]);
  });

  it("have false lines refuted, each with a witness", () => {
    for (const line of [
      "Bob: brother of Sue",
      "Bob: father of Leo",
      "Sue: daughter of Bob",
      "Sue to Leo: sister",
      "Bob to Leo: father of mother; father",
      "Bob to Leo: brother of mother; uncle",
      "Bob to Leo: father of sister; grandfather",
      "Bob to Leo: grandmother",
    ]) {
      const step = checkSteps({ question: QUESTION, reasoning: line, task: family.id })[0]!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
    }
  });

  it("take other words for the same relation, and no other relation", () => {
    for (const [answer, expected] of [
      ["grandfather", "proved"],
      ["Grandpa", "proved"],
      ["Bob is Leo's grandfather.", "proved"],
      ["外祖父", "proved"],
      ["外公", "proved"],
      ["祖父", "refuted"],
      ["grandmother", "refuted"],
      ["father", "refuted"],
      ["friend", "unknown"],
    ] as const)
      assert.equal(verdict(QUESTION, answer), expected, answer);
    for (const language of ["en", "zh"] as const)
      for (const { messages, answer, verifier } of generate({ task: family.id, seed: 4, count: 50, language })) {
        const problem = messages[0]!.content;
        const kin = kinOf(answer)!;
        const wrong = kinWord({ ...kin, kind: KINDS[(KINDS.indexOf(kin.kind) + 1) % 4]! }, language);
        const response = `\\boxed{${wrong}}`;
        assert.equal(verdict(problem, wrong), "refuted", problem);
        assert.equal(grade({ problem, response, reference: answer, verifier }).verdict, "refuted", problem);
      }
  });

  it("are read from typed questions", () => {
    for (const [question, answer] of [
      ["Mary is the mother of Tim. Tim is John's brother. Who is Mary to John?", "mother"],
      ["Peter's son is Carl. Carl's daughter is Nina. How is Nina related to Peter?", "granddaughter"],
      ["小明是小红的兄弟，小红是小刚的母亲，小刚叫小明什么？", "uncle"],
    ] as const) {
      const problem = readProblem(question);
      assert.ok(problem !== undefined, question);
      assert.equal(family.answer(problem, "en"), answer, question);
    }
  });

  it("leave other texts alone", () => {
    for (const text of [
      "",
      "Ann is Bob's sister. What is Ann to Bob?",
      "Ann is Bob's mother. Bob is Leo's son. What is Ann to Leo?",
      "Ann is Bob's mother. Zoe is Bob's mother. Bob is Eve's father. What is Ann to Eve?",
      "Ann is Bob's sister, Bob is Ann's brother. What is Ann to Leo?",
      "Ann is Bob's friend. Bob is Leo's father. What is Ann to Leo?",
      "小明是小红的父亲。小红是小刚的什么人？",
      "Ann is Bob's mother. ".repeat(29),
    ])
      assert.equal(readProblem(text), undefined, text.slice(0, 60));
  });
});
