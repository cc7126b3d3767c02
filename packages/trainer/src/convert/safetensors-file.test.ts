// The strict reader: what it reads, and every way in which a file can break the format.

import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { safetensorsBytes, safetensorsOf } from "../../test/safetensors-bytes.ts";
import { SafetensorsFile } from "./safetensors-file.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lemma-safetensors-"));
});
after(() => rm(folder, { recursive: true }));

let count = 0;
async function written(bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, `${count++}.safetensors`);
  await writeFile(file, bytes);
  return file;
}

test("reads F32, F16 and BF16 and refuses to read other types as numbers", async () => {
  const f32 = new Uint8Array(Float32Array.of(1.5, -2).buffer);
  const tensors = new Map([
    ["b", { dtype: "BF16", shape: [2], bytes: Uint8Array.of(0xc0, 0x3f, 0x00, 0xc0) }],
    ["h", { dtype: "F16", shape: [1, 2], bytes: Uint8Array.of(0x00, 0x3e, 0x00, 0xc0) }],
    ["f", { dtype: "F32", shape: [2, 1], bytes: f32 }],
    ["none", { dtype: "F32", shape: [0, 4], bytes: new Uint8Array() }],
    ["i", { dtype: "I64", shape: [1], bytes: new Uint8Array(8) }],
    ["__proto__", { dtype: "U8", shape: [], bytes: new Uint8Array(1) }],
  ]);
  await using file = await SafetensorsFile.open(await written(safetensorsOf(tensors)));
  for (const name of ["b", "h", "f"]) {
    assert.deepEqual([...(await file.read(file.tensors.get(name)!))], [1.5, -2], name);
    assert.deepEqual(file.tensors.get(name)!.shape, tensors.get(name)!.shape);
  }
  assert.equal((await file.read(file.tensors.get("none")!)).length, 0);
  await assert.rejects(file.read(file.tensors.get("i")!), { code: "LEMMA_E_MODEL_UNSUPPORTED", message: /"i".*I64/ });
});

const entry = (shape: unknown, begin: unknown, end: unknown, dtype: unknown = "F32") => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
const one = entry([2], 0, 8);
const data = new Uint8Array(8);
const text = (header: object): string => JSON.stringify(header);

const HOSTILE: [string, Uint8Array, RegExp][] = [
  ["no bytes", new Uint8Array(), /found 0 bytes/],
  ["less than a length", new Uint8Array(7), /found 7 bytes/],
  ["a header longer than the file", safetensorsBytes({ a: one }, data, 1000n), /header of 1000 bytes in a file/],
  ["a header over the limit", safetensorsBytes({ a: one }, data, 100_000_001n), /at most 100000000/],
  ["a header of 2^64 - 1", safetensorsBytes({ a: one }, data, 2n ** 64n - 1n), /header of 18446744073709551615/],
  ["a cut header", safetensorsBytes({ a: one }, data, 20n), /not JSON/],
  ["another format", Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]), Buffer.from("GGUF")]), /begin with \{/],
  ["white space first", safetensorsBytes(` ${text({ a: one })}`, data), /begin with \{/],
  [
    "bytes that are not UTF-8",
    Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from([0x7b, 0xff])]),
    /UTF-8/,
  ],
  ["deep nesting", safetensorsBytes(`{"a":${"[".repeat(200_000)}`, data), /JSON|object/],
  ["a repeated tensor", safetensorsBytes(`{"a":${text(one)},"a":${text(one)}}`, data), /"a" stands twice/],
  [
    "a repeated tensor, escaped",
    safetensorsBytes(`{"a":${text(one)},"\\u0061":${text(one)}}`, data),
    /"a" stands twice/,
  ],
  [
    "a repeated field",
    safetensorsBytes('{"a":{"dtype":"F32","shape":[9],"shape":[2],"data_offsets":[0,8]}}', data),
    /"shape" stands/,
  ],
  ["a hole between", safetensorsBytes({ a: entry([1], 0, 4), b: entry([1], 8, 12) }, new Uint8Array(12)), /"b".*hole/],
  ["a hole in front", safetensorsBytes({ a: entry([1], 4, 8) }, data), /hole/],
  ["an overlap", safetensorsBytes({ a: entry([2], 0, 8), b: entry([1], 4, 8) }, data), /"b".*overlap/],
  ["the same bytes twice", safetensorsBytes({ a: one, b: one }, data), /overlap/],
  ["data that no tensor takes", safetensorsBytes({ a: one }, new Uint8Array(9)), /take 8 bytes, the file has 9/],
  ["data cut off", safetensorsBytes({ a: one }, new Uint8Array(7)), /take 8 bytes, the file has 7/],
  ["no tensors but data", safetensorsBytes({}, data), /take 0 bytes/],
  ["a shape that does not fit", safetensorsBytes({ a: entry([3], 0, 8) }, data), /takes 12 bytes/],
  [
    "a shape whose product overflows",
    safetensorsBytes({ a: entry([2 ** 32, 2 ** 32, 2 ** 32], 0, 8) }, data),
    /takes 3\.\d+e\+29/,
  ],
  ["a negative extent", safetensorsBytes({ a: entry([-2], 0, 8) }, data), /shape/],
  ["a fractional extent", safetensorsBytes({ a: entry([0.5, 4], 0, 8) }, data), /shape/],
  ["too many dimensions", safetensorsBytes({ a: entry(Array(17).fill(1), 0, 4) }, data), /shape/],
  ["offsets turned round", safetensorsBytes({ a: entry([2], 8, 0) }, data), /data_offsets \[8, 0\]/],
  ["offsets past 2^53", safetensorsBytes({ a: entry([2], 2 ** 60, 2 ** 60 + 8) }, data), /two whole numbers/],
  [
    "three offsets",
    safetensorsBytes({ a: { dtype: "F32", shape: [2], data_offsets: [0, 8, 8] } }, data),
    /two whole numbers/,
  ],
  ["a type that is not known", safetensorsBytes({ a: entry([2], 0, 8, "Q4_0") }, data), /dtype "Q4_0"/],
  ["a type that is no text", safetensorsBytes({ a: entry([2], 0, 8, { F32: 1 }) }, data), /dtype/],
  ["a field too many", safetensorsBytes({ a: { ...one, strides: [1] } }, data), /field "strides"/],
  ["a tensor that is no object", safetensorsBytes({ a: null }, data), /expected an object/],
  ["an array for a header", safetensorsBytes("[]", data), /begin with \{/],
  ["metadata that is no text", safetensorsBytes({ __metadata__: { a: 1 }, a: one }, data), /__metadata__/],
];

for (const [name, bytes, message] of HOSTILE) {
  test(`refuses ${name}`, async () => {
    await assert.rejects(SafetensorsFile.open(await written(bytes)), { code: "LEMMA_E_MODEL_FORMAT", message });
  });
}

test("a file that is not there, and one that shrinks while it is open", async () => {
  await assert.rejects(SafetensorsFile.open(path.join(folder, "absent.safetensors")), { code: "LEMMA_E_FILE" });
  const place = await written(safetensorsBytes({ a: one }, data));
  await using file = await SafetensorsFile.open(place);
  await truncate(place, 20);
  await assert.rejects(file.read(file.tensors.get("a")!), { code: "LEMMA_E_MODEL_FORMAT", message: /ends at byte/ });
});
