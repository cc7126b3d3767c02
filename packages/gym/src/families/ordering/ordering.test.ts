// Ordering puzzles: one solution each, reasoning that follows the law of one look-up, a checker that reads every wording and
// refutes what is false. Runs in a few seconds.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { sharedRuns } from "../../overlap.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { readPuzzle } from "./checker.ts";
import { ordering } from "./family.ts";
import { NAMES, nameOf } from "./names.ts";
import { drawPuzzle, isImplied, ORDERING_LEVELS, type Puzzle, puzzleKey, redundantFacts } from "./puzzle.ts";
import { QUANTITIES } from "./quantities.ts";

const LANGUAGES = ["en", "zh"] as const;

function puzzles(count: number, level?: number): Puzzle[] {
  const random = Random.fromSeed(2026).split("ordering tests");
  return Array.from({ length: count }, (_, i) => drawPuzzle(random.split(i), level ?? 1 + (i % ORDERING_LEVELS)));
}

/** All orders of some people. */
function permutations(people: readonly number[]): number[][] {
  if (people.length < 2) return [[...people]];
  return people.flatMap((first) => permutations(people.filter((id) => id !== first)).map((rest) => [first, ...rest]));
}

describe("ordering puzzles", () => {
  it("have exactly one solution", () => {
    for (const { order, facts } of puzzles(150)) {
      const agrees = (people: number[]) =>
        facts.every(({ above, below }) => people.indexOf(above) < people.indexOf(below));
      assert.deepEqual(permutations(order).filter(agrees), [[...order]]);
    }
  });

  it("find redundant facts by the visible rule alone, and only those", () => {
    let found = 0;
    for (const { facts } of puzzles(600)) {
      const implied = facts.filter((fact) => isImplied(fact, facts));
      assert.deepEqual(redundantFacts(facts), implied);
      found += implied.length;
    }
    assert.ok(found > 60);
  });

  it("share a key whatever the order of the facts, and change it with people, quantity and question", () => {
    for (const puzzle of puzzles(50)) {
      const key = puzzleKey(puzzle);
      assert.equal(puzzleKey({ ...puzzle, facts: [...puzzle.facts].reverse() }), key);
      assert.notEqual(puzzleKey({ ...puzzle, order: [...puzzle.order].reverse() }), key);
      assert.notEqual(puzzleKey({ ...puzzle, quantity: puzzle.quantity === "age" ? "height" : "age" }), key);
      assert.notEqual(
        puzzleKey({ ...puzzle, ask: { what: "all", start: puzzle.ask.start === "high" ? "low" : "high" } }),
        key,
      );
    }
  });

  it("reason by single look-ups: each link of a chain is a fact that stands above it", () => {
    for (const puzzle of puzzles(300)) {
      const question = ordering.phrasings.en[0]!.render(puzzle, Random.fromSeed(3));
      const lines = ordering.trace(puzzle, "en", question);
      // Each fact stands in the question's words above its signs.
      const said = lines.filter((line) => line.includes(" ") && question.includes(line));
      assert.equal(said.length, puzzle.facts.length);
      const skipped = new Set(lines.filter((line) => line.startsWith("skip: ")).map((line) => line.slice(6)));
      const told = lines.filter((line) => /^\w+>\w+$/.test(line)).slice(0, puzzle.facts.length);
      // What was counted decides what is skipped.
      const counted = (word: string) => lines.flatMap((line) => new RegExp(`^${word} \\d: (.*)`).exec(line)?.[1] ?? []);
      const decided = told.filter((fact) => {
        const [above, below] = fact.split(">");
        return counted("high").includes(above!) && counted("low").includes(below!);
      });
      assert.deepEqual([...skipped], decided);
      const used = new Set(told.filter((fact) => !skipped.has(fact)));
      const top = lines
        .find((line) => line.startsWith("top: "))!
        .slice(5)
        .split("<");
      const chain = lines.find((line) => line.split(">").length === puzzle.order.length)!.split(">");
      assert.equal(top[0], told[0]!.split(">")[0]);
      assert.equal(chain[0], top.at(-1));
      // The climb reads a line that stayed for a name, or else the only fact that ends in it.
      const kept = (start: string) =>
        lines.filter((line) => line.startsWith(`keep: ${start}`)).map((line) => line.slice(6));
      for (let i = 1; i < top.length; i++) {
        const below = top[i - 1]!;
        const ends = told.filter((fact) => fact.endsWith(`>${below}`));
        assert.deepEqual(kept(`${below}<`), ends.length > 1 ? [`${below}<${top[i]}`] : []);
        assert.ok(used.has(`${top[i]}>${below}`));
      }
      for (let i = 1; i < chain.length; i++) {
        // The look-up has one result: of the facts kept, one begins with this name.
        assert.deepEqual(
          [...used].filter((fact) => fact.startsWith(`${chain[i - 1]}>`)),
          [`${chain[i - 1]}>${chain[i]}`],
        );
      }
    }
  });

  it("are read back from every wording of both languages", () => {
    const random = Random.fromSeed(7);
    for (const puzzle of puzzles(25))
      for (const language of LANGUAGES)
        for (const phrasing of ordering.phrasings[language]) {
          const question = phrasing.render(puzzle, random);
          const read = readPuzzle(question);
          assert.ok(read !== undefined, question);
          assert.equal(puzzleKey(read), puzzleKey(puzzle), question);
          assert.deepEqual(ordering.trace(read, language, question), ordering.trace(puzzle, language, question));
        }
  });

  it("are read with strangers' names and in people's own words", () => {
    const question =
      "Alice is taller than Robert. Charlotte is shorter than Robert. Who is the tallest, and who is in the middle?";
    const read = readPuzzle(question)!;
    assert.deepEqual(
      read.order.map((id) => read.names[id]),
      ["Alice", "Robert", "Charlotte"],
    );
    assert.equal(
      checkAnswer({ question: "小明比小红高，小红比小刚高。谁最高？", response: "\\boxed{小明}" }).verdict,
      "proved",
    );
    assert.equal(
      checkAnswer({ question: "甲比乙先到终点，乙比丙先到终点。谁最后到终点？", response: "\\boxed{丙}" }).verdict,
      "proved",
    );
  });

  it("leave other texts alone", () => {
    for (const text of [
      "",
      "What is 3 + 4?",
      "Ann is taller than Bob.",
      "Ann is taller than Bob. Bob is older than Dan. Who is the tallest?",
      "Ann is taller than Bob. Bob is taller than Ann. Who is the tallest?",
      "Ann is taller than Bob. Ann is taller than Dan. Order them from tallest to shortest.",
      "比".repeat(5000),
      "Ann is taller than ".repeat(2000),
    ])
      assert.equal(readPuzzle(text), undefined);
  });

  it("use distinct quantities with words of their own", () => {
    for (const language of LANGUAGES) {
      const sentences = QUANTITIES.flatMap(({ words }) => [
        ...new Set([...words[language].up, ...words[language].down]),
      ]);
      assert.equal(new Set(sentences).size, sentences.length);
    }
    for (const language of LANGUAGES) assert.equal(new Set(NAMES[language]).size, NAMES.en.length);
    const characters = NAMES.zh.join("");
    assert.equal(new Set(characters).size, characters.length, "two Chinese names share a character");
  });

  it("are claimed by no other family, carrier words included: answers are proved without a task", () => {
    for (const language of LANGUAGES)
      for (const phrasing of ["trained", "heldout"] as const)
        for (const { messages } of generate({ task: ordering.id, seed: 9, count: 1200, language, phrasing })) {
          const question = messages[0]!.content;
          const { verdict, task } = checkAnswer({ question, response: messages[1]!.content });
          assert.deepEqual({ verdict, task }, { verdict: "proved", task: ordering.id }, question);
        }
  });

  it("say no connective or modifier in trained prompts that held-out ones measure", () => {
    const reserved = {
      en: /\b(?:furthermore|besides|even|far|somewhat|through|whole)\b|\b[Nn]ext, /,
      zh: /另外|而且|同时|明显|确实|其实|究竟|全体/,
    };
    for (const language of LANGUAGES)
      for (const puzzle of puzzles(30))
        for (const phrasing of ordering.phrasings[language])
          if (phrasing.id.startsWith("trained"))
            assert.doesNotMatch(phrasing.render(puzzle, Random.fromSeed(puzzle.order[0]!)), reserved[language]);
  });

  it("tell ordinals of facts from places", () => {
    const asks = [
      "First, Ann finished before Bob. Second, Bob finished before Dan. Who is the last to finish?",
      "第一，李雷比韩梅先到终点；第二，韩梅比张伟先到终点。谁是最后到终点的？",
      "First, Ann is taller than Bob; second, Bob is taller than Dan. List everyone, starting with the shortest.",
      "The last to finish first, the first to finish last: Ann finished before Bob, Bob finished before Dan.",
      "李雷比韩梅先到终点，韩梅比张伟先到终点。让他们站一排：最后到终点的站在前面，第一个到终点的站在后面。",
    ].map((question) => readPuzzle(question)?.ask);
    const lowFirst = { what: "all", start: "low" };
    assert.deepEqual(asks, [{ what: 1, start: "low" }, { what: 1, start: "low" }, lowFirst, lowFirst, lowFirst]);
  });

  it("share no run of words between held-out and trained prompts, names apart", () => {
    const random = Random.fromSeed(11);
    for (const language of LANGUAGES) {
      const names = new RegExp(NAMES[language].join("|"), "g");
      const prompts = { trained: [] as string[], heldout: [] as string[] };
      for (const puzzle of puzzles(1500, ordering.defaultLevel)) {
        const phrasing = random.pick(ordering.phrasings[language]);
        const group = phrasing.id.startsWith("heldout") ? "heldout" : "trained";
        prompts[group].push(phrasing.render(puzzle, random).replace(names, "{n}"));
      }
      assert.deepEqual(sharedRuns(prompts.trained, prompts.heldout, language), []);
    }
  });
});

