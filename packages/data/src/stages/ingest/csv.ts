// CSV and TSV: a record a row, read as it streams. Owns columns and their names; the grammar is csv-parse's.

import { Readable } from "node:stream";
import { LemmaError } from "@lemma/protocol";
import type { CsvError } from "csv-parse";
import type { Json } from "../../documents/document.ts";
import type { Format, FormatOptions, Refused } from "./format.ts";
import { jsonProblem } from "./json-bounds.ts";
import { readRecord } from "./record.ts";
import { unpackedName } from "./unpack.ts";

/** A row as csv-parse gives it with `info`. */
interface Row {
  record: string[];
  info: { lines: number; records: number };
}

/** A damaged row is passed over; after one of these nobody knows where the next row begins, so the file ends there. */
const ENDS = new Set(["CSV_MAX_RECORD_SIZE", "CSV_QUOTE_NOT_CLOSED"]);

/** Comma- or tab-separated values (RFC 4180; a lone quote in a field is taken as it is). Bytes that are no UTF-8 become U+FFFD. */
export const csv: Format = {
  name: "csv",
  extensions: [".csv", ".tsv"],
  packed: true,
  guarded: true,
  async *read(bytes, path, options) {
    const { parse } = await import("csv-parse");
    const refused: Refused[] = [];
    let end: CsvError | undefined;
    const parser = parse({
      bom: true,
      delimiter: options.delimiter ?? (unpackedName(path).toLowerCase().endsWith(".tsv") ? "\t" : ","),
      info: true,
      max_record_size: options.limits.documentBytes,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip(error) {
        if (error === undefined || end !== undefined) return;
        if (ENDS.has(error.code)) end = error;
        else refused.push({ where: `line ${error.lines}`, problem: error.message });
      },
    });
    async function* untilEnd(): AsyncGenerator<Uint8Array> {
      for await (const piece of bytes) {
        if (end !== undefined) return;
        yield piece;
      }
    }
    const stream = Readable.from(untilEnd());
    stream.once("error", (error) => parser.destroy(error));
    stream.pipe(parser);
    try {
      let columns: string[] | undefined;
      let index = 0;
      for await (const { record, info } of parser as AsyncIterable<Row>) {
        if (end !== undefined && info.records > Number(end.records)) break;
        if (columns === undefined) {
          const names = options.header ? record : record.map(() => "");
          columns = columnNames(names, path, options);
          if (options.header) continue;
        }
        yield readRow(record, columns, index++, info.lines, options);
      }
      yield* refused;
      if (end !== undefined) throw new LemmaError("LEMMA_E_FILE", { path, problem: endProblem(end, options) });
    } finally {
      stream.destroy();
      parser.destroy();
    }
  },
};

function endProblem({ code, lines }: CsvError, { limits }: FormatOptions): string {
  return code === "CSV_MAX_RECORD_SIZE"
    ? `line ${lines}: a row of more than ${limits.documentBytes} characters (a quote that is not closed?)`
    : `line ${lines}: a quote that is not closed`;
}

/** Columns of a file: tables of people have at most some thousands. */
const COLUMNS = 1 << 16;

/** The names, with numbers where one stands twice; throws where the column of the text is not there. */
function columnNames(names: readonly string[], path: string, { records, textField }: FormatOptions): string[] {
  if (names.length > COLUMNS)
    throw new LemmaError("LEMMA_E_FILE", { path, problem: `${names.length} columns; at most ${COLUMNS} are allowed` });
  const found = names.map((name) => name.trim());
  if (records === "text" && !found.includes(textField) && !found.includes("messages")) {
    const shown = found.slice(0, 20).join(", ").slice(0, 400);
    throw new LemmaError("LEMMA_E_FILE", {
      path,
      problem: `expected a column ${JSON.stringify(textField)}, found ${shown}; set textField to one of them, or records to all`,
    });
  }
  const uses = new Map<string, number>();
  return found.map((name, at) => {
    const plain = name === "" ? `column${at + 1}` : name;
    const use = (uses.get(plain) ?? 0) + 1;
    uses.set(plain, use);
    return use === 1 ? plain : `${plain} (${use})`;
  });
}

function readRow(row: string[], columns: string[], index: number, line: number, options: FormatOptions) {
  const where = `line ${line}`;
  if (row.length > columns.length)
    return { where, problem: `expected ${columns.length} columns, found ${row.length}` } satisfies Refused;
  const record = Object.fromEntries(row.map((value, at): [string, Json] => [columns[at]!, value]));
  const { messages } = record;
  if (options.records === "text" && typeof messages === "string") {
    const problem = jsonProblem(Buffer.from(messages));
    if (problem !== undefined) return { where, problem } satisfies Refused;
    try {
      record.messages = JSON.parse(messages) as Json;
    } catch {
      return { where, problem: "expected messages as JSON" } satisfies Refused;
    }
  }
  return readRecord({ record, index, where }, options);
}
