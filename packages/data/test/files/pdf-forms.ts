// PDF files whose forms draw one another, and others that are small and ask for a great deal of work: for tests.

import { deflateSync } from "node:zlib";
import { assemble } from "./pdf-writer.ts";

const PAGE = "/Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R";
const FORM = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";
const HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

const stream = (dictionary: string, text: string): Buffer => {
  const data = deflateSync(Buffer.from(text, "latin1"));
  const head = `<< ${dictionary} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), data, Buffer.from("\nendstream")]);
};

/** A file of one page object, which stands `pages` times in the tree. Objects from 5 on are the given ones. */
function onePage(resources: string, content: string, more: readonly Buffer[], pages = 1): Buffer {
  return assemble([
    Buffer.from("<< /Type /Catalog /Pages 2 0 R >>"),
    Buffer.from(`<< /Type /Pages /Kids [${"3 0 R ".repeat(pages)}] /Count ${pages} >>`),
    Buffer.from(`<< ${PAGE} /Resources << ${resources} >> >>`),
    stream("", content),
    ...more,
  ]);
}

/** Each of `levels` forms draws the next one ten times; the last one writes a text. */
export function formsOfForms(levels: number, text: string, pages = 1): Buffer {
  const forms = Array.from({ length: levels }, (_, i) => {
    const next = i + 1 < levels ? `/XObject << /F ${7 + i} 0 R >>` : "";
    const content = i + 1 < levels ? "/F Do\n".repeat(10) : `BT /F1 12 Tf 10 10 Td (${text}) Tj ET\n`;
    return stream(`${FORM} /Resources << ${next} /Font << /F1 5 0 R >> >>`, content);
  });
  return onePage("/XObject << /F 6 0 R >>", "/F Do\n", [Buffer.from(HELVETICA), ...forms], pages);
}

/** A form that draws itself. */
export const formOfItself = (): Buffer =>
  onePage("/XObject << /F 5 0 R >>", "/F Do\n", [
    stream(`${FORM} /Resources << /XObject << /F 5 0 R >> >>`, "/F Do\n"),
  ]);

/** So many operators on one page, packed to a thousandth. */
export const manyOperators = (count: number): Buffer => onePage("", "q Q\n".repeat(count / 2), []);

/** A font that says the width of two thousand million characters. */
export const endlessWidths = (): Buffer =>
  onePage("/Font << /F1 5 0 R >>", "BT /F1 12 Tf 10 10 Td <0001> Tj ET", [
    Buffer.from("<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H /DescendantFonts [6 0 R] >>"),
    Buffer.from(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /S /DW 1000 /W [0 2000000000 500] " +
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> " +
        "/FontDescriptor << /Type /FontDescriptor /FontName /S /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >>",
    ),
  ]);

/** A table of two thousand million objects whose entries have no bytes. */
export function endlessTable(): Buffer {
  const body = Buffer.from(
    "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n",
  );
  const table =
    "3 0 obj\n<< /Type /XRef /Size 2000000000 /W [0 0 0] /Index [0 2000000000] /Root 1 0 R /Length 0 >>\nstream\n\nendstream\nendobj\n";
  return Buffer.concat([body, Buffer.from(`${table}startxref\n${body.length}\n%%EOF\n`)]);
}
