// examples/ and the client's README against a listening server: they run as they stand.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createServer } from "../src/index.ts";
import { PacedModel } from "./paced-model.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const model = new PacedModel({ thought: ["3x=15\n", "x=5"], pieces: ["\\boxed{x=5}"] });
const server = createServer({ models: { "lemma-s": model } });
let base = "";
before(async () => {
  base = await server.listen("127.0.0.1", 0);
});
after(() => server.drain(0));

async function run(file: string): Promise<string> {
  const env = { ...process.env, LEMMA_BASE_URL: base };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { cwd: root, env, timeout: 20_000 });
  assert.equal(stderr, "");
  return stdout;
}

test("examples/ask-a-server.ts", async () => {
  const output = await run("examples/ask-a-server.ts");
  assert.match(output, /^3x=15\n +\? step 1\nx=5 +\? step 2\n/);
  assert.match(output, /\\boxed\{x=5\}\n\[stop, 3 tokens\]\n$/);
  assert.equal(model.asked.at(-1)?.input[0]?.content, "Solve the differential equation dy/dx = x^2 + y");
});

test("the snippet of packages/client/README.md", async () => {
  const page = readFileSync(path.join(root, "packages/client/README.md"), "utf8");
  const snippet = page.match(/```ts\n([\s\S]*?)```/)![1]!;
  const folder = mkdtempSync(path.join(root, "examples/.snippet-"));
  try {
    const file = path.join(folder, "snippet.ts");
    writeFileSync(file, snippet.replace("http://127.0.0.1:8000", base));
    assert.match(await run(file), /\\boxed\{x=5\}.*3x=15/s);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
