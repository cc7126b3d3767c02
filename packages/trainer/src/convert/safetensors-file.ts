// An open safetensors file: the header at once, the values of a tensor only when asked for. The file is untrusted; the
// rules of its header are in safetensors-header.ts. Must not know models.

/// <reference lib="esnext.float16" />

import { type FileHandle, open } from "node:fs/promises";
import { LemmaError } from "@lemma/protocol";
import { fromE4m3 } from "./float8.ts";
import { HeaderError, parseHeader, type SafetensorsEntry } from "./safetensors-header.ts";

const MAX_HEADER_BYTES = 100_000_000; // the format's own limit
const MAX_READ_BYTES = 1 << 28;
const DECODERS: ReadonlyMap<string, (bytes: Uint8Array<ArrayBuffer>) => Float32Array> = new Map([
  ["F32", (bytes: Uint8Array<ArrayBuffer>) => new Float32Array(bytes.buffer)],
  ["F16", (bytes: Uint8Array<ArrayBuffer>) => new Float32Array(new Float16Array(bytes.buffer))],
  ["BF16", (bytes: Uint8Array<ArrayBuffer>) => fromBf16(new Uint16Array(bytes.buffer))],
  ["F8_E4M3", fromE4m3],
]);

/** A file of tensors. `await using` closes it. */
export class SafetensorsFile implements AsyncDisposable {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, SafetensorsEntry>;
  readonly #handle: FileHandle;
  readonly #dataStart: number;

  private constructor(path: string, handle: FileHandle, dataStart: number, entries: readonly SafetensorsEntry[]) {
    this.path = path;
    this.tensors = new Map(entries.map((entry) => [entry.name, entry]));
    this.#handle = handle;
    this.#dataStart = dataStart;
  }

  /** @throws LEMMA_E_FILE (not readable), LEMMA_E_MODEL_FORMAT (breaks a rule of the format) */
  static async open(path: string): Promise<SafetensorsFile> {
    let handle: FileHandle;
    try {
      handle = await open(path, "r");
    } catch (cause) {
      throw new LemmaError("LEMMA_E_FILE", { path, problem: "can't be read" }, { cause });
    }
    try {
      const { size } = await handle.stat();
      const length = await headerLength(path, handle, size);
      const bytes = await readExactly(path, handle, 8, length);
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      return new SafetensorsFile(path, handle, 8 + length, parseHeader(text, size - 8 - length));
    } catch (error) {
      await handle.close();
      if (error instanceof HeaderError) throw damaged(path, error.message, error);
      if (error instanceof TypeError) throw damaged(path, "the header is not UTF-8", error);
      if (LemmaError.isInstance(error)) throw error;
      throw new LemmaError("LEMMA_E_FILE", { path, problem: (error as Error).message }, { cause: error });
    }
  }

  /** The values of a tensor of this file. @throws LEMMA_E_MODEL_UNSUPPORTED (none of F32, F16, BF16, F8_E4M3), LEMMA_E_MODEL_FORMAT */
  async read({ name, dtype, begin, end }: SafetensorsEntry): Promise<Float32Array> {
    const decode = DECODERS.get(dtype);
    if (decode === undefined) {
      const problem = `tensor ${JSON.stringify(name)}: expected ${[...DECODERS.keys()].join(", ")}, found ${dtype}`;
      throw new LemmaError("LEMMA_E_MODEL_UNSUPPORTED", { path: this.path, problem });
    }
    return decode(await readExactly(this.path, this.#handle, this.#dataStart + begin, end - begin));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

function damaged(path: string, problem: string, cause?: unknown): LemmaError {
  return new LemmaError("LEMMA_E_MODEL_FORMAT", { path, problem }, { cause });
}

async function headerLength(path: string, handle: FileHandle, size: number): Promise<number> {
  if (size < 8) throw damaged(path, `expected a safetensors file, found ${size} bytes`);
  const length = Buffer.from(await readExactly(path, handle, 0, 8)).readBigUInt64LE();
  if (length > MAX_HEADER_BYTES)
    throw damaged(path, `a header of ${length} bytes; at most ${MAX_HEADER_BYTES} are allowed`);
  if (length > size - 8) throw damaged(path, `a header of ${length} bytes in a file of ${size}`);
  return Number(length);
}

async function readExactly(
  path: string,
  handle: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(length - at, MAX_READ_BYTES), position + at);
    if (bytesRead === 0) throw damaged(path, `ends at byte ${position + at}, expected ${position + length}`);
    at += bytesRead;
  }
  return bytes;
}

function fromBf16(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < bits.length; i++) bits[i] = halves[i]! << 16;
  return new Float32Array(bits.buffer);
}
