// PDF: a page is a document, or the file is. Owns what is refused and how pages become text; parsing is pdf.js's (as unpdf packs it),
// line ends are line-ends.ts's.

import { LemmaError } from "@lemma/protocol";
import type { Json } from "../../documents/document.ts";
import { BoundedWork } from "./bounded-work.ts";
import type { Format, FormatOptions, FoundText, Refused } from "./format.ts";
import { linesText, mendHyphens, type PageLine } from "./line-ends.ts";
import { wholeBytes } from "./unpack.ts";

/** Pages in a row that can't be read: after that the file is given up. */
const BROKEN_PAGES = 16;

/**
 * Steps of work (bounded-work.ts) that a file may take: so many anyway, so many for each of its bytes, so many for each page. A page of
 * people's draws some dozens of forms and some thousands of operators, each of which is some bytes of the file.
 */
const STEPS = 5000;
const STEPS_A_BYTE = 1 / 16;
const STEPS_A_PAGE = 20;

/** Bytes of text on one page, where a document may have more: a page full of small print has 20,000. */
const PAGE_TEXT = 1 << 21;

/** Bytes of text for each byte of the file, above PAGE_TEXT: packed text grows 3 to 20 times. */
const TEXT_A_BYTE = 64;

/** Where a PDF must begin and end: other software puts a few bytes around it. */
const EDGE = 2048;

interface TextItem {
  str: string;
  transform: number[];
  height: number;
  hasEOL: boolean;
}

interface Page {
  streamTextContent(): ReadableStream<{ items: (TextItem | object)[] }>;
  cleanup(): void;
}

interface Pdf {
  numPages: number;
  getPage(number: number): Promise<Page>;
  getMetadata(): Promise<{ info: Record<string, unknown> }>;
  destroy(): Promise<void>;
}

/** Portable documents with text in them; pictures of text (scans) have none and are refused. Field: `title`. */
export const pdf: Format = {
  name: "pdf",
  extensions: [".pdf"],
  packed: false,
  guarded: true,
  async *read(bytes, path, options) {
    const whole = await wholeBytes(bytes, path, options.limits.documentBytes);
    checkEdges(whole, path);
    using work = new BoundedWork(STEPS + whole.length * STEPS_A_BYTE);
    const document = await openPdf(whole, path);
    try {
      if (document.numPages > options.limits.pages)
        throw refusal(path, `has ${document.numPages} pages; at most ${options.limits.pages} are allowed`);
      work.allow(STEPS_A_PAGE * document.numPages);
      const title = await titleOf(document);
      const fields: { [name: string]: Json } | undefined = title === "" ? undefined : { title };
      const file = { document, path, fields, work, text: PAGE_TEXT + whole.length * TEXT_A_BYTE };
      yield* options.pdfDocuments === "file" ? wholeFile(file, options) : eachPage(file, options);
    } finally {
      await document.destroy();
    }
  },
};

const refusal = (path: string, problem: string): LemmaError => new LemmaError("LEMMA_E_FILE", { path, problem });

/** A file that was cut off is refused, though a part of it could be guessed at: a dataset should not hold halves without a word. */
function checkEdges(bytes: Buffer, path: string): void {
  if (!bytes.subarray(0, EDGE).includes("%PDF-")) throw refusal(path, "expected %PDF- at its start");
  if (!bytes.subarray(-EDGE).includes("startxref")) throw refusal(path, "expected startxref near its end: truncated");
}

async function openPdf(bytes: Buffer, path: string): Promise<Pdf> {
  const { getDocumentProxy } = await import("unpdf");
  const data = new Uint8Array(bytes.length); // pdf.js wants a buffer of its own
  data.set(bytes);
  try {
    return (await getDocumentProxy(data, {
      stopAtErrors: true,
      disableFontFace: true,
      useSystemFonts: false,
      verbosity: 0,
    })) as unknown as Pdf;
  } catch (error) {
    const isLocked = (error as Error).name === "PasswordException";
    throw refusal(path, isLocked ? "is encrypted with a password" : `damaged: ${(error as Error).message}`);
  }
}

async function titleOf(document: Pdf): Promise<string> {
  try {
    const { Title } = (await document.getMetadata()).info;
    return typeof Title === "string" ? Title.trim().slice(0, 1000) : "";
  } catch {
    return "";
  }
}

