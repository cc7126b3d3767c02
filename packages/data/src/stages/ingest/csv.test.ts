// CSV and TSV against what was written: quotes, line ends, packed files, columns; and rows that are wrong.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { Reading } from "../../../test/files/reading.ts";

const reading = new Reading();
after(() => reading.end());

const texts = ["plain", 'with "quotes", and a comma', "two\nlines", "中文，逗号", "", " spaces "];
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const csv = `\ufeffid,text,party\r\n${texts.map((text, at) => `${at},${quoted(text)},P${at}\r\n`).join("")}`;

test("texts, fields and places come back, packed or not", async () => {
  for (const [name, bytes] of [
    ["a.csv", csv],
    ["a.csv.gz", gzipSync(csv)],
    ["a.CSV.zst", zstdCompressSync(csv)],
  ] as const) {
    const { found, refused, ended } = await reading.read(name, bytes);
    assert.deepEqual([refused, ended], [[], undefined], name);
    assert.deepEqual(
      found,
      texts.map((text, index) => ({ text, place: { index }, fields: { id: String(index), party: `P${index}` } })),
    );
  }
});

test("a record of all columns reads a line a column; a tab parts .tsv", async () => {
  const all = await reading.read("b.tsv", "party\tamount\tnote\nAcme, Inc.\t12.50\t\nBolt\t3\tlate\n", {
    records: "all",
  });
  assert.deepEqual(all.texts, ["party: Acme, Inc.\namount: 12.50", "party: Bolt\namount: 3\nnote: late"]);
  const plain = await reading.read("c.csv", "Acme;1\nBolt;2\n", { records: "all", header: false, delimiter: ";" });
  assert.deepEqual(plain.texts, ["column1: Acme\ncolumn2: 1", "column1: Bolt\ncolumn2: 2"]);
});

test("names that hurt or stand twice are only names", async () => {
  const { found } = await reading.read("d.csv", "text,__proto__,a,a,\nx,1,2,3,4\n");
  assert.deepEqual(JSON.stringify(found[0]!.fields), '{"__proto__":"1","a":"2","a (2)":"3","column5":"4"}');
});

test("messages may be a column of JSON", async () => {
  const turns = [
    { role: "user", content: "1+1?" },
    { role: "assistant", content: "2" },
  ];
  const { found } = await reading.read("m.csv", `messages\n${quoted(JSON.stringify(turns))}\nnonsense\n`);
  assert.deepEqual(
    found.map(({ messages }) => messages),
    [turns],
  );
});

test("a missing column is named with those that are there", async () => {
  const { ended } = await reading.read("e.csv", "id,body\n1,x\n");
  assert.match(ended!, /expected a column "text", found id, body; set textField to one of them/);
});

test("a row with too many columns is passed over, one with too few has less", async () => {
  const { texts, refused, ended } = await reading.read("f.csv", "id,text\n1,a\n2,b,c\n3,d\n4\n");
  assert.deepEqual([texts, ended], [["a", "d"], undefined]);
  assert.deepEqual(refused, [
    { where: "line 3", problem: "expected 2 columns, found 3" },
    { where: "line 5", problem: 'expected a text in the field "text", or messages' },
  ]);
});

test("a quote that is not closed and a row without end lose no row before them", async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => `row ${at}`);
  const start = `text\n${rows.join("\n")}\n`;
  const open = await reading.read("g.csv", `${start}"open\nmore\nand more`);
  assert.deepEqual(open.texts, rows);
  assert.match(open.ended!, /a quote that is not closed/);
  const long = await reading.read("h.csv", `${start}${"x".repeat(300_000)}\nlast\n`, {
    limits: { documentBytes: 1000 },
  });
  assert.deepEqual(long.texts, rows);
  assert.match(long.ended!, /line 3002: a row of more than 1000 characters/);
});

test("bytes that are no UTF-8 and NULs are kept apart, not fatal", async () => {
  const { texts } = await reading.read("i.csv", Buffer.from("text\na\xffb\n\x00\nc\n", "latin1"));
  assert.deepEqual(texts, ["a\ufffdb", "\0", "c"]);
});
