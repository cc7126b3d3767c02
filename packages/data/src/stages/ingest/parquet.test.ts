// Parquet against what hyparquet-writer wrote: codecs, row groups, types; and files that are damaged or claim too much.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { parquetWriteBuffer } from "hyparquet-writer";
import { Reading } from "../../../test/files/reading.ts";

const reading = new Reading();
after(() => reading.end());

const texts = Array.from({ length: 2500 }, (_, at) => `row ${at} 合同 ${"clause ".repeat(at % 17)}`);
const columns = [
  { name: "text", data: texts, type: "STRING" as const },
  { name: "number", data: texts.map((_, at) => at), type: "INT32" as const },
  { name: "large", data: texts.map((_, at) => 2n ** 60n + BigInt(at)), type: "INT64" as const },
  { name: "day", data: texts.map((_, at) => new Date(at * 86_400_000)), type: "TIMESTAMP" as const },
];
const write = (options = {}): Buffer => Buffer.from(parquetWriteBuffer({ columnData: columns, ...options }));

test("texts, fields and places come back, by row groups and with each codec of the writer", async () => {
  const expected = texts.map((text, at) => ({
    text,
    place: { index: at },
    fields: { number: at, large: String(2n ** 60n + BigInt(at)), day: new Date(at * 86_400_000).toISOString() },
  }));
  for (const codec of ["SNAPPY", "UNCOMPRESSED"] as const) {
    const { found, refused, ended } = await reading.read(`${codec}.parquet`, write({ codec, rowGroupSize: 400 }));
    assert.deepEqual([refused, ended], [[], undefined]);
    assert.deepEqual(found, expected);
  }
});

test("a column of structs may be a conversation", async () => {
  const turns = [
    { role: "user", content: "1+1?" },
    { role: "assistant", content: "2" },
  ];
  const bytes = parquetWriteBuffer({ columnData: [{ name: "messages", data: [turns], type: "JSON" }] });
  const { found } = await reading.read("chat.parquet", Buffer.from(bytes));
  assert.deepEqual(found[0]?.messages, turns);
});

test("a missing column is named with those that are there", async () => {
  const { ended } = await reading.read("names.parquet", write(), { textField: "body" });
  assert.match(ended!, /expected a column "body", found text, number, large, day/);
  const all = await reading.read("all.parquet", write(), { records: "all", textField: "body" });
  assert.match(all.texts[7]!, /^text: row 7 .*\nnumber: 7\nlarge: 1152921504606846983\nday: 1970-01-08T/);
});

test("a text that is too long is passed over", async () => {
  const bytes = parquetWriteBuffer({
    columnData: [{ name: "text", data: ["short", "x".repeat(5000), "last"], type: "STRING" }],
  });
  const { texts, refused } = await reading.read("long.parquet", Buffer.from(bytes), {
    limits: { documentBytes: 1000 },
  });
  assert.deepEqual(texts, ["short", "last"]);
  assert.deepEqual(refused, [{ where: "row 2", problem: "longer than 1000 bytes" }]);
});

test("cut anywhere, the file is refused", async () => {
  const bytes = write({ rowGroupSize: 400 });
  for (const share of [0, 0.001, 0.3, 0.9, 0.999]) {
    const { ended, texts } = await reading.read("cut.parquet", bytes.subarray(0, bytes.length * share));
    assert.match(ended!, /too short|expected PAR1/);
    assert.deepEqual(texts, []);
  }
});

test("with any byte changed it is refused or read, and the thread lives", async () => {
  const bytes = Buffer.from(
    parquetWriteBuffer({ columnData: [{ name: "text", data: texts.slice(0, 30), type: "STRING" }] }),
  );
  let refused = 0;
  for (let at = 0; at < bytes.length; at += 7) {
    const wrong = Buffer.from(bytes);
    wrong[at] = wrong[at]! ^ 0xff;
    const { ended, texts } = await reading.read("wrong.parquet", wrong);
    if (ended === undefined) assert.ok(texts.length <= 30);
    else refused++;
  }
  assert.ok(refused > 10, String(refused));
});
