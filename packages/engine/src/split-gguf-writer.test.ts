// Models in parts: what is written, that the engine reads it like the whole file, and that a failure leaves nothing behind.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { oracleSkip } from "../../../oracles/oracle.ts";
import { LlamaOracle } from "../test/llama-oracle.ts";
import { randomModel } from "../test/random-model.ts";
import { writeGguf } from "./gguf-writer.ts";
import { loadModel } from "./model.ts";
import { resolveModel } from "./resolve-model.ts";
import { writeSplitGguf } from "./split-gguf-writer.ts";

const skip = await oracleSkip();
const NAME = /^tiny-000\d\d-of-000\d\d\.gguf$/;
let folder = "";
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lemma-split-"));
});
after(() => rm(folder, { recursive: true }));

async function inFolder(name: string, splitBytes: number) {
  const file = path.join(folder, name, "tiny.gguf");
  await mkdir(path.dirname(file));
  const model = randomModel({ seed: 9, layers: 3 });
  return { file, model, written: await writeSplitGguf(file, model, splitBytes) };
}

test("parts stay below the size, and the whole is read from the first", async () => {
  const { file, model, written } = await inFolder("parts", 60_000);
  assert.ok(written.paths.length > 3 && written.paths.every((one) => NAME.test(path.basename(one))));
  assert.deepEqual(
    (await readdir(path.dirname(file))).sort(),
    written.paths.map((one) => path.basename(one)),
  );
  const sizes = await Promise.all(written.paths.map(async (one) => (await stat(one)).size));
  assert.equal(
    sizes.reduce((a, b) => a + b),
    written.bytes,
  );
  for (const size of sizes.slice(1)) assert.ok(size < 64_000, `${sizes}`);
  const whole = path.join(folder, "whole.gguf");
  await writeGguf(whole, model);
  const resolved = resolveModel(path.dirname(file));
  assert.equal(resolved.path, written.paths[0]);
  assert.equal(resolveModel(written.paths[0]!).id, "tiny");
  await using parts = await loadModel({ modelPath: path.dirname(file), threads: 1 });
  await using one = await loadModel({ modelPath: whole, threads: 1 });
  const options = { maxTokens: 20, seed: 5 };
  assert.deepEqual((await parts.generate("split", options)).choices, (await one.generate("split", options)).choices);
});

test("one part is a plain file", async () => {
  const { file, written } = await inFolder("one", 1e9);
  assert.deepEqual(written.paths, [file]);
  assert.equal(written.bytes, (await stat(file)).size);
});

test("a later part, and a missing one, are named", async () => {
  const { written } = await inFolder("broken", 100_000);
  const failure = async (modelPath: string): Promise<LemmaError> => {
    const error = await loadModel({ modelPath, threads: 1 }).then(
      () => assert.fail("it must not load"),
      (thrown: unknown) => thrown,
    );
    assert.ok(LemmaError.isInstance(error));
    return error;
  };
  const later = await failure(written.paths[1]!);
  assert.equal(later.code, "LEMMA_E_MODEL_FORMAT");
  assert.match(later.message, /this is part 2 of \d+; give the first, .*tiny-00001-of-000\d\d\.gguf/);
  await rm(written.paths[2]!);
  const missing = await failure(written.paths[0]!);
  assert.equal(missing.code, "LEMMA_E_FILE");
  assert.match(missing.message, /tiny-00003-of-000\d\d\.gguf: No such file or directory \(part 3 of \d+\)/);
});

test("a failing tensor leaves nothing behind", async () => {
  const file = path.join(folder, "tiny.gguf");
  const model = randomModel({ seed: 9 });
  const tensors = model.tensors.map((tensor, i) => (i === 12 ? { ...tensor, data: () => new Uint8Array(3) } : tensor));
  const earlier = await readdir(folder);
  await assert.rejects(writeSplitGguf(file, { ...model, tensors }, 50_000), /found 3/);
  assert.deepEqual(await readdir(folder), earlier);
});

test("llama.cpp reads our parts", { skip }, async () => {
  const { model, written } = await inFolder("oracle", 100_000);
  const whole = path.join(folder, "oracle.gguf");
  await writeGguf(whole, model);
  const tokens = [5, 9, 77, 130, 4];
  await using split = await LlamaOracle.open(written.paths[0]!, 256);
  await using plain = await LlamaOracle.open(whole, 256);
  assert.deepEqual(await split.distributions(tokens), await plain.distributions(tokens));
});
