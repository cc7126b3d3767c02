// The writer's bytes against hand-laid GGUF, and the encoders against ggml's published rounding rules.

/// <reference lib="esnext.float16" />

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { encodeTensor } from "./gguf-encode.ts";
import { writeGguf } from "./gguf-writer.ts";

const inFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), "lemma-gguf-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const ARRAYS = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

test("a small file has exactly the bytes of the specification", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a.gguf");
    const size = await writeGguf(path, {
      metadata: { a: { type: "u8", value: 7 }, b: { type: "array", items: "string", value: ["x"] } },
      tensors: [{ name: "t", shape: [2], type: "F32", data: () => encodeTensor("F32", new Float32Array([1, -2])) }],
    });
    const hex = [
      "47475546 03000000 0100000000000000 0200000000000000", // magic, version, counts
      "0100000000000000 61 00000000 07", // a: u8 7
      "0100000000000000 62 09000000 08000000 0100000000000000 0100000000000000 78", // b: ["x"]
      "0100000000000000 74 01000000 0200000000000000 00000000 0000000000000000", // t: [2] F32 at 0
    ].join("");
    const header = Buffer.from(hex.replaceAll(" ", ""), "hex");
    const start = Math.ceil(header.length / 32) * 32;
    const expected = Buffer.concat([
      header,
      Buffer.alloc(start - header.length),
      Buffer.from("0000803f000000c0", "hex"),
    ]);
    const written = await readFile(path);
    assert.equal(written.length, size);
    assert.deepEqual(written.subarray(0, expected.length), expected);
    assert.equal(size, start + 32);
  }));

test("headers grow past their first 64 KiB in every kind of value", () =>
  inFolder(async (folder) => {
    for (const items of ["u8", "i8", "u16", "i16", "u32", "i32", "f32", "f64"] as const) {
      const value = Array.from({ length: 70_000 }, (_, i) => i % 100);
      const path = join(folder, `${items}.gguf`);
      await writeGguf(path, { metadata: { k: { type: "array", items, value } }, tensors: [] });
      const bytes = await readFile(path);
      const start = 4 + 4 + 8 + 8 + (8 + 1) + 4 + 4 + 8;
      const { BYTES_PER_ELEMENT: width } = ARRAYS[items];
      const read = new ARRAYS[items](
        bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + start + 70_000 * width),
      );
      assert.deepEqual([...read], value, items);
    }
  }));

test("a failing tensor leaves neither the file nor a temporary one", () =>
  inFolder(async (folder) => {
    const tensors = [{ name: "t", shape: [2], type: "F32" as const, data: () => new Uint8Array(3) }];
    await assert.rejects(writeGguf(join(folder, "a.gguf"), { metadata: {}, tensors }), (error) => {
      return (
        LemmaError.isInstance(error) &&
        error.code === "LEMMA_E_OPTION" &&
        /expected 8 bytes, found 3/.test(error.message)
      );
    });
    assert.deepEqual(await readdir(folder), []);
  }));

test("a tensor in parts has the bytes of the whole, one part is asked for at a time, and too few or too many are refused", () =>
  inFolder(async (folder) => {
    const values = Float32Array.from({ length: 100 }, (_, i) => i);
    const bytes = encodeTensor("F32", values);
    const source = Buffer.concat([bytes, Buffer.alloc(100)]); // more than the tensor takes
    const steps: string[] = [];
    const parts = (...lengths: number[]) =>
      async function* () {
        let at = 0;
        for (const length of lengths) {
          steps.push(`part ${length}`);
          yield source.slice(at, at + length);
          at += length;
        }
      };
    const write = (name: string, data: () => Uint8Array | AsyncIterable<Uint8Array>): Promise<number> => {
      const tensors = [{ name: "t", shape: [100], type: "F32" as const, data }];
      const onProgress = (done: number, total: number): number => steps.push(`${total - done} left`);
      return writeGguf(join(folder, name), { metadata: {}, tensors }, { onProgress });
    };
    await write("whole", () => bytes);
    steps.length = 0;
    await write("parts", parts(128, 0, 272));
    assert.deepEqual(steps, ["part 128", "288 left", "part 0", "288 left", "part 272", "0 left"]);
    assert.deepEqual(await readFile(join(folder, "parts")), await readFile(join(folder, "whole")));
    const refused = (found: number): object => ({
      code: "LEMMA_E_OPTION",
      message: new RegExp(`tensor t": expected 400 bytes, found ${found}`),
    });
    await assert.rejects(write("short", parts(128, 128)), refused(256));
    await assert.rejects(write("long", parts(128, 273, 10)), refused(401));
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes.slice(0, 4);
      throw new LemmaError("LEMMA_E_FILE", { path: "source", problem: "gone" });
    };
    await assert.rejects(write("failing", failing), { code: "LEMMA_E_FILE", message: /gone/ });
    assert.deepEqual((await readdir(folder)).sort(), ["parts", "whole"]);
  }));

