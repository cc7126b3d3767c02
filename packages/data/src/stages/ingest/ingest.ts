// The stage `ingest`: people's files become documents. Owns cutting the files into tasks, ids, and the list of what was refused;
// the formats read.

import { z } from "zod";
import { type DataDocument, documentId } from "../../documents/document.ts";
import { encodeRecords, FILE_TEXT } from "../../documents/document-file.ts";
import type { InputFile, Stage, StageCounts, StagePlan, TaskContext } from "../../pipeline/stage.ts";
import { isRefused } from "./format.ts";
import { formatOf } from "./formats.ts";
import { readFile } from "./read-file.ts";
import { ReaderThread } from "./reader-thread.ts";

const options = z.strictObject({
  paths: z.array(z.string()).nonempty().describe("files, folders, or patterns such as docs/**/*.pdf"),
  textField: z.string().default("text").describe("of records: the field that holds the text"),
  records: z
    .enum(["text", "all"])
    .default("text")
    .describe(
      "of records: the document is that field, the others go with it; or it is the whole record, a line a field",
    ),
  header: z.boolean().default(true).describe("of CSV: the first line names the columns; else column1, column2, …"),
  delimiter: z.string().min(1).optional().describe("of CSV: what parts columns; else a comma, in .tsv a tab"),
  mainText: z.boolean().default(true).describe("of HTML: only the article; else all text of the page"),
  pdfDocuments: z.enum(["page", "file"]).default("page").describe("of PDF: what makes a document"),
  maxDocumentBytes: z
    .int()
    .positive()
    .default(1 << 26)
    .describe("a larger document (a line, a page, a file that is read at once) is refused"),
  maxFileBytes: z
    .int()
    .positive()
    .default(2 ** 36)
    .describe("a file that unpacks to more is refused"),
  maxPages: z.int().positive().default(20_000).describe("of PDF: a file with more pages is refused"),
  taskBytes: z
    .int()
    .positive()
    .default(1 << 26)
    .describe("about how many bytes of files a task reads"),
});

type IngestOptions = z.infer<typeof options>;

/** The inputs of each task: neighbours up to `taskBytes`, a larger file alone. */
function tasksOf({ inputs, options: { taskBytes } }: StagePlan<IngestOptions>): InputFile[][] {
  const tasks: InputFile[][] = [];
  let room = 0;
  for (const input of inputs) {
    if (input.bytes > room || tasks.length === 0) {
      tasks.push([]);
      room = taskBytes;
    }
    tasks.at(-1)!.push(input);
    room -= input.bytes;
  }
  return tasks;
}

/** A part of a file that was refused, as the file of the refused has it. */
export interface RefusedPart {
  path: string;
  where?: string;
  problem: string;
}

/** Characters that one document may have as a line of JSON: control characters take six each, and a JavaScript string holds 2^29. */
const MOST_WRITTEN = 1 << 27;

/** Documents of fewer characters are taken as they are: even with six for each, a file of them is written in one piece. */
const SMALL = 1 << 22;

/** About how long the document is when it is written; exactly, where it is large. */
function writtenSize({ text, messages = [], fields }: DataDocument): number {
  const spoken = messages.reduce((sum, turn) => sum + turn.content.length + (turn.reasoning_content?.length ?? 0), 0);
  const plain = text.length + spoken;
  const rest = fields === undefined ? 0 : jsonLength(fields);
  return plain + rest < SMALL ? plain + rest : jsonLength([text, messages]) + rest;
}

function jsonLength(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Number.POSITIVE_INFINITY; // longer than any string
  }
}

async function run({ plan, task, putDocuments, put, progress }: TaskContext<IngestOptions>): Promise<StageCounts> {
  const { maxDocumentBytes, maxFileBytes, maxPages, ...settings } = plan.options;
  const limits = { documentBytes: maxDocumentBytes, fileBytes: maxFileBytes, pages: maxPages };
  const refused: RefusedPart[] = [];
  const counts = { files: 0, refused_files: 0, refused_parts: 0, documents: 0, characters: 0 };
  let held: DataDocument[] = [];
  let size = 0;
  const flush = (): void => {
    if (held.length > 0) putDocuments("documents", held);
    held = [];
    size = 0;
  };
  await using thread = new ReaderThread();
  for (const input of tasksOf(plan)[task]!) {
    const path = input.name;
    const format = formatOf(path)?.name ?? "";
    counts.files++;
    let index = 0;
    for await (const found of readFile(input, { ...settings, limits }, thread)) {
      if ("ended" in found) {
        counts.refused_files++;
        refused.push({ path, problem: found.ended });
        continue;
      }
      if (isRefused(found)) {
        counts.refused_parts++;
        refused.push({ path, ...found });
        continue;
      }
      const source = { path, format, index: index++, ...found.place };
      const { text, messages, fields } = found;
      const document: DataDocument = {
        id: documentId(source, text),
        text,
        ...(messages === undefined ? {} : { messages }),
        source,
        ...(fields === undefined || Object.keys(fields).length === 0 ? {} : { fields }),
      };
      const written = writtenSize(document);
      if (written > MOST_WRITTEN) {
        counts.refused_parts++;
        const where = found.place?.page === undefined ? `document ${source.index + 1}` : `page ${found.place.page}`;
        refused.push({ path, where, problem: `longer than ${MOST_WRITTEN} characters when it is written as JSON` });
        continue;
      }
      if (size + written > 2 * FILE_TEXT) flush();
      held.push(document);
      counts.documents++;
      counts.characters += text.length;
      size += written;
      if (size >= FILE_TEXT) flush();
      progress(counts.documents);
    }
  }
  flush();
  if (refused.length > 0) put("refused", "refused.jsonl.zst", encodeRecords(refused), refused.length);
  return counts;
}

/** Reads files into documents. */
export const ingest: Stage<IngestOptions> = {
  name: "ingest",
  version: "3",
  summary: "Read files into documents that keep their source",
  about:
    "Reads JSONL, CSV and TSV (.gz, .zst), Parquet, text, Markdown, HTML, PDF and DOCX, and writes documents that keep file, place,\n" +
    "page and fields. Of HTML the article is taken, of DOCX headings and tables too; a PDF gives a document a page.\n" +
    "A folder is read with all that is in it. What can't be read is listed with the reason (refused.jsonl.zst); the rest goes on.",
  example: {
    line: "lemma data ingest --paths docs,notes.jsonl.zst --out run/01-ingest",
    shows: "how many documents there are, and what was refused",
  },
  reads: "files",
  options,
  phases: [{ name: "read", tasks: ({ plan }) => tasksOf(plan).length, run }],
};
