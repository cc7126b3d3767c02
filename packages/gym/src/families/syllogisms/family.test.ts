// Syllogisms: answers against all models of up to four classes, balance, traces by hand, typed questions, false lines refuted.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { drawProblem, SYLLOGISM_LEVELS } from "./draw.ts";
import { syllogisms as family } from "./family.ts";
import { classesOf, FORMS, follows, followsByClosure, type Problem, problemKey, type Statement } from "./problem.ts";
import { readProblem } from "./wordings.ts";

function problems(count: number, level?: number): Problem[] {
  const random = Random.fromSeed(2026).split("syllogism tests");
  return Array.from({ length: count }, (_, i) => drawProblem(random.split(i), level ?? 1 + (i % SYLLOGISM_LEVELS)));
}

/** Whether a statement holds in a model: the set of regions in which there is something, a region being the set of its classes, both as bits. */
function holds({ form, subject, predicate }: Statement, model: number): boolean {
  const members = Array.from({ length: 16 }, (_, region) => region).filter((region) => (model >> region) & 1);
  const subjects = members.filter((region) => (region >> subject) & 1);
  const inside = subjects.filter((region) => (region >> predicate) & 1);
  if (form === "all") return inside.length === subjects.length;
  if (form === "some-not") return inside.length < subjects.length;
  return inside.length > 0 === (form === "some");
}

/** Whether the claim holds in all models of the premises; `inhabited`: in which each class has members. */
function byModels({ premises, claim }: Problem, inhabited: boolean): boolean {
  const classes = classesOf(premises);
  for (let model = 0; model < 2 ** (2 ** classes.length); model++) {
    if (!premises.every((premise) => holds(premise, model)) || holds(claim, model)) continue;
    const full = (of: number) => holds({ form: "some", subject: of, predicate: of }, model);
    if (!inhabited || classes.every(full)) return false;
  }
  return true;
}

const QUESTION =
  "All dogs are pets. No pets are horses. Some horses are jumpers. Does it follow that some jumpers are not dogs?";

const answerTo = (question: string, box: string) =>
  checkAnswer({ question, response: `\\boxed{${box}}`, task: family.id }).verdict;

