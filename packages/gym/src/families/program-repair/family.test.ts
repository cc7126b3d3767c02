// Program repair: reasoning by hand, questions read back, answers judged by running them, and answers that only look like repairs.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { programOutput } from "../program-output/family.ts";
import { judgeLine } from "./checker.ts";
import { diagnose } from "./diagnosis.ts";
import { programRepair as family } from "./family.ts";
import { lineTokens, withChange } from "./lines.ts";
import { drawRepair, printedBy, type Repair } from "./problem.ts";

const PYTHON = ["x = 2", "while x < 12:", "    print(x)", "    x = x + 4"];
const question = (source: readonly string[], wanted: string) =>
  `This program has a bug. The output should be ${wanted}. Which line is right?\n${source.join("\n")}`;

function* drawn(count: number): Generator<Repair> {
  const random = Random.fromSeed(21);
  for (let level = 1; level <= 3; level++) for (let i = 0; i < count; i++) yield drawRepair(random, level);
}

it("finds the wrong step, then the start, then the loop", () => {
  const lines = (source: readonly string[], ...wanted: number[]) => diagnose({ source, wanted })?.lines;
  assert.deepEqual(lines(PYTHON.with(3, "    x = x + 3"), 2, 6, 10), [
    "want: 2,6,10",
    "difference: 6-2=4",
    "difference again: 10-6=4",
    "step x+4: x=x+3 no",
    "fix: x = x + 4",
  ]);
  assert.deepEqual(lines(PYTHON.with(0, "x = 5"), 2, 6, 10)?.slice(3), [
    "step x+4: x=x+4 yes",
    "start 2: x=5 no",
    "fix: x = 2",
  ]);
  assert.deepEqual(lines(PYTHON, 2, 6, 10, 14, 18)?.slice(4), [
    "start 2: x=2 yes",
    "grows: 2<6, x<12 yes",
    "last: 18+1=19",
    "fix: while x < 19",
  ]);
  assert.deepEqual(lines(PYTHON.with(1, "while x > 12:"), 2, 6, 10)?.slice(5), [
    "grows: 2<6, x>12 no",
    "fix: while x < 12",
  ]);
  const script = ["let n = 3;", "for (let i = 0; i < 2; i++) {", "  n *= 2;", "  console.log(n);", "}"];
  assert.deepEqual(lines(script, 6, 12, 24), [
    "want: 6,12,24",
    "difference: 12-6=6",
    "difference again: 24-12=12",
    "factor: 12/6=2",
    "factor again: 24/12=2",
    "step n*2: n*=2 yes",
    "before: 6/2=3",
    "start 3: n=3 yes",
    "count: 1 6, 2 12, 3 24",
    "rounds 3: 2 no",
    "fix: for (let i = 0; i < 3; i++)",
  ]);
});

it("says nothing where one token does not mend it", () => {
  for (const wanted of [
    [2, 6, 11],
    [3, 8, 13],
    [2, 2, 2],
    [2, 6],
    [2, 6, 10],
  ])
    assert.equal(
      diagnose({ source: PYTHON.with(0, "x = 9").with(3, "    x = x + 3"), wanted }),
      undefined,
      `${wanted}`,
    );
});

it("draws programs that are wrong, and mends each by one token of one line", () => {
  for (const repair of drawn(300)) {
    const { source, wanted } = repair;
    const { repaired } = diagnose(repair)!;
    assert.notEqual(printedBy(source), wanted.join("\n"));
    assert.ok(
      source.some((line) => withChange(line, repaired) !== undefined),
      `${source.join("\n")}\n${repaired}`,
    );
    assert.equal(judgeLine(repair, repaired).verdict, "proved");
  }
});

it("accepts every repair that runs right, however it is written", () => {
  const asked = question(PYTHON, "2, 6, 10, 14, 18");
  for (const answer of [
    "while x < 19",
    "while x < 20:",
    "while x<22",
    "    while x < 21:",
    "line 2: while x < 19",
    "`while x < 19:`",
    "\\text{while x < 19}",
  ])
    assert.equal(checkAnswer({ question: asked, response: `\\boxed{${answer}}` }).verdict, "proved", answer);
  const script = ["let n = 3;", "for (let i = 0; i < 2; i++) {", "  console.log(n);", "  n += 2;", "}"];
  for (const answer of ["for (let i = 0; i < 3; i++)", "for (let i = 0; i <= 2; i++)", "for(let i=0;i<3;i++)"])
    assert.equal(judgeLine({ source: script, wanted: [3, 5, 7] }, answer).verdict, "proved", answer);
});

