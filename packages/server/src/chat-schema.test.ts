// Type test: the schema accepts exactly protocol's request, in both directions. `tsc --noEmit` fails when they differ.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChatCompletionRequest } from "@lemma/protocol";
import type { z } from "zod";
import { chatSchema } from "./chat-schema.ts";

type Parsed = z.infer<typeof chatSchema>;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Field by field, so that a difference in one names it. */
type Differences = {
  [K in keyof Required<ChatCompletionRequest> | keyof Parsed]: K extends keyof Parsed & keyof ChatCompletionRequest
    ? Parsed[K] extends ChatCompletionRequest[K]
      ? ChatCompletionRequest[K] extends Parsed[K]
        ? never
        : K
      : K
    : K;
}[keyof Required<ChatCompletionRequest> | keyof Parsed];

const noDifference: Equal<Differences, never> = true;
const sameKeys: Equal<keyof Parsed, keyof ChatCompletionRequest> = true;

test("the schema's type equals protocol's request", () => {
  assert.ok(noDifference && sameKeys);
  const request: ChatCompletionRequest = { model: "m", messages: [{ role: "user", content: "2+2" }] };
  assert.deepEqual(chatSchema.parse(request), request);
});
