// Retry traces: one wrong step that the kernel refutes, taken back at once, everything else as it was; the reply still grades as right.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkSteps, grade } from "@lemma/verify";
import { converse } from "./conversation.ts";
import { generate } from "./generate.ts";
import { Random } from "./random.ts";
import { families } from "./registry.ts";
import { withRetry } from "./retry.ts";

const plain = { system: 0, followUp: 0, noise: 0 };

describe("retry traces", () => {
  for (const { id } of families())
    it(`${id}: the wrong step is refuted and withdrawn, the rest stands`, () => {
      let retried = 0;
      const rows = [...generate({ task: id, seed: 21, count: 12 })];
      for (const row of rows) {
        const [question, reply] = row.messages;
        const [, changed] = converse(row, { ...plain, retry: 1 });
        const before = (reply!.reasoning_content ?? "").split("\n");
        const after = (changed!.reasoning_content ?? "").split("\n");
        if (after.length === before.length) {
          assert.deepEqual(changed, reply);
          continue;
        }
        retried++;
        assert.equal(changed!.content, reply!.content);
        const at = before.findIndex((line, i) => line !== after[i]);
        assert.equal(after[at + 1], "[BACK]");
        assert.deepEqual([...after.slice(0, at), ...after.slice(at + 2)], before);
        const steps = checkSteps({ question: question!.content, reasoning: after.join("\n"), task: id });
        const refuted = steps.filter(({ verdict }) => verdict === "refuted");
        assert.deepEqual(
          refuted.map(({ text, withdrawn }) => [text, withdrawn]),
          [[after[at], true]],
        );
        const verdict = grade({
          problem: question!.content,
          response: changed!.content,
          reference: row.answer,
          verifier: row.verifier,
        });
        if (id !== "program-synthesis") assert.equal(verdict.verdict, "proved");
      }
      // Families whose steps are words (about, program-synthesis) and those that show search anyway have little to spoil.
      if (id === "addition-subtraction" || id === "linear-equations") assert.ok(retried >= 10, String(retried));
    });

  it("leaves reasoning alone that can't be spoilt", () => {
    const reply = { role: "assistant", content: "\\boxed{yes}", reasoning_content: "let me think" } as const;
    assert.equal(withRetry("Is it so?", reply, "propositional-logic", Random.fromSeed(1)), reply);
  });

  it("takes its share, the same rows for the same seed", () => {
    const rows = [...generate({ task: "multiplication", seed: 4, count: 300 })];
    const texts = rows.map((row) => converse(row, { ...plain, retry: 0.3 })[1]!.reasoning_content!);
    const share = texts.filter((text) => text.includes("[BACK]")).length / rows.length;
    assert.ok(share > 0.2 && share < 0.4, String(share));
    assert.deepEqual(
      rows.map((row) => converse(row, { ...plain, retry: 0.3 })[1]!.reasoning_content),
      texts,
    );
  });
});
