// A folder of contracts and reports as PDF, DOCX and HTML, with texts that are known: for tests of whole recipes. The same seed gives
// the same bytes.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sfc32 } from "../../src/shards/seeded-shuffle.ts";
import { type DocxPart, writeDocx } from "./docx-writer.ts";
import { writePdf } from "./pdf-writer.ts";

/** A document with what it says: the figures that a reader must find again. */
export interface BusinessDocument {
  name: string;
  title: string;
  /** Sentences and cells, each of which stands in the text of the document as it is. */
  statements: string[];
}

const PARTIES = [
  "Aldermoor Ltd",
  "Brightwater GmbH",
  "Castellan S.A.",
  "Dunmore & Sons",
  "北京云杉公司",
  "Evenlode Inc.",
];
const GOODS = ["steel bolts", "solar panels", "printed boards", "bottled water", "office chairs", "railway sleepers"];
const QUARTERS = ["Q1", "Q2", "Q3", "Q4"];
const FORMATS = ["pdf", "docx", "html"] as const;

type Draw = (below: number) => number;
type Section = { heading: string; lines: string[]; rows?: string[][] };

function contract(draw: Draw): Section[] {
  const seller = PARTIES[draw(PARTIES.length)]!;
  const buyer = PARTIES[(PARTIES.indexOf(seller) + 1 + draw(PARTIES.length - 1)) % PARTIES.length]!;
  const [goods, count, price, days] = [GOODS[draw(GOODS.length)]!, 10 + draw(990), 5 + draw(95), 7 + draw(84)];
  return [
    { heading: "Parties", lines: [`The seller is ${seller}.`, `The buyer is ${buyer}.`] },
    {
      heading: "Goods and price",
      lines: [
        `The seller delivers ${count} ${goods} at ${price} euros each.`,
        `The price is ${count * price} euros in all.`,
      ],
    },
    {
      heading: "Terms",
      lines: [
        `Payment is due ${days} days after delivery.`,
        `For each week of delay the buyer may keep ${1 + draw(5)} percent of the price.`,
        "Changes of this agreement must be made in writing.",
      ],
    },
  ];
}

function report(draw: Draw): Section[] {
  const company = PARTIES[draw(PARTIES.length)]!;
  const sales = QUARTERS.map(() => 100 + draw(900));
  const costs = sales.map((value) => Math.floor(value * (0.4 + draw(50) / 100)));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return [
    { heading: "Summary", lines: [`${company} had sales of ${sum(sales)} million euros this year.`] },
    {
      heading: "Figures",
      lines: [`Costs were ${sum(costs)} million euros.`, `The profit is ${sum(sales) - sum(costs)} million euros.`],
      rows: [
        ["Quarter", "Sales", "Costs"],
        ...QUARTERS.map((name, at) => [name, String(sales[at]), String(costs[at])]),
      ],
    },
  ];
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function htmlOf(title: string, sections: readonly Section[]): string {
  const body = sections.map(({ heading, lines, rows = [] }) => {
    const table = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
    const text = lines.map((line) => `<p>${escaped(line)}</p>`).join("\n");
    return `<h2>${heading}</h2>\n${text}${table === "" ? "" : `<table>${table}</table>`}`;
  });
  const menu = ["Home", "Products", "Careers", "Press"].map((name) => `<li><a href="#">${name}</a></li>`).join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><nav><ul>${menu}</ul></nav><article>${body.join("\n")}</article></body></html>`;
}

function docxOf(title: string, sections: readonly Section[]): Buffer {
  const parts = sections.flatMap(({ heading, lines, rows }): DocxPart[] => [
    { heading, level: 2 },
    ...lines,
    ...(rows === undefined ? [] : [{ rows }]),
  ]);
  return writeDocx([{ heading: title, level: 1 }, ...parts], title);
}

/** A section a page, as its lines. */
const pdfOf = (title: string, sections: readonly Section[]): Buffer =>
  writePdf(
    sections.map(({ heading, lines, rows = [] }) => [heading, "", ...lines, ...rows.map((cells) => cells.join(" | "))]),
    { title },
  );

/** Writes `count` documents into a folder and says what is in them. */
export function writeBusinessDocuments(folder: string, count: number, seed = 1): BusinessDocument[] {
  const random = sfc32(seed, "business-documents");
  const draw: Draw = (below) => random() % below;
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, at) => {
    const isContract = draw(2) === 0;
    const title = `${isContract ? "Purchase agreement" : "Annual report"} ${2000 + at}`;
    const sections = isContract ? contract(draw) : report(draw);
    const format = FORMATS[at % FORMATS.length]!;
    const name = `${String(at).padStart(4, "0")}.${format}`;
    const bytes =
      format === "pdf" ? pdfOf(title, sections) : format === "docx" ? docxOf(title, sections) : htmlOf(title, sections);
    writeFileSync(join(folder, name), bytes);
    const statements = sections.flatMap(({ lines, rows = [] }) => [
      ...lines,
      ...rows.map((cells) => cells.join(" | ")),
    ]);
    return { name, title, statements };
  });
}
