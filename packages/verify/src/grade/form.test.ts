// Forms of answers, by hand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Form, hasForm } from "./form.ts";
import { gradeAnswer } from "./grade.ts";

const all = (form: Form, verdict: string, texts: readonly string[]) => {
  for (const text of texts) assert.equal(hasForm(text, form).verdict, verdict, text);
};

describe("forms of answers", () => {
  it("knows products of primes", () => {
    all("prime-factors", "proved", ["2*2*3*7", "2^2*3*7", "2^{2} \\cdot 3 \\cdot 7", "97", "7 × 2 × 2 × 3", "31*31"]);
    all("prime-factors", "refuted", ["84", "4*3*7", "2*2*21", "1*2*3", "2^2*x", "2+5", "6^2"]);
    all("prime-factors", "unknown", ["", "1000000000000000003"]);
  });

  it("knows linear factors", () => {
    all("factored", "proved", ["(x+2)(x+3)", "2(x-1)(x+3)", "(x+1)^2", "-(t-2)(3t+1)", "x(x+5)", "(x+1)(x-1)/2"]);
    all("factored", "refuted", ["x^2+5x+6", "x(x+2)+3x+6", "2(x^2+1)", "(x^2+1)(x+1)"]);
  });

  it("knows sums without brackets", () => {
    all("expanded", "proved", ["x^2+5x+6", "6+5x+x^2", "-3x^2/2+7", "4", "x*x+2*x", "x*y+x+y"]);
    all("expanded", "refuted", ["(x+2)(x+3)", "x(x+5)+6", "x^2+2x+3x+6", "(x+1)^2"]);
  });

  it("are asked for by a verifier's field", () => {
    const verifier = { kind: "expression", form: "prime-factors" } as const;
    assert.equal(gradeAnswer("2^2*3*7", "2*2*3*7", verifier).verdict, "proved");
    assert.equal(gradeAnswer("84", "2*2*3*7", verifier).verdict, "refuted");
    assert.equal(gradeAnswer("2*3*7", "2*2*3*7", verifier).verdict, "refuted");
  });
});