/** The text of each page, or why there is none. */
async function* pageTexts(
  { document, path, work, text: most }: OpenFile,
  { limits }: FormatOptions,
): AsyncGenerator<[number, string | Refused]> {
  const pageBytes = Math.min(limits.documentBytes, PAGE_TEXT);
  let broken = 0;
  let left = most;
  for (let number = 1; number <= document.numPages; number++) {
    const where = `page ${number}`;
    try {
      const page = await document.getPage(number);
      const { items, size } = await pageItems(page, Math.min(pageBytes, left), work);
      page.cleanup();
      left -= size;
      const text = linesText(pageLines(items));
      broken = 0;
      if (text === "") yield [number, { where, problem: "no text: empty, or a picture (a scan needs OCR first)" }];
      else if (Buffer.byteLength(text) > pageBytes)
        yield [number, { where, problem: `longer than ${pageBytes} bytes` }];
      else yield [number, text];
    } catch (error) {
      if (error instanceof TooMuchText)
        throw refusal(path, `${where}: ${left < pageBytes ? `more than ${most} bytes of text in all` : error.message}`);
      if (work.isSpent)
        throw refusal(path, `${where}: more work than a file of this size may take (forms that draw each other?)`);
      yield [number, { where, problem: `damaged: ${(error as Error).message}` }];
      if (++broken === BROKEN_PAGES) throw refusal(path, `${where}: ${BROKEN_PAGES} damaged pages in a row`);
    }
  }
}

class TooMuchText extends Error {}

/** The pieces of a page's text; a page may draw a part of itself again and again, so they are counted as they come. */
async function pageItems(
  page: Page,
  most: number,
  work: BoundedWork,
): Promise<{ items: (TextItem | object)[]; size: number }> {
  const items: (TextItem | object)[] = [];
  let size = 0;
  for await (const part of page.streamTextContent()) {
    for (const item of part.items) {
      items.push(item);
      size += 1 + ("str" in item ? Buffer.byteLength(item.str) : 0);
    }
    if (size <= most) continue;
    work.stop(); // a page can't be left in its middle: it would go on drawing, and leaving waits for it
    throw new TooMuchText(`more than ${most} bytes of text on a page`);
  }
  return { items, size };
}

/** A file that is being read. */
interface OpenFile {
  document: Pdf;
  path: string;
  fields: { [name: string]: Json } | undefined;
  work: BoundedWork;
  /** Bytes of text that it may have. */
  text: number;
}

async function* eachPage(file: OpenFile, options: FormatOptions): AsyncGenerator<FoundText | Refused> {
  const { fields } = file;
  for await (const [page, found] of pageTexts(file, options))
    yield typeof found === "string"
      ? { text: mendHyphens(found), place: { index: page - 1, page }, ...(fields && { fields }) }
      : found;
}

/** Pages after one another; where each begins stands in the field `pages`, so that a place in the text leads back to its page. */
async function* wholeFile(file: OpenFile, options: FormatOptions): AsyncGenerator<FoundText | Refused> {
  const { path, fields } = file;
  let text = "";
  const pages: Json[] = [];
  for await (const [page, found] of pageTexts(file, options)) {
    if (typeof found !== "string") {
      yield found;
      continue;
    }
    if (text !== "") text += "\n\n";
    pages.push({ page, start: text.length });
    text += mendHyphens(found);
    if (text.length > options.limits.documentBytes)
      throw refusal(path, `holds more than ${options.limits.documentBytes} characters; read it by pages`);
  }
  if (text === "") throw refusal(path, "no page has text");
  yield { text, place: { start: 0, end: text.length }, fields: { ...fields, pages } };
}

/** pdf.js gives pieces of text with line ends between them; a piece's height is its font's size. */
function pageLines(items: readonly (TextItem | object)[]): PageLine[] {
  const lines: PageLine[] = [];
  let line: PageLine | undefined;
  for (const item of items) {
    if (!("str" in item)) continue;
    if (item.str !== "") {
      line ??= { text: "", y: item.transform[5] ?? 0, height: 0 };
      line.text += item.str;
      line.height = Math.max(line.height, item.height);
    }
    if (item.hasEOL && line !== undefined) {
      lines.push(line);
      line = undefined;
    }
  }
  if (line !== undefined) lines.push(line);
  return lines;
}
