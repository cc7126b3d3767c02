// `lemma convert` while it works: the progress line, and signals in the middle, which must leave nothing behind.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadModel } from "@lemma/engine";
import { randomWeights, smallConfig, writeFolder } from "../../../trainer/test/random-folder.ts";
import { parseFlags } from "../flags.ts";
import { Terminal } from "../terminal.ts";
import { convert } from "./convert.ts";

const launcher = fileURLToPath(new URL("../../bin/lemma.mjs", import.meta.url));

let root = "";
let folder = "";
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "lemma-convert-command-"));
  folder = path.join(root, "deep");
  // Many small tensors: a conversion of seconds without gigabytes.
  const sizes = { hidden_size: 32, num_attention_heads: 1, num_key_value_heads: 1, intermediate_size: 32 };
  const config = smallConfig("qwen3", { num_hidden_layers: 1200, ...sizes });
  await writeFolder(folder, config, randomWeights(config));
});
after(() => rm(root, { recursive: true }));

interface Stopped {
  code: number | null;
  out: string;
  error: string;
}

/** Starts a conversion into `place` and sends the signals as soon as its temporary file is there. */
async function stopped(place: string, signals: readonly NodeJS.Signals[]): Promise<Stopped> {
  const args = [launcher, "convert", folder, "--out", path.join(place, "model.gguf")];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const heard = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (heard.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (heard.error += text));
  const code = new Promise<number | null>((resolve) => child.on("close", resolve));
  while (!(await readdir(place)).some((name) => name.endsWith(".tmp"))) {
    assert.equal(child.exitCode, null, heard.error);
    await sleep(2);
  }
  for (const signal of signals) child.kill(signal);
  return { code: await code, ...heard };
}

for (const [name, signals, code] of [
  ["Ctrl-C", ["SIGINT"], 130],
  ["Ctrl-C twice", ["SIGINT", "SIGINT"], 130],
  ["SIGTERM", ["SIGTERM"], 143],
] as const) {
  test(`${name} in the middle leaves no file of its own and an earlier one as it was`, async () => {
    const place = path.join(root, name.replaceAll(" ", "-"));
    await mkdir(place);
    await writeFile(path.join(place, "model.gguf"), "before");
    const end = await stopped(place, signals);
    assert.equal(end.code, code, end.error);
    assert.equal(end.out, "");
    if (signals.length === 1) assert.match(end.error, /^stopped$/m);
    assert.deepEqual(await readdir(place), ["model.gguf"]);
    assert.equal(await readFile(path.join(place, "model.gguf"), "utf8"), "before");
  });
}

test("on a terminal a progress line is replaced while it works, and taken away", async () => {
  const shown: string[] = [];
  const stream = (isTTY: boolean, to: string[]) =>
    ({ isTTY, write: (text: string) => to.push(text) > 0 }) as unknown as NodeJS.WriteStream;
  const data: string[] = [];
  const terminal = new Terminal(stream(false, data), stream(true, shown), {});
  const out = path.join(root, "shown.gguf");
  const { values, positionals } = parseFlags([folder, "--out", out, "--json"], convert.flags, 1);
  await convert.run({ flags: values, positionals, terminal, signal: new AbortController().signal });
  assert.match(shown.join(""), /\r\d+ % of \d+\.\d MB, blk\.\d+\./);
  assert.match(shown.at(-1)!, /^\r +\r$/);
  assert.equal(JSON.parse(data.join("")).bytes, (await readFile(out)).length);
});

test("--split-size makes parts that load as one model, and the size is checked", async () => {
  const data: string[] = [];
  const stream = (to: string[]) =>
    ({ isTTY: false, write: (text: string) => to.push(text) > 0 }) as unknown as NodeJS.WriteStream;
  const terminal = new Terminal(stream(data), stream([]), {});
  const small = path.join(root, "small");
  const config = smallConfig("qwen3", {});
  await writeFolder(small, config, randomWeights(config));
  const run = (size: string, name: string) => {
    const args = [small, "--out", path.join(root, name), "--split-size", size, "--json"];
    const { values, positionals } = parseFlags(args, convert.flags, 1);
    return convert.run({ flags: values, positionals, terminal, signal: new AbortController().signal });
  };
  assert.equal(await run("0.1M", "cut.gguf"), 0);
  const { path: first, parts } = JSON.parse(data.join("")) as { path: string; parts: number };
  assert.ok(parts > 1);
  assert.equal(path.basename(first), `cut-00001-of-0000${parts}.gguf`);
  assert.equal((await readdir(root)).filter((name) => name.startsWith("cut")).length, parts);
  await using model = await loadModel({ modelPath: first, threads: 1 });
  assert.equal(model.info.architecture, "qwen3");
  for (const size of ["0G", "5", "2T", "-1M"])
    await assert.rejects(run(size, "no.gguf"), /--split-size: expected a size like 500M or 2G/);
});
