// Programs of the user: what they are asked, and what is read from their output, with programs that print as llama.cpp's do.

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { measureExecutable } from "./executables.ts";

const folder = mkdtempSync(join(tmpdir(), "lemma-executables-"));
after(() => rmSync(folder, { recursive: true }));

/** A program that prints the text, "$@" standing for its arguments. */
function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "loading" >&2\ncat <<END\n${text}\nEND\n`);
  chmodSync(path, 0o755);
  return path;
}

const job = { kind: "decode", modelPath: "m.gguf", sequences: 1, prompt: 32, new: 128, threads: 2 } as const;
const expected = (flags: string, print: string): string => `$([ "$*" = "${flags}" ] && echo '${print}' || echo "$*")`;

test("llama-bench is asked for one sequence and its avg_ts is read", async () => {
  const flags = "-m m.gguf -t 2 -ngl 0 -r 1 -o json -p 0 -n 128";
  const path = program("llama-bench", expected(flags, '[{"n_gen": 128, "avg_ts": 41.5}]'));
  assert.equal(await measureExecutable(path, job), 41.5);
  assert.equal(await measureExecutable(path, { ...job, sequences: 32 }), undefined);
  await assert.rejects(
    measureExecutable(path, { ...job, kind: "prefill" }),
    /printed no speed: -m m\.gguf .*-p 32 -n 0/,
  );
});

test("llama-batched-bench is asked for all sequences at once", async () => {
  const flags = "-m m.gguf -t 2 -ngl 0 -c 5632 -npp 32 -ntg 128 -npl 32 --output-format jsonl";
  const path = program("llama-batched-bench", expected(flags, '{"pl": 32, "speed_pp": 900.5, "speed_tg": 300.25}'));
  assert.equal(await measureExecutable(path, { ...job, sequences: 32 }), 300.25);
  assert.equal(await measureExecutable(path, { ...job, kind: "prefill", sequences: 32 }), 900.5);
});

test("a program that fails is named with what it was asked", async () => {
  await assert.rejects(measureExecutable(join(folder, "none"), job), /none -m m\.gguf .* failed/);
});
