// The error class and its catalogue: filled messages, recognition across copies, entries that say what to do.

import assert from "node:assert/strict";
import test from "node:test";
import { ERRORS, type ErrorCode, LemmaError } from "./errors.ts";

test("a message is filled from the details, and the entry's facts come along", () => {
  const error = new LemmaError("LEMMA_E_CONTEXT", { prompt: 2100, context: 1024 });
  assert.equal(error.message, "the prompt has 2100 tokens, the context holds 1024");
  assert.equal(error.code, "LEMMA_E_CONTEXT");
  assert.equal(error.status, 400);
  assert.equal(error.retryable, false);
  assert.ok(error.hint.length > 0);
  assert.deepEqual(error.details, { prompt: 2100, context: 1024 });
});

test("a missing detail shows as a question mark, never as undefined", () => {
  assert.equal(
    new LemmaError("LEMMA_E_CONTEXT", { prompt: 3 }).message,
    "the prompt has 3 tokens, the context holds ?",
  );
});

test("an overload says when to come back", () => {
  const error = new LemmaError("LEMMA_E_OVERLOADED", { waiting: 9, limit: 8, retryAfter: 4 });
  assert.equal(error.message, "the queue is full: 9 requests wait, 8 may; room is expected in 4 s");
  assert.equal(error.retryAfter, 4);
  assert.equal(new LemmaError("LEMMA_E_DRAINING").retryAfter, undefined);
});

test("a cause is kept", () => {
  const cause = new Error("socket closed");
  assert.equal(new LemmaError("LEMMA_E_CONNECTION", { url: "x", problem: "y" }, { cause }).cause, cause);
});

test("errors are recognised across copies of the package, and nothing else is", async () => {
  const copy = (await import(`./errors.ts?copy=${Date.now()}`)) as { LemmaError: typeof LemmaError };
  const foreign = new copy.LemmaError("LEMMA_E_DISPOSED");
  assert.ok(!(foreign instanceof LemmaError));
  assert.ok(LemmaError.isInstance(foreign));
  for (const other of [null, undefined, "LEMMA_E_DISPOSED", new Error("x"), { code: "LEMMA_E_DISPOSED" }]) {
    assert.equal(LemmaError.isInstance(other), false);
  }
});

test("each entry has a message, a hint that ends a sentence, and a status that fits", () => {
  for (const [code, entry] of Object.entries(ERRORS)) {
    assert.match(code, /^LEMMA_E_[A-Z_]+$/);
    assert.ok(entry.message.length > 0, code);
    assert.match(entry.hint, /[.!)`]$/, code);
    assert.ok(entry.status >= 400 && entry.status < 600, code);
    const error = new LemmaError(code as ErrorCode, {});
    assert.doesNotMatch(error.message, /[{}]/, code);
  }
});
