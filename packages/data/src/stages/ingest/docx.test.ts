// DOCX against what was written; and archives that lie, are cut, or are bombs.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { docxFiles, writeDocx } from "../../../test/files/docx-writer.ts";
import { Reading } from "../../../test/files/reading.ts";
import { writeZip } from "../../../test/files/zip-writer.ts";

const reading = new Reading();
after(() => reading.end());

const parts = [
  { heading: "Purchase agreement", level: 1 },
  "Between Acme & Sons and 北京公司.",
  { heading: "Prices", level: 2 },
  {
    rows: [
      ["Item", "Price"],
      ["Bolt <M8>", "12.50"],
    ],
  },
  "The end.",
];

test("headings, paragraphs, tables and the title come back", async () => {
  const { found, ended } = await reading.read("a.docx", writeDocx(parts, "A & B"));
  assert.equal(ended, undefined);
  assert.deepEqual(found, [
    {
      text: "# Purchase agreement\n\nBetween Acme & Sons and 北京公司.\n\n## Prices\n\nItem | Price\nBolt <M8> | 12.50\n\nThe end.",
      fields: { title: "A & B" },
    },
  ]);
});

test("cut anywhere, the file is refused", async () => {
  const bytes = writeDocx(parts);
  for (const share of [0, 0.1, 0.5, 0.99]) {
    const { ended } = await reading.read("cut.docx", bytes.subarray(0, bytes.length * share));
    assert.match(ended!, /not a ZIP archive|without its directory/);
  }
});

test("with any byte changed it is refused or read, and the next file is read", async () => {
  const bytes = writeDocx(parts);
  let refused = 0;
  for (let at = 0; at < bytes.length; at += 23) {
    const wrong = Buffer.from(bytes);
    wrong[at] = wrong[at]! ^ 0x55;
    const { ended } = await reading.read("wrong.docx", wrong);
    if (ended !== undefined) refused++;
  }
  assert.ok(refused > 20, String(refused));
  assert.equal((await reading.read("right.docx", bytes)).texts.length, 1);
});

test("bombs are refused by what the archive says, or by what is true", async () => {
  const zeros = Buffer.alloc(20 << 20, 32);
  const bomb = await reading.read("bomb.docx", writeZip([...docxFiles(parts), { name: "word/x.xml", data: zeros }]));
  assert.match(bomb.ended!, /unpacks to \d+ bytes; at most 16777216/);
  const dense = await reading.read(
    "dense.docx",
    writeZip([...docxFiles(parts), { name: "word/x.xml", data: zeros.subarray(0, 10 << 20) }]),
  );
  assert.match(dense.ended!, /grows \d+ times when unpacked; at most 200/);
  const lie = await reading.read(
    "lie.docx",
    writeZip([...docxFiles(parts), { name: "word/x.xml", data: zeros, claims: 100 }]),
  );
  assert.match(lie.ended!, /word\/x.xml: unpacks to more than the 100 bytes that it claims/);
  const small = await reading.read(
    "small.docx",
    writeZip([...docxFiles(parts), { name: "word/x.xml", data: "abc", claims: 100 }]),
  );
  assert.match(small.ended!, /expected 100 bytes, found 3/);
  const crowd = Array.from({ length: 5000 }, (_, at) => ({ name: `x/${at}`, data: "" }));
  assert.match((await reading.read("crowd.docx", writeZip(crowd))).ended!, /5000 files|5000/);
});

test("XML that its parser would drown in is refused before it is parsed", async () => {
  const inside = (body: string) => writeZip(docxFiles([], "", body));
  const deep = await reading.read(
    "deep.docx",
    inside("<w:p>".repeat(20_000) + "x".repeat(200_000) + "</w:p>".repeat(20_000)),
  );
  assert.match(deep.ended!, /document.xml: elements nested deeper/);
  const attributes = Array.from({ length: 50_000 }, (_, at) => `w:a${at}="${at * 7919}"`).join(" ");
  assert.match((await reading.read("wide.docx", inside(`<w:p ${attributes}/>`))).ended!, /more than 128 attributes/);
});

test("what is no Word document is named as what it is", async () => {
  const old = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]);
  assert.match((await reading.read("old.docx", old)).ended!, /old or encrypted Office file/);
  assert.match(
    (await reading.read("zip.docx", writeZip([{ name: "a", data: "b" }]))).ended!,
    /expected a Word document/,
  );
  const broken = await reading.read("broken.docx", writeZip(docxFiles([], "", "<w:p><w:r>")));
  assert.ok(broken.ended !== undefined, JSON.stringify(broken));
});
