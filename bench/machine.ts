// The machine row: what this machine is, and its limits measured by machine/machine.cpp, compiled on first use.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { LemmaError } from "@lemma/protocol";

/** First line of every benchmark. */
export interface MachineRow {
  row: "machine";
  cpu: string;
  cores: number;
  isa: string;
  /** Memory read bandwidth with the threads of the rows, 1e9 bytes a second. */
  readGBs: number;
  /** 8-bit operations a second of the vector dot-product instruction, 1e9, as many threads. */
  int8Gops: number;
  commit: string;
}

const source = fileURLToPath(new URL("machine/machine.cpp", import.meta.url));
const folder = fileURLToPath(new URL("build", import.meta.url));
const FLAGS = ["avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16"];

/** Measures the machine with so many threads; about five seconds. Throws LEMMA_E_INTERNAL where the helper can't be built. */
export function machineRow(threads: number = os.availableParallelism()): MachineRow {
  const cores = os.availableParallelism();
  const measured = run(String(threads));
  const flags = /^flags\s*:(.*)$/m.exec(readText("/proc/cpuinfo"))?.[1]?.split(" ") ?? [];
  const isa = FLAGS.filter((flag) => flags.includes(flag)).join(" ");
  return { row: "machine", cpu: os.cpus()[0]?.model.trim() ?? "?", cores, isa, ...measured, commit: commit() };
}

/** What the machine sustains at this moment, measured in under a second, since shared machines change from one minute to the next: 1e9 bytes or operations a second. */
export function machineLimit(kind: "readGBs" | "int8Gops", threads: number = os.availableParallelism()): number {
  return run(String(threads), kind === "readGBs" ? "read" : "int8")[kind];
}

function run(...args: string[]): Pick<MachineRow, "readGBs" | "int8Gops"> {
  return JSON.parse(execFileSync(helper(), args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}

function helper(): string {
  const program = `${folder}/machine`;
  if (existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs) return program;
  mkdirSync(folder, { recursive: true });
  const compiler = process.env.CXX || "g++";
  try {
    execFileSync(compiler, ["-std=c++20", "-O3", "-march=native", "-pthread", "-o", program, source], {
      stdio: "inherit",
    });
  } catch (cause) {
    const problem = `${compiler} could not build bench/machine/machine.cpp; \`lemma doctor\` shows what is missing`;
    throw new LemmaError("LEMMA_E_INTERNAL", { problem }, { cause });
  }
  return program;
}

function commit(): string {
  try {
    const git = (...args: string[]): string =>
      execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    return (
      git("rev-parse", "--short=12", "HEAD") + (git("status", "--porcelain", "--untracked-files=no") === "" ? "" : "+")
    );
  } catch {
    return "unknown";
  }
}

const readText = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
