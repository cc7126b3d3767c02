// The page's promises that need no browser: one file, no outside resource, a policy that fits its own script.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { createServer } from "./server.ts";

test("GET / is one file whose policy allows exactly its own style and script", async () => {
  const { app } = createServer();
  const { body, headers, statusCode } = await app.inject("/");
  assert.equal(statusCode, 200);
  assert.match(String(headers["content-type"]), /^text\/html/);
  const policy = String(headers["content-security-policy"]);
  for (const [tag, directive] of [
    ["style", "style-src"],
    ["script", "script-src"],
  ] as const) {
    const parts = [...body.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, "g"))];
    assert.equal(parts.length, 1);
    const hash = createHash("sha256").update(parts[0]![1]!).digest("base64");
    assert.ok(policy.includes(`${directive} 'sha256-${hash}'`));
  }
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.doesNotMatch(
    body.replaceAll("http://www.w3.org/2000/svg", ""),
    /https?:\/\/|innerHTML|insertAdjacentHTML|document\.write/,
  );
  assert.doesNotMatch(body, /\son\w+=|style="/);
});

test("both languages have the same texts, and every text that is shown exists", async () => {
  const { app } = createServer();
  const { body } = await app.inject("/");
  const block = (language: string) => body.match(new RegExp(`  ${language}: \\{([\\s\\S]*?)\\n  \\},`))?.[1] ?? "";
  const keys = (language: string) => [...block(language).matchAll(/^ {4}(\w+):/gm)].map((match) => match[1]!);
  assert.ok(keys("en").length > 20);
  assert.deepEqual(keys("zh"), keys("en"));
  for (const [, key] of body.matchAll(/data-(?:text|placeholder)="(\w+)"/g)) assert.ok(keys("en").includes(key!), key);
  for (const [, key] of body.matchAll(/\btext\("(\w+)"\)/g)) assert.ok(keys("en").includes(key!), key);
});
