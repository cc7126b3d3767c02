// Conversations: shares as asked, the row's own turn last and untouched, earlier turns from the row's split and without weight.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ConversationShares, converse } from "./conversation.ts";
import { generate, generateRow } from "./generate.ts";
import { families, familyById } from "./registry.ts";
import { splitOf } from "./split.ts";
import { SYSTEM_PROMPTS } from "./system-prompts.ts";

const TASKS = families().map(({ id }) => id);
const rows = [...generate({ task: "ordering", seed: 5, count: 3000, split: "train" })];

describe("conversations", () => {
  it("have system prompts and follow-ups in the shares asked for", () => {
    const share = (shares: ConversationShares | undefined) => {
      const dressed = rows.map((row) => converse(row, shares, TASKS));
      const system = dressed.filter(([first]) => first!.role === "system").length;
      const followUp = dressed.filter((messages) => messages.filter(({ role }) => role === "user").length > 1).length;
      const noise = dressed.filter((messages, i) => messages.at(-2)!.content !== rows[i]!.messages[0]!.content).length;
      return [system / rows.length, followUp / rows.length, noise / rows.length] as const;
    };
    const [system, followUp, noise] = share(undefined);
    assert.ok(Math.abs(system - 0.2) < 0.025 && Math.abs(followUp - 0.1) < 0.02, `${system} ${followUp}`);
    assert.ok(noise > 0.3 && noise < 0.42, `${noise}`); // a little noise is none at times
    assert.deepEqual(share({ system: 0, followUp: 0, noise: 0 }), [0, 0, 0]);
    assert.deepEqual(share({ system: 1, followUp: 0, noise: 0 }), [1, 0, 0]);
    assert.deepEqual(share({ system: 0, followUp: 1, noise: 0 }), [0, 1, 0]);
  });

  it("end in the row's own turn; earlier answers have no thought and weight 0", () => {
    for (const row of rows.slice(0, 300)) {
      const messages = converse(row, { system: 0.5, followUp: 1, noise: 0 }, TASKS);
      assert.deepEqual(messages.slice(-2), row.messages);
      const earlier = messages.slice(messages[0]!.role === "system" ? 1 : 0, -2);
      assert.ok(earlier.length === 2 || earlier.length === 4);
      earlier.forEach((message, i) => {
        assert.equal(message.role, i % 2 === 0 ? "user" : "assistant");
        assert.equal(message.reasoning_content, undefined);
        assert.equal(message.weight, i % 2 === 0 ? undefined : 0);
      });
    }
  });

  it("are the same for the same row, and the shares don't move each other's choices", () => {
    for (const row of rows.slice(0, 200)) {
      const again = generateRow({ task: row.task, seed: 5, split: "train", index: row.source.index });
      assert.deepEqual(converse(again, undefined, TASKS), converse(row, undefined, TASKS));
      const both = converse(row, { system: 1, followUp: 1, noise: 0.5 }, TASKS);
      assert.deepEqual(both.slice(1), converse(row, { system: 0, followUp: 1, noise: 0.5 }, TASKS));
    }
  });

  it("ask earlier questions of the given families only, in the row's language and split", () => {
    for (const row of generate({ task: "multiplication", seed: 6, count: 200, split: "heldout", language: "zh" })) {
      const [question] = converse(row, { system: 0, followUp: 1, noise: 0 }, ["multiplication"]);
      assert.doesNotMatch(question!.content.replace("\\boxed", ""), /[a-z]{2}/i);
      const { key, checker } = familyById("multiplication");
      const problem = checker.recognise(question!.content);
      assert.equal(splitOf(`multiplication ${key(problem)}`), "heldout", question!.content);
    }
  });

  it("have many different system prompts", () => {
    for (const language of ["en", "zh"] as const) assert.ok(new Set(SYSTEM_PROMPTS[language]).size >= 15);
  });
});
