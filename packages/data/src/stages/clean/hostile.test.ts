// Work is linear: ten megabytes for each rule, in equal parts of the worst texts for it. A rule whose work grew with the square would do some 1e13 steps here and
// not come back; the bound is the test's time limit of minutes, not a measure of speed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { c4 } from "./filters/c4.ts";
import { gopherRepetition } from "./filters/gopher-repetition.ts";
import { PRESETS } from "./filters/thresholds.ts";
import { findEmails } from "./pii/email.ts";
import { findIbans } from "./pii/iban.ts";
import { findIpv6 } from "./pii/ipv6.ts";
import { findNumbers } from "./pii/numbers.ts";
import { findSecrets } from "./pii/secrets.ts";
import { removeBoilerplate } from "./text/boilerplate.ts";
import { MEASURED, sentencesIn, wordsOf } from "./text/words.ts";
import { repairText } from "./unicode/repair.ts";

const BYTES = 10 << 20;
const filled = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length));
const nothing = (): void => {};

const RULES: [string, (text: string) => unknown, string[]][] = [
  [
    "emails",
    (text) => findEmails(text, nothing),
    ["a@", "a.".repeat(40), "a(at)b.", `${"a".repeat(70)}@${"b".repeat(70)}`],
  ],
  ["ibans", (text) => findIbans(text, nothing), ["DE89", "DE89 "]],
  ["ipv6", (text) => findIpv6(text, nothing), ["2001:", "abcdef", "::"]],
  ["numbers", (text) => findNumbers(text, nothing), ["1234567890", "(212) 555-", "+1 (", "0171 23 "]],
  [
    "secrets",
    (text) => findSecrets(text, nothing),
    ["eyJ", "eyJa.", "-----BEGIN RSA PRIVATE KEY-----\n", "token_", "password=", "://a:b"],
  ],
  ["repair", (text) => repairText(text), ["Ã©", "Ã\u00a9é", "\u200d", "e\u0301", "\r"]],
  ["boilerplate", (text) => removeBoilerplate(text), ["a | ", "home\n", "\n", "cookies "]],
  ["sentences", (text) => sentencesIn(text), [". ", ".", ".)", "A. "]],
  ["c4", (text) => c4(text, PRESETS.c4), ["[1", "a\n", "a b c.\n"]],
  [
    "repetition",
    (text) => gopherRepetition(wordsOf(text.slice(0, MEASURED)), { maxTop4Gram: 1, maxDuplicate10Grams: 1 }),
    ["a ", "\n", "我"],
  ],
];

for (const [name, run, units] of RULES)
  test(`10 MB of hostile text: ${name}`, { timeout: 300_000 }, () => {
    for (const unit of units) {
      const text = filled(unit, BYTES / units.length);
      assert.ok(text.length >= BYTES / units.length);
      run(text);
    }
  });
