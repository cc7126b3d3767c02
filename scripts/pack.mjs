// Makes a room fit for `npm pack`: plain JavaScript and .d.ts under dist/, and a package.json whose exports point there.
// npm runs it as `prepack` (begin) and `postpack` (end, which puts the repository's package.json back).
//
//   npm pack -w @lemma/client          → lemma-client-0.1.0.tgz
//
// The repository itself runs the TypeScript sources; Node does not strip types under node_modules, hence the build.

import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./checks.mjs";

const [step] = process.argv.slice(2);
const folder = process.cwd();
const room = path.basename(folder);
const manifestFile = path.join(folder, "package.json");
const keptFile = path.join(folder, ".package.json.kept");
const sources = path.join(folder, "engine"); // only packages/engine: the C++ sources travel with it

/** Puts the repository's own package.json back; also mends what an interrupted pack left behind. */
function end() {
  if (existsSync(keptFile)) renameSync(keptFile, manifestFile);
  rmSync(path.join(folder, "dist"), { recursive: true, force: true });
  if (room === "engine") rmSync(sources, { recursive: true, force: true });
}

/** Compiles src/ to dist/. Other rooms stay outside: their imports keep their package names. */
function compile() {
  const out = mkdtempSync(path.join(os.tmpdir(), "lemma-pack-"));
  const config = path.join(folder, "tsconfig.pack.json");
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: path.join(root, "packages"),
    outDir: out,
  };
  const exclude = ["src/**/*.test.ts"];
  writeFileSync(
    config,
    JSON.stringify({ extends: path.join(root, "tsconfig.json"), compilerOptions, include: ["src/**/*.ts"], exclude }),
  );
  const result = spawnSync(path.join(root, "node_modules", ".bin", "tsc"), ["-p", config], {
    encoding: "utf8",
    cwd: root,
  });
  rmSync(config);
  if (result.status !== 0) throw new Error(`tsc: ${result.stdout}${result.stderr}`);
  rmSync(path.join(folder, "dist"), { recursive: true, force: true });
  cpSync(path.join(out, room, "src"), path.join(folder, "dist"), { recursive: true });
  rmSync(out, { recursive: true });
}

/** Files beside the TypeScript that the package needs at run time (templates, pages). */
function copyAssets() {
  cpSync(path.join(folder, "src"), path.join(folder, "dist"), {
    recursive: true,
    filter: (from) => !/\.ts$/.test(from),
  });
}

function begin() {
  end();
  compile();
  copyAssets();
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8"));
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
    cpSync(path.join(root, "engine"), sources, {
      recursive: true,
      filter: (from) => !/\/(tests|build)(\/|$)/.test(path.relative(path.join(root, "engine"), from).replace(/^/, "/")),
    });
    manifest.files = ["dist", "engine", "native", "scripts/build.mjs", "CMakeLists.txt"];
    manifest.scripts = { install: "node scripts/build.mjs" };
  }
  copyFileSync(manifestFile, keptFile);
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
}

if (step === "begin") {
  try {
    begin();
  } catch (error) {
    end();
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
} else if (step === "end") end();
else {
  process.stderr.write("usage: pack.mjs begin|end (npm calls it from a room's folder)\n");
  process.exit(2);
}
