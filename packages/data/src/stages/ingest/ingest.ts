// The stage `ingest`: people's files become documents. Owns cutting the files into tasks, ids, and the list of what was refused;
// the formats read.

import { LemmaError } from "@lemma/protocol";
import { z } from "zod";
import { type DataDocument, documentId } from "../../documents/document.ts";
import { encodeRecords, FILE_TEXT } from "../../documents/document-file.ts";
import type { InputFile, Stage, StageCounts, StagePlan, TaskContext } from "../../pipeline/stage.ts";
import { isRefused } from "./format.ts";
import { formatOf } from "./formats.ts";
import { unpackedBytes } from "./unpack.ts";

const options = z.strictObject({
  paths: z.array(z.string()).nonempty().describe("files, folders, or patterns such as docs/**/*.pdf"),
  textField: z.string().default("text").describe("of records: the field that holds the text"),
  maxDocumentBytes: z
    .int()
    .positive()
    .default(1 << 26)
    .describe("a larger document (a line, a page, a text file) is refused"),
  maxFileBytes: z
    .int()
    .positive()
    .default(2 ** 36)
    .describe("a file that unpacks to more is refused"),
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

async function run({ plan, task, putDocuments, put, progress }: TaskContext<IngestOptions>): Promise<StageCounts> {
  const { textField, maxDocumentBytes, maxFileBytes } = plan.options;
  const limits = { documentBytes: maxDocumentBytes, fileBytes: maxFileBytes };
  const refused: RefusedPart[] = [];
  const counts = { files: 0, refused_files: 0, refused_parts: 0, documents: 0, characters: 0 };
  let held: DataDocument[] = [];
  let size = 0;
  const flush = (): void => {
    if (held.length > 0) putDocuments("documents", held);
    held = [];
    size = 0;
  };
  for (const { path, name } of tasksOf(plan)[task]!) {
    counts.files++;
    const format = formatOf(name);
    try {
      if (format === undefined)
        throw new LemmaError("LEMMA_E_FILE", { path, problem: "no reader for this kind of file" });
      let index = 0;
      for await (const found of format.read(unpackedBytes(path, maxFileBytes), path, { textField, limits })) {
        if (isRefused(found)) {
          counts.refused_parts++;
          refused.push({ path: name, ...found });
          continue;
        }
        const source = { path: name, format: format.name, index: index++, ...found.place };
        const { text, messages, fields } = found;
        held.push({
          id: documentId(source, text),
          text,
          ...(messages === undefined ? {} : { messages }),
          source,
          ...(fields === undefined ? {} : { fields }),
        });
        counts.documents++;
        counts.characters += text.length;
        size += text.length;
        if (size >= FILE_TEXT) flush();
        progress(counts.documents);
      }
    } catch (error) {
      if (!LemmaError.isInstance(error)) throw error;
      counts.refused_files++;
      refused.push({ path: name, problem: String(error.details.problem ?? error.message) });
    }
  }
  flush();
  if (refused.length > 0) put("refused", "refused.jsonl.zst", encodeRecords(refused), refused.length);
  return counts;
}

/** Reads files into documents. */
export const ingest: Stage<IngestOptions> = {
  name: "ingest",
  version: "1",
  summary: "Read files into documents that keep their source",
  about:
    "Reads JSONL (a text or messages a line; .gz, .zst), text and Markdown, and writes documents that keep file, place and fields.\n" +
    "A folder is read with all that is in it. What can't be read is listed with the reason (refused.jsonl.zst); the rest goes on.",
  example: {
    line: "lemma data ingest --paths docs,notes.jsonl.zst --out run/01-ingest",
    shows: "how many documents there are, and what was refused",
  },
  reads: "files",
  options,
  phases: [{ name: "read", tasks: ({ plan }) => tasksOf(plan).length, run }],
};
