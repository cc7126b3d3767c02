// Small talk: recognised in every wording, answered honestly, never with mathematics.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { grade } from "@lemma/verify";
import { generate } from "../../generate.ts";
import { sharedRuns } from "../../overlap.ts";
import { Random } from "../../random.ts";
import { splitOf } from "../../split.ts";
import { about } from "./family.ts";
import { INTENTS, topicCount } from "./topics.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./wordings-en.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./wordings-zh.ts";

const LANGUAGES = ["en", "zh"] as const;
const talks = INTENTS.flatMap((intent) =>
  Array.from({ length: topicCount(intent) }, (_, topic) => ({ intent, topic })),
);

describe("small talk", () => {
  it("has at least fifteen trained and three held-out wordings for every intent and language", () => {
    for (const [trained, heldOut] of [
      [TRAINED_EN, HELD_OUT_EN],
      [TRAINED_ZH, HELD_OUT_ZH],
    ] as const)
      for (const intent of INTENTS) {
        assert.ok(trained[intent].length >= 15);
        assert.equal(trained[intent].length, trained.greeting.length);
        assert.equal(heldOut[intent].length, 3);
        assert.ok(
          [...trained[intent], ...heldOut[intent]].every((wording) => intent === "greeting" || wording.includes("{x}")),
        );
      }
  });

  it("has both splits in every cell", () => {
    for (const intent of INTENTS) {
      const splits = talks.filter((talk) => talk.intent === intent).map((talk) => splitOf(`about ${about.key(talk)}`));
      assert.ok(splits.includes("heldout") && splits.includes("train"), intent);
    }
  });

  it("has one key a topic", () => {
    assert.equal(new Set(talks.map((talk) => about.key(talk))).size, talks.length);
  });

  it("is recognised in every wording, and only small talk is", () => {
    const random = Random.fromSeed(1);
    for (const talk of talks)
      for (const language of LANGUAGES)
        for (const phrasing of about.phrasings[language]) {
          const text = phrasing.render(talk, random);
          assert.equal(about.checker.recognise(text)?.intent, talk.intent, text);
        }
    for (const text of ["", "What is 3 + 4?", "Solve x = 3.", "Hello! What is the derivative of x?", "Hi".repeat(9999)])
      assert.equal(about.checker.recognise(text), undefined, text);
  });

  it("is answered with what the model can do, without mathematics, and nothing else passes", () => {
    for (const talk of talks)
      for (const language of LANGUAGES) {
        const reply = about.answer(talk, language);
        assert.ok(!/[\d=]|boxed/.test(reply), reply);
        assert.equal(about.checker.checkAnswer!(talk, reply).verdict, "proved");
        for (const wrong of [`${reply} \\boxed{4}`, `${reply} 2+2=4`, "Hello!", "42"])
          assert.equal(about.checker.checkAnswer!(talk, wrong).verdict, "refuted", wrong);
      }
  });

  it("makes rows whose reply is graded right", () => {
    for (const row of generate({ task: "about", seed: 4, count: 100 })) {
      const [question, reply] = row.messages;
      const request = { problem: question!.content, reference: row.answer, verifier: row.verifier };
      assert.equal(grade({ ...request, response: reply!.content }).verdict, "proved");
      assert.equal(grade({ ...request, response: `${reply!.content}!` }).verdict, "refuted");
    }
  });

  it("shares no run of words between held-out and trained prompts", () => {
    const random = Random.fromSeed(2);
    for (const language of LANGUAGES) {
      const prompts = { trained: [] as string[], heldout: [] as string[] };
      for (const talk of talks)
        for (const phrasing of about.phrasings[language])
          prompts[phrasing.id.startsWith("heldout") ? "heldout" : "trained"].push(phrasing.render(talk, random));
      assert.deepEqual(sharedRuns(prompts.trained, prompts.heldout, language), []);
    }
  });
});
