// Writes GGUF v3 files: metadata of every type, tensors of every type in gguf-values.ts, streamed one tensor, or one part of a
// large tensor, at a time.
// Must not know: architectures, tokenizers, where tensors come from.
//
// Layout (little-endian): "GGUF", u32 version 3, u64 tensor count, u64 metadata count, metadata pairs (string key,
// u32 type, value), tensor infos (string name, u32 dimensions, u64 each, row length first, u32 type, u64 offset into
// the data), padding, then the data of each tensor at a multiple of `general.alignment` (32 unless written).

import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { LemmaError } from "@lemma/protocol";
import {
  type GgufArray,
  type GgufValue,
  type NumberType,
  TENSOR_TYPES,
  type TensorType,
  tensorBytes,
  VALUE_TYPES,
} from "./gguf-values.ts";

/** One tensor to write. `shape` is in ggml order (row length first). */
export interface GgufTensor {
  name: string;
  shape: readonly number[];
  type: TensorType;
  /** Called once, when its turn comes: all bytes, or their parts in order, of which one at a time is asked for. */
  data: () => Uint8Array | Promise<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A whole file. Keys are written in the order of `metadata`. */
export interface GgufFile {
  metadata: Readonly<Record<string, GgufValue>>;
  tensors: readonly GgufTensor[];
}

export interface WriteGgufOptions {
  /** Called after each tensor, or part of one, with the bytes written so far and the bytes of the whole file. */
  onProgress?: (done: number, total: number, tensor: string) => void;
  /** Ends the work with LEMMA_E_ABORTED; an earlier file stays as it was. */
  signal?: AbortSignal;
}

/**
 * Writes a GGUF v3 file: to a temporary name beside it, flushed, then renamed, so that a half-written file never stands
 * under `path`. The temporary file goes when the work fails, is aborted, or the process exits. Returns the size in bytes.
 * @throws LEMMA_E_FILE (not writable), LEMMA_E_OPTION (a value or tensor that the format can't hold), LEMMA_E_ABORTED.
 * @example
 * await writeGguf("tiny.gguf", {
 *   metadata: { "general.architecture": { type: "string", value: "qwen3" } },
 *   tensors: [{ name: "output_norm.weight", shape: [4], type: "F32", data: () => encodeTensor("F32", weights) }],
 * });
 */
export async function writeGguf(path: string, file: GgufFile, options: WriteGgufOptions = {}): Promise<number> {
  const alignment = alignmentOf(file);
  const offsets: number[] = [];
  let dataBytes = 0;
  for (const tensor of file.tensors) {
    offsets.push(dataBytes);
    dataBytes += pad(tensorBytes(tensor.type, tensor.shape), alignment);
  }
  const header = encodeHeader(file, offsets);
  const start = pad(header.length, alignment);
  const total = start + dataBytes;
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  const remove = (): void => rmSync(temporary, { force: true });
  const checkAborted = (): void => {
    if (options.signal?.aborted) throw new LemmaError("LEMMA_E_ABORTED", {}, { cause: options.signal.reason });
  };
  let handle: FileHandle | undefined;
  process.once("exit", remove);
  try {
    handle = await open(temporary, "wx");
    await writeAll(handle, header);
    await writeAll(handle, new Uint8Array(start - header.length));
    let done = start;
    for (const tensor of file.tensors) {
      checkAborted();
      const expected = tensorBytes(tensor.type, tensor.shape);
      let found = 0;
      for await (const part of partsOf(tensor)) {
        checkAborted();
        found += part.byteLength;
        if (found > expected) break;
        await writeAll(handle, part);
        if (found < expected) options.onProgress?.(done + found, total, tensor.name);
      }
      if (found !== expected) throw misfit(`tensor ${tensor.name}`, `${expected} bytes`, `${found}`);
      const padded = pad(expected, alignment);
      await writeAll(handle, new Uint8Array(padded - expected));
      done += padded;
      options.onProgress?.(done, total, tensor.name);
    }
    await handle.sync();
    await handle.close();
    handle = undefined;
    checkAborted();
    await rename(temporary, path);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    remove();
    if (LemmaError.isInstance(error)) throw error;
    throw new LemmaError(
      "LEMMA_E_FILE",
      { path, problem: `not written: ${(error as Error).message}` },
      { cause: error },
    );
  } finally {
    process.off("exit", remove);
  }
  return total;
}

async function* partsOf({ data }: GgufTensor): AsyncGenerator<Uint8Array> {
  const parts = data();
  if (Symbol.asyncIterator in parts) yield* parts;
  else yield await parts;
}

async function writeAll(handle: FileHandle, data: Uint8Array): Promise<void> {
  for (let at = 0; at < data.byteLength; ) {
    const { bytesWritten } = await handle.write(data, at, Math.min(data.byteLength - at, 1 << 28));
    at += bytesWritten;
  }
}

const pad = (size: number, alignment: number): number => Math.ceil(size / alignment) * alignment;

const misfit = (option: string, expected: string, found: string): LemmaError =>
  new LemmaError("LEMMA_E_OPTION", { option, expected, found });

function alignmentOf(file: GgufFile): number {
  const value = file.metadata["general.alignment"];
  if (value === undefined) return 32;
  if (value.type !== "u32" || value.value < 8 || (value.value & (value.value - 1)) !== 0) {
    throw misfit("general.alignment", "a u32 power of two, 8 or more", JSON.stringify(value.value));
  }
  return value.value;
}

function encodeHeader(file: GgufFile, offsets: readonly number[]): Uint8Array {
  const bytes = new ByteWriter();
  const keys = Object.entries(file.metadata);
  bytes.raw(new TextEncoder().encode("GGUF"));
  bytes.scalar("u32", 3);
  bytes.scalar("u64", file.tensors.length);
  bytes.scalar("u64", keys.length);
  for (const [key, value] of keys) {
    bytes.string(key);
    bytes.scalar("u32", VALUE_TYPES[value.type]);
    bytes.value(value, key);
  }
  const names = new Set<string>();
  file.tensors.forEach((tensor, i) => {
    if (names.has(tensor.name)) throw misfit(`tensor ${tensor.name}`, "names that differ", "the name twice");
    names.add(tensor.name);
    if (Buffer.byteLength(tensor.name) > 63) throw misfit(`tensor ${tensor.name}`, "at most 63 bytes", "a longer name");
    if (
      tensor.shape.length < 1 ||
      tensor.shape.length > 4 ||
      tensor.shape.some((n) => !Number.isSafeInteger(n) || n < 1)
    ) {
      throw misfit(`tensor ${tensor.name}`, "one to four dimensions of 1 or more", `[${tensor.shape.join(", ")}]`);
    }
    bytes.string(tensor.name);
    bytes.scalar("u32", tensor.shape.length);
    for (const dimension of tensor.shape) bytes.scalar("u64", dimension);
    bytes.scalar("u32", TENSOR_TYPES[tensor.type].id);
    bytes.scalar("u64", offsets[i]!);
  });
  return bytes.done();
}

/** A growing little-endian buffer. */
class ByteWriter {
  private buffer = new Uint8Array(1 << 16);
  private view = new DataView(this.buffer.buffer);
  private length = 0;

