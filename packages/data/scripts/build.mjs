// Builds packages/data/build/lemma-data.node with CMake where the sources changed; otherwise returns at once. Plain JavaScript without
// dependencies for Node 20 and later: npm runs it at install, `npm start` and `npm test` at every start (set-up lets one run at a time).
//   node scripts/build.mjs [--optional]     where it can't be built say so and go on: everything runs without it, only slower

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const out = path.join(folder, "build");
const addon = path.join(out, "lemma-data.node");
const stamp = path.join(out, "lemma-data.stamp");

/** Ends with a message for people. @param {string} message */
function fail(message) {
  process.stderr.write(`\n${message}\n`);
  if (process.argv.includes("--optional")) {
    process.stderr.write("The data pipeline's kernels were not built: it runs on TypeScript alone, slower.\n");
    process.exit(0);
  }
  process.exit(1);
}

/** One hash of everything that decides the binary. */
function sourceHash() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${process.env.CXX ?? ""}`);
  const native = path.join(folder, "native");
  const files = readdirSync(native).filter((name) => /\.(cpp|h|inc)$/.test(name));
  for (const file of [path.join(folder, "CMakeLists.txt"), ...files.sort().map((name) => path.join(native, name))])
    hash.update(path.basename(file)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

/** The folder of an npm package of C++ headers, which the engine depends on. @param {string} name @param {string} inner */
function headers(name, inner) {
  try {
    const engine = createRequire(createRequire(import.meta.url).resolve("@lemma/engine"));
    return path.join(path.dirname(engine.resolve(`${name}/package.json`)), inner);
  } catch {
    return fail(`${name}: expected the npm package beside the engine, found nothing. Run \`npm install\`.`);
  }
}

/** Compiles and links; the finished addon appears under its name at once or not at all. @param {string} hash */
function build(hash) {
  const place = path.join(out, "cmake");
  const configure = [
    ...["-S", folder, "-B", place, "-DCMAKE_BUILD_TYPE=Release"],
    `-DNODE_API_INCLUDE=${headers("node-api-headers", "include")}`,
    `-DNODE_ADDON_INCLUDE=${headers("node-addon-api", "")}`,
  ];
  const run = (args) => spawnSync("cmake", args, { encoding: "utf8" });
  process.stderr.write("Building the data kernels…\n");
  let result = run(configure);
  if (result.error) fail("cmake: expected version 3.20 or later, found none; `npm run doctor` says how to install it.");
  if (result.status !== 0) {
    rmSync(place, { recursive: true, force: true }); // a cache of another place or compiler
    result = run(configure);
  }
  if (result.status === 0) result = run(["--build", place, "-j", String(os.availableParallelism())]);
  if (result.status !== 0) {
    const lines = `${result.stdout}${result.stderr}`.split("\n");
    const first = Math.max(0, lines.findIndex((line) => /\berror\b/i.test(line)) - 3);
    fail(`${lines.slice(first, first + 40).join("\n")}\nThe data kernels did not compile.`);
  }
  copyFileSync(path.join(place, "lemma-data.node"), `${addon}.new`);
  renameSync(`${addon}.new`, addon); // a process that has the old one loaded keeps it
  writeFileSync(stamp, hash);
}

const hash = sourceHash();
if (!existsSync(addon) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== hash) {
  mkdirSync(out, { recursive: true });
  build(hash);
}
