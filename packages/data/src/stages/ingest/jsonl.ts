// JSONL: an object a line, with a text or with the turns of a conversation. Owns the line; what a record may be is record.ts's.

import type { Json } from "../../documents/document.ts";
import type { Format, FormatOptions, FoundText, Refused } from "./format.ts";
import { jsonProblem } from "./json-bounds.ts";
import { linesOf } from "./lines.ts";
import { readRecord } from "./record.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** JSON, an object a line. */
export const jsonl: Format = {
  name: "jsonl",
  extensions: [".jsonl", ".ndjson"],
  packed: true,
  async *read(bytes, _path, options) {
    for await (const line of linesOf(bytes, options.limits.documentBytes)) {
      if (line.bytes?.length === 0) continue;
      yield readLine(line.bytes, line.number, options);
    }
  },
};

function readLine(bytes: Buffer | undefined, line: number, options: FormatOptions): FoundText | Refused {
  const where = `line ${line}`;
  if (bytes === undefined) return { where, problem: `longer than ${options.limits.documentBytes} bytes` };
  const problem = jsonProblem(bytes);
  if (problem !== undefined) return { where, problem };
  let record: unknown;
  try {
    record = JSON.parse(utf8.decode(bytes));
  } catch (error) {
    return { where, problem: (error as Error).message };
  }
  if (typeof record !== "object" || record === null || Array.isArray(record))
    return { where, problem: "expected an object" };
  return readRecord({ record: record as { [name: string]: Json }, index: line - 1, where }, options);
}
