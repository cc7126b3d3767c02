// The addon against the TypeScript that specifies it, bit by bit: every instruction set of this CPU, every preset, text of all kinds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256Of } from "../../digest.ts";
import { sfc32 } from "../../shards/seeded-shuffle.ts";
import { setComparer } from "./jaccard.ts";
import { dataAddon } from "./native.ts";
import { NativeFileSigner } from "./native-signer.ts";
import { plantedCorpus } from "./planted-corpus.ts";
import { PRESETS } from "./scheme.ts";
import { makeSigner, type Signer, type SignOptions } from "./signer.ts";
import { TypeScriptSigner } from "./typescript-signer.ts";

const addon = dataAddon();
const skip = addon === undefined ? "the addon is not built" : false;

const SETS = ["sse2", "avx2", "avx512", "neon"];

function native(options: SignOptions, isa?: string): Signer | undefined {
  try {
    return new NativeFileSigner(addon!, options, isa);
  } catch {
    return undefined; // not on this CPU
  }
}

const next = sfc32(9, "native signer");
const below = (count: number): number => Math.floor((next() / 2 ** 32) * count);

/** Characters in which mistakes show: composed marks, final sigma, lower case of two units, surrogates alone, all kinds of white space, … */
const AWKWARD = [
  ..."aZ09 \t\n\r\v\f\u0085\u00a0\u1680\u2003\u2028\ufeff\u200b\0\"\\/-*+%<=>^|~$_.,;:!?'",
  ...[
    "é",
    "e\u0301",
    "\u0301",
    "\u0345\u0334",
    "\u0334\u0345",
    "Å",
    "\u212b",
    "ß",
    "ẞ",
    "İ",
    "ı",
    "Σ",
    "ς",
    "ΑΣ",
    "ǅ",
    "ﬁ",
  ],
  ...[
    "東京",
    "かな",
    "カ\u3099",
    "가",
    "\u1100\u1161\u11a8",
    "\u1161",
    "ไทย",
    "กุ่",
    "हिन्दी",
    "क\u093c",
    "\u0958",
    "עברית",
    "\ufb1d",
    "العَرَبِيَّة",
  ],
  ...[
    "😀",
    "𐐀",
    "𝒜",
    "𖵭𖵧",
    "\u{1f1}",
    "\u{e0100}",
    "\u{e01ef}",
    "\u{e01f0}",
    "\u{10ffff}",
    "\ud83d",
    "\ude00",
    "\ude00\ud83d",
    "𠮷",
    "\u{2f804}",
  ],
];

function randomText(): string {
  const kind = below(4);
  const length = below(kind === 0 ? 8 : 300);
  let text = "";
  for (let i = 0; i < length; i++) {
    if (kind === 1)
      text += String.fromCharCode(below(0x10000)); // any unit: pairs only by chance
    else if (kind === 2 && below(12) > 0) text += String.fromCharCode(below(10) === 0 ? 32 : 65 + below(60));
    else if (kind === 3) text += String.fromCodePoint(below(below(3) === 0 ? 0x110000 : 0x3000));
    else text += AWKWARD[below(AWKWARD.length)]!;
  }
  return text;
}

const texts = [
  ...["", " ", "\n", "a", "a b c d e", "\ud800", "x".repeat(70_000), "word ".repeat(30_000), "é ".repeat(5000)],
  ...Array.from({ length: 3000 }, randomText),
  ...[...plantedCorpus({ seed: 8, documents: 200, redundancy: 0.5 })].map(({ text }) => text),
];

/** The same documents as lines, in the ways in which JSON may say them. */
const line = (text: string, i: number): string =>
  i % 3 === 0
    ? `{"id":"${i}","text":"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join("")}"}`
    : JSON.stringify(
        i % 7 === 1 ? { text, id: `é${i}` } : { id: String(i), text, source: { path: "a", format: "text", index: i } },
      );
const jsonl = Buffer.from(texts.map(line).join("\n"));

const bytes = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Digests of all that a signer gives. */
function signed(signer: Signer): unknown[] {
  const parts: [number, string][] = [];
  for (let at = 0; at < jsonl.length; ) {
    at = signer.lines(jsonl, at, 40_000);
    parts.push([at, sha256Of(bytes(signer.takeShingles()))]);
  }
  const { ids, idEnds, lengths, exact, bandKeys, places } = signer.columns();
  return [parts, [ids, idEnds, lengths, exact, bandKeys, places].map((column) => sha256Of(bytes(column)))];
}

for (const [name, preset] of Object.entries(PRESETS))
  test(`bit for bit: ${name}`, { skip }, () => {
    const options = { ...preset, seed: 7, near: true };
    const expected = signed(new TypeScriptSigner(options));
    for (const isa of SETS) {
      const signer = native(options, isa);
      if (signer !== undefined) assert.deepEqual(signed(signer), expected, isa);
    }
  });

