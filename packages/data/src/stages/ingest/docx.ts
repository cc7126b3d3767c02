// DOCX: a file is a document, with its headings and tables. Owns the checks before anything is unpacked and the title; the reading
// itself is mammoth's, the layout block-text.ts's.

import { LemmaError } from "@lemma/protocol";
import { blockText } from "./block-text.ts";
import type { Format } from "./format.ts";
import { parsePage } from "./html.ts";
import { xmlProblem } from "./markup-bounds.ts";
import { wholeBytes } from "./unpack.ts";
import { checkedZip, zipData } from "./zip.ts";

/** Parts of a document: more than 1000 are a great many pictures. */
const ENTRIES = 4096;
/** Text of people packs 5 to 20 times, tables of numbers 50. */
const RATIO = 200;

/** Word's files since 2007. Pictures are left out. Fields: `title` where the file names one. */
export const docx: Format = {
  name: "docx",
  extensions: [".docx"],
  packed: false,
  guarded: true,
  async *read(bytes, path, { limits }) {
    const buffer = await wholeBytes(bytes, path, limits.documentBytes);
    const entries = checkedZip(buffer, { entries: ENTRIES, ratio: RATIO, unpacked: limits.documentBytes });
    if (!entries.some(({ name }) => name === "word/document.xml"))
      throw new LemmaError("LEMMA_E_FILE", { path, problem: "expected a Word document (word/document.xml)" });
    for (const entry of entries) {
      const problem = markupProblem(zipData(buffer, entry));
      if (problem !== undefined) throw new LemmaError("LEMMA_E_FILE", { path, problem: `${entry.name}: ${problem}` });
    }
    const core = entries.find(({ name }) => name === "docProps/core.xml");
    const title = core === undefined ? "" : titleOf(zipData(buffer, core).toString("utf8"));
    const { default: mammoth } = await import("mammoth");
    const { value } = await mammoth.convertToHtml(
      { buffer },
      { externalFileAccess: false, convertImage: mammoth.images.imgElement(async () => ({ src: "" })) },
    );
    const page = await parsePage(`<html><body>${value}</body></html>`);
    const text = blockText(page.body ?? page);
    if (text === "") throw new LemmaError("LEMMA_E_FILE", { path, problem: "a document without text" });
    yield { text, ...(title === "" ? {} : { fields: { title } }) };
  },
};

/** Whether a part is XML that its parser would drown in; parts of another kind are never parsed. */
function markupProblem(data: Buffer): string | undefined {
  const text = data
    .subarray(0, 64)
    .toString("utf8")
    .trimStart()
    .replace(/^\ufeff/, "");
  return text.startsWith("<") ? xmlProblem(data.toString("utf8")) : undefined;
}

/** The title in the file's properties; numbers of characters are left as they stand. */
function titleOf(core: string): string {
  const from = core.indexOf("<dc:title>");
  const to = core.indexOf("</dc:title>", from);
  if (from < 0 || to < 0) return "";
  const names: { [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return core
    .slice(from + "<dc:title>".length, Math.min(to, from + 1000))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => names[name]!)
    .trim();
}