const QUESTION =
  "Bob is taller than Dan. Gus is taller than Bob. Gus is taller than Ann. Bob is shorter than Ann. Who is the second shortest?";
const REASONING = [
  "ask: 2, shortest, low to high",
  "Bob is taller than Dan",
  "Bob>Dan",
  "Dan<Bob",
  "Gus is taller than Bob",
  "Gus>Bob",
  "Bob<Gus",
  "Gus is taller than Ann",
  "Gus>Ann",
  "Ann<Gus",
  "high 2: Gus",
  "Bob is shorter than Ann",
  "Bob<Ann",
  "Ann>Bob",
  "low 2: Bob",
  "skip: Gus>Bob",
  "keep: Gus>Ann",
  "keep: Bob<Ann",
  "top: Bob<Ann<Gus",
  "Gus>Ann>Bob>Dan",
  "Dan<Bob<Ann<Gus",
  "1: Dan",
  "2: Bob",
];

describe("the checker of ordering puzzles", () => {
  it("proves the reference reasoning, each line from where it follows", () => {
    const steps = checkSteps({ question: QUESTION, reasoning: REASONING.join("\n") });
    assert.deepEqual(
      steps.map(({ verdict }) => verdict),
      REASONING.map(() => "proved"),
    );
    assert.deepEqual(
      steps.map(({ from }) => from),
      [
        [-1],
        [-1],
        [1],
        [1],
        [-1],
        [4],
        [4],
        [-1],
        [7],
        [7],
        [4, 7],
        [-1],
        [11],
        [11],
        [4, 11],
        [4],
        [7],
        [11],
        [11, 7],
        [7, 11, 1],
        [1, 11, 7],
        [20],
        [20],
      ],
    );
    assert.deepEqual(ordering.trace(readPuzzle(QUESTION)!, "en", QUESTION), REASONING);
  });

  it("refutes false lines with places as witness", () => {
    const lines = [
      "ask: 2, high to low",
      "ask: 2, tallest, low to high",
      "ask: 2, shortest, high to low",
      "ask: all, low to high",
      "Dan>Bob",
      "Bob>Gus>Dan",
      "skip: Ann>Bob",
      "skip: Gus>Dan",
      "skip: Bob>Gus",
      "skip: Gus>Ann>Bob",
      "keep: Gus>Bob",
      "keep: Bob<Gus",
      "keep: Gus>Dan",
      "keep: Dan>Bob",
      "keep: Gus>Ann>Bob",
      "high 3: Gus",
      "high 2: Ann",
      "high 2: Bob",
      "low 2: Gus",
      "low 2: Ann",
      "low 99: Bob",
      "high 1: Dan",
      "top: Bob<Ann",
      "top: Dan<Gus<Ann",
      "1: Bob",
      "2: Ann",
      "Dan<Ann<Bob<Gus",
      "Dan is taller than Bob",
      "Bob is not as tall as Dan.",
    ];
    for (const line of lines) {
      const [step] = checkSteps({ question: QUESTION, reasoning: line });
      assert.equal(step?.verdict, "refuted", line);
      assert.ok(Object.keys((step as { witness: object }).witness).length > 0);
    }
  });

  it("judges every count, skip and keep exactly, whoever is named", () => {
    for (const puzzle of puzzles(40)) {
      const question = ordering.phrasings.en[0]!.render(puzzle, Random.fromSeed(5));
      const read = readPuzzle(question)!;
      const verdictOf = (line: string) => checkSteps({ question, reasoning: line })[0]!.verdict;
      const word = (holds: boolean) => (holds ? "proved" : "refuted");
      for (const a of puzzle.order) {
        for (const n of [1, 2, 3]) {
          const [high, low] = (["above", "below"] as const).map((side) => puzzle.facts.filter((f) => f[side] === a));
          assert.equal(verdictOf(`high ${n}: ${nameOf(a, "en")}`), word(high!.length >= n), question);
          assert.equal(verdictOf(`low ${n}: ${nameOf(a, "en")}`), word(low!.length >= n), question);
        }
        for (const b of puzzle.order) {
          const [above, below] = [nameOf(a, "en"), nameOf(b, "en")];
          const told = puzzle.facts.some((fact) => fact.above === a && fact.below === b);
          const needed = read.order.indexOf(b) - read.order.indexOf(a) === 1;
          assert.equal(verdictOf(`skip: ${above}>${below}`), word(told && !needed), question);
          assert.equal(verdictOf(`keep: ${above}>${below}`), word(told && needed), question);
          assert.equal(verdictOf(`keep: ${below}<${above}`), word(told && needed), question);
        }
      }
    }
  });

  it("judges facts in words, the question's own and others", () => {
    const judged = (line: string) => {
      const [step] = checkSteps({ question: QUESTION, reasoning: line });
      return [step?.verdict, step?.from];
    };
    for (const line of [
      "Gus is taller than Dan",
      "Dan is a lot shorter than Ann.",
      "compared with Gus, Dan is shorter",
    ])
      assert.deepEqual(judged(line), ["proved", [-1]], line);
  });

  it("leaves prose and strangers alone", () => {
    for (const line of [
      "Let me think.",
      "Bob is nice",
      "Zoe",
      "so: it follows",
      "high 2: Zoe",
      "high 2: Gus>Bob",
      "low 0: Bob",
      "high 2x: Gus",
      "keep: Gus",
      "keep: Zoe>Bob",
      "Zoe is taller than Bob",
      "Bob is older than Dan",
      "Bob is taller than Dan and Gus is taller than Bob",
      "so: Bob is taller than Dan",
    ]) {
      const [step] = checkSteps({ question: QUESTION, reasoning: line });
      assert.equal(step?.verdict, "unknown", line);
    }
  });

  it("accepts equal answers and refuses others, with a reference and without", () => {
    for (const puzzle of puzzles(120))
      for (const language of LANGUAGES) {
        const question = ordering.phrasings[language][0]!.render(puzzle, Random.fromSeed(1));
        const reference = ordering.answer(puzzle, language);
        const verifier = ordering.verifier(puzzle, language);
        const judge = (answer: string) => {
          const response = `\\boxed{${answer}}`;
          const graded = grade({ problem: question, response, reference, verifier });
          return [graded.verdict, checkAnswer({ question, response }).verdict];
        };
        const names = puzzle.order.map((id) => nameOf(id, language));
        const right =
          puzzle.ask.what === "all"
            ? [reference, names.join(" > "), [...names].reverse().join("<"), reference.replaceAll(", ", "、")]
            : [reference, `\\text{${reference}}`];
        for (const answer of right) assert.deepEqual(judge(answer), ["proved", "proved"], `${question} ${answer}`);
        const wrong =
          puzzle.ask.what === "all"
            ? [reference.split(", ").reverse().join(", "), names.slice(1).join(", "), [...names].reverse().join(">")]
            : names.filter((name) => name !== reference);
        for (const answer of wrong) assert.deepEqual(judge(answer), ["refuted", "refuted"], `${question} ${answer}`);
      }
  });
});
