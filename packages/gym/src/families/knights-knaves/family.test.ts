// Knights and knaves: one solution each, no kind likelier than the other, reasoning by hand, a checker that refutes what is false.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { sharedRuns } from "../../overlap.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { knightsKnaves as family } from "./family.ts";
import { drawPuzzle, isTrue, KNIGHTS_LEVELS, type Puzzle, puzzleKey, solutions } from "./puzzle.ts";
import { FRAMES } from "./speech.ts";
import { MANNERS, type Manner } from "./statements.ts";
import { readPuzzle } from "./wordings.ts";

const LANGUAGES = ["en", "zh"] as const;

function puzzles(count: number, level?: number): Puzzle[] {
  const random = Random.fromSeed(2026).split("knights tests");
  return Array.from({ length: count }, (_, i) => drawPuzzle(random.split(i), level ?? 1 + (i % KNIGHTS_LEVELS)));
}

const QUESTION =
  'Knights always tell the truth and knaves always lie. Ann says: "Bob is a knave." Bob says: "Ann and Dan are the same kind." Dan says: "Ann is a knave and Bob is a knight." Who is what?';

describe("knights and knaves", () => {
  it("have one solution, as likely a knight as a knave for each speaker", () => {
    const drawn = puzzles(600, 2);
    const knights = [0, 1].map(
      (person) => drawn.filter(({ statements }) => solutions(statements)[0]![person] === "knight").length,
    );
    for (const { statements } of drawn) assert.equal(solutions(statements).length, 1);
    for (const count of knights) assert.ok(count > 240 && count < 360, `${count} of 600 are knights`);
  });

  it("share a key under other names, another order of telling and commuted claims", () => {
    for (const puzzle of puzzles(60)) {
      const last = puzzle.statements.length - 1;
      const turn = (person: number) => last - person;
      const statements = puzzle.statements.map((statement) => ({
        ...statement,
        parts: [...statement.parts]
          .reverse()
          .map(({ left, equal, right }) =>
            typeof right === "number"
              ? { left: turn(right), equal, right: turn(left) }
              : { left: turn(left), equal, right },
          ),
      }));
      assert.equal(
        puzzleKey({ ...puzzle, theme: 0, people: [9, 8, 7, 6], statements: statements.reverse() }),
        puzzleKey(puzzle),
      );
    }
  });

  it("are decided by one supposition, contradictions and turns", () => {
    assert.deepEqual(family.trace(readPuzzle(QUESTION)!, "en"), [
      "Ann says: Bob=knave",
      "Bob says: Ann=Dan",
      "Dan says: Ann=knave and Bob=knight",
      "if: Ann=knight",
      "Ann=knight, true: Bob=knave",
      "Bob=knave, false: Ann=Dan; knight=Dan; Dan=knight; Dan=knave",
      "Dan=knave, false: Ann=knave and Bob=knight; knight=knave and knave=knight; false and false; false; false=false",
    ]);
  });

  it("have their false lines refuted, each with a witness", () => {
    const lines = family.trace(readPuzzle(QUESTION)!, "en");
    const false_ = [
      "Bob says: Ann!=Dan",
      "Ann=knave, true: Bob=knave",
      "Ann=knight, true: Bob=knight",
      "Ann=knight, false: Bob=knave",
      "Bob=knight, true: Ann=Dan",
      "Dan=knave, false: Ann=knave and Bob=knight; knight=knave and knave=knight; true and false; false; false=false",
      "Dan=knave, false: Ann=knave and Bob=knight; false; false!=false",
      "so: Ann=knave",
      "Ann: knave",
    ];
    for (const line of false_) {
      const reasoning = [...lines, line].join("\n");
      const last = checkSteps({ question: QUESTION, reasoning, task: family.id }).at(-1)!;
      assert.equal(last.verdict, "refuted", line);
    }
    // Within a case only what is known counts.
    const [open] = checkSteps({ question: QUESTION, reasoning: "if: Ann=knave\nDan=knight", task: family.id }).slice(
      -1,
    );
    assert.equal(open!.verdict, "unknown");
  });

  it("have answers in any order and form, and refute an answer with one kind changed", () => {
    const proved = [
      "Ann=knight, Bob=knave, Dan=knave",
      "Bob: knave; Ann: knight; Dan: knave",
      "Ann is a knight, Bob is a knave and Dan is a knave",
    ];
    const verifier = family.verifier(readPuzzle(QUESTION)!, "en");
    for (const answer of proved) {
      const response = `\\boxed{\\text{${answer}}}`;
      assert.equal(checkAnswer({ question: QUESTION, response }).verdict, "proved", answer);
      assert.equal(grade({ problem: QUESTION, response, reference: proved[0]!, verifier }).verdict, "proved", answer);
    }
    for (const answer of ["Ann=knight, Bob=knave", "Ann=knight"])
      assert.equal(checkAnswer({ question: QUESTION, response: `\\boxed{${answer}}` }).verdict, "refuted", answer);
    for (const language of LANGUAGES)
      for (const row of generate({ task: family.id, seed: 4, count: 60, language })) {
        const problem = row.messages[0]!.content;
        const { one } = readPuzzle(problem)!.theme === 0 ? WORDS[language] : { one: undefined };
        if (one === undefined) continue;
        const answer = row.answer.replace(one[0], "*").replace(one[1], one[0]).replace("*", one[1]);
        if (answer === row.answer) continue;
        const response = `\\boxed{${answer}}`;
        assert.equal(checkAnswer({ question: problem, response, task: family.id }).verdict, "refuted", answer);
        assert.equal(grade({ problem, response, reference: row.answer, verifier: row.verifier }).verdict, "refuted");
      }
  });

  it("are read with strangers' names, by what is said alone", () => {
    const read = readPuzzle(
      "骑士总说真话，无赖总说假话。小明说：小红是无赖。小红说：小明和我不是同一类人。他们是什么人？",
    )!;
    assert.deepEqual(read.names, ["小明", "小红"]);
    assert.ok(isTrue(read.statements[0]!, ["knight", "knave"]));
    for (const text of [
      "",
      "Knights and knaves.",
      "Ann says: Bob is a knave. A knight came.",
      'knight knave Ann says: "'.repeat(99),
    ])
      assert.equal(readPuzzle(text), undefined);
  });

  it("have manners of speaking and frames that held-out and trained wordings don't share", () => {
    for (const language of LANGUAGES) {
      const texts = ({ is, ...others }: Manner) => [
        ...is.map((form) => (typeof form === "string" ? form : form.text)),
        ...Object.values(others).flat(),
      ];
      const { trained, heldOut } = MANNERS[language];
      const shared = sharedRuns(
        [...texts(trained), ...FRAMES[language].trained],
        [...heldOut.flatMap(texts), ...FRAMES[language].heldOut],
        language,
      );
      assert.deepEqual(shared, []);
    }
  });
});

const WORDS = { en: { one: ["knight", "knave"] }, zh: { one: ["骑士", "无赖"] } } as const;
