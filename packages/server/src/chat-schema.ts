// The zod schema of `POST /v1/chat/completions`. Owns which fields are read and their ranges; a type test holds it equal
// to protocol's ChatCompletionRequest. Fields that are not here pass unread: docs/api.md lists the common ones, and
// unsupported-fields.ts refuses those that would change the answer.

import { z } from "zod";

const MAX_CHOICES = 128;
const MAX_STOPS = 16;
const MAX_STOP_BYTES = 256; // the engine's own limit: engine/src/scheduler_requests.cpp
const MAX_TOP_LOGPROBS = 20;
const MAX_PRIORITY = 10;
const MAX_SALT_BYTES = 256; // the engine's own limits, as above
const MAX_ATTEMPTS = 32;
const MAX_REPETITION_PENALTY = 100;

/** `null` stands for absent, as in OpenAI's API. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().exactOptional();

const message = z.object({
  role: z.enum(["system", "developer", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(z.object({ type: z.literal("text"), text: z.string() })), z.null()]),
  reasoning_content: maybe(z.string()),
  name: z.string().exactOptional(),
});

const atMostBytes = (limit: number) => {
  const test = (text: string): boolean => Buffer.byteLength(text) <= limit;
  return [test, `at most ${limit} bytes of UTF-8`] as const;
};

const tokenId = z.string().regex(/^(0|[1-9]\d{0,8})$/, "token ids as keys");

const stop = z
  .string()
  .min(1)
  .refine(...atMostBytes(MAX_STOP_BYTES));

export const chatSchema = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: maybe(z.boolean()),
  stream_options: maybe(z.object({ include_usage: z.boolean().exactOptional() })),
  temperature: maybe(z.number().min(0).max(2)),
  top_p: maybe(z.number().min(0).max(1)),
  top_k: maybe(z.int().min(-1)),
  min_p: maybe(z.number().min(0).max(1)),
  presence_penalty: maybe(z.number().min(-2).max(2)),
  frequency_penalty: maybe(z.number().min(-2).max(2)),
  repetition_penalty: maybe(z.number().gt(0).max(MAX_REPETITION_PENALTY)),
  logit_bias: maybe(z.record(tokenId, z.number().min(-100).max(100))),
  seed: maybe(z.int()),
  stop: maybe(z.union([stop, z.array(stop).max(MAX_STOPS)])),
  max_tokens: maybe(z.int().min(1)),
  max_completion_tokens: maybe(z.int().min(1)),
  n: maybe(z.int().min(1).max(MAX_CHOICES)),
  logprobs: maybe(z.boolean()),
  top_logprobs: maybe(z.int().min(0).max(MAX_TOP_LOGPROBS)),
  thinking: maybe(z.object({ type: z.enum(["enabled", "disabled"]) })),
  reasoning_effort: maybe(z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])),
  user: maybe(z.string()),
  lemma: z
    .strictObject({
      step_verdicts: z.boolean().exactOptional(),
      verified: z.boolean().exactOptional(),
      attempts: z.int().min(1).max(MAX_ATTEMPTS).exactOptional(),
      task: z.string().exactOptional(),
      priority: z.int().min(-MAX_PRIORITY).max(MAX_PRIORITY).exactOptional(),
      cache_salt: z
        .string()
        .refine(...atMostBytes(MAX_SALT_BYTES))
        .exactOptional(),
    })
    .exactOptional(),
});
