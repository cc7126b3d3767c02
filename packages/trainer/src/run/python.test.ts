// Finding Python: the chosen one, and a message that says how each place failed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { duration, progressLine } from "./progress-line.ts";
import { findPython } from "./python.ts";
import { rankCount } from "./rank-process.ts";

test("a Python without torch is named with its fault", async () => {
  const fault = (error: unknown): boolean =>
    LemmaError.isInstance(error) &&
    error.code === "LEMMA_E_PYTHON" &&
    /\/nowhere\/python: not found/.test(error.message);
  await assert.rejects(findPython({ ...process.env, LEMMA_PYTHON: "/nowhere/python" }), fault);
  await assert.rejects(
    findPython({ ...process.env, LEMMA_PYTHON: process.execPath }), // not a Python at all
    (error) => LemmaError.isInstance(error) && error.code === "LEMMA_E_PYTHON",
  );
});

test("ranks share the micro-batches evenly", () => {
  const python = (gpus: number) => ({ path: "python3", torch: "2", gpus });
  assert.deepEqual([rankCount(6, python(0), 2), rankCount(6, python(0), 4), rankCount(1, python(0), 8)], [2, 3, 1]);
  assert.equal(rankCount(6, python(1), 8), 1);
});

test("the progress line reads well", () => {
  const metrics = {
    stage: 0,
    step: 490,
    tokens: 5_988_869,
    lossTokens: 1,
    loss: 0.31126,
    learningRate: 1,
    gradNorm: 1,
    tokensPerSecond: 19222,
    padding: 0,
    secondsLeft: 2472,
    time: 0,
  };
  assert.equal(
    progressLine(
      "sft",
      4394,
      { event: "metrics", ...metrics },
      { event: "check", step: 400, rows: 200, right: 82, families: {} },
    ),
    "sft 490/4,394 | loss 0.311 | 19,222 tokens/s | 5,988,869 tokens | 41 min 12 s left | exact traces 41 %",
  );
  assert.deepEqual([duration(59.4), duration(3900)], ["59 s", "1 h 05 min"]);
});