test("texts one by one, other sizes, and exact keys alone", { skip }, () => {
  for (const [unit, size, bands, rows] of [
    ["words", 1, 1, 1],
    ["words", 2, 5, 7],
    ["characters", 1, 33, 3],
    ["characters", 9, 3, 5],
    ["words", 256, 64, 64],
  ] as const)
    for (const near of [true, false]) {
      const options = { unit, size, bands, rows, seed: 2 ** 40 + 5, near };
      const [reference, ...signers] = [new TypeScriptSigner(options), ...SETS.map((isa) => native(options, isa))];
      for (const signer of [reference, ...signers])
        for (const [i, text] of texts.slice(0, 900).entries()) signer?.text(String(i), text);
      const expected = [reference.takeShingles(), { ...reference.columns(), ids: [...reference.columns().ids] }];
      for (const signer of signers)
        if (signer !== undefined)
          assert.deepEqual([signer.takeShingles(), { ...signer.columns(), ids: [...signer.columns().ids] }], expected);
    }
});

test("what is no JSON is an error, not a crash", { skip }, () => {
  const options = { ...PRESETS.lemma, seed: 1, near: true };
  const good = '{"id":"1","text":"a b c d e f"}';
  for (const bad of [
    '{"id":"1","text":"a',
    '{"id":"1","text":"a"',
    '{"id":"1","text":"\\q"}',
    '{"id":"1","text":"\\u12"}',
    '{"id":"1","text":"\\ud800\\u"}',
    '{"id":"1","text":"a\u0001"}',
    "{",
    "",
    '"',
    '{"id":"',
  ])
    for (const signer of [native(options)!, new TypeScriptSigner(options)]) {
      assert.throws(() => signer.lines(Buffer.from(`${good}\n${bad}\n${good}`), 0, 1e9), SyntaxError, bad);
      assert.equal(signer.documents, 1);
    }
});

test("invalid UTF-8 reads as U+FFFD, as it does in TypeScript", { skip }, () => {
  const options = { ...PRESETS.lemma, seed: 1, near: true };
  const head = Buffer.from('{"id":"1","text":"one two three four five ');
  for (const bytes of [
    [0xff],
    [0xc0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xc3],
    [0xf0, 0x9f, 0x98],
  ]) {
    const all = Buffer.concat([head, Buffer.from(bytes), Buffer.from(' six"}')]);
    const [one, other] = [native(options)!, new TypeScriptSigner(options)];
    for (const signer of [one, other]) signer.lines(all, 0, 1e9);
    assert.deepEqual(one.takeShingles(), other.takeShingles());
    assert.deepEqual(one.columns().exact, other.columns().exact);
  }
});

test("the similarity of lists as sets: as TypeScript says it", { skip }, () => {
  const [native, reference] = [setComparer(), setComparer("addon")];
  for (let round = 0; round < 2000; round++) {
    const list = (): Uint32Array<ArrayBuffer> => Uint32Array.from({ length: 2 * below(60) }, () => below(4));
    const [a, b] = [list(), list()];
    const expected = reference.similarity(reference.prepare(a.slice()), reference.prepare(b.slice()));
    assert.equal(native.similarity(native.prepare(a), native.prepare(b)), expected);
    for (const least of [0.2, 0.55, 0.8, expected])
      if (least > 0)
        assert.equal(
          native.reaches(least, a, b),
          reference.reaches(least, reference.prepare(a.slice()), reference.prepare(b.slice())),
        );
  }
});

test("a signer takes over the memory of one that was disposed of, and nothing else", { skip }, () => {
  const options = { ...PRESETS.lemma, near: true, seed: 1 };
  const texts = Array.from({ length: 50 }, (_, i) =>
    `${i} one two three four five six seven eight `.repeat(1 + (i % 7)),
  );
  const signed = (): unknown[] => {
    using signer = makeSigner(options);
    assert.equal(signer.documents, 0);
    for (const text of texts.splice(0, 10)) signer.text("id", text);
    const { ids, ...columns } = signer.columns();
    return [signer.takeShingles().slice(), [...ids], columns];
  };
  const reference = (some: readonly string[]): unknown[] => {
    const signer = new TypeScriptSigner(options);
    for (const text of some) signer.text("id", text);
    const { ids, ...columns } = signer.columns();
    return [signer.takeShingles(), [...ids], columns];
  };
  const all = [...texts];
  for (let at = 0; at < 50; at += 10) assert.deepEqual(signed(), reference(all.slice(at, at + 10)));
});
