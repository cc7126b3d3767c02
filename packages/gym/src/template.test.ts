// Grammars of wordings: rendering, listing, reading back, and what is refused.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { matcher } from "./matcher.ts";
import { Random } from "./random.ts";
import { template } from "./template.ts";

describe("template", () => {
  it("lists all forms, and renders each of them sooner or later", () => {
    const form = template("[What is|[Please |]compute] {a}+{b}[?|]");
    assert.equal(form.count, 6);
    assert.equal(form.forms().length, 6);
    const random = Random.fromSeed(1);
    const seen = new Set(Array.from({ length: 200 }, () => form.render({ a: "{a}", b: () => "{b}" }, random)));
    assert.deepEqual([...seen].sort(), form.forms().sort());
  });

  it("refuses brackets that don't match, and slots without a value", () => {
    for (const text of ["[a|b", "a]", "{a", "a}"]) assert.throws(() => template(text), LemmaError, text);
    assert.throws(() => template("{a}").render({}, Random.fromSeed(1)), /no value for \{a\}/);
  });
});

describe("matcher", () => {
  const read = matcher(
    [
      [template("[Add|Sum] {a} and {b}."), "+"],
      [template("从{a}中减去{b}"), "-"],
      [template("{name} has {a}, {name} gets {b}"), "+"],
    ],
    { a: "\\d+", b: "\\d+", name: "[A-Z]\\w+" },
  );

  it("finds a wording among other words, without regard to case and end marks", () => {
    assert.deepEqual(read("Please add 3 and 41!")?.slots, { a: "3", b: "41" });
    assert.equal(read("请从 41 中减去 3。")?.tag, "-");
  });

  it("wants repeated slots to agree, and numbers whole", () => {
    assert.equal(read("Ann has 3, Ben gets 4"), undefined);
    assert.equal(read("ann has 3, Ann gets 4")?.tag, "+");
    assert.equal(read("Add 3 and 4x"), undefined);
  });
});
