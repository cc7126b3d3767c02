// Facts about the tree as a whole: lock files without addresses, permissive licences, one catalogue of errors.

import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { ERRORS } from "@lemma/protocol";

const root = path.resolve(import.meta.dirname, "..");
const locks = ["package-lock.json", "oracles/package-lock.json"].filter((file) => existsSync(path.join(root, file)));

test("lock files hold no download addresses", () => {
  for (const file of locks) {
    assert.doesNotMatch(readFileSync(path.join(root, file), "utf8"), /"resolved":\s*"https?:/, file);
  }
});

test("every package that people install has a permissive licence", () => {
  const permissive =
    /^\(?(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|BSD$|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|MIT OR Apache-2\.0|MIT AND ISC)/;
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  const odd: string[] = [];
  for (const [name, entry] of Object.entries<{ license?: string; link?: boolean }>(lock.packages)) {
    if (!name.startsWith("node_modules/") || entry.link) continue;
    if (!permissive.test(entry.license ?? "")) odd.push(`${name}: ${entry.license ?? "none stated"}`);
  }
  assert.deepEqual(odd, []);
});

test("the C++ header mirrors the error catalogue", () => {
  const headers = globSync("engine/{include,src}/status.h", { cwd: root });
  assert.equal(headers.length, 1);
  const codes = readFileSync(path.join(root, headers[0]!), "utf8").match(/LEMMA_E_[A-Z_]+/g) ?? [];
  const unknown = [...new Set(codes)].filter((code) => !(code in ERRORS));
  assert.deepEqual(unknown, []);
  assert.ok(new Set(codes).size >= 5, "the header names the codes that the engine raises");
});
