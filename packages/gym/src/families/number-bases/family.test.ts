// Numerals in other bases: traces by hand, the answers against the runtime's own conversion, typed questions, lines and answers that
// are judged.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { numberBases as family } from "./family.ts";
import { answerOf, type BaseProblem, valueIn } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");

it("adds digits times place values, from the right", () => {
  assert.deepEqual(thought("Convert 1A3 from base 16 to base 10."), [
    "back: 3, A, 1",
    "3*1=3",
    "A=10",
    "10*16=160",
    "3+160: 3+0=3",
    "0+6=6",
    "0+1=1",
    "3+160=163",
    "16*16=256",
    "1*256=256",
    "163+256: 3+6=9",
    "6+5=11",
    "1+2+1=4",
    "163+256=419",
  ]);
  assert.deepEqual(thought("What is 101 in base 2, written in base 10?"), [
    "back: 1, 0, 1",
    "1*1=1",
    "0*2=0",
    "2*2=4",
    "1*4=4",
    "1+4=5",
  ]);
});

it("divides by the base down to 0", () => {
  assert.deepEqual(thought("Write 93 in base 8."), [
    "93/8>10",
    "10*8=80",
    "93-80=13",
    "13/8>1",
    "13-8=5",
    "10+1=11",
    "93=11*8+5",
    "11/8>1",
    "11-8=3",
    "11=1*8+3",
    "1=0*8+1",
    "digits: 1, 3, 5",
  ]);
  assert.deepEqual(thought("Convert 1011 from binary to hexadecimal").slice(-2), ["11=B", "digits: B"]);
});

it("adds column by column, and takes the base away", () => {
  assert.deepEqual(thought("What is 345 + 167 in base 8?"), [
    "back: 5, 4, 3",
    "back: 7, 6, 1",
    "5+7=12",
    "12-8=4",
    "4+6+1=10+1=11",
    "11-8=3",
    "3+1+1=4+1=5",
    "digits: 5, 3, 4",
  ]);
  assert.deepEqual(thought("Add the hexadecimal numbers 9C and 71."), [
    "back: C, 9",
    "back: 1, 7",
    "C=12",
    "12+1=13",
    "13=D",
    "9+7=16",
    "16-16=0",
    "0+0+1=0+1=1",
    "digits: 1, 0, D",
  ]);
});

it("agrees with the runtime's conversion, and its last line has the answer", () => {
  for (let i = 0; i < 900; i++) {
    const drawn = family.draw(Random.fromSeed(i), 1 + (i % 3));
    const { numerals, from, to } = drawn;
    const total = numerals.reduce((sum, numeral) => sum + Number.parseInt(numeral, from), 0);
    assert.equal(answerOf(drawn), total.toString(to).toUpperCase());
    const last = family.trace(drawn, "en").at(-1)!;
    assert.equal(last.replace(/^digits: |^.*=/, "").replaceAll(", ", ""), answerOf(drawn), last);
  }
  assert.equal(valueIn("12", 2), undefined);
});

it("reads typed questions in both languages, and leaves others alone", () => {
  const read = (question: string): BaseProblem | undefined => problem(question);
  const given = (numerals: readonly string[], from: number, to: number) => ({ numerals, from, to });
  assert.deepEqual(read("convert 0ff from hex to decimal please"), given(["FF"], 16, 10));
  assert.deepEqual(read("What is 255 in binary?"), given(["255"], 10, 2));
  assert.deepEqual(read("1011₂ = ?₁₀"), given(["1011"], 2, 10));
  assert.deepEqual(read("Hi, convert binary 1011 to octal"), given(["1011"], 2, 8));
  assert.deepEqual(read("what's 1A + 2F in base 16"), given(["1A", "2F"], 16, 16));
  assert.deepEqual(read("请把十六进制数1A3转换成十进制"), given(["1A3"], 16, 10));
  assert.deepEqual(read("把 255 转换成二进制"), given(["255"], 10, 2));
  assert.deepEqual(read("二进制下，101+11等于几？"), given(["101", "11"], 2, 2));
  for (const other of [
    "Convert 129 from base 8 to base 10.", // 9 is no digit
    "Convert 77 from base 8 to base 8.",
    "Convert 77 from base 8 to base 1.",
    "Convert 77 from base 8 to base 20.",
    "Convert FFFF from base 16 to base 10.", // too large to reason on
    "What is 34 + 12 in base 10?",
    "What is 34 + 12?",
    "Convert 12 hours to minutes.",
    "A triangle has base 8 and height 3. What is its area?",
    "Our base camp is at 4500 metres.",
  ])
    assert.equal(read(other), undefined, other);
});

