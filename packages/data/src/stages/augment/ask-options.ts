// The options of augmentation with a model. Owns their checks: what of an endpoint's address may be written down, where the key is.

import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { basename, resolve } from "node:path";
import { resolveModel } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import { z } from "zod";
import type { TeacherName } from "./teacher.ts";

export const ASK_KINDS = ["solve", "paraphrase"] as const;
export type AskKind = (typeof ASK_KINDS)[number];

export const askFields = {
  model: z
    .string()
    .min(1)
    .optional()
    .describe(
      "a model to ask: an id in models/, a folder, or with an endpoint what that calls it; left out, none is asked",
    ),
  endpoint: z
    .string()
    .min(1)
    .optional()
    .describe("an API that speaks OpenAI's chat completions, up to its version: https://api.example.com/v1"),
  apiKeyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of an environment variable")
    .optional()
    .describe("the environment variable with the endpoint's key; the key itself is never written"),
  modelKinds: z
    .array(z.enum(ASK_KINDS))
    .nonempty()
    .default([...ASK_KINDS])
    .describe("what the model is asked for"),
  samples: z.int().positive().max(1024).default(4).describe("replies asked for each row and kind"),
  keep: z.int().positive().max(1024).default(4).describe("at most so many of them are kept"),
  leastPassRate: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("of a row's sampled solutions: where fewer pass, none is kept"),
  mostPassRate: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("… where more pass, the problem is too easy and none is kept"),
  temperature: z.number().min(0).max(2).default(0.8).describe("of the samples"),
  topP: z.number().gt(0).max(1).default(1).describe("of the samples"),
  maxTokens: z.int().positive().default(1024).describe("of a reply, thought and answer together"),
  maxTokensField: z
    .enum(["max_tokens", "max_completion_tokens"])
    .default("max_tokens")
    .describe("what the endpoint calls that bound"),
  solvePrompt: z
    .string()
    .optional()
    .describe(
      "system message before a question to solve; left out: none for a model of ours, else one that asks for \\boxed{}",
    ),
  paraphrasePrompt: z
    .string()
    .includes("{question}", { message: "expected a text with {question} in it" })
    .optional()
    .describe("what asks for a paraphrase, with {question} in it"),
  concurrency: z.int().positive().max(1024).default(8).describe("requests at the same time, in each process"),
  timeoutSeconds: z.int().positive().max(86_400).default(120).describe("for one reply of an endpoint"),
  retries: z.int().nonnegative().max(20).default(6).describe("of a request that failed, with growing pauses"),
  maxReplyBytes: z
    .int()
    .positive()
    .default(1 << 22)
    .describe("a larger reply is not read on"),
  documentsPerTask: z.int().positive().default(256).describe("documents that a task with a model does"),
  modelDigest: z.string().default("").describe("SHA-256 of our model's file; filled in where left out"),
};

const fields = z.strictObject(askFields);
export type AskOptions = z.infer<typeof fields>;

const wrong = (option: string, expected: string, found: string): LemmaError =>
  new LemmaError("LEMMA_E_OPTION", { option, expected, found });

/** The options with the model's place and digest filled in. Throws LEMMA_E_OPTION, LEMMA_E_FILE. */
export function resolveAsking<O extends AskOptions>(given: O, base: string): O {
  const { model, endpoint, apiKeyEnv } = given;
  if (endpoint !== undefined) {
    if (model === undefined) throw wrong("model", "what the endpoint calls its model", "nothing");
    if (apiKeyEnv !== undefined) apiKey(apiKeyEnv);
    return { ...given, endpoint: checkedEndpoint(endpoint), modelDigest: "" };
  }
  if (apiKeyEnv !== undefined) throw wrong("apiKeyEnv", "an endpoint that it is the key for", "no endpoint");
  if (model === undefined) return { ...given, modelDigest: "" };
  const place = resolve(base, model);
  const found = resolveModel(/[/\\]|\.gguf$/.test(model) && existsSync(place) ? place : model);
  const digest = fileDigestNow(found.path);
  if (given.modelDigest !== "" && given.modelDigest !== digest) throw wrong("modelDigest", given.modelDigest, digest);
  return { ...given, model: found.path, modelDigest: digest };
}

/** What a model is called, from resolved options. */
export function teacherName({ model = "", endpoint, modelDigest }: AskOptions): TeacherName {
  return endpoint === undefined
    ? { model: basename(model).replace(/\.gguf$/, ""), modelDigest }
    : { model, endpoint: endpoint.replace(/\?.*$/, "") };
}

/** An address without anything that could be a secret, as it goes into plan.json. */
function checkedEndpoint(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw wrong("endpoint", "an http or https address", "another text");
  if (url.username !== "" || url.password !== "" || url.hash !== "")
    throw wrong(
      "endpoint",
      "an address without a name and a password; apiKeyEnv names where the key is",
      "one with them",
    );
  for (const name of url.searchParams.keys())
    if (name !== "api-version")
      throw wrong("endpoint", "no query but api-version; apiKeyEnv names where the key is", "another query");
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "")}${url.search}`;
}

/** The key. Throws LEMMA_E_OPTION where the variable is not set. */
export function apiKey(variable: string): string {
  const key = process.env[variable]?.trim();
  if (!key) throw wrong("apiKeyEnv", "an environment variable that is set", `${variable}, which is not`);
  return key;
}

function fileDigestNow(path: string): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const piece = Buffer.allocUnsafe(1 << 20);
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) hash.update(piece.subarray(0, size));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
