// Builds packages/engine/build/lemma.node with CMake where the sources changed; otherwise returns at once. Plain JavaScript
// without dependencies for Node 20 and later: npm runs it at install, `npm start` and `npm test` at every start.
//   node scripts/build.mjs [--sanitize]     with AddressSanitizer and UBSan, into build/sanitize/ (for tests)

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const sanitize = process.argv.includes("--sanitize");
const out = sanitize ? path.join(folder, "build", "sanitize") : path.join(folder, "build");
const addon = path.join(out, "lemma.node");
const stamp = path.join(out, "lemma.stamp");
const engine = [path.join(folder, "engine"), path.join(folder, "..", "..", "engine")].find((place) =>
  existsSync(path.join(place, "CMakeLists.txt")),
);

const INSTALL =
  "Debian, Ubuntu: apt-get install g++ cmake make\nFedora: dnf install gcc-c++ cmake make\nmacOS: xcode-select --install, then brew install cmake";

/** Ends with a message for people. */
function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** All files below a folder that decide what is built, sorted. */
function sources(place) {
  const found = [];
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    const full = path.join(place, entry.name);
    if (entry.isDirectory() && entry.name !== "tests" && entry.name !== "build") found.push(...sources(full));
    else if (/\.(cpp|h|inc|txt|cmake)$/.test(entry.name)) found.push(full);
  }
  return found.sort();
}

/** One hash of everything that decides the binary. */
function sourceHash() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${process.env.CXX ?? ""}`);
  for (const file of [
    ...sources(engine),
    ...sources(path.join(folder, "native")),
    path.join(folder, "CMakeLists.txt"),
  ]) {
    hash.update(path.basename(file)).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Checks for cmake and a C++20 compiler, with the fix in the message. */
function checkTools() {
  const cmake = spawnSync("cmake", ["--version"], { encoding: "utf8" });
  const version = /version (\d+)\.(\d+)/.exec(cmake.stdout ?? "");
  if (!version) fail(`cmake: expected version 3.20 or later to build the engine, found none.\n${INSTALL}`);
  if (Number(version[1]) * 1000 + Number(version[2]) < 3020)
    fail(`cmake: expected version 3.20 or later, found ${version[1]}.${version[2]}.\n${INSTALL}`);
  const place = mkdtempSync(path.join(os.tmpdir(), "lemma-check-"));
  try {
    const file = path.join(place, "check.cpp");
    writeFileSync(
      file,
      "#include <bit>\n#include <span>\nint main() { int a[1] = {1}; return std::has_single_bit(std::span(a).size()) ? 0 : 1; }\n",
    );
    const tried = [];
    for (const compiler of process.env.CXX ? [process.env.CXX] : ["c++", "g++", "clang++"]) {
      const result = spawnSync(compiler, ["-std=c++20", file, "-o", path.join(place, "check")], { encoding: "utf8" });
      if (result.status === 0) return;
      tried.push(`${compiler}: ${result.error ? "not found" : result.stderr.split("\n")[0]}`);
    }
    fail(`C++: expected a compiler for C++20 (GCC 11, Clang 14 or later), found\n${tried.join("\n")}\n${INSTALL}`);
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** The folder of an npm package that holds C++ headers. */
function headers(name, inner) {
  const require = createRequire(import.meta.url);
  let place;
  try {
    place = path.dirname(require.resolve(`${name}/package.json`));
  } catch {
    fail(`${name}: expected the npm package beside the engine, found nothing. Run \`npm install\`.`);
  }
  return path.join(place, inner);
}

/** Runs a command; its output is kept for the error message, and `onLine` sees each line. */
function run(command, args, onLine) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const hear = (data) => {
      output += data;
      for (const line of String(data).split("\n")) onLine?.(line);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
  });
}

/** Compiles and links; the finished addon appears under its name at once or not at all. */
async function build(hash) {
  checkTools();
  const started = Date.now();
  const place = path.join(out, "cmake");
  const configure = [
    ...["-S", folder, "-B", place, "-DCMAKE_BUILD_TYPE=Release", `-DLEMMA_SANITIZE=${sanitize ? "ON" : "OFF"}`],
    `-DNODE_API_INCLUDE=${headers("node-api-headers", "include")}`,
    `-DNODE_ADDON_INCLUDE=${headers("node-addon-api", "")}`,
  ];
  process.stderr.write("Building the engine…\n");
  let result = await run("cmake", configure);
  if (result.code !== 0) {
    rmSync(place, { recursive: true, force: true }); // a cache of another place or compiler
    result = await run("cmake", configure);
  }
  if (result.code !== 0) fail(`${result.output}\ncmake could not configure the engine.`);
  const jobs = String(Math.max(1, os.availableParallelism()));
  const terminal = process.stderr.isTTY;
  let shown = -20;
  result = await run("cmake", ["--build", place, "--target", "lemma_node", "-j", jobs], (line) => {
    const percent = Number(/^\[\s*(\d+)%\]/.exec(line)?.[1] ?? -1);
    if (percent < shown + (terminal ? 1 : 20)) return;
    shown = percent;
    process.stderr.write(terminal ? `\r  ${percent} %` : `  ${percent} %\n`);
  });
  if (terminal) process.stderr.write("\r");
  if (result.code !== 0) {
    const lines = result.output.split("\n");
    const first = Math.max(0, lines.findIndex((line) => /\berror\b/i.test(line)) - 3);
    fail(`${lines.slice(first, first + 40).join("\n")}\nThe engine did not compile.`);
  }
  copyFileSync(path.join(place, "lemma.node"), `${addon}.new`);
  renameSync(`${addon}.new`, addon); // a process that has the old one loaded keeps it
  writeFileSync(stamp, hash);
  process.stderr.write(`Engine built in ${((Date.now() - started) / 1000).toFixed(0)} s.\n`);
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** One build at a time: a second caller waits, then finds the work done. */
async function withLock(work) {
  const lock = path.join(out, "lock");
  mkdirSync(out, { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const file = path.join(lock, "pid");
      const pid = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
      const young = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2000;
      if (pid > 0 ? !alive(pid) : !young) rmSync(lock, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  writeFileSync(path.join(lock, "pid"), String(process.pid));
  process.on("exit", () => rmSync(lock, { recursive: true, force: true }));
  await work();
}

if (!engine) fail("The engine's C++ sources are missing beside packages/engine.");
const isCurrent = () => {
  const hash = sourceHash();
  return { hash, done: existsSync(addon) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash };
};
if (!isCurrent().done) {
  await withLock(async () => {
    const { hash, done } = isCurrent();
    if (!done) await build(hash);
  });
}
