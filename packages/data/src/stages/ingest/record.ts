// A record (a line of JSONL, a row of CSV or Parquet) as a text. Owns what such a record may be, and how one without a text reads.

import { LemmaError } from "@lemma/protocol";
import { conversationText, type Json } from "../../documents/document.ts";
import { checkMessages } from "../../shards/file-source.ts";
import type { FormatOptions, FoundText, Refused } from "./format.ts";

/** A record with its place: `index` from 0 in the file, `where` as messages name it. */
export interface PlacedRecord {
  record: { [name: string]: Json };
  index: number;
  where: string;
}

/**
 * The text of a record: its field `options.textField`, or what its `messages` say; the other fields are carried along. With
 * `options.records` "all" the text is all that the record has, a line a field.
 */
export function readRecord(
  { record, index, where }: PlacedRecord,
  options: Pick<FormatOptions, "textField" | "records">,
): FoundText | Refused {
  const place = { index };
  if (options.records === "all") {
    const text = recordText(record);
    return text === "" ? { where, problem: "an empty record" } : { text, place };
  }
  const { [options.textField]: text, messages, ...fields } = record;
  const rest = Object.keys(fields).length === 0 ? {} : { fields };
  if (messages !== undefined && messages !== null) {
    try {
      const turns = checkMessages(
        messages,
        (problem) => new LemmaError("LEMMA_E_DATA", { path: "", line: 0, problem }),
      );
      return { text: conversationText(turns), messages: turns, place, ...rest };
    } catch (error) {
      if (!LemmaError.isInstance(error)) throw error;
      return { where, problem: String(error.details.problem) };
    }
  }
  if (typeof text !== "string")
    return { where, problem: `expected a text in the field ${JSON.stringify(options.textField)}, or messages` };
  return { text, place, ...rest };
}

/**
 * A record to read: `name: value`, a line a field; empty fields are left out, what is no plain value is JSON.
 * @example recordText({ party: "Acme", paid: true, note: "" }) // "party: Acme\npaid: true"
 */
export function recordText(record: { [name: string]: Json }): string {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(record)) {
    if (value === null || value === "") continue;
    lines.push(`${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`);
  }
  return lines.join("\n");
}
