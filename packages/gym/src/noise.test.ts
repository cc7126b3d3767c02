// Noise: formulas, code, names and the words that mean something stay in their order; listed words are neutral and not held out.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Language } from "@lemma/protocol";
import { NAMES } from "./families/ordering/names.ts";
import { phrasingsOf } from "./family.ts";
import { generate } from "./generate.ts";
import { disturb, disturbPassages } from "./noise.ts";
import { NOISE_WORDS } from "./noise-words.ts";
import { unitsOf } from "./overlap.ts";
import { Random } from "./random.ts";
import { families } from "./registry.ts";

const LANGUAGES = ["en", "zh"] as const;
const asking = families().filter(({ carriers }) => carriers !== "none");

/** Names, and words that operations and directions are told by. */
const KEPT = new RegExp(
  `\\b(?:minus|less|from|times|by|than|not|second|third|before|after|${NAMES.en.join("|")})\\b|[减差乘除比没]`,
  "g",
);

/** Digits, signs and brackets, in order: noise has none. */
const signs = (text: string) => text.replace(/[\p{L}\s,.;:?!'，。；：？！、]/gu, "");

/** Whether all of `part` stands in `whole` in this order. */
function inOrder(part: readonly string[], whole: readonly string[]): string | undefined {
  let at = 0;
  for (const unit of part) {
    at = whole.indexOf(unit, at) + 1;
    if (at === 0) return unit;
  }
  return undefined;
}

describe("noise", () => {
  for (const family of asking)
    it(`leaves what ${family.id} asks`, () => {
      let changed = 0;
      for (const language of LANGUAGES)
        for (const row of generate({ task: family.id, language, seed: 8, count: 400 })) {
          const question = row.messages[0]!.content;
          const noisy = disturb(question, language, Random.fromSeed(1).split(row.id));
          assert.equal(signs(noisy), signs(question), noisy);
          const code = question.split("\n").filter((line) => /[=(){}]/.test(line));
          if (/```|\bprint\(|console\.log/.test(question))
            assert.equal(inOrder(code, noisy.split("\n")), undefined, noisy);
          const kept = question.match(KEPT) ?? [];
          const there = noisy.match(/[A-Za-z]+|\p{Script=Han}/gu) ?? [];
          assert.equal(inOrder(kept, there), undefined, `${question}\n${noisy}`);
          if (noisy !== question) changed++;
        }
      assert.ok(changed > 400, String(changed));
    });

  it("reads the same in passages that an answer repeats", () => {
    const facts = ["Bob is taller than Dan", "Gus is taller than Bob"];
    const text = `Look at this: ${facts.join(", and ")}. Who is the tallest?`;
    let changed = 0;
    for (let i = 0; i < 100; i++) {
      const { question, passages } = disturbPassages(text, facts, "en", Random.fromSeed(5).split(i));
      for (const [at, passage] of passages.entries()) {
        assert.ok(question.includes(passage), question);
        assert.equal(inOrder(facts[at]!.match(KEPT)!, passage.match(/[A-Za-z]+/g)!), undefined, passage);
        if (passage !== facts[at]) changed++;
      }
    }
    assert.ok(changed > 70, String(changed));
  });

  it("replaces no word where the connectives mean something", () => {
    const text = "If Ann comes or Bob comes, then Dan does not come, and it is so.";
    for (let i = 0; i < 200; i++) {
      const words = disturb(text, "en", Random.fromSeed(6).split(i), true).match(/[A-Za-z]+/g)!;
      assert.equal(inOrder(text.match(/[A-Za-z]+/g)!, words), undefined, words.join(" "));
    }
  });

  it("is the same for the same stream", () => {
    const text = "What is 3 plus 5, and why is it so?";
    assert.equal(disturb(text, "en", Random.fromSeed(5)), disturb(text, "en", Random.fromSeed(5)));
  });

  it("has no word that only held-out wordings have: they measure unseen words", () => {
    const wordsOf = (language: Language, group: "trained" | "heldout") =>
      new Set(
        families().flatMap((family) =>
          phrasingsOf(family, language, group).flatMap(({ templates }) =>
            templates.flatMap(({ text }) => unitsOf(text.replace(/[[\]|]/g, " "))),
          ),
        ),
      );
    for (const language of LANGUAGES) {
      const trained = wordsOf(language, "trained");
      const only = new Set([...wordsOf(language, "heldout")].filter((word) => !trained.has(word)));
      assert.ok(only.size > 20, String(only.size));
      assert.deepEqual(
        NOISE_WORDS[language].filter((word) => only.has(word)),
        [],
      );
    }
  });
});