describe("syllogisms", () => {
  it("follow where they do in all models, whether classes may be empty or not", () => {
    const seen = new Set<string>();
    for (const problem of [...problems(300, 1), ...problems(24, 2)]) {
      if (seen.has(problemKey(problem))) continue;
      seen.add(problemKey(problem));
      for (const inhabited of [false, true])
        assert.equal(byModels(problem, inhabited), follows(problem), problemKey(problem));
    }
    assert.ok(seen.size > 60, `${seen.size}`);
  });

  it("follow where the closure finds a contradiction", () => {
    for (const problem of problems(600)) assert.equal(followsByClosure(problem), follows(problem), problemKey(problem));
  });

  it("answer yes and no equally often for each form of claim", () => {
    for (let level = 1; level <= SYLLOGISM_LEVELS; level++) {
      const drawn = problems(500, level);
      for (const form of FORMS) {
        const some = drawn.filter(({ claim }) => claim.form === form);
        const share = some.filter(follows).length / some.length;
        assert.ok(some.length > 80 && share > 0.36 && share < 0.64, `${level} ${form}: ${share} of ${some.length}`);
      }
    }
  });

  it("share a key under other nouns, another order and turned statements", () => {
    const same = [
      "All wugs are feps; some mibs are wugs. Does it follow that some mibs are feps?",
      "有些医生是歌手，所有歌手都是老师。所以有些老师是医生。这个推理有效吗？",
      'Can we infer "at least one fep is a mib"? Every wug is a fep and some wugs are mibs.',
    ];
    assert.equal(new Set(same.map((text) => problemKey(readProblem(text)!))).size, 1);
    assert.notEqual(
      problemKey(readProblem(same[0]!)!),
      problemKey(readProblem("All wugs are feps; some mibs are feps. Does it follow that some mibs are wugs?")!),
    );
  });

  it("are decided by trying what must exist if the claim is denied", () => {
    assert.deepEqual(family.trace(readProblem(QUESTION)!, "en"), [
      "first: dogs -> pets",
      "second: pets -> not horses",
      "third: some horses, jumpers",
      "claim: some jumpers, not dogs",
      "denied: jumpers -> dogs",
      "third, horses, jumpers: free",
      "third, horses, jumpers, dogs: denied ok",
      "third, horses, jumpers, dogs, pets: first ok, second fails",
      "third, horses, jumpers, dogs, not pets: first fails",
      "third, horses, jumpers, not dogs: denied fails",
      "third: closed",
      "found: none",
    ]);
    const open = "All dogs are pets. Some pets are cats. Does it follow that no cats are dogs?";
    assert.deepEqual(family.trace(readProblem(open)!, "en").slice(-8), [
      "denied: some cats, dogs",
      "second, pets, cats: free",
      "second, pets, cats, dogs: first ok",
      "second: open",
      "denied, cats, dogs: free",
      "denied, cats, dogs, pets: first ok",
      "denied: open",
      "found: pets, cats, dogs; cats, dogs, pets",
    ]);
  });

  it("have false lines refuted, each with a witness", () => {
    const lines = family.trace(readProblem(QUESTION)!, "en");
    for (const [before, line] of [
      [0, "first: pets -> dogs"],
      [1, "second: some pets, not horses"],
      [2, "third: some horses, not jumpers"],
      [3, "claim: jumpers -> not dogs"],
      [4, "denied: some jumpers, dogs"],
      [5, "third, horses, pets: free"],
      [5, "first, dogs: free"],
      [7, "third, horses, jumpers, dogs, pets: free"],
      [7, "third, horses, jumpers, dogs, pets: first ok, second ok"],
      [7, "third, horses, jumpers, dogs, pets: first fails"],
      [10, "third: open"],
      [11, "found: horses, jumpers, not dogs, not pets"],
      [11, "found: dogs, pets, not horses, not jumpers"],
    ] as const) {
      const reasoning = [...lines.slice(0, before), line].join("\n");
      const step = checkSteps({ question: QUESTION, reasoning, task: family.id }).at(-1)!;
      assert.equal(step.verdict, "refuted", line);
      assert.ok(step.verdict === "refuted" && Object.keys(step.witness).length > 0);
    }
    const open = QUESTION.replace("some jumpers are not dogs", "no jumpers are dogs");
    for (const line of ["found: none", "third: closed"])
      assert.equal(checkSteps({ question: open, reasoning: line, task: family.id })[0]!.verdict, "refuted", line);
  });

  it("take answers in other words, and refute the opposite", () => {
    for (const [answer, verdict] of [
      ["yes", "proved"],
      ["Valid.", "proved"],
      ["能推出", "proved"],
      ["no", "refuted"],
      ["does not follow", "refuted"],
      ["perhaps", "unknown"],
    ] as const)
      assert.equal(answerTo(QUESTION, answer), verdict, answer);
    for (const language of ["en", "zh"] as const)
      for (const { messages, answer, verifier } of generate({ task: family.id, seed: 4, count: 60, language })) {
        const problem = messages[0]!.content;
        const opposite = { yes: "no", no: "yes", 是: "否", 否: "是" }[answer]!;
        const response = `\\boxed{${opposite}}`;
        assert.equal(answerTo(problem, opposite), "refuted", problem);
        assert.equal(grade({ problem, response, reference: answer, verifier }).verdict, "refuted", problem);
      }
  });

  it("reads typed questions", () => {
    for (const [question, answer] of [
      ["Every whale is a mammal. No mammal is a fish. So no whale is a fish, right? Is that argument valid?", "yes"],
      ["If all roses are flowers and some flowers are weeds, must it be true that some roses are weeds?", "no"],
      ["Is it valid? Some apes are pets, all pets are friends. Conclusion: some friends are apes", "yes"],
      ["所有玫瑰都是花，有些花是红花，能推出有些玫瑰是红花吗？", "no"],
      ["凡是鲸鱼都是动物，任何动物都不是石头。所以没有鲸鱼是石头，结论对不对？", "yes"],
    ] as const) {
      const problem = readProblem(question);
      assert.ok(problem !== undefined, question);
      assert.equal(family.answer(problem, "en"), answer, question);
    }
  });

  it("leaves other texts alone", () => {
    for (const text of [
      "",
      "All dogs are pets. Does it follow that some pets are dogs?",
      "All dogs are pets. All pets are cats. All dogs are cats.",
      // It depends on whether there are dogs.
      "All dogs are pets. All pets are cats. Does it follow that some dogs are cats?",
      // The premises can't hold together.
      "All dogs are pets. No pets are dogs. Some dogs are cats. Does it follow that some pets are cats?",
      "All dogs are pets. No pets are cats. Does it follow that no dogs are birds?",
      "all a are b ".repeat(60),
      `Does it follow? ${"all dogs are cats. ".repeat(30)}`,
    ])
      assert.equal(readProblem(text), undefined, text.slice(0, 60));
  });
});
