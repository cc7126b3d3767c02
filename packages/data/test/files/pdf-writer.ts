// A small PDF writer for tests: known lines on known pages. Text of ASCII is set in Helvetica; other characters in a composite font that
// is not embedded and says what its codes mean (ToUnicode). Layout of the file: ISO 32000-1, 7.5 (structure), 9.7 and 9.10 (fonts).

import { deflateSync } from "node:zlib";

/** A page: its lines from the top, "" for an empty one. */
export type PdfPage = readonly string[];

export interface PdfOptions {
  title?: string;
  /** Content of pages compressed (FlateDecode). */
  packed?: boolean;
  /** Replaces the content of all pages: for files that are wrong on purpose. */
  content?: Buffer;
}

const LINE = 14;

/** A whole file. Object 1 is the catalog, 2 the page tree, 3 Helvetica, 4 to 6 the composite font, then two objects a page. */
export function writePdf(pages: readonly PdfPage[], { title, packed = true, content }: PdfOptions = {}): Buffer {
  const codes = codesOf(pages);
  const objects: Buffer[] = [];
  const add = (text: string): number => objects.push(Buffer.from(text, "latin1"));
  const stream = (bytes: Buffer, isPacked: boolean): void => {
    const data = isPacked ? deflateSync(bytes) : bytes;
    const head = `<< /Length ${data.length}${isPacked ? " /Filter /FlateDecode" : ""} >>\nstream\n`;
    objects.push(Buffer.concat([Buffer.from(head), data, Buffer.from("\nendstream")]));
  };
  add("<< /Type /Catalog /Pages 2 0 R >>");
  const kids = pages.map((_, at) => `${8 + 2 * at} 0 R`).join(" ");
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  add(
    "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>",
  );
  add(
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 " +
      "/FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >>",
  );
  stream(Buffer.from(toUnicode(codes)), packed);
  for (const page of pages) {
    stream(content ?? Buffer.from(pageContent(page, codes), "latin1"), packed);
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${objects.length} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
    );
  }
  if (title !== undefined) add(`<< /Title <${Buffer.from(`\ufeff${title}`, "utf16le").swap16().toString("hex")}> >>`);
  return assemble(objects, title === undefined ? "" : ` /Info ${objects.length} 0 R`);
}

/** Objects, cross-reference table and trailer. */
export function assemble(objects: readonly Buffer[], trailer = ""): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let at = parts[0]!.length;
  const places = objects.map((object, number) => {
    const place = at;
    const bytes = Buffer.concat([Buffer.from(`${number + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    parts.push(bytes);
    at += bytes.length;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
        `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** Characters that Helvetica has not, each with a code. */
function codesOf(pages: readonly PdfPage[]): Map<string, number> {
  const codes = new Map<string, number>();
  for (const char of pages.flat().join("")) if (char > "~" && !codes.has(char)) codes.set(char, codes.size + 1);
  return codes;
}

function pageContent(lines: PdfPage, codes: ReadonlyMap<string, number>): string {
  let text = `BT\n${LINE} TL\n72 740 Td\n`;
  for (const line of lines) {
    for (const [run] of line.matchAll(/[ -~]+|[^ -~]+/g))
      text +=
        run > "~"
          ? `/F2 11 Tf <${[...run].map((char) => codes.get(char)!.toString(16).padStart(4, "0")).join("")}> Tj\n`
          : `/F1 11 Tf (${run.replace(/[\\()]/g, "\\$&")}) Tj\n`;
    text += "T*\n";
  }
  return `${text}ET\n`;
}

function toUnicode(codes: ReadonlyMap<string, number>): string {
  const hex = (char: string): string => Buffer.from(char, "utf16le").swap16().toString("hex");
  const rows = [...codes].map(([char, code]) => `<${code.toString(16).padStart(4, "0")}> <${hex(char)}>\n`);
  let blocks = "";
  for (let at = 0; at < rows.length; at += 100) {
    const block = rows.slice(at, at + 100);
    blocks += `${block.length} beginbfchar\n${block.join("")}endbfchar\n`;
  }
  return (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Own def\n/CMapType 2 def\n" +
    `1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${blocks}endcmap\nend\nend\n`
  );
}
