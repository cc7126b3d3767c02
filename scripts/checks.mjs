// What a machine must have, checked one by one. Owns the list that set-up and `lemma doctor` print; it installs nothing.
// Plain JavaScript without dependencies: it runs before anything is installed, on Node 20 and later.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/**
 * @typedef {{ ok: boolean, found: string, fix?: string }} Finding
 * @typedef {{ name: string, needed: "always" | "training" | "tests", run: () => Finding }} Check
 */

/** First line that a command prints, or null where it can't be run. @param {string} command @param {string[]} args */
function firstLine(command, args) {
  const result = spawnSync(command, args, { encoding: "utf8", timeout: 60_000 });
  if (result.error || result.status !== 0) return null;
  return (result.stdout || result.stderr).split("\n")[0]?.trim() ?? "";
}

/** The first version number in a text as [major, minor], [0, 0] where there is none. @param {string} text */
function version(text) {
  const match = /(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : [0, 0];
}

/** The C++ compiler that the build will use: $CXX, else g++, else clang++. */
export function compiler() {
  for (const name of [process.env.CXX, "g++", "clang++"]) {
    if (!name) continue;
    const line = firstLine(name, ["--version"]);
    if (line !== null) return { name, line };
  }
  return null;
}

/** The Python that the trainer will use: $LEMMA_PYTHON, else the first of /usr/bin/python3 and python3 that imports torch. */
export function pythonWithTorch() {
  const candidates = process.env.LEMMA_PYTHON ? [process.env.LEMMA_PYTHON] : ["/usr/bin/python3", "python3"];
  for (const name of candidates) {
    const line = firstLine(name, [
      "-c",
      "import torch, sys; print('PyTorch', torch.__version__, 'on Python', sys.version.split()[0])",
    ]);
    if (line !== null) return { name, line };
  }
  return null;
}

/** @type {Check[]} */
export const checks = [
  {
    name: "Node.js",
    needed: "always",
    run() {
      const major = Number(process.versions.node.split(".")[0]);
      return {
        ok: major >= 20,
        found: process.version,
        fix: "Install Node.js 20 or later (Debian: the nodejs package of a newer release, or nvm).",
      };
    },
  },
  {
    name: "operating system",
    needed: "always",
    run() {
      const ok = process.platform === "linux" || process.platform === "darwin";
      return { ok, found: `${os.type()} ${os.release()}`, fix: "Lemma runs on Linux and macOS; on Windows use WSL 2." };
    },
  },
  {
    name: "CPU",
    needed: "always",
    run() {
      const model = os.cpus()[0]?.model.trim() || "unknown model";
      if (process.arch === "x64") {
        const flags = existsSync("/proc/cpuinfo")
          ? (/^flags\s*:\s*(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "").split(" ")
          : [];
        const known = ["avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8"].filter((flag) =>
          flags.includes(flag),
        );
        return {
          ok: true,
          found: `${model}, ${os.cpus().length} cores${known.length > 0 ? `, ${known.join(" ")}` : ", no AVX2: the scalar kernels will be slow"}`,
        };
      }
      return {
        ok: process.arch === "arm64",
        found: `${model} (${process.arch})`,
        fix: "The engine is built for x86-64 and arm64.",
      };
    },
  },
  {
    name: "C++20 compiler",
    needed: "always",
    run() {
      const found = compiler();
      if (!found) return { ok: false, found: "none", fix: "Install one (Debian: apt-get install g++), or set CXX." };
      const [major] = version(found.line.replace(/\(.*\)/, ""));
      const isClang = found.line.includes("clang");
      const least = isClang ? 13 : 11;
      return {
        ok: (major ?? 0) >= least,
        found: found.line,
        fix: `Version ${least} or later is needed (Debian: apt-get install g++), or set CXX.`,
      };
    },
  },
  {
    name: "CMake",
    needed: "always",
    run() {
      const line = firstLine("cmake", ["--version"]);
      if (line === null) return { ok: false, found: "none", fix: "Install it (Debian: apt-get install cmake)." };
      const [major = 0, minor = 0] = version(line);
      return { ok: major > 3 || (major === 3 && minor >= 18), found: line, fix: "Version 3.18 or later is needed." };
    },
  },
  {
    name: "make",
    needed: "always",
    run() {
      const line = firstLine("make", ["--version"]) ?? firstLine("ninja", ["--version"]);
      return { ok: line !== null, found: line ?? "none", fix: "Install it (Debian: apt-get install make)." };
    },
  },
  {
    name: "PyTorch",
    needed: "training",
    run() {
      const found = pythonWithTorch();
      return {
        ok: found !== null,
        found: found ? `${found.line} (${found.name})` : "none",
        fix: "Only training needs it (Debian: apt-get install python3-torch libopenblas0-pthread), or set LEMMA_PYTHON.",
      };
    },
  },
  {
    name: "SymPy",
    needed: "tests",
    run() {
      const line = firstLine("/usr/bin/python3", ["-c", "import sympy; print('SymPy', sympy.__version__)"]);
      return {
        ok: line !== null,
        found: line ?? "none",
        fix: "Only the tests need it (Debian: apt-get install python3-sympy).",
      };
    },
  },
];