it("refuses what is no repair of one token, or prints something else", () => {
  const repair = { source: PYTHON, wanted: [2, 6, 10, 14, 18] };
  for (const answer of [
    "while x < 12",
    "while x < 18",
    "while x < 23",
    "while x > 12",
    "while 1 < 12",
    "print(18)",
    "print(2, 6, 10, 14, 18)",
    "x = 18",
    "x = x + 4 + 0",
    "while x < 12 + 7",
  ])
    assert.equal(judgeLine(repair, answer).verdict, "refuted", answer);
  assert.deepEqual(judgeLine(repair, "while x < 18"), {
    verdict: "refuted",
    witness: { line: "while x < 18:", prints: "2,6,10,14", wanted: "2,6,10,14,18" },
  });
  for (const answer of ["", "19", "no idea", "x"]) assert.equal(judgeLine(repair, answer).verdict, "unknown", answer);
  // An endless program is stopped by the interpreter's own bound.
  assert.equal(judgeLine({ source: PYTHON, wanted: [2, 4, 6] }, "x = x - 4").verdict, "refuted");
});

it("grades by running, so another right line than the reference counts", () => {
  const problem = question(PYTHON, "2, 6, 10, 14, 18");
  const verifier = family.verifier({ source: PYTHON, wanted: [] }, "en");
  const judge = (response: string) => grade({ problem, response, reference: "while x < 19", verifier }).verdict;
  assert.equal(judge("\\boxed{while x < 22:}"), "proved");
  assert.equal(judge("\\boxed{while x < 23:}"), "refuted");
  assert.equal(judge("I don't know."), "unknown");
  const foreign = grade({ problem: "2+2?", response: "\\boxed{4}", reference: "4", verifier });
  assert.deepEqual([foreign.verdict, foreign.verdict === "unknown" && foreign.reason], ["unknown", "unsupported"]);
});

it("refutes a line of reasoning with one digit changed, and a repair that doesn't run right", () => {
  for (const repair of drawn(60)) {
    const asked = question(repair.source, repair.wanted.join(" "));
    const lines = family.trace(repair, "en");
    lines.forEach((line, at) => {
      const digit = [...line.matchAll(/\d/g)].at(-1);
      if (digit === undefined || line.startsWith("fix")) return;
      const wrong = line.slice(0, digit.index) + ((Number(digit[0]) + 1) % 10) + line.slice(digit.index + 1);
      const step = checkSteps({
        question: asked,
        reasoning: [...lines.slice(0, at), wrong].join("\n"),
        task: family.id,
      }).at(-1)!;
      assert.equal(step.verdict, "refuted", `${asked}\n${wrong}`);
    });
    const bad = [...lines.slice(0, -1), `fix: ${repair.source[0]!.replace(/\d+/, "777")}`];
    assert.equal(
      checkSteps({ question: asked, reasoning: bad.join("\n"), task: family.id }).at(-1)!.verdict,
      "refuted",
    );
  }
});

it("leaves questions about what a program prints to their own family", () => {
  const output = `What does this program print?\n${PYTHON.join("\n")}`;
  assert.equal(family.checker.recognise(output), undefined);
  assert.notEqual(programOutput.checker.recognise(output), undefined);
  const repair = question(PYTHON, "2, 6, 10, 14, 18");
  assert.notEqual(family.checker.recognise(repair), undefined);
  assert.equal(programOutput.checker.recognise(repair), undefined);
});

it("compares lines by what matters in them", () => {
  assert.deepEqual(lineTokens("  let x = 3;"), ["x", "=", "3"]);
  assert.equal(withChange("    x += 3;", "x*=3"), "    x *= 3;");
  assert.equal(withChange("x = 3", "x = 3"), undefined);
  assert.equal(withChange("x = 3", "y = 4"), undefined);
});
