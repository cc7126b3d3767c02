// HTML pages against the text that they were made of: articles, tables, encodings; and pages that are no page of a person.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Reading } from "../../../test/files/reading.ts";

const reading = new Reading();
after(() => reading.end());

const sentence =
  "The supplier delivers the goods within thirty days, unless the parties agree on another date in writing. ";
const paragraphs = Array.from({ length: 8 }, (_, at) => `Clause ${at + 1}. ${sentence.repeat(3).trim()}`);
const article = `<article><h2>Delivery</h2>${paragraphs.map((text) => `<p>${text.replace("goods", "<b>goods</b>")}</p>`).join("\n")}
  <table><tr><th>Item</th><th>Price</th></tr><tr><td>Bolt</td><td><p>12.50</p></td></tr><tr><td></td><td>3</td></tr></table></article>`;
const nav = `<nav><ul>${Array.from({ length: 30 }, (_, at) => `<li><a href="/${at}">Menu ${at}</a></li>`).join("")}</ul></nav>`;
const page = (body: string, head = ""): string =>
  `<!doctype html><html lang="en-GB"><head><title>General  terms\n</title>${head}<script>var x = "<p>no</p>";</script></head><body>${body}</body></html>`;
const expected = `## Delivery\n\n${paragraphs.join("\n\n")}\n\nItem | Price\nBolt | 12.50\n | 3`;

test("an article is read without what is around it; title and language are fields", async () => {
  const { found, ended } = await reading.read("a.html", page(`${nav}${article}<footer>Imprint</footer>`));
  assert.equal(ended, undefined);
  assert.deepEqual(found[0]!.fields, { title: "General terms", language: "en-GB" });
  assert.equal(found[0]!.text, expected);
});

test("all text of a page, where that is asked for or there is no article", async () => {
  const all = await reading.read("b.html", page(`${nav}${article}<footer>Imprint</footer>`), { mainText: false });
  assert.match(all.texts[0]!, /^- Menu 0\n- Menu 1\n[\s\S]*## Delivery[\s\S]*Imprint$/);
  const short = await reading.read("c.html", "<p>One line.<br>Another &amp; more</p><pre>a\n  b</pre>");
  assert.deepEqual(short.texts, ["One line.\nAnother & more\n\na\n  b"]);
});

test("head and body may be left out, as HTML allows", async () => {
  for (const markup of [
    "<html><title>N</title><body><p>x</p></body></html>",
    "<html><head><title>N</title></head><p>x</p></html>",
    "<title>N</title><p>x",
  ]) {
    const { found } = await reading.read("short.html", markup);
    assert.deepEqual(found, [{ text: "x", fields: { title: "N" } }], markup);
  }
});

test("encodings by mark, by name, and by neither", async () => {
  const gbk = Buffer.concat([
    Buffer.from('<meta charset="gbk"><p>'),
    Buffer.from([0xba, 0xcf, 0xcd, 0xac]),
    Buffer.from("</p>"),
  ]);
  assert.deepEqual((await reading.read("gbk.html", gbk)).texts, ["合同"]);
  assert.deepEqual((await reading.read("u16.html", Buffer.from("\ufeff<p>合同</p>", "utf16le"))).texts, ["合同"]);
  assert.deepEqual((await reading.read("u8.htm", Buffer.from("<p>合同 \xff</p>".replace("\xff", "")))).texts, ["合同"]);
  assert.deepEqual((await reading.read("bad.htm", Buffer.from("<p>a\xffb</p>", "latin1"))).texts, ["a\ufffdb"]);
  assert.deepEqual((await reading.read("what.htm", '<meta charset="klingon"><p>x</p>')).texts, ["x"]);
});

test("deep nesting, endless attributes and too many elements are refused", async () => {
  const deep = await reading.read("deep.html", `${"<div>".repeat(100_000)}x`);
  assert.match(deep.ended!, /nested deeper than 512/);
  const wide = await reading.read(
    "wide.html",
    `<p ${Array.from({ length: 100_000 }, (_, at) => `a${at}=1`).join(" ")}>x</p>`,
  );
  assert.match(wide.ended!, /more than 128 attributes/);
  const many = await reading.read("many.html", "<b>".concat("<br>".repeat(1_100_000)));
  assert.match(many.ended!, /more than 1000000 elements/);
  const empty = await reading.read("empty.html", page("<script>1</script>"));
  assert.match(empty.ended!, /without text/);
});

test("many elements whose ends are left out are no depth", async () => {
  const items = Array.from({ length: 3000 }, (_, at) => `<li>item ${at}`).join("\n");
  const { texts } = await reading.read("list.html", `<ul>${items}</ul><p>1 <2 and 3 <4`, { mainText: false });
  assert.match(texts[0]!, /^- item 0\n- item 1\n[\s\S]*- item 2999\n\n1 <2 and 3 <4$/);
});

test("a page of noise ends soon", async () => {
  for (const piece of [
    "<",
    "</",
    "<a <",
    "<!--",
    '<a b="',
    "&",
    "<p><b></p></b>",
    "<table><td>",
    "<svg><style>",
    "<![CDATA[",
  ]) {
    const { texts, ended } = await reading.read("noise.html", piece.repeat(2000));
    assert.ok(ended !== undefined || texts.length === 1, piece);
  }
});
