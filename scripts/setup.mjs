// Set-up: installs the npm packages and builds the native code of engine and data where something changed, and says so; under a second otherwise.
// Plain JavaScript without dependencies, for Node 20 and later. `npm start` and `npm test` begin with it.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { checks, root } from "./checks.mjs";

const stampFile = path.join(root, "node_modules", ".lemma-setup");
const lockFolder = path.join(root, ".setup", "lock");

/** Ends with a message for people: what is wrong and the fix. @param {string} message */
function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** Everything that decides what npm installs. */
function installHash() {
  const hash = createHash("sha256");
  const manifests = readdirSync(path.join(root, "packages")).map((name) => path.join("packages", name, "package.json"));
  for (const file of ["package.json", "package-lock.json", ".npmrc", ...manifests.sort()]) {
    const full = path.join(root, file);
    if (existsSync(full)) hash.update(file).update(readFileSync(full));
  }
  return hash.update(process.arch + process.platform).digest("hex");
}

/** Runs a command in the root with its output shown; ends set-up where it fails. @param {string} command @param {string[]} args @param {string} hint */
function run(command, args, hint) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.error) fail(`${command}: ${result.error.message}\n${hint}`);
  if (result.signal) process.exit(130);
  if (result.status !== 0) fail(`${command} ${args.join(" ")} ended with ${result.status}.\n${hint}`);
}

/** True while the process that holds the lock is alive. */
function holderAlive() {
  try {
    const pid = Number(readFileSync(path.join(lockFolder, "pid"), "utf8"));
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EPERM") return true;
    // No pid yet: the holder made the folder an instant ago, unless it died in between.
    try {
      return !existsSync(path.join(lockFolder, "pid")) && Date.now() - statSync(lockFolder).mtimeMs < 2000;
    } catch {
      return false;
    }
  }
}

/** One set-up at a time: a second one waits for the first. */
async function withLock(work) {
  mkdirSync(path.dirname(lockFolder), { recursive: true });
  for (let told = false; ; ) {
    try {
      mkdirSync(lockFolder);
      break;
    } catch {
      if (!holderAlive()) {
        rmSync(lockFolder, { recursive: true, force: true });
        continue;
      }
      if (!told) process.stderr.write("Another set-up is running; waiting for it.\n");
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  writeFileSync(path.join(lockFolder, "pid"), String(process.pid));
  const release = () => rmSync(lockFolder, { recursive: true, force: true });
  process.on("exit", release);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  await work();
  release();
}

/** Installs packages and builds the engine where needed. Ends the process with a clear message where that can't be done. */
export async function setup() {
  const started = Date.now();
  await withLock(() => {
    const hash = installHash();
    const installed = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
    const built = existsSync(path.join(root, "packages/engine/build/lemma.node"));
    if (installed !== hash || !built) {
      for (const check of checks) {
        if (check.needed !== "always") continue;
        const finding = check.run();
        if (!finding.ok)
          fail(`${check.name}: found ${finding.found}.\n${finding.fix}\n\`npm run doctor\` prints every check.`);
      }
    }
    if (installed !== hash) {
      process.stderr.write("Installing npm packages…\n");
      const cli = process.env.npm_execpath;
      const [command, args] = cli ? [process.execPath, [cli]] : ["npm", []];
      // Not `npm ci`: it refuses a lock file that lacks builds for other platforms, and registries differ in which they hold.
      // `install` takes the locked versions all the same; --no-save leaves the lock file as it is.
      run(
        command,
        [...args, "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
        "Check the network and the npm registry that this machine uses, then run the command again.",
      );
      writeFileSync(stampFile, installHash());
    }
    for (const room of ["engine", "data"])
      run(
        process.execPath,
        [path.join(root, "packages", room, "scripts/build.mjs")],
        "The lines above say what is missing; `npm run doctor` prints every check.",
      );
  });
  const seconds = (Date.now() - started) / 1000;
  if (seconds > 5) process.stderr.write(`Set-up done in ${seconds.toFixed(0)} s.\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await setup();