it("has one key for a numeral in any spelling, and for commuted sums", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("convert 01a from hex to decimal"), key("把十六进制数1A化成十进制"));
  assert.equal(key("What is 17 + 25 in base 8?"), key("Add the octal numbers 25 and 17."));
  assert.notEqual(key("What is 255 in binary?"), key("What is 255 in octal?"));
});

it("judges its lines", () => {
  const judged = (question: string, lines: readonly string[]) =>
    checkSteps({ question, reasoning: lines.join("\n"), task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(
    judged("Convert 1A3 from base 16 to base 10.", [
      "back: 3, A, 1",
      "back: 1, A, 3",
      "A=10",
      "A=11",
      "10*16=160",
      "10*16=150",
    ]),
    ["proved", "refuted", "proved", "refuted", "proved", "refuted"],
  );
  assert.deepEqual(
    judged("Write 93 in base 8.", [
      "93/8>10",
      "93/8>20",
      "93=11*8+5",
      "93=11*8+6",
      "digits: 1, 3, 5",
      "digits: 1, 3, 8",
      "digits: 5, 3, 1",
    ]),
    ["proved", "refuted", "proved", "refuted", "proved", "refuted", "refuted"],
  );
  assert.deepEqual(judged("What is 345 + 167 in base 8?", ["5+7=12", "12-8=4", "4+6+1=10+1=12"]), [
    "proved",
    "proved",
    "refuted",
  ]);
});

it("accepts an answer in all its spellings, and no other", () => {
  const verdict = (question: string, answer: string) => family.checker.checkAnswer!(problem(question)!, answer).verdict;
  const hex = "Write 419 in base 16.";
  for (const right of [
    "1A3",
    "1a3",
    "0x1A3",
    "01A3",
    "1A3_{16}",
    "1A3₁₆",
    "(1A3)_{16}",
    "\\text{1A3}",
    "419 = 1A3",
    "1A3 (base 16)",
    "1A3 hexadecimal",
    "1A3（十六进制）",
  ])
    assert.equal(verdict(hex, right), "proved", right);
  for (const wrong of ["1A4", "419", "-1A3", "1A3_8", "A3", "419_{10}"])
    assert.equal(verdict(hex, wrong), "refuted", wrong);
  for (const none of ["", "?", "one A three", "1.5", "1A3 or so"]) assert.equal(verdict(hex, none), "unknown", none);
  const binary = "What is 93 in binary?";
  for (const right of ["1011101", "101 1101", "0101,1101", "0b1011101"])
    assert.equal(verdict(binary, right), "proved", right);
  for (const wrong of ["1011102", "93", "1011100"]) assert.equal(verdict(binary, wrong), "refuted", wrong);
  assert.equal(verdict(binary, "abc"), "unknown");
  const decimal = "Convert 1A3 from base 16 to base 10.";
  for (const right of ["419", "419_{10}", "419.0", "n=419", "1A3_{16}=419"])
    assert.equal(verdict(decimal, right), "proved", right);
  for (const wrong of ["418", "1A3", "-419"]) assert.equal(verdict(decimal, wrong), "refuted", wrong);
});
