// Rows of rejection sampling: right in every line, each text once, the shortest first; what nobody solved is mined.

import assert from "node:assert/strict";
import { test } from "node:test";
import { equation, groupOf, inProcess, reply } from "../../test/replies.ts";
import { Judge } from "./judge.ts";
import { rowsOfProblem } from "./rft-rows.ts";
import type { RolloutReply } from "./rollouts.ts";

const SETTINGS = { keep: 2, mine: true, maxTokens: 100 };
const BOX = "\\boxed{5}";

async function rowsOf(replies: RolloutReply[], settings = SETTINGS) {
  const judged = await new Judge(inProcess).group(groupOf(...replies));
  return rowsOfProblem(equation(3), replies, judged, settings);
}

test("sound replies are kept once, the shortest first, at most `keep`", async () => {
  const long = reply("3x=17-2=15\nx=15/3=5", BOX, { length: 30 });
  const { rows, counts, passed } = await rowsOf([
    long,
    reply("3x=14\nx=5", BOX), // a false line
    reply("x=6", "\\boxed{6}"), // wrong
    reply("3x=15\nx=5", `so ${BOX}`), // not the form
    reply("3x=15\nx=5", BOX, { length: 12 }),
    long,
    reply("3x=15\nx=5", BOX, { isTruncated: true }),
    reply("3x=14\n[BACK]\n3x=15\nx=5", BOX, { length: 31 }),
  ]);
  assert.deepEqual(
    rows.map(({ messages, origin }) => [messages.at(-1)!.reasoning_content, origin]),
    [
      ["3x=15\nx=5", { kind: "reply", problem: 3, reply: 4 }],
      ["3x=17-2=15\nx=15/3=5", { kind: "reply", problem: 3, reply: 0 }],
    ],
  );
  assert.equal(rows[0]!.messages[0]!.content, "Solve 3x + 2 = 17.");
  assert.deepEqual(counts, {
    ...{ problems: 1, replies: 8, right: 6, sound: 4, kept: 2, mined: 0, unjudged: 0 },
    tokens: 30 + 10 + 10 + 10 + 12 + 30 + 10 + 31,
  });
  assert.equal(passed, 4);
});

test("a repaired reply may be kept: its repair is worth learning", async () => {
  const { rows } = await rowsOf([reply("3x=14\n[BACK]\n3x=15\nx=5", BOX)]);
  assert.match(rows[0]!.messages.at(-1)!.reasoning_content!, /\[BACK\]/);
});

test("a problem without a sound reply is mined, if that is wanted", async () => {
  const failed = [reply("x=6", "\\boxed{6}"), reply("3x=14\nx=5", BOX)];
  const { rows, counts } = await rowsOf(failed);
  assert.deepEqual(rows[0]!.origin, { kind: "reference", problem: 3 });
  assert.equal(rows[0]!.messages.at(-1)!.reasoning_content, "3x+2=17\n3x=17-2=15\nx=15/3=5");
  assert.deepEqual([counts.kept, counts.mined, counts.sound, counts.right], [0, 1, 0, 1]);
  assert.deepEqual((await rowsOf(failed, { ...SETTINGS, mine: false })).rows, []);
});

test("what nobody could judge is neither kept nor a reason to mine", () => {
  const replies = [reply("a", BOX), reply("b", BOX)];
  const { rows, counts } = rowsOfProblem(equation(), replies, [{ error: "x" }, { error: "x" }], SETTINGS);
  assert.deepEqual([rows.length, counts.unjudged, counts.mined], [0, 2, 0]);
});
