// Units behind numbers: removed where they are the ones named, in plain text and LaTeX, and only there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { grade } from "./grade.ts";
import { withoutUnit } from "./units.ts";

test("removes a named unit behind a number, and nothing else", () => {
  const units = ["%", "percent", "km", "千米"];
  for (const text of ["15%", "15 %", "15\\%", "15 percent", "15 km", "15\\,\\text{km}", "15千米", "15 KM"])
    assert.equal(withoutUnit(text, units), "15", text);
  for (const text of ["15", "15 m", "km", "x km", "\\frac{1}{2}"]) assert.equal(withoutUnit(text, units), text);
  assert.equal(withoutUnit("\\frac{1}{2} km", units), "\\frac{1}{2}");
  assert.equal(withoutUnit("15%", undefined), "15%");
});

test("a verifier's units may stand behind the answer", () => {
  const verdict = (response: string, units?: string[]) =>
    grade({
      problem: "?",
      response: `\\boxed{${response}}`,
      reference: "15",
      verifier: { kind: "number", ...(units && { units }) },
    }).verdict;
  assert.equal(verdict("15\\%", ["%"]), "proved");
  assert.equal(verdict("15%"), "refuted");
  assert.equal(verdict("16%", ["%"]), "refuted");
});
