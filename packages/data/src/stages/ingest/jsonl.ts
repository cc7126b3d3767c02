// JSONL: an object a line, with a text or with the turns of a conversation. Owns what such a line may be.

import { LemmaError } from "@lemma/protocol";
import { conversationText, type Json } from "../../documents/document.ts";
import { checkMessages } from "../../shards/file-source.ts";
import type { Format, FormatOptions, FoundText, Refused } from "./format.ts";
import { linesOf } from "./lines.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** JSON, an object a line. */
export const jsonl: Format = {
  name: "jsonl",
  extensions: [".jsonl", ".ndjson"],
  packed: true,
  async *read(bytes, path, options) {
    for await (const line of linesOf(bytes, options.limits.documentBytes)) {
      if (line.bytes?.length === 0) continue;
      yield readLine(line.bytes, line.number, path, options);
    }
  },
};

function readLine(bytes: Buffer | undefined, line: number, path: string, options: FormatOptions): FoundText | Refused {
  const where = `line ${line}`;
  if (bytes === undefined) return { where, problem: `longer than ${options.limits.documentBytes} bytes` };
  try {
    const record = JSON.parse(utf8.decode(bytes)) as unknown;
    if (typeof record !== "object" || record === null || Array.isArray(record))
      return { where, problem: "expected an object" };
    const { [options.textField]: text, messages, ...fields } = record as { [name: string]: Json };
    const place = { index: line - 1 };
    const rest = Object.keys(fields).length === 0 ? {} : { fields };
    if (messages !== undefined) {
      const turns = checkMessages(messages, (problem) => new LemmaError("LEMMA_E_DATA", { path, line, problem }));
      return { text: conversationText(turns), messages: turns, place, ...rest };
    }
    if (typeof text !== "string")
      return { where, problem: `expected a text in the field ${JSON.stringify(options.textField)}, or messages` };
    return { text, place, ...rest };
  } catch (error) {
    return { where, problem: LemmaError.isInstance(error) ? String(error.details.problem) : (error as Error).message };
  }
}
