// The alarm of the verifier: failures are no wrong answers, are left out, and stop the run when they are many.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { equation, groupOf, inProcess, reply } from "../../test/replies.ts";
import { gymPool, Judge, type Verifier } from "./judge.ts";

const good = () => reply("3x=15\nx=5", "\\boxed{5}");

/** Fails whenever the thought says so; `asked` counts the checks. */
function brittle(asked: string[] = []): Verifier {
  return {
    stopped: 0,
    run: (async (name: Parameters<Verifier["run"]>[0], request: never) => {
      asked.push(name);
      if (name === "checkSteps" && (request as { reasoning: string }).reasoning.includes("boom"))
        throw new LemmaError("LEMMA_E_INTERNAL", { problem: "a defect in a checker" });
      return inProcess.run(name, request);
    }) as Verifier["run"],
  };
}

test("a failure of the verifier is no wrong reply, and one among many stops nothing", async () => {
  const judge = new Judge(brittle());
  for (let i = 0; i < 20; i++) await judge.group(groupOf(good(), good()));
  const judged = await judge.group(groupOf(reply("boom", "\\boxed{5}"), good()));
  assert.match((judged[0] as { error: string }).error, /^linear-equations: .*a defect in a checker/);
  assert.ok(!("error" in judged[1]!));
  assert.deepEqual(judge.counts, { failures: 1, judged: 42 });
});

test("more than 1 % failures stop the run and say what failed", async () => {
  const judge = new Judge(brittle());
  for (let i = 0; i < 30; i++) await judge.group(groupOf(good(), good()));
  const failing = judge.group(groupOf(reply("boom", "a"), reply("boom", "b"), reply("boom", "c")));
  await assert.rejects(failing, (error) => {
    assert.ok(LemmaError.isInstance(error) && error.code === "LEMMA_E_TRAINING");
    assert.match(error.message, /failed on 3 of the last 63 replies \(4\.8 %, at most 1 % is borne\)/);
    assert.match(error.message, /The last failure: linear-equations: .*a defect in a checker/);
    return true;
  });
});

test("a row whose reference can't be used is the verifier's failure", async () => {
  const group = groupOf(good());
  group.problem = { ...equation(), row: { ...equation().row, answer: "5 +" } };
  const [judged] = await new Judge(inProcess).group(group);
  assert.match((judged as { error: string }).error, /can't use the row's own reference "5 \+"/);
});

test("equal replies are judged once, each with its own length", async () => {
  const asked: string[] = [];
  const judged = await new Judge(brittle(asked)).group(
    groupOf(good(), reply("3x=15\nx=5", "\\boxed{5}", { length: 7 })),
  );
  assert.deepEqual(asked.sort(), ["checkAnswer", "checkSteps", "grade"]);
  assert.deepEqual(
    judged.map((one) => "length" in one && one.length),
    [10, 7],
  );
});

test("the pool's processes judge as this one does", async () => {
  await using pool = gymPool();
  const group = groupOf(good(), reply("3x=14\nx=5", "\\boxed{5}"), reply("", "none"));
  assert.deepEqual(await new Judge(pool).group(group), await new Judge(inProcess).group(group));
});