  done(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  raw(data: Uint8Array): void {
    const at = this.grow(data.byteLength);
    this.buffer.set(data, at);
  }

  string(text: string | Uint8Array): void {
    const data = typeof text === "string" ? new TextEncoder().encode(text) : text;
    this.scalar("u64", data.byteLength);
    this.raw(data);
  }

  value(value: GgufValue, key: string): void {
    if (value.type === "array") this.array(value, key);
    else if (value.type === "string") this.string(value.value);
    else if (value.type === "bool") this.raw(Uint8Array.of(value.value ? 1 : 0));
    else this.scalar(value.type, value.value, key);
  }

  private array(array: GgufArray, key: string): void {
    this.scalar("u32", VALUE_TYPES[array.items]);
    this.scalar("u64", array.value.length);
    if (array.items === "string") for (const text of array.value) this.string(text);
    else if (array.items === "bool") for (const flag of array.value) this.raw(Uint8Array.of(flag ? 1 : 0));
    else if (array.items === "array") for (const inner of array.value) this.array(inner, key);
    else if (array.items === "u64" || array.items === "i64")
      for (const n of array.value) this.scalar(array.items, n, key);
    else for (let i = 0; i < array.value.length; i++) this.scalar(array.items, array.value[i]!, key);
  }

  scalar(type: NumberType | "u64" | "i64", value: number | bigint, key = "header"): void {
    if (type === "u64" || type === "i64") {
      const exact = typeof value === "bigint" ? value : Number.isSafeInteger(value) ? BigInt(value) : undefined;
      const wrapped =
        exact === undefined ? undefined : type === "u64" ? BigInt.asUintN(64, exact) : BigInt.asIntN(64, exact);
      if (exact === undefined || wrapped !== exact) throw misfit(key, `a ${type}`, String(value));
      const at = this.grow(8);
      if (type === "u64") this.view.setBigUint64(at, exact, true);
      else this.view.setBigInt64(at, exact, true);
      return;
    }
    const number = Number(value);
    const range = INTEGER_RANGES[type as keyof typeof INTEGER_RANGES];
    if (range && !(Number.isInteger(number) && number >= range[0] && number <= range[1])) {
      throw misfit(key, `a ${type}`, String(value));
    }
    const at = this.grow(SCALAR_BYTES[type]); // before `view` is read: growing replaces it
    switch (type) {
      case "u8":
        this.view.setUint8(at, number);
        break;
      case "i8":
        this.view.setInt8(at, number);
        break;
      case "u16":
        this.view.setUint16(at, number, true);
        break;
      case "i16":
        this.view.setInt16(at, number, true);
        break;
      case "u32":
        this.view.setUint32(at, number, true);
        break;
      case "i32":
        this.view.setInt32(at, number, true);
        break;
      case "f32":
        this.view.setFloat32(at, number, true);
        break;
      case "f64":
        this.view.setFloat64(at, number, true);
        break;
    }
  }

  /** Makes room for `size` more bytes and returns where they start. */
  private grow(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.length, this.buffer.length * 2));
      larger.set(this.buffer.subarray(0, at));
      this.buffer = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }
}

const SCALAR_BYTES = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, f32: 4, f64: 8 } as const;

const INTEGER_RANGES = {
  u8: [0, 0xff],
  i8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  i16: [-0x8000, 0x7fff],
  u32: [0, 0xffffffff],
  i32: [-0x80000000, 0x7fffffff],
} as const;
