// The header of a safetensors file: JSON to checked tensor entries. The text is untrusted. Must not know files or models.
//
// Layout of a file (safetensors' own README): u64 little-endian header length, that many bytes of JSON, raw data.
// { name: { dtype, shape, data_offsets: [begin, end] }, "__metadata__"?: { text: text } }, offsets from the end of the header.
// Held for an accepted header: no key stands twice; every entry has these three fields and no other; the bytes of each
// tensor are its shape times its type's size; sorted by offset the tensors cover the data exactly, without holes or overlaps.

import { isObject } from "./json-file.ts";

/** Bytes of one element, for every type that the format names. */
const ELEMENT_BYTES: ReadonlyMap<unknown, number> = new Map([
  ...["BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0"].map((name) => [name, 1] as const),
  ...["U16", "I16", "F16", "BF16"].map((name) => [name, 2] as const),
  ...["U32", "I32", "F32"].map((name) => [name, 4] as const),
  ...["U64", "I64", "F64", "C64"].map((name) => [name, 8] as const),
]);

const MAX_DIMENSIONS = 16;

/** One tensor's place: `shape` rows first, `begin` and `end` in bytes of the data behind the header. */
export interface SafetensorsEntry {
  name: string;
  dtype: string;
  shape: readonly number[];
  begin: number;
  end: number;
}

/** A header that breaks the format; the message says where and how. */
export class HeaderError extends Error {}

/**
 * The entries of a header, in the order of their data. `dataBytes` is what follows the header in the file.
 * @throws HeaderError
 * @example parseHeader('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 8)[0]; // { name: "w", … begin: 0, end: 8 }
 */
export function parseHeader(text: string, dataBytes: number): SafetensorsEntry[] {
  if (!text.startsWith("{")) throw new HeaderError("the header does not begin with {");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new HeaderError(`the header is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (!isObject(json)) throw new HeaderError("the header is not a JSON object");
  refuseRepeatedKeys(text);
  const entries: SafetensorsEntry[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name === "__metadata__") checkMetadata(value);
    else entries.push(entryOf(name, value));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== at) {
      throw new HeaderError(
        `${quoted(name)} begins at byte ${begin}, expected ${at}: ${begin < at ? "overlap" : "hole"}`,
      );
    }
    at = end;
  }
  if (at !== dataBytes) throw new HeaderError(`the tensors take ${at} bytes, the file has ${dataBytes}`);
  return entries;
}

const quoted = (name: string): string => `tensor ${JSON.stringify(name.slice(0, 100))}`;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function entryOf(name: string, value: unknown): SafetensorsEntry {
  const fail = (problem: string): HeaderError => new HeaderError(`${quoted(name)}: ${problem}`);
  if (!isObject(value)) throw fail("expected an object");
  const { dtype, shape, data_offsets: offsets, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) throw fail(`unknown field ${JSON.stringify(other.slice(0, 100))}`);
  const size = ELEMENT_BYTES.get(dtype);
  if (size === undefined) throw fail(`unknown dtype ${JSON.stringify(dtype)?.slice(0, 100)}`);
  if (!Array.isArray(shape) || shape.length > MAX_DIMENSIONS || !shape.every(isCount)) {
    throw fail(`shape: expected at most ${MAX_DIMENSIONS} whole numbers`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw fail("data_offsets: expected two whole numbers");
  }
  const [begin, end] = offsets as [number, number];
  // Past 2^53 the product is rounded, but then it can't equal a difference of two safe integers either.
  const bytes = shape.reduce<number>((product, extent) => product * extent, size);
  if (end < begin || end - begin !== bytes) {
    throw fail(
      `${dtype} [${shape.join(", ")}] takes ${bytes} bytes, data_offsets [${begin}, ${end}] give ${end - begin}`,
    );
  }
  return { name, dtype: dtype as string, shape: shape as number[], begin, end };
}

function checkMetadata(value: unknown): void {
  if (!isObject(value) || !Object.values(value).every((text) => typeof text === "string")) {
    throw new HeaderError("__metadata__: expected an object of texts");
  }
}

/** JSON.parse keeps the last of two equal keys and says nothing; `text` is known to be valid JSON. */
function refuseRepeatedKeys(text: string): void {
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (token.endsWith(":")) {
      const key = JSON.parse(token.slice(0, -1)) as string;
      const keys = open.at(-1)!;
      if (keys.has(key)) throw new HeaderError(`the key ${JSON.stringify(key.slice(0, 100))} stands twice`);
      keys.add(key);
    }
  }
}
