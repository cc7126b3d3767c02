#!/usr/bin/env node
// The `lemma` command: makes sure that Node 24 runs packages/cli/src/main.ts, whatever Node started this file. Plain
// JavaScript for Node 20 and later; passes on arguments, signals and the exit code, and knows no command.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const main = path.join(root, "packages", "cli", "src", "main.ts");
const pinned = path.join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

if (Number(process.versions.node.split(".")[0]) >= 24) {
  await import(pathToFileURL(main).href);
} else if (!existsSync(pinned)) {
  process.stderr.write(
    `lemma: needs Node 24 (this is ${process.versions.node}).\n  → run \`npm run setup\` in ${root}\n`,
  );
  process.exitCode = 1;
} else {
  const child = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  // A terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone is passed on.
  process.on("SIGINT", () => {});
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`lemma: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
}
