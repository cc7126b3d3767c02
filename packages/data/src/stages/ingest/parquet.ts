// Parquet: a record a row, a row group at a time. Owns the bounds on what a group may unpack to, and how values become JSON; the
// format itself is hyparquet's, the codecs are Node's where it has them.

import { type FileHandle, open } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { LemmaError } from "@lemma/protocol";
import type { AsyncBuffer, Compressors } from "hyparquet";
import type { Json } from "../../documents/document.ts";
import type { Format, FormatOptions, FoundText, Refused } from "./format.ts";
import { JSON_DEPTH } from "./json-bounds.ts";
import { checkPages } from "./parquet-pages.ts";
import { readRecord } from "./record.ts";
import { mostUnpacked } from "./unpack.ts";

/** Bytes that the selected columns of a row group may unpack to: many writers make groups of 128 MiB, some of 512. */
const GROUP_BYTES = 1 << 30;

/** Rows of a group: writers make at most about a million. */
const GROUP_ROWS = 1 << 22;

/** Bytes of the metadata at the end of a file. */
const FOOTER_BYTES = 1 << 24;

/** Parquet with any of its codecs. `messages` may be a list of structs. Binary values are left out; large integers become strings. */
export const parquet: Format = {
  name: "parquet",
  extensions: [".parquet"],
  packed: false,
  guarded: true,
  async *read(_bytes, path, options) {
    const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import("hyparquet");
    const handle = await open(path);
    try {
      const file = await randomAccess(handle);
      await checkFooter(file);
      const metadata = await parquetMetadataAsync(file);
      const names = parquetSchema(metadata).children.map(({ element }) => element.name);
      if (options.records === "text" && !names.includes(options.textField) && !names.includes("messages"))
        throw refusal(
          `expected a column ${JSON.stringify(options.textField)}, found ${names.slice(0, 20).join(", ").slice(0, 400)}; ` +
            "set textField to one of them, or records to all",
        );
      // A value of a dictionary may stand in millions of rows.
      const most = mostUnpacked(file.byteLength, options.limits.fileBytes);
      let row = 0;
      let read = 0;
      for (const [number, group] of metadata.row_groups.entries()) {
        const rows = Number(group.num_rows);
        const claimed = group.columns.reduce(
          (sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size),
          0,
        );
        if (!(rows >= 0 && rows <= GROUP_ROWS && claimed >= 0 && claimed <= GROUP_BYTES))
          throw refusal(
            `row group ${number} has ${rows} rows in ${claimed} bytes; expected at most ${GROUP_ROWS} in ${GROUP_BYTES}`,
          );
        await checkPages(file, group, number);
        const compressors = await boundedCodecs();
        const range = { rowStart: row, rowEnd: row + rows };
        const records = await parquetReadObjects({ file, metadata, compressors, ...range });
        if (records.length !== rows)
          throw refusal(`row group ${number}: expected ${rows} rows, found ${records.length}`);
        for (const values of records) {
          const found = readRow(values, row++, options);
          read += "text" in found ? found.text.length : 0;
          if (read > most) throw refusal(`holds more than ${most} characters, unpacked`);
          yield tooLong(found, options)
            ? { where: `row ${row}`, problem: `longer than ${options.limits.documentBytes} bytes` }
            : found;
        }
      }
    } finally {
      await handle.close();
    }
  },
};

function readRow(values: Record<string, unknown>, index: number, options: FormatOptions): FoundText | Refused {
  const where = `row ${index + 1}`;
  try {
    return readRecord({ record: jsonRecord(values, JSON_DEPTH), index, where }, options);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { where, problem: `lists and objects nested deeper than ${JSON_DEPTH}` };
  }
}

class TooDeep extends Error {}

const refusal = (problem: string): LemmaError => new LemmaError("LEMMA_E_FILE", { path: "", problem });

const tooLong = (found: object, { limits }: FormatOptions): boolean =>
  "text" in found && Buffer.byteLength(found.text as string) > limits.documentBytes;

async function randomAccess(handle: FileHandle): Promise<AsyncBuffer> {
  const byteLength = (await handle.stat()).size;
  return {
    byteLength,
    async slice(start, end = byteLength) {
      if (!(start >= 0 && start <= end && end <= byteLength))
        throw refusal("a part lies outside of the file: truncated?");
      const bytes = new Uint8Array(end - start);
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
        if (bytesRead === 0) throw refusal("the file ends early");
        at += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

/** Before anything is parsed: both marks, and metadata of a size that may be. */
async function checkFooter(file: AsyncBuffer): Promise<void> {
  if (file.byteLength < 12) throw refusal("too short for Parquet");
  const mark = (bytes: ArrayBuffer) => Buffer.from(bytes).toString("latin1");
  if (mark(await file.slice(0, 4)) !== "PAR1") throw refusal("expected PAR1 at its start");
  const end = Buffer.from(await file.slice(file.byteLength - 8, file.byteLength));
  if (end.toString("latin1", 4) !== "PAR1") throw refusal("expected PAR1 at its end: truncated, or encrypted");
  if (end.readUInt32LE(0) > FOOTER_BYTES) throw refusal(`expected at most ${FOOTER_BYTES} bytes of metadata`);
}

/** Codecs for one row group that together give at most GROUP_BYTES, whatever pages claim. */
async function boundedCodecs(): Promise<Compressors> {
  const { compressors } = await import("hyparquet-compressors");
  let room = GROUP_BYTES;
  const bounded =
    (codec: (input: Uint8Array, length: number) => Uint8Array) =>
    (input: Uint8Array, length: number): Uint8Array => {
      if (!(length >= 0 && length <= room)) throw refusal(`a row group unpacks to more than ${GROUP_BYTES} bytes`);
      room -= length;
      return codec(input, length);
    };
  const most = (length: number) => ({ maxOutputLength: Math.max(length, 1) });
  return {
    ...Object.fromEntries(Object.entries(compressors).map(([name, codec]) => [name, bounded(codec)])),
    GZIP: bounded((input, length) => gunzipSync(input, most(length))),
    BROTLI: bounded((input, length) => brotliDecompressSync(input, most(length))),
    ZSTD: bounded((input, length) => zstdDecompressSync(input, most(length))),
  };
}

function jsonRecord(values: Record<string, unknown>, depth: number): { [name: string]: Json } {
  if (depth === 0) throw new TooDeep();
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const json = toJson(value, depth);
      return json === undefined ? [] : [[name, json]];
    }),
  );
}

/** A value as JSON; undefined for bytes and for what JSON can't say. */
function toJson(value: unknown, depth: number): Json | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) {
    if (depth === 0) throw new TooDeep();
    return value.map((item) => toJson(item, depth - 1) ?? null);
  }
  if (typeof value !== "object" || ArrayBuffer.isView(value)) return undefined;
  return jsonRecord(value as Record<string, unknown>, depth - 1);
}
