// Lines that list things are compared part by part, whatever their order.

import assert from "node:assert/strict";
import { it } from "node:test";
import { sameLine } from "./same-line.ts";

const compare = (text: string, ...expected: string[]) => {
  const at = text.indexOf(":");
  return sameLine({ index: 0, text, label: text.slice(0, at), body: text.slice(at + 1).trim() }, expected).verdict;
};

it("takes the parts of a line, and of its lists, in any order", () => {
  assert.equal(compare("A: left B[D, C], E[]", "A: left E[], B[C, D]"), "proved");
  assert.equal(compare("A: 剩 B[], C[A]", "A: left C[A], B[]", "A: 剩 C[A], B[]"), "proved");
  assert.equal(compare("table:  B 3 via A,C 4 via A", "table: C 4 via A, B 3 via A"), "proved");
});

it("refutes other parts, missing ones, others' lists and another label", () => {
  assert.equal(compare("A: left B[D], E[]", "A: left E[], B[C, D]"), "refuted");
  assert.equal(compare("A: left B[C, D]", "A: left E[], B[C, D]"), "refuted");
  assert.equal(compare("A: left B[], E[C, D]", "A: left E[], B[C, D]"), "refuted");
  assert.equal(compare("B: left E[]", "A: left E[]"), "refuted");
});

it("is quick on brackets that never close", { timeout: 20_000 }, () => {
  for (const piece of ["[", "A[", "left ", ", "])
    assert.equal(compare(`A: ${piece.repeat(100_000)}`, "A: left E[]"), "refuted");
});
