// The directions of imports between rooms, as ARCHITECTURE.md draws them: a room may import only what its row names.

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";

const root = path.resolve(import.meta.dirname, "..");

const mayImport: Record<string, string[]> = {
  protocol: [],
  engine: ["protocol"],
  verify: ["protocol"],
  gym: ["protocol", "verify"],
  data: ["protocol", "verify", "gym", "engine"],
  eval: ["protocol", "engine", "verify", "gym", "client"],
  trainer: ["protocol", "engine", "verify", "gym", "data", "eval"],
  server: ["protocol", "engine", "verify", "gym", "trainer", "data", "eval"],
  client: ["protocol"],
  cli: ["protocol", "engine", "verify", "gym", "data", "eval", "trainer", "server", "client"],
};

const statement =
  /^(?:import|export)\s(?:[^"'`;]*?\sfrom\s)?["']([^"'\n]+)["'];|\bimport\(\s*["']([^"'\n]+)["']\s*\)/gm;

/** What a source file imports, statically or with import(). Code inside template strings that starts a line would count too. */
const importsOf = (file: string): string[] =>
  [...readFileSync(path.join(root, file), "utf8").matchAll(statement)].map((match) => match[1] ?? match[2] ?? "");

test("rooms import only what the map allows, and never reach into each other's folders", () => {
  const wrong: string[] = [];
  for (const [room, allowed] of Object.entries(mayImport)) {
    for (const file of globSync(`packages/${room}/src/**/*.ts`, { cwd: root })) {
      if (file.endsWith(".test.ts")) continue;
      for (const specifier of importsOf(file)) {
        const other = /^@lemma\/([a-z]+)/.exec(specifier)?.[1];
        if (other !== undefined && other !== room && !allowed.includes(other)) wrong.push(`${file}: ${specifier}`);
        if (specifier.startsWith(".")) {
          const target = path.resolve(root, path.dirname(file), specifier);
          const homes = [path.join(root, "packages", room), ...(room === "cli" ? [path.join(root, "bench")] : [])];
          if (!homes.some((home) => target.startsWith(home + path.sep)))
            wrong.push(`${file}: ${specifier} leaves the room`);
        }
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test("what a room imports stands in its package.json", () => {
  const wrong: string[] = [];
  for (const room of Object.keys(mayImport)) {
    const manifest = JSON.parse(readFileSync(path.join(root, "packages", room, "package.json"), "utf8"));
    const known = new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
    for (const file of globSync(`packages/${room}/src/**/*.ts`, { cwd: root })) {
      if (file.endsWith(".test.ts")) continue;
      for (const specifier of importsOf(file)) {
        if (specifier.startsWith(".") || specifier.startsWith("node:")) continue;
        const name = specifier
          .split("/")
          .slice(0, specifier.startsWith("@") ? 2 : 1)
          .join("/");
        if (name !== `@lemma/${room}` && !known.has(name)) wrong.push(`${file}: ${name}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});
