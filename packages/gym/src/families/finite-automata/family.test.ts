// Finite automata: traces by hand, words run by a plain table and by regular expressions, typed questions, keys, wrong lines, answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkAnswer, checkSteps } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { matches, placesOf, readExpression, writeExpression } from "./expression.ts";
import { finiteAutomata as family } from "./family.ts";
import { drawProblem, type Problem, problemKey, solve } from "./problem.ts";
import { traceProblem } from "./trace.ts";
import { readProblem } from "./wordings.ts";

function problems(count: number): Problem[] {
  const stream = Random.fromSeed(17);
  return Array.from({ length: count }, (_, i) => drawProblem(stream.split(i), 1 + (i % 3)));
}

const DFA =
  'Start state: q0. Accepting states: q1. Transitions:\nstate | a | b\nq0 | q1 | q0\nq1 | q1 | q0\nInput: "ab". ';

it("walks through an automaton letter by letter", () => {
  assert.deepEqual(traceProblem(readProblem(`${DFA}Is it accepted?`)!), [
    "q0: a q1, b q0",
    "q1: a q1, b q0",
    "word: 1 a, 2 b",
    "1 q0 a: q1",
    "2 q1 b: q0",
    "end: q0",
    "accepting q0: no",
  ]);
});

it("follows the places of a regular expression", () => {
  const problem = readProblem('Does "abb" match the regex `ab*(c|b)?`?')!;
  assert.deepEqual(traceProblem(problem), [
    "places: 1 a, 2 b, 3 c, 4 b",
    "start: 1 a",
    "after 1: 2 b, 3 c, 4 b, end",
    "after 2: 2 b, 3 c, 4 b, end",
    "after 3: end",
    "after 4: end",
    "word: 1 a, 2 b, 3 b",
    "1 a: 1 a; 1",
    "2 b: 2 b, 3 c, 4 b; 2, 4",
    "3 b: 2 b, 3 c, 4 b; 2, 4",
    "end 2, 4: yes",
  ]);
  assert.deepEqual(traceProblem(readProblem("Does `ba` match the regex `ab+`?")!).slice(-1), ["1 b: 1 a; none"]);
});

it("answers as a plain table does, and as JavaScript's regular expressions", () => {
  let yes = 0;
  let closed = 0;
  for (const problem of problems(900)) {
    const answer = solve(problem);
    const last = traceProblem(problem).at(-1)!;
    if (problem.ask === "match") {
      assert.equal(answer === "yes", new RegExp(`^(?:${writeExpression(problem.tree)})$`).test(problem.word));
      assert.equal(last.endsWith(": yes"), answer === "yes");
    } else {
      const table = new Map(
        problem.states.flatMap((state, i) =>
          problem.letters.map((letter, j) => [state + letter, problem.next[i]![j]!]),
        ),
      );
      const end = [...problem.word].reduce((state, letter) => table.get(state + letter)!, problem.start);
      assert.equal(answer, problem.ask === "state" ? end : problem.accepting.includes(end) ? "yes" : "no");
      assert.ok(last.endsWith(`: ${answer}`));
    }
    if (problem.ask !== "state") closed++;
    if (answer === "yes") yes++;
  }
  assert.ok(yes > closed * 0.4 && yes < closed * 0.6, `${yes} of ${closed}`);
});

it("matches every short word as JavaScript does, whatever the expression", () => {
  const words = [""];
  for (let i = 0; words.length < 364; i++) words.push(...["a", "b", "c"].map((letter) => words[i]! + letter));
  for (const text of [
    "a",
    "a*",
    "(ab)*",
    "(a|b)*c",
    "a?b+c?",
    "((a|bc)+a)?",
    "a(b|c)*a|b",
    "[ab]c*",
    "(a*b*)*",
    "(a?)+b",
  ]) {
    const places = placesOf(readExpression(text)!);
    for (const word of words)
      assert.equal(matches(places, word), new RegExp(`^(?:${text})$`).test(word), `${text} ${word}`);
  }
  for (const text of ["", "(", "a)", "a**b(", "|a", "a{2}", ".", "[]", "a".repeat(13), "(".repeat(39)])
    assert.equal(readExpression(text), undefined, text);
});

it("has one key whatever states and letters are called, and however the automaton is written", () => {
  const key = (text: string) => problemKey(readProblem(text)!);
  const other =
    "DFA with start state S, accepting state T: (S,1)->T, (S,0)->S, (T,1)->T, (T,0)->S. Is the input `10` accepted?";
  assert.equal(key(`${DFA}Is it accepted?`), key(other));
  const more = `${other.replace(". Is", ", (U,1)->S, (U,0)->U. Is")}`;
  assert.equal(key(other), key(more));
  assert.notEqual(key(`${DFA}Is it accepted?`), key(`${DFA}Final state?`));
  assert.notEqual(key(other), key(other.replace("accepting state T", "accepting state S")));
  assert.equal(key("Does 'aab' match the regex `a*(b|c)`?"), key("Does 'xxy' match the regex /x*(z|y)/?"));
  assert.notEqual(key("Does 'aab' match the regex `a*b`?"), key("Does 'aab' match the regex `a+b`?"));
});

