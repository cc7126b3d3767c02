// Packs rooms for use outside of the repository: plain JavaScript and .d.ts under dist/, and a package.json whose exports
// point there. Works in a folder of its own, so that whatever runs from the repository meanwhile keeps running.
//
//   npm run pack -- client verify [--to DIR]     → DIR/lemma-client-0.1.0.tgz, … (`npm publish` takes such a file)
//
// A bare `npm pack` in a room ends with this usage (its `prepack`): it would pack sources that run nowhere else.
// The repository itself runs the TypeScript sources; Node does not strip types under node_modules, hence the build.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "./checks.mjs";

const rooms = readdirSync(path.join(root, "packages")).sort();
const usage = `usage: npm run pack -- ROOM... [--to DIR]     rooms: ${rooms.join(", ")}\n`;

/** Runs a command; an error carries what it printed. @param {string} command @param {string[]} args @param {string} cwd */
function run(command, args, cwd) {
  const result = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${path.basename(command)}: ${result.stdout}${result.stderr}`);
  return result.stdout;
}

/** Compiles src/ of a room to `dist`. Other rooms stay outside: their imports keep their package names. */
function compile(room, dist, scratch) {
  const folder = path.join(root, "packages", room);
  const config = path.join(scratch, "tsconfig.json");
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: path.join(root, "packages"),
    outDir: path.join(scratch, "out"),
    typeRoots: [path.join(root, "node_modules", "@types")],
  };
  const include = [path.join(folder, "src/**/*.ts")];
  const exclude = [path.join(folder, "src/**/*.test.ts")];
  writeFileSync(
    config,
    JSON.stringify({ extends: path.join(root, "tsconfig.json"), compilerOptions, include, exclude }),
  );
  run(path.join(root, "node_modules", ".bin", "tsc"), ["-p", config], root);
  cpSync(path.join(scratch, "out", room, "src"), dist, { recursive: true });
  // Files beside the TypeScript that the package needs at run time (templates, pages).
  cpSync(path.join(folder, "src"), dist, { recursive: true, filter: (from) => !/\.ts$/.test(from) });
}

/** The room's package.json as others get it. */
function outsideManifest(room) {
  const manifest = JSON.parse(readFileSync(path.join(root, "packages", room, "package.json"), "utf8"));
  const toDist = (file) => file.replace(/^\.\/src\//, "./dist/").replace(/\.ts$/, "");
  manifest.exports = Object.fromEntries(
    Object.entries(manifest.exports).map(([name, file]) => [
      name,
      { types: `${toDist(file)}.d.ts`, default: `${toDist(file)}.js` },
    ]),
  );
  delete manifest.private;
  delete manifest.scripts;
  manifest.files = ["dist"];
  if (room === "engine") {
    // The C++ sources and the build script travel along; npm builds them where the package is installed.
    manifest.files = ["dist", "engine", "native", "scripts/build.mjs", "CMakeLists.txt"];
    manifest.scripts = { install: "node scripts/build.mjs" };
  }
  if (room === "data") {
    manifest.files = ["dist", "native", "scripts/build.mjs", "CMakeLists.txt"];
    manifest.scripts = { install: "node scripts/build.mjs --optional" };
  }
  return manifest;
}

/** Packs one room into a file in `to`. */
function pack(room, to) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "lemma-pack-"));
  process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));
  const folder = path.join(root, "packages", room);
  const staged = path.join(scratch, "package");
  mkdirSync(staged);
  compile(room, path.join(staged, "dist"), scratch);
  writeFileSync(path.join(staged, "package.json"), `${JSON.stringify(outsideManifest(room), null, 2)}\n`);
  const also = [
    "README.md",
    "LICENSE",
    ...(room === "engine" || room === "data" ? ["native", "scripts/build.mjs", "CMakeLists.txt"] : []),
  ];
  for (const name of also) {
    const from = path.join(folder, name);
    if (existsSync(from)) cpSync(from, path.join(staged, name), { recursive: true });
  }
  if (room === "engine") {
    const source = path.join(root, "engine");
    cpSync(source, path.join(staged, "engine"), {
      recursive: true,
      filter: (from) =>
        !["tests", "build", "bench", "fuzz", "tools"].includes(path.relative(source, from).split(path.sep)[0]),
    });
  }
  run("npm", ["pack", staged, "--pack-destination", to, "--ignore-scripts", "--silent"], root);
}

// A child that the same signal ended makes the step fail; what was made so far goes with the exit.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { to: { type: "string", default: "." } },
  });
  const unknown = positionals.find((room) => !rooms.includes(room));
  if (unknown !== undefined) throw new Error(`expected a room, found ${JSON.stringify(unknown)}.\n${usage}`);
  if (positionals.length === 0) throw new Error(`expected at least one room, found none.\n${usage}`);
  const to = path.resolve(values.to);
  mkdirSync(to, { recursive: true });
  for (const room of positionals) pack(room, to);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
