// From outside: the packages that others install are packed, installed in an empty TypeScript project elsewhere, built there
// from source, type-checked and run. Uses the network only as npm does.

import assert from "node:assert/strict";
import { type ExecFileSyncOptions, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";

const root = path.resolve(import.meta.dirname, "..");
const rooms = ["protocol", "engine", "verify", "client"];
const options: ExecFileSyncOptions = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };

/** Runs a command and returns its standard output; a failure carries both streams. */
function run(folder: string, command: string, ...args: string[]): string {
  try {
    return String(execFileSync(command, args, { ...options, cwd: folder }));
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")}\n${stdout ?? ""}${stderr ?? ""}`, { cause: error });
  }
}

/** The first TypeScript block of a Markdown file. */
function snippet(file: string): string {
  const block = /```ts\n([\s\S]*?)```/.exec(readFileSync(path.join(root, file), "utf8"))?.[1];
  assert.ok(block, `${file} has a TypeScript block`);
  return block;
}

test("packed rooms install, type-check and run in an empty project", { timeout: 900_000 }, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "lemma-outside-"));
  try {
    run(root, process.execPath, "scripts/pack.mjs", ...rooms, "--to", folder);
    const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    assert.equal(tarballs.length, rooms.length);
    writeFileSync(
      path.join(folder, "package.json"),
      JSON.stringify({ name: "outside", private: true, type: "module" }),
    );
    run(
      folder,
      "npm",
      "install",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      ...tarballs.map((name) => `./${name}`),
    );
    assert.ok(
      existsSync(path.join(folder, "node_modules/@lemma/engine/build/lemma.node")),
      "the engine built at install",
    );

    mkdirSync(path.join(folder, "models"));
    cpSync(path.join(root, "models/lemma-s"), path.join(folder, "models/lemma-s"), { recursive: true });
    writeFileSync(path.join(folder, "readme.ts"), snippet("README.md"));
    writeFileSync(path.join(folder, "client.ts"), snippet("packages/client/README.md"));
    const compilerOptions = {
      target: "es2024",
      lib: ["es2024", "esnext.disposable", "dom"],
      types: ["node"],
      typeRoots: [path.join(root, "node_modules/@types")],
      module: "nodenext",
      strict: true,
      noEmit: true,
    };
    writeFileSync(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["readme.ts", "client.ts"] }),
    );
    run(folder, path.join(root, "node_modules/.bin/tsc"), "-p", ".");
    const output = run(folder, process.execPath, "readme.ts");
    assert.match(output, /\\boxed\{/, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