it("reads typed questions", () => {
  for (const [text, answer] of [
    [
      "A DFA has start state q0 and final states q0, q2. δ(q0,a)=q1, δ(q0,b)=q2, δ(q1,a)=q0, δ(q1,b)=q1, δ(q2,a)=q2, δ(q2,b)=q0. Does it accept 'abab'?",
      "yes",
    ],
    ["DFA: start state A, accepting: B. A -0-> B, A -1-> A, B -0-> A, B -1-> B. which state after reading 0110?", "A"],
    [
      '| | a | b |\n|---|---|---|\n| q0 | q1 | q0 |\n| q1 | q0 | q1 |\nInitial state q0, accepting state q1. Is "aba" accepted?',
      "no",
    ],
    ["自动机：初始状态q0，接受状态q1。q0 -a-> q1, q0 -b-> q0, q1 -a-> q0, q1 -b-> q1。读入“ab”后停在哪个状态？", "q1"],
    ['Does the regular expression /(ab)*c/ match the string "ababc"?', "yes"],
    ["正则表达式`a+b?`匹配“aab”吗？", "yes"],
  ] as const) {
    const problem = readProblem(text);
    assert.ok(problem !== undefined, text);
    assert.equal(solve(problem), answer, text);
  }
});

it("leaves other texts alone", () => {
  for (const text of [
    "",
    "Which state is the largest in the USA?",
    "Is there a way from A to B? A->B, B->C",
    'Reverse the word "abba".',
    "Match the words: a | b",
    'Start state: q0. Accepting states: q1. Transitions:\nstate | a | b\nq0 | q1 | q0\nInput: "ab". Is it accepted?',
    `${DFA.replace('"ab"', '"abc"')}Is it accepted?`,
    `${DFA.replace("Start state: q0", "Start state: q7")}Is it accepted?`,
    'Does "ab" match the regex `a{2}`?',
    "What is 3*(4+5)?",
    `Does "ab" match the regex \`${"(".repeat(300)}\`?`,
    "a|".repeat(400),
    "(q0,a)->q1 ".repeat(60),
    "state accept start q ".repeat(40),
  ])
    assert.equal(readProblem(text), undefined, text.slice(0, 50));
});

it("refutes a wrong line where it stands", () => {
  const dfa = `${DFA}Is it accepted?`;
  const regex = 'Does "abb" match the regex `ab*(c|b)?`?';
  for (const [question, keep, line] of [
    [dfa, 0, "q0: a q0, b q0"],
    [dfa, 2, "word: 1 a, 2 a"],
    [dfa, 3, "1 q0 a: q0"],
    [dfa, 3, "1 q1 a: q1"],
    [dfa, 4, "2 q1 b: q1"],
    [dfa, 5, "3 q0 a: q1"],
    [dfa, 5, "end: q1"],
    [dfa, 6, "accepting q0: yes"],
    [dfa, 6, "accepting q1: yes"],
    [regex, 0, "places: 1 a, 2 b, 3 c"],
    [regex, 2, "after 1: 2 b, 3 c, 4 b"],
    [regex, 8, "2 b: 2 b, 3 c, 4 b; 2"],
    [regex, 10, "end 2, 4: no"],
  ] as const) {
    const lines = traceProblem(readProblem(question)!);
    const step = checkSteps({ question, reasoning: [...lines.slice(0, keep), line].join("\n"), task: family.id }).at(
      -1,
    )!;
    assert.equal(step.verdict, "refuted", line);
  }
  const right = checkSteps({ question: dfa, reasoning: traceProblem(readProblem(dfa)!).join("\n"), task: family.id });
  assert.deepEqual(
    right.map(({ from }) => from),
    [[-1], [-1], [-1], [0, 2], [1, 2, 3], [4], [5]],
  );
  const prose = checkSteps({ question: dfa, reasoning: "we begin in q0", task: family.id });
  assert.equal(prose[0]!.verdict, "unknown");
});

it("accepts an answer however it is written, and no other", () => {
  const judge = (ask: string, answer: string) =>
    checkAnswer({ question: DFA + ask, response: `\\boxed{${answer}}` }).verdict;
  for (const answer of ["q0", "q_0", "q_{0}", "\\text{q0}", "state q0", "状态q0"])
    assert.equal(judge("Final state?", answer), "proved", answer);
  for (const answer of ["q1", "Q", "q2"]) assert.equal(judge("Final state?", answer), "refuted", answer);
  for (const answer of ["no", "No.", "否", "not accepted", "\\text{no}"])
    assert.equal(judge("Is it accepted?", answer), "proved", answer);
  for (const answer of ["yes", "accepted", "是"]) assert.equal(judge("Is it accepted?", answer), "refuted", answer);
  assert.equal(judge("Is it accepted?", "perhaps"), "unknown");
});
