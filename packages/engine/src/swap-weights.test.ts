// Weights swapped through the addon: every form of source, running streams, refusals that change nothing, disposal meanwhile.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { randomModel } from "../test/random-model.ts";
import { type GgufFile, writeGguf } from "./gguf-writer.ts";
import { loadModel } from "./model.ts";

let folder = "";
const files = { old: "", fresh: "", other: "" };
const CONTEXT = { context: 4096 };
const fresh = randomModel({ seed: 2, ...CONTEXT });

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lemma-swap-"));
  const models = {
    old: randomModel({ seed: 1, ...CONTEXT }),
    fresh,
    other: randomModel({ feedForward: 128, ...CONTEXT }),
  };
  for (const [name, model] of Object.entries(models)) {
    const file = path.join(folder, `${name}.gguf`);
    await writeGguf(file, model);
    files[name as keyof typeof files] = file;
  }
});
after(() => rm(folder, { recursive: true }));

const open = (modelPath: string) => loadModel({ modelPath, threads: 1, maxSequences: 4 });
const TEXT = { text: "12+30=42, then 5*9=45" };

async function bytesOf(model: GgufFile): Promise<Record<string, Uint8Array>> {
  const all: Record<string, Uint8Array> = {};
  for (const tensor of model.tensors) all[tensor.name] = await (tensor.data() as Uint8Array | Promise<Uint8Array>);
  return all;
}

const floatsOf = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);

test("from a file, a file's bytes, tensors as bytes and as floats", async () => {
  await using model = await open(files.old);
  await using other = await open(files.fresh);
  const [before, expected] = await Promise.all([model.score(TEXT), other.score(TEXT)]);
  assert.notDeepEqual(before.logprobs, expected.logprobs);
  const bytes = await bytesOf(fresh);
  const floats = Object.fromEntries(Object.entries(bytes).map(([name, values]) => [name, floatsOf(values)]));
  for (const weights of [files.fresh, await readFile(files.fresh), bytes, floats]) {
    await model.swapWeights(weights);
    assert.deepEqual((await model.score(TEXT)).logprobs, expected.logprobs);
    await model.swapWeights(files.old);
    assert.deepEqual((await model.score(TEXT)).logprobs, before.logprobs);
  }
  assert.equal(model.stats().swaps, 8);
  const names = model.tensors().map(({ name }) => name);
  assert.deepEqual(
    names,
    fresh.tensors.map(({ name }) => name),
  );
  assert.deepEqual(model.tensors()[0], { name: "token_embd.weight", type: "F32", shape: fresh.tensors[0]!.shape });
});

test("running replies end with the old weights, waiting ones get the new", async () => {
  await using model = await open(files.old);
  await using other = await open(files.fresh);
  const options = { maxTokens: 100, seed: 5, ignoreEnd: true };
  const alone = (await model.generate("swap", options)).choices[0]!.tokens;
  const renewed = (await other.generate("swap", options)).choices[0]!.tokens;
  const running = model.generate("swap", options);
  const swapped = model.swapWeights(files.fresh);
  assert.deepEqual((await running).choices[0]!.tokens, alone);
  await swapped;
  assert.deepEqual((await model.generate("swap", options)).choices[0]!.tokens, renewed);
});

test("a stream may go on with the new weights", async () => {
  await using model = await open(files.old);
  const options = { maxTokens: 4000, temperature: 0, ignoreEnd: true };
  const alone = (await model.generate("on", options)).choices[0]!;
  let text = "";
  let swap: Promise<void> | undefined;
  for await (const event of model.stream("on", options)) {
    if (event.type === "reasoning-delta" || event.type === "text-delta") text += event.text;
    swap ??= model.swapWeights(files.fresh, { running: "continue" });
    if (event.type === "finish") assert.equal(event.usage.completionTokens, 4000);
  }
  await swap;
  assert.ok(text !== alone.reasoning + alone.text, "the rest comes from other weights");
  assert.equal(text.slice(0, 1), (alone.reasoning + alone.text).slice(0, 1));
});

test("many swaps at once follow one another", async () => {
  await using model = await open(files.old);
  const asked = Array.from({ length: 12 }, (_, i) => model.generate(`q${i}`, { maxTokens: 20, seed: i }));
  const swaps = Array.from({ length: 9 }, (_, i) => model.swapWeights(i % 2 === 0 ? files.fresh : files.old));
  await Promise.all([...asked, ...swaps]);
  assert.equal(model.stats().swaps, 9);
  await using other = await open(files.fresh);
  assert.deepEqual((await model.score(TEXT)).logprobs, (await other.score(TEXT)).logprobs);
});

test("what is refused changes nothing", async () => {
  await using model = await open(files.old);
  const before = await model.score(TEXT);
  const bytes = await bytesOf(fresh);
  const { "output_norm.weight": _, ...lacking } = bytes;
  const refused: [Parameters<typeof model.swapWeights>, LemmaError["code"], RegExp][] = [
    [[path.join(folder, "none.gguf")], "LEMMA_E_FILE", /none\.gguf/],
    [[files.other], "LEMMA_E_MODEL_FORMAT", /feed_forward_length": expected the same value as in the loaded model/],
    [[new Uint8Array(40)], "LEMMA_E_MODEL_FORMAT", /the weights in memory: expected a GGUF file/],
    [[{ ...bytes, "output_norm.weight": new Uint8Array(3) }], "LEMMA_E_OPTION", /"output_norm\.weight", found 3/],
    [[{ ...bytes, "output_norm.weight": new Float32Array(3) }], "LEMMA_E_OPTION", /"output_norm\.weight", found 12/],
    [[lacking], "LEMMA_E_OPTION", /tensor "output_norm\.weight", found nothing/],
    [[{ ...bytes, more: new Uint8Array(3) }], "LEMMA_E_OPTION", /expected no such tensor for tensor "more"/],
    [
      [{ ...bytes, more: 5 as unknown as Uint8Array }],
      "LEMMA_E_OPTION",
      /Uint8Array of F32 for tensor "more", found 5/,
    ],
    [[null as unknown as string], "LEMMA_E_OPTION", /option "weights": .*found null/],
    [[files.fresh, { running: "stop" as "finish" }], "LEMMA_E_OPTION", /running": expected "finish" or "continue"/],
  ];
  for (const [given, code, message] of refused) {
    await assert.rejects(model.swapWeights(...given), (error) => {
      assert.ok(LemmaError.isInstance(error), String(error));
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
    assert.deepEqual((await model.score(TEXT)).logprobs, before.logprobs);
  }
  assert.equal(model.stats().swaps, 0);
});

test("disposal ends a swap that waits", async () => {
  const model = await open(files.old);
  const running = model.generate("long", { ignoreEnd: true, maxTokens: 4000 });
  const swap = model.swapWeights(files.fresh);
  const outcome = swap.then(
    () => "swapped",
    (error: LemmaError) => error.code,
  );
  await model.dispose();
  assert.ok(["swapped", "LEMMA_E_DISPOSED"].includes(await outcome));
  await running;
  await assert.rejects(model.swapWeights(files.fresh), { code: "LEMMA_E_DISPOSED" });
});
