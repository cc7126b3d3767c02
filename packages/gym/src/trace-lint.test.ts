// The lint must pass what follows and catch what doesn't.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lintTrace } from "./trace-lint.ts";

const tokens = (...args: Parameters<typeof lintTrace>) => lintTrace(...args).map(({ token }) => token);

describe("lintTrace", () => {
  it("passes written sums, chains and named values", () => {
    assert.deepEqual(tokens("47+38=?", ["47+38: 7+8=15", "4+3+1=8", "47+38=85"], "85"), []);
    assert.deepEqual(tokens("Solve 3x+5=20.", ["3x+5=20", "3x=20-5=15", "x=15/3=5"], "5"), []);
    assert.deepEqual(
      tokens("100-99", ["100-99: 100>99", "0-9<10-9=1", "0-9-1<10-9-1=0", "1-0-1=0", "100-99=1"], "1"),
      [],
    );
  });

  it("passes a number that the line above spells", () => {
    const spelled = (line: string, answer: string) => tokens("2, 3, 4?", [line], answer, new Set(["digits", "C"]));
    assert.deepEqual(spelled("digits: 2, 4, 3", "243"), []);
    assert.deepEqual(spelled("digits: 2, 4, C, 3", "24C3"), []);
    assert.deepEqual(spelled("digits: 2, 4, C, 3", "243"), ["243"]);
    assert.deepEqual(spelled("digits: 2, 4, 3", "24"), ["24"]);
    assert.deepEqual(spelled("digits: 2, 4, 3", "342"), ["342"]);
  });

  it("passes the first digit of a quotient", () => {
    assert.deepEqual(tokens("347 mod 7", ["347/7>40", "40*7=280"], "0", new Set(["mod"])), []);
    assert.deepEqual(tokens("347 mod 7", ["347/7>48"], "0", new Set(["mod"])), ["48"]);
  });

  it("passes a number of three digits without its last one", () => {
    assert.deepEqual(tokens("347//10", ["347//10=34"], "34"), []);
    assert.deepEqual(tokens("347//10", ["347//10=35"], "34"), ["35", "34"]);
    assert.deepEqual(tokens("347//20", ["347//20=17"], "17"), ["17"]);
  });

  it("passes sums of round numbers and sums that fill zeros", () => {
    assert.deepEqual(tokens("22*60", ["22*60=1200+120=1320"], "1320"), []);
    assert.deepEqual(tokens("3 km 250 m", ["3 km=3*1000 m=3000 m", "3000+250=3250"], "3250"), []);
    assert.deepEqual(tokens("3040+275", ["3040+275=3315"], "3315"), ["3315"]);
  });

  it("passes halves of a year, and zeros in front", () => {
    assert.deepEqual(tokens("In 2023?", ["23>20"], "23"), []);
    assert.deepEqual(tokens("In 20235?", ["23>20"], "23"), ["23"]);
    assert.deepEqual(tokens("8:35 less 30 minutes", ["35-30=5"], "8:05"), []);
    assert.deepEqual(tokens("8:35 less 30 minutes", ["35-30=5"], "8:06"), ["06"]);
  });

  it("takes each claim of a line for itself", () => {
    const digits = new Set([..."0123456789"]);
    assert.deepEqual(tokens("", ["8+4=12; 4+8+1=13"], "13", digits), []);
    assert.deepEqual(tokens("", ["8+9=17; 1+2=18"], "18", digits), ["18"]);
  });

  it("passes labels that count on, and no others", () => {
    assert.deepEqual(tokens("5, 8, 11: next?", ["2: 8-5=3", "3: 11-8=3", "4: 11+3=14"], "14"), []);
    assert.deepEqual(tokens("5, 8, 11: next?", ["2: 8-5=3", "4: 11+3=14"], "14"), ["4"]);
  });

  it("catches a result without its columns, a number from nowhere, and two facts at once", () => {
    assert.deepEqual(tokens("47+38=?", ["47+38=85"], "85"), []); // one sum of two small numbers is one fact
    assert.deepEqual(tokens("4712+3835=?", ["4712+3835=8547"], "8547"), ["8547"]);
    assert.deepEqual(tokens("47+38=?", ["47+39=86"], "86"), ["39"]);
    assert.deepEqual(tokens("Solve 3x+5=20.", ["3x=20-5=17"], "5"), ["17"]);
    assert.deepEqual(tokens("47*38", ["47*38=1786"], "1786"), ["1786"]);
    assert.deepEqual(tokens("4*(-7)-3*9+20*6", ["4*(-7)-3*9+20*6=65"], "65"), ["65"]);
  });

  it("lets a line count on by one, and not further", () => {
    assert.deepEqual(tokens('Reverse "kab".', ["letters: 1 k, 2 a, 3 b"], "", new Set(["letters"])), []);
    assert.deepEqual(tokens("Print 7 5 7.", ["count: 1 7, 2 5, 3 7"], "", new Set(["count"])), []);
    assert.deepEqual(tokens('Reverse "kab".', ["letters: 1 k, 3 a"], "", new Set(["letters"])), ["3"]);
  });

  it("catches an answer that the trace doesn't hold, and unknown letters", () => {
    assert.deepEqual(tokens("47+38=?", ["7+8=15", "4+3+1=8", "47+38=85"], "95"), ["95"]);
    assert.deepEqual(tokens("Solve 3t=6.", ["q=6/3=2"], "2"), ["q"]);
    assert.deepEqual(tokens("A number is doubled.", ["x=3"], "3", new Set(["x"])), ["3"]);
  });

  it("passes written divisions, gcds of the small table and listed primes, and catches false ones", () => {
    const lines = ["3: 53=30+21+2", "gcd(3,2)=1"];
    assert.deepEqual(tokens("3 and 53", lines, "1", new Set(["gcd"])), []);
    assert.deepEqual(tokens("3 and 53", ["3: 53=33+18+2"], "2"), ["33", "18"]);
    assert.deepEqual(tokens("45 and 75", ["gcd(75,45)=15"], "15", new Set(["gcd"])), ["15"]);
    assert.deepEqual(tokens("x^2-13x+42", ["13^2=169", "42=3*14", "42=6*7"], "7", new Set(["x"])), []);
    assert.deepEqual(tokens("42 and 0", ["42=3*15", "42/0=9"], "0"), ["15", "9"]);
    assert.deepEqual(tokens("8 and 12", ["gcd(8,12)=4"], "4", new Set(["gcd"])), []);
    assert.deepEqual(tokens("91", ["7: 91=70+21+0"], "0"), ["7"]);
    assert.deepEqual(tokens("91", ["7: 91=70+21+0"], "0", new Set(["7"])), []);
  });
});
