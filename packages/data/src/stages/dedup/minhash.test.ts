// Shingles and MinHash: published vectors of our own specification, the word rule against an independent one, and the share of pairs
// that is found against the theoretical curve.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sfc32 } from "../../shards/seeded-shuffle.ts";
import { MinHasher } from "./minhash.ts";
import { normalForm } from "./normal-form.ts";
import { shingleStrings } from "./planted-corpus.ts";
import { detection, PRESETS, type Scheme } from "./scheme.ts";
import { shingles } from "./shingles.ts";

test("curves are those that others publish", () => {
  assert.equal(detection(0.8, PRESETS.fineweb).toFixed(3), "0.924"); // datatrove
  assert.equal(detection(0.8, PRESETS.curator).toFixed(3), "0.677");
  assert.ok(detection(0.8, PRESETS.lemma) >= 0.98);
});

test("as many different hashes as different shingles, in every script", () => {
  const alphabet = [..."abc AB.,-+=×÷١٢ éßİΣ\u0301 東京カナ가나 ไทย က 😀𝒜\uD800 \uDC00\u{E0100}\u{2F800}\n"];
  const next = sfc32(5, "texts");
  for (let i = 0; i < 400; i++) {
    const text = Array.from({ length: 60 }, () => alphabet[next() % alphabet.length]).join("");
    for (const scheme of [PRESETS.lemma, PRESETS.curator, { unit: "words", size: 1 }] as const) {
      const found = shingles(normalForm(text), scheme);
      const hashes = new Set(new BigUint64Array(found.buffer, 0, found.length / 2));
      assert.equal(hashes.size, shingleStrings(text, scheme).size, JSON.stringify(text));
    }
  }
});

test("pairs are found as often as the curve says", () => {
  for (const scheme of [PRESETS.lemma, PRESETS.fineweb, { bands: 20, rows: 5 }]) {
    const next = sfc32(11, `pairs ${scheme.bands}`);
    const hasher = new MinHasher(scheme, 3);
    for (const similarity of [0.3, 0.5, 0.6, 0.7, 0.8, 0.9]) {
      const pairs = 1500;
      let found = 0;
      for (let i = 0; i < pairs; i++) if (agree(hasher, scheme, similarity, next)) found++;
      const expected = detection(similarity, scheme);
      const deviation = Math.sqrt((expected * (1 - expected)) / pairs);
      assert.ok(
        Math.abs(found / pairs - expected) <= 4 * deviation + 1e-3,
        `${scheme.bands} × ${scheme.rows} at ${similarity}: ${found / pairs}, the curve says ${expected}`,
      );
    }
  }
});

/** Whether two sets of 100 values in all, of which this share is common, agree in a band. */
function agree(hasher: MinHasher, { bands }: Pick<Scheme, "bands">, similarity: number, next: () => number): boolean {
  const union = Uint32Array.from({ length: 200 }, next);
  const common = 2 * Math.round(100 * similarity);
  const half = common + 2 * Math.floor((100 - common / 2) / 2);
  const one = hasher.bandKeys(union.subarray(0, half)).slice();
  const rest = new Uint32Array([...union.subarray(0, common), ...union.subarray(half)]);
  const other = hasher.bandKeys(rest);
  for (let band = 0; band < bands; band++)
    if (one[2 * band] === other[2 * band] && one[2 * band + 1] === other[2 * band + 1]) return true;
  return false;
}

test("test vectors of the specification, computed by another program from its text", () => {
  const text = normalForm("To be, or not to be: that is the question. 3 + 4 = 7; 東京");
  const found = shingles(text, PRESETS.lemma);
  const hex = (words: Uint32Array, at: number) =>
    [words[at + 1]!, words[at]!].map((word) => word.toString(16).padStart(8, "0")).join("");
  const keys = new MinHasher(PRESETS.lemma, 1).bandKeys(found);
  assert.deepEqual(
    [found.length / 2, hex(found, 0), hex(keys, 0), hex(keys, 30)],
    [13, "6d9d9c5ec5d71ca3", "71d1aafa369a505b", "359a278b5716efa2"],
  );
});
