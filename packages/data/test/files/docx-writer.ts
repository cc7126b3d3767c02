// A small DOCX writer for tests: headings, paragraphs, lists and tables (ECMA-376, WordprocessingML).

import { writeZip, type ZipFile } from "./zip-writer.ts";

/** A part of a document: a paragraph, a heading of a level, or rows of cells. */
export type DocxPart = string | { heading: string; level: number } | { rows: readonly (readonly string[])[] };

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const paragraph = (text: string, style = ""): string =>
  `<w:p>${style === "" ? "" : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;

function partXml(part: DocxPart): string {
  if (typeof part === "string") return paragraph(part);
  if ("heading" in part) return paragraph(part.heading, `Heading${part.level}`);
  const rows = part.rows.map(
    (cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join("")}</w:tr>`,
  );
  return `<w:tbl>${rows.join("")}</w:tbl>`;
}

/** The files of a document; `body` replaces the parts' XML: for files that are wrong on purpose. */
export function docxFiles(parts: readonly DocxPart[], title = "", body = parts.map(partXml).join("")): ZipFile[] {
  const styles = [1, 2, 3].map(
    (level) => `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`,
  );
  const word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const types =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/>` +
    `<Override PartName="/word/styles.xml" ContentType="${word}.styles+xml"/>`;
  const relations = (list: string) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list}</Relationships>`;
  return [
    { name: "[Content_Types].xml", data: `${HEAD}<Types xmlns="${PACKAGE}/content-types">${types}</Types>` },
    {
      name: "_rels/.rels",
      data: relations(`<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>`),
    },
    {
      name: "docProps/core.xml",
      data: `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title></cp:coreProperties>`,
    },
    {
      name: "word/_rels/document.xml.rels",
      data: relations(`<Relationship Id="rId1" Type="${office}/styles" Target="styles.xml"/>`),
    },
    { name: "word/styles.xml", data: `${HEAD}<w:styles ${W}>${styles.join("")}</w:styles>` },
    { name: "word/document.xml", data: `${HEAD}<w:document ${W}><w:body>${body}</w:body></w:document>` },
  ];
}

/** A whole file. */
export const writeDocx = (parts: readonly DocxPart[], title?: string): Buffer => writeZip(docxFiles(parts, title));
