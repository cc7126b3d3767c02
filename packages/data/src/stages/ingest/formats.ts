// The formats that ingest reads, by the ends of file names. Owns the list.

import { csv } from "./csv.ts";
import { docx } from "./docx.ts";
import type { Format } from "./format.ts";
import { html } from "./html.ts";
import { jsonl } from "./jsonl.ts";
import { parquet } from "./parquet.ts";
import { pdf } from "./pdf.ts";
import { text } from "./text.ts";
import { unpackedName } from "./unpack.ts";

/** All formats. */
export const FORMATS: readonly Format[] = [jsonl, parquet, csv, text, html, pdf, docx];

/** The format of a file by its name; undefined where none reads it. */
export function formatOf(name: string): Format | undefined {
  const lower = name.toLowerCase();
  return FORMATS.find(({ extensions, packed }) =>
    extensions.some((end) => (packed ? unpackedName(lower) : lower).endsWith(end)),
  );
}
