// Lines with gcd and lcm, by hand and against definitions.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { greatestDivisor, judgeDivisors } from "./divisors.ts";

const verdict = (line: string) => judgeDivisors(line)?.verdict.verdict;

describe("judgeDivisors", () => {
  it("proves true chains and refutes false ones", () => {
    for (const line of ["gcd(12,18)=6", "gcd(84, 360)=2*2*3=4*3=12", "lcm(4,6)=12", "gcd(8,0)=8", "12=gcd(24,36,60)"])
      assert.equal(verdict(line), "proved", line);
    for (const line of ["gcd(12,18)=3", "gcd(84,360)=2*2*3=13", "lcm(4,6)=24", "lcm(2,3,4)=6"])
      assert.equal(verdict(line), "refuted", line);
  });

  it("says nothing of other lines, and can't judge broken ones", () => {
    for (const line of ["12=2*6", "x=3", "", "lcm"]) assert.equal(judgeDivisors(line), undefined, line);
    for (const line of ["gcd(12,18)", "gcd(12)=12", "lcm(0,4)=0", "gcd(12,18)=", `gcd(${"9".repeat(60)},3)=3`])
      assert.equal(verdict(line), "unknown", line);
  });

  it("is the largest number that divides both", () => {
    for (let a = 1n; a <= 40n; a++)
      for (let b = 0n; b <= 40n; b++) {
        let largest = 1n;
        for (let d = 1n; d <= a; d++) if (a % d === 0n && b % d === 0n) largest = d;
        assert.equal(greatestDivisor(a, b), largest, `${a}, ${b}`);
      }
  });
});
