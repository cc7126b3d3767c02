// Installs the oracles on first use, and again when their lock file has changed. Plain JavaScript without dependencies:
// `node oracles/install.mjs`, or `installOracles()` from a test. Several tests may call it at once: one installs, the
// others wait.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(fileURLToPath(import.meta.url));
const stamp = path.join(folder, "node_modules", ".installed");
const hash = (/** @type {string | Buffer} */ data) => createHash("sha256").update(data).digest("hex");
const lock = path.join(tmpdir(), `lemma-oracles-${hash(folder).slice(0, 16)}.lock`);
const LOCK_LIMIT_MS = 10 * 60_000;

/** True if exactly what the lock file names is installed. */
export function areOraclesInstalled() {
  try {
    return readFileSync(stamp, "utf8") === hash(readFileSync(path.join(folder, "package-lock.json")));
  } catch {
    return false;
  }
}

/** Installs them if needed. Throws with npm's last lines if npm fails. */
export async function installOracles() {
  while (!areOraclesInstalled()) {
    if (takeLock()) {
      try {
        if (!areOraclesInstalled()) install();
      } finally {
        rmSync(lock, { recursive: true, force: true });
      }
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function install() {
  process.stderr.write("installing the test oracles (about 140 packages, 180 MB) into oracles/node_modules …\n");
  // Not `npm ci`: it refuses a lock file that lacks optional builds for other platforms. `--no-save` keeps the lock as it
  // is. No install scripts: node-llama-cpp comes prebuilt, and nothing else needs one.
  const result = spawnSync("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    encoding: "utf8",
    timeout: LOCK_LIMIT_MS,
  });
  if (result.status !== 0) {
    const lines = `${result.stderr ?? ""}${result.error ?? ""}`.trim().split("\n").slice(-5).join("\n");
    throw new Error(`npm install in oracles/ failed:\n${lines}`);
  }
  writeFileSync(stamp, hash(readFileSync(path.join(folder, "package-lock.json"))));
}

/** Making a folder is atomic; one that outlived the limit was left by a process that died. */
function takeLock() {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    try {
      if (Date.now() - statSync(lock).mtimeMs > LOCK_LIMIT_MS) rmSync(lock, { recursive: true, force: true });
    } catch {}
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await installOracles();
