// docs/api.md against the server: its routes, fields and errors are all there are, and its examples run.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ERRORS, type WireError } from "@lemma/protocol";
import { chatSchema } from "../src/chat-schema.ts";
import { createServer } from "../src/index.ts";
import { UNSUPPORTED_FIELDS } from "../src/unsupported-fields.ts";
import { PacedModel } from "./paced-model.ts";

const page = readFileSync(new URL("../../../docs/api.md", import.meta.url), "utf8");
const { app } = createServer({
  models: { "lemma-s": new PacedModel({ thought: ["3x=15"] }) },
  makeChecker: () => ({ push: () => [], end: () => [] }),
});

/** Rows of the table under a heading, as lists of cells without backquotes. */
function table(heading: string): string[][] {
  const section = page.split(new RegExp(`^##+ ${heading}$`, "m"))[1]?.split(/^##+ /m)[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(1).map((row) => row.slice(2, -2).split(/ (?<!\\)\| /));
}
const plain = (cell: string | undefined): string => cell?.replace(/^`(.*)`$/, "$1") ?? "";

test("the routes are those of the server", async () => {
  const rows = table("Routes");
  for (const [method, path] of rows)
    assert.ok(app.hasRoute({ method: method!, url: plain(path) }), `${method} ${path}`);
  const documented = new Set(rows.map(([, path]) => plain(path)));
  for (const path of routePaths()) assert.ok(documented.has(path), `${path} is not documented`);
});

/** Every path of the router, from its printed tree. */
function routePaths(): string[] {
  const paths: string[] = [];
  const stack: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split("\n")) {
    const match = line.match(/^([│ ]*)[├└]── (\S*)(?: \((.*)\))?$/);
    if (!match) continue;
    const depth = match[1]!.length / 4;
    stack.length = depth;
    stack.push(match[2]!);
    if (match[3]) paths.push(stack.join(""));
  }
  assert.ok(paths.length >= 5);
  return paths;
}

test("the fields are those of the schema", () => {
  assert.deepEqual(
    table("Fields").map(([field]) => plain(field)),
    Object.keys(chatSchema.shape),
  );
  assert.deepEqual(
    table("What is refused").map(([field]) => plain(field)),
    Object.keys(UNSUPPORTED_FIELDS),
  );
});

test("what passes of the refused fields passes", async () => {
  for (const [field, values] of table("What is refused")) {
    for (const [, value] of values!.matchAll(/`([^`]+)`/g)) {
      const payload = {
        model: "lemma-s",
        messages: [{ role: "user", content: "x" }],
        [plain(field)]: JSON.parse(value!),
      };
      assert.equal((await app.inject({ method: "POST", url: "/v1/chat/completions", payload })).statusCode, 200, field);
    }
  }
});

test("the errors are those of the catalogue", () => {
  const documented = table("Errors").map((cells) => cells.map(plain));
  const expected = Object.entries(ERRORS).map(([code, { status, retryable, hint }]) => [
    code,
    String(status),
    retryable ? "yes" : "no",
    hint,
  ]);
  assert.deepEqual(documented, expected);
});

test("the error example is what the server says", async () => {
  const example = JSON.parse(page.match(/```json\n([\s\S]*?)\n```/)![1]!) as WireError;
  const payload = { model: "lemma-s", messages: [{ role: "user", content: "x" }], temperature: 9 };
  const response = await app.inject({ method: "POST", url: "/v1/chat/completions", payload });
  assert.deepEqual(response.json(), example);
});

const examples = [...page.matchAll(/```sh\n(curl[\s\S]*?)\n```/g)].map((match) => match[1]!);
assert.ok(examples.length >= 4);
for (const [i, example] of examples.entries()) {
  test(`curl example ${i + 1} runs`, async () => {
    const url = example.match(/curl (\S+)/)![1]!;
    const headers = Object.fromEntries(
      [...example.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]) => [name!, value!]),
    );
    const body = example.match(/-d '([^']+)'/)?.[1];
    const response = await app.inject({
      method: body ? "POST" : "GET",
      url,
      headers,
      ...(body ? { payload: body } : {}),
    });
    assert.equal(response.statusCode, 200, response.body);
    if (body?.includes('"stream":true')) assert.match(response.body, /"reasoning_content":.*data: \[DONE\]/s);
  });
}
