// PDF pages against the lines that were written on them; and files that are cut, locked, empty or bombs.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { deflateSync } from "node:zlib";
import { assemble, writePdf } from "../../../test/files/pdf-writer.ts";
import { Reading } from "../../../test/files/reading.ts";
import { linesText, mendHyphens } from "./line-ends.ts";

const reading = new Reading();
after(() => reading.end());

const pages = [
  ["Purchase agreement", "", "1. The supplier (Acme) delivers within thirty days.", "2. Prices are net."],
  ["合同编号：2026-17", "", "甲方应在三十日内付款。", "Party A pays within 30 days."],
  ["Last page"],
];

test("a page is a document with its number; the title is a field", async () => {
  for (const packed of [true, false]) {
    const { found, refused, ended } = await reading.read("a.pdf", writePdf(pages, { title: "Agreement 合同", packed }));
    assert.deepEqual([refused, ended], [[], undefined]);
    assert.deepEqual(found, [
      {
        text: "Purchase agreement\n\n1. The supplier (Acme) delivers within thirty days.\n2. Prices are net.",
        place: { index: 0, page: 1 },
        fields: { title: "Agreement 合同" },
      },
      {
        text: "合同编号：2026-17\n\n甲方应在三十日内付款。\nParty A pays within 30 days.",
        place: { index: 1, page: 2 },
        fields: { title: "Agreement 合同" },
      },
      { text: "Last page", place: { index: 2, page: 3 }, fields: { title: "Agreement 合同" } },
    ]);
  }
});

test("a file as a document says where its pages begin", async () => {
  const { found } = await reading.read("b.pdf", writePdf(pages), { pdfDocuments: "file" });
  const [{ text, fields, place }] = found as [(typeof found)[0]];
  assert.deepEqual(place, { start: 0, end: text.length });
  const starts = fields!.pages as { page: number; start: number }[];
  assert.deepEqual(
    starts.map(({ page, start }) => [page, text.slice(start, start + 4)]),
    [
      [1, "Purc"],
      [2, "合同编号"],
      [3, "Last"],
    ],
  );
});

test("words cut at a line's end are made whole", async () => {
  const { texts } = await reading.read(
    "c.pdf",
    writePdf([["This agree-", "ment is long-", "term; a long-term one. See A-", "B and 3-", "4."]]),
  );
  assert.deepEqual(texts, ["This agreement\nis long-term;\na long-term one. See A-\nB and 3-\n4."]);
});

test("the rules of line ends", () => {
  assert.equal(mendHyphens("co\u00ad\noperate now"), "cooperate\nnow");
  assert.equal(mendHyphens("Ver-\nsicherung, x"), "Versicherung,\nx");
  assert.equal(mendHyphens("end -\nnot cut"), "end -\nnot cut");
  const line = (text: string, y: number) => ({ text, y, height: 10 });
  assert.equal(linesText([line("a", 100), line("b", 88), line("c", 60), line("d", 100)]), "a\nb\n\nc\n\nd");
  mendHyphens("a-\n".repeat(200_000)); // in time
});

test("cut anywhere, the file is refused", async () => {
  const bytes = writePdf(pages);
  for (const share of [0, 0.2, 0.7, 0.97]) {
    const { ended, texts } = await reading.read("cut.pdf", bytes.subarray(0, bytes.length * share));
    assert.match(ended!, /%PDF-|truncated/);
    assert.deepEqual(texts, []);
  }
});

test("with any byte changed it is refused or read, and the next file is read", async () => {
  const bytes = writePdf(pages, { packed: false });
  for (let at = 0; at < bytes.length; at += 41) {
    const wrong = Buffer.from(bytes);
    wrong[at] = wrong[at]! ^ 0x15;
    const { found, refused, ended } = await reading.read("wrong.pdf", wrong);
    assert.ok(found.length + refused.length > 0 || ended !== undefined, String(at));
  }
  assert.equal((await reading.read("right.pdf", bytes)).texts.length, 3);
});

test("an encrypted file and a page without text are named", async () => {
  const zeros = "00".repeat(32);
  const lock = `<< /Filter /Standard /V 1 /R 2 /O <${zeros}> /U <${zeros}> /P -44 >>`;
  const plain = writePdf([["secret"]]).toString("latin1");
  const locked = plain.replace("/Root 1 0 R", `/Root 1 0 R /ID [<00><00>] /Encrypt ${lock}`);
  assert.match((await reading.read("locked.pdf", Buffer.from(locked, "latin1"))).ended!, /encrypted with a password/);
  const scan = await reading.read("scan.pdf", writePdf([["text"], []]));
  assert.deepEqual(scan.texts, ["text"]);
  assert.deepEqual(scan.refused, [
    { where: "page 2", problem: "no text: empty, or a picture (a scan needs OCR first)" },
  ]);
});

test("too many pages and streams that unpack to too much are refused", async () => {
  const many = await reading.read("many.pdf", writePdf(Array.from({ length: 40 }, () => ["x"])), {
    limits: { pages: 30 },
  });
  assert.match(many.ended!, /has 40 pages; at most 30/);

  const limits = { documentBytes: 1 << 20 };
  const bomb = await reading.read("bomb.pdf", writePdf([["x"]], { content: Buffer.alloc(16 << 20, 32) }), { limits });
  assert.match(JSON.stringify(bomb.refused), /unpacks to more than/);
  const twice = deflateSync(deflateSync(Buffer.alloc(64 << 20, 32)));
  const nested = assemble([
    Buffer.from("<< /Type /Catalog /Pages 2 0 R >>"),
    Buffer.from("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
    Buffer.from("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << >> >>"),
    Buffer.concat([
      Buffer.from(`<< /Length ${twice.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`),
      twice,
      Buffer.from("\nendstream"),
    ]),
  ]);
  assert.match(JSON.stringify((await reading.read("nested.pdf", nested, { limits })).refused), /unpacks to more than/);
});
