// What counts as too alike.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sharedRuns, unitsOf } from "./overlap.ts";

describe("wordings too alike", () => {
  it("are cut into words, with one placeholder for a slot or a formula", () => {
    assert.deepEqual(unitsOf("What's {a} plus {b}, please?"), ["what's", "#", "plus", "#", "please"]);
    assert.deepEqual(unitsOf("Solve dy/dx = x^2 + y for y."), ["solve", "#", "for", "#"]);
    assert.deepEqual(unitsOf("求{f}的导数。"), ["求", "#", "的", "导", "数"]);
    assert.deepEqual(unitsOf("a truth-teller finds x-y"), ["a", "truth-teller", "finds", "#"]);
    assert.deepEqual(unitsOf("Solve AB+BA=CDC in digits"), ["solve", "#", "in", "digits"]);
    assert.deepEqual(unitsOf("add a number to 3"), ["add", "a", "number", "to", "#"]);
  });

  it("share five English words or eight Chinese characters", () => {
    assert.equal(sharedRuns(["please tell me what {a} is"], ["now tell me what {b} is"], "en").length, 1);
    assert.equal(sharedRuns(["please tell me what {a} is"], ["tell us what {b} is"], "en").length, 0);
    assert.equal(sharedRuns(["如果小明有{a}个苹果"], ["假如小明有{a}个苹果"], "zh").length, 0);
    assert.equal(sharedRuns(["请问小明现在有{a}个苹果"], ["小明现在有{a}个苹果"], "zh").length, 2);
  });
});
