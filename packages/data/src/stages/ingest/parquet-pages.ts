// The pages of a Parquet row group, looked at before anything is unpacked. Owns the bound on values: a page's header says in five bytes
// how many there are, runs of equal values take no space, and whoever reads them makes room for all of them at once.

import { LemmaError } from "@lemma/protocol";
import type { AsyncBuffer, RowGroup } from "hyparquet";

/** Values of a row group, all columns together: more than this don't fit into the memory that a file may take. */
const GROUP_VALUES = 1 << 25;

/** How much is read at once in search of a header, and the longest header (it may hold the least and the greatest value). */
const WINDOW = 1 << 20;

const refusal = (problem: string): LemmaError => new LemmaError("LEMMA_E_FILE", { path: "", problem });

/** Throws LEMMA_E_FILE where the pages claim more values than may be, or sizes that can't be. */
export async function checkPages(file: AsyncBuffer, { columns }: RowGroup, number: number): Promise<void> {
  const { parquetHeader } = await import("hyparquet/src/column.js");
  let left = GROUP_VALUES;
  for (const { meta_data: meta, file_path: other } of columns) {
    if (meta === undefined || other) throw refusal(`row group ${number}: a column without its data in this file`);
    const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const end = start + Number(meta.total_compressed_size);
    if (!(start >= 0 && start <= end && end <= file.byteLength))
      throw refusal(`row group ${number}: a column lies outside of the file: truncated?`);
    let window = new DataView(new ArrayBuffer(0));
    let from = start;
    for (let at = start; at < end - 1; ) {
      if (at < from || at + WINDOW / 2 > from + window.byteLength) {
        window = new DataView(await file.slice(at, Math.min(end, at + WINDOW)));
        from = at;
      }
      const reader = { view: window, offset: at - from };
      const header = parquetHeader(reader);
      const size = header.compressed_page_size;
      at = from + reader.offset + size;
      if (!(size >= 0 && header.uncompressed_page_size >= 0 && at <= end))
        throw refusal(`row group ${number}: a page of ${size} bytes where ${end - from - reader.offset} are left`);
      const { num_values: values } = header.data_page_header ??
        header.data_page_header_v2 ??
        header.dictionary_page_header ?? { num_values: 0 };
      if (!(values >= 0 && values <= left)) throw refusal(`row group ${number} has more than ${GROUP_VALUES} values`);
      left -= values;
    }
  }
}
