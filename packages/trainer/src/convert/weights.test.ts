// Sharded folders: the index and the files must say the same, and name files of the folder only.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { toEightBits } from "../../test/eight-bit.ts";
import { randomWeights, smallConfig, writeFolder } from "../../test/random-folder.ts";
import type { TensorBytes } from "../../test/safetensors-bytes.ts";
import type { JsonObject } from "./json-file.ts";
import { Weights } from "./weights.ts";

const config = smallConfig("qwen3", { num_hidden_layers: 1 });
const NORM = "model.norm.weight";
let root = "";
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "lemma-weights-"));
});
after(() => rm(root, { recursive: true }));

/** A folder of two shards whose index was changed. */
async function changed(name: string, change: (map: JsonObject) => unknown): Promise<string> {
  const folder = path.join(root, name);
  await writeFolder(folder, config, randomWeights(config), { shards: 2 });
  const index = path.join(folder, "model.safetensors.index.json");
  const { weight_map: map } = JSON.parse(await readFile(index, "utf8")) as { weight_map: JsonObject };
  await writeFile(index, JSON.stringify({ weight_map: change(map) }));
  return folder;
}

test("shards read as one set of tensors", async () => {
  const folder = await changed("whole", (map) => map);
  const expected = randomWeights(config);
  await using weights = await Weights.open(folder);
  assert.deepEqual([...weights.names].sort(), [...expected.keys()].sort());
  for (const [name, { shape, values }] of expected) {
    assert.deepEqual(weights.shapeOf(name), shape);
    assert.deepEqual(await weights.read(name), values);
  }
  assert.equal(weights.shapeOf("absent"), undefined);
  await assert.rejects(weights.read("absent"), { code: "LEMMA_E_MODEL_FORMAT" });
});

const first = "model-00001-of-00002.safetensors";
const other = (map: JsonObject): string => (map[NORM] === first ? first.replace("1-", "2-") : first);
const BROKEN: [string, (map: JsonObject) => unknown, RegExp][] = [
  ["a tensor in no file", (map) => ({ ...map, ghost: first }), /"ghost" is not in model-00001/],
  ["a tensor in another file", (map) => ({ ...map, [NORM]: other(map) }), /which the index puts into/],
  ["a tensor that is not listed", (map) => ({ ...map, [NORM]: undefined }), /which the index puts nowhere/],
  ["a file outside", (map) => ({ ...map, [NORM]: "../other.safetensors" }), /expected a file of this folder/],
  ["an absolute file", (map) => ({ ...map, [NORM]: "/etc/passwd" }), /expected a file of this folder/],
  ["a number for a file", (map) => ({ ...map, [NORM]: 1 }), /expected a file of this folder/],
  ["no map", () => [], /weight_map: expected an object/],
];
for (const [name, change, message] of BROKEN) {
  test(`refuses ${name}`, async () => {
    await assert.rejects(Weights.open(await changed(name, change)), { code: "LEMMA_E_MODEL_FORMAT", message });
  });
}

test("a missing shard, no weights at all, and both forms at once", async () => {
  const folder = await changed("missing", (map) => map);
  await writeFile(path.join(folder, "model.safetensors"), "");
  await assert.rejects(Weights.open(folder), { code: "LEMMA_E_MODEL_FORMAT", message: /has both/ });
  await rm(path.join(folder, "model.safetensors"));
  await rm(path.join(folder, first));
  await assert.rejects(Weights.open(folder), { code: "LEMMA_E_FILE", message: /model-00001/ });
  await rm(path.join(folder, "model.safetensors.index.json"));
  await assert.rejects(Weights.open(folder), { code: "LEMMA_E_FILE", message: /neither/ });
});

const GATE = "model.layers.0.mlp.gate_proj.weight";
const f32 = (...shape: number[]): TensorBytes => ({
  dtype: "F32",
  shape,
  bytes: new Uint8Array(4 * shape.reduce((a, b) => a * b, 1)),
});
const eight = (...shape: number[]): TensorBytes => ({
  ...f32(...shape),
  dtype: "F8_E4M3",
  bytes: new Uint8Array(shape.reduce((a, b) => a * b, 1)),
});

test("8-bit floats are multiplied by their scales, which are no tensors", async () => {
  const folder = path.join(root, "eight");
  const { stored, exact } = toEightBits(randomWeights(config), [32, 40], (name) => name === GATE);
  await writeFolder(folder, config, randomWeights(config), { stored });
  await using weights = await Weights.open(folder, [32, 40]);
  assert.deepEqual(await weights.read(GATE), exact.get(GATE)!.values);
  assert.deepEqual([...weights.names].sort(), [...exact.keys()].sort());
  const problem = {
    code: "LEMMA_E_MODEL_UNSUPPORTED",
    message: /gate_proj\.weight": expected F32, F16 or BF16, found F8_E4M3/,
  };
  await assert.rejects(Weights.open(folder), problem);
});

for (const [name, stored, message] of [
  ["no scales", { [GATE]: eight(96, 64) }, /gate_proj\.weight_scale_inv": expected F32 \[3, 2\], found nothing/],
  [
    "scales of another shape",
    { [GATE]: eight(96, 64), [`${GATE}_scale_inv`]: f32(2, 3) },
    /\[3, 2\], found F32 \[2, 3\]/,
  ],
  [
    "scales of another type",
    { [GATE]: eight(96, 64), [`${GATE}_scale_inv`]: eight(3, 2) },
    /\[3, 2\], found F8_E4M3 \[3, 2\]/,
  ],
  ["a vector of 8 bits", { [NORM]: eight(64) }, /expected F8_E4M3 for a matrix, found \[64\]/],
] as [string, Record<string, TensorBytes>, RegExp][]) {
  test(`8-bit floats: refuses ${name}`, async () => {
    const folder = path.join(root, `eight ${name}`);
    await writeFolder(folder, config, randomWeights(config), { stored: new Map(Object.entries(stored)) });
    await assert.rejects(Weights.open(folder, [32, 40]), { code: "LEMMA_E_MODEL_FORMAT", message });
  });
}