test("aborting between two parts leaves nothing behind", () =>
  inFolder(async (folder) => {
    const controller = new AbortController();
    let asked = 0;
    const data = async function* (): AsyncGenerator<Uint8Array> {
      for (; asked < 4; asked++) yield new Uint8Array(4);
    };
    const onProgress = (): void => controller.abort();
    const tensors = [{ name: "t", shape: [4], type: "F32" as const, data }];
    const made = writeGguf(join(folder, "a"), { metadata: {}, tensors }, { signal: controller.signal, onProgress });
    await assert.rejects(made, { code: "LEMMA_E_ABORTED" });
    assert.ok(asked < 3, `${asked} parts were asked for`);
    assert.deepEqual(await readdir(folder), []);
  }));

test("values that a type can't hold are refused with their key", () =>
  inFolder(async (folder) => {
    const write = (metadata: Parameters<typeof writeGguf>[1]["metadata"]) =>
      writeGguf(join(folder, "a.gguf"), { metadata, tensors: [] });
    await assert.rejects(write({ "k.u8": { type: "u8", value: 256 } }), /k\.u8.*256/);
    await assert.rejects(write({ "k.u64": { type: "u64", value: -1n } }), /k\.u64.*-1/);
    await assert.rejects(write({ "general.alignment": { type: "u32", value: 24 } }), /power of two/);
  }));

test("Q8_0 rounds halves away from zero in float32, scale max/127 as float16", () => {
  const values = new Float32Array(32);
  values[0] = 127;
  values[1] = 0.5;
  values[2] = -0.5;
  values[3] = 1.4999999;
  values[4] = -126.5;
  values[5] = 2.5;
  const out = encodeTensor("Q8_0", values);
  assert.equal(out.length, 34);
  assert.deepEqual([...out.subarray(0, 2)], [0x00, 0x3c]);
  assert.deepEqual([...new Int8Array(out.buffer, 2, 6)], [127, 1, -1, 1, -127, 3]);
  assert.deepEqual([...encodeTensor("Q8_0", new Float32Array(32))], new Array(34).fill(0));
});

test("Q8_0 equals a literal transcription of the definition on random rows", () => {
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround((state / 2 ** 32 - 0.5) * 2 ** ((state & 15) - 8));
  };
  for (let round = 0; round < 200; round++) {
    const row = Float32Array.from({ length: 32 }, random);
    const out = encodeTensor("Q8_0", row);
    const amax = Math.max(...row.map(Math.abs));
    const d = new Float32Array([amax / 127])[0]!;
    const id = new Float32Array([1 / d])[0]!;
    assert.equal(new Float16Array(out.slice(0, 2).buffer)[0], new Float16Array([d])[0]);
    row.forEach((x, j) => {
      const product = new Float32Array([x * id])[0]!;
      const rounded = Math.sign(product) * Math.floor(Math.abs(product) + 0.5);
      assert.equal(new Int8Array(out.buffer)[2 + j], rounded + 0);
    });
  }
});

test("Q4_0 takes its sign from the largest value and rounds to nearest", () => {
  const values = new Float32Array(64);
  values.set([-8, 8, -0.5], 0); // d = 1: 0, 16 cut to 15, 8
  values.set([7, 0.5, -0.51], 16); // 15, 9, 7
  values.set([4, -4, 1], 32); // d = -0.5: 0, 16 cut to 15, 6
  const out = encodeTensor("Q4_0", values);
  assert.equal(out.length, 36);
  assert.deepEqual([...out.subarray(0, 18)], [0x00, 0x3c, 0xf0, 0x9f, 0x78, ...new Array(13).fill(0x88)]);
  assert.deepEqual([...out.subarray(18)], [0x00, 0xb8, 0x80, 0x8f, 0x86, ...new Array(13).fill(0x88)]);
  // ggml's 0 / -8 is a negative zero, and 8 means 0.
  assert.deepEqual([...encodeTensor("Q4_0", new Float32Array(32))], [0x00, 0x80, ...new Array(16).fill(0x88)]);
});

test("Q4_0 is within half a step of every value but the one opposite to the largest", () => {
  let state = 777;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround((state / 2 ** 32 - 0.5) * 2 ** ((state & 15) - 8));
  };
  for (let round = 0; round < 200; round++) {
    const row = Float32Array.from({ length: 32 }, random);
    const out = encodeTensor("Q4_0", row);
    const d = new Float16Array(out.slice(0, 2).buffer)[0]!;
    const top = row.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best));
    assert.equal(d, new Float16Array([top / -8])[0]);
    row.forEach((x, i) => {
      const nibble = i < 16 ? out[2 + i]! & 15 : out[2 + i - 16]! >> 4;
      const isCut = x / d > 7.5;
      assert.ok(isCut ? nibble === 15 : Math.abs(x / d - (nibble - 8)) < 0.51, `${x} became ${nibble} of ${d}`);
    });
  }
});

test("BF16 rounds to nearest even and keeps NaN, infinities and signed zero", () => {
  const bits = new Uint32Array([0x3f808000, 0x3f818000, 0x3f808001, 0x7f800000, 0xff800000, 0x80000000, 0x7f800001]);
  const out = new Uint16Array(encodeTensor("BF16", new Float32Array(bits.buffer)).buffer);
  assert.deepEqual([...out], [0x3f80, 0x3f82, 0x3f81, 0x7f80, 0xff80, 0x8000, 0x7fc0]);
});
