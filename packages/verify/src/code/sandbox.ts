// Runs one program in a bubblewrap sandbox and tells how it ended. Owns the walls; must not know tests or verdicts.
//
//   file system   read-only: the shared libraries under /usr/lib, the interpreter, the program's own files; nothing can be written,
//                 there is no /proc, no /home, no /etc
//   network       a network namespace without interfaces, and no sockets at all
//   processes     one: it can start threads (64), no other process; a process namespace of its own
//   limits        CPU time, memory, open files by setrlimit; time and output by this file, which ends the whole sandbox
//   rights        no capabilities, no new ones, system calls filtered (system-calls.ts)
//   identity      as root: a user number that nobody has; else a user namespace
//
// Files, program, input and filter go in through pipes, so that nothing is ever written on this machine.

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { LemmaError } from "@lemma/protocol";
import type { Launch } from "./interpreters.ts";
import type { CodeLimits } from "./limits.ts";
import { systemCallFilter } from "./system-calls.ts";

/** Why a run was stopped. */
export type Stopped = "cpu" | "wall" | "memory" | "output";

/** How a run ended. `status` is the exit status, 128 + n for signal n; absent where the sandbox itself was ended. */
export interface Outcome {
  readonly status?: number;
  readonly stopped?: Stopped;
  readonly output: string;
  readonly errors: string;
  /** What came over file descriptor 3. */
  readonly channel: string;
  /** What bubblewrap reported of itself. */
  readonly report: string;
}

const THREADS = 64;
const OPEN_FILES = 64;
/** User numbers from 65000 to 65499 are reserved by Debian and belong to nobody; each run at a time has its own. */
const FIRST_USER = 65_000;
const USERS = 500;
/** Where this process begins among them, so that two processes seldom meet. */
const offset = Math.floor(Math.random() * USERS);

const PLACES = ["/usr/bin", "/bin", "/usr/local/bin"];

/** A program of this machine, or LEMMA_E_SANDBOX naming the package that has it. */
function find(name: string, debianPackage: string): string {
  for (const place of PLACES) {
    const file = path.join(place, name);
    if (existsSync(file)) return file;
  }
  throw new LemmaError("LEMMA_E_SANDBOX", {
    problem: `${name} is in none of ${PLACES.join(", ")} (Debian package ${debianPackage})`,
  });
}

/** The folders of shared libraries as they stand on this machine: folders are bound, links made again. */
function libraries(): string[] {
  return ["/usr/lib", "/usr/lib64", "/lib", "/lib64"].flatMap((place) => {
    if (!existsSync(place)) return [];
    return lstatSync(place).isSymbolicLink() ? ["--symlink", readlinkSync(place), place] : ["--ro-bind", place, place];
  });
}

/** File descriptors of the sandbox: 0 to 2 as always, then these; files come after. */
const CHANNEL = 3;
const REPORT = 4;
const FILTER = 5;
const FIRST_FILE = 6;

/** The command line of bubblewrap. */
function commandLine({ interpreter, arguments: own, files, limits }: Launch, cpuSeconds: number, slot: number) {
  const isRoot = process.getuid?.() === 0;
  const inside = `/usr/bin/${path.basename(interpreter)}`;
  const prlimit = find("prlimit", "util-linux");
  const setpriv = isRoot ? find("setpriv", "util-linux") : undefined;
  const user = String(FIRST_USER + ((offset + slot) % USERS));
  const folder = (name: string) => ["--perms", "0755", "--dir", name];
  return [
    ...["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"],
    ...(isRoot ? [] : ["--unshare-user", "--uid", "65534", "--gid", "65534"]),
    ...["--die-with-parent", "--new-session", "--hostname", "sandbox"],
    ...["--clearenv", "--setenv", "PATH", "/usr/bin", "--setenv", "LANG", "C.UTF-8", "--setenv", "HOME", "/"],
    ...["/usr", "/usr/bin", "/dev", "/work"].flatMap(folder),
    ...libraries(),
    ...["--ro-bind", interpreter, inside, "--ro-bind", prlimit, "/usr/bin/prlimit"],
    ...(setpriv === undefined ? [] : ["--ro-bind", setpriv, "/usr/bin/setpriv"]),
    ...["/dev/null", "/dev/urandom"].flatMap((device) => ["--dev-bind", device, device]),
    ...Object.keys(files).flatMap((file, i) => ["--perms", "0444", "--ro-bind-data", String(FIRST_FILE + i), file]),
    ...["--remount-ro", "/", "--chdir", "/work", "--cap-drop", "ALL"],
    ...(isRoot ? ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] : []),
    ...["--json-status-fd", String(REPORT), "--seccomp", String(FILTER), "--"],
    ...(isRoot ? ["/usr/bin/setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups", "--inh-caps=-all"] : []),
    // The soft limit of CPU time sends a signal that has a name, the hard one a second later can't be caught.
    ...["/usr/bin/prlimit", `--cpu=${cpuSeconds}:${cpuSeconds + 1}`, `--nproc=${THREADS}`, `--nofile=${OPEN_FILES}`],
    ...["--core=0", "--fsize=0", "--msgqueue=0", "--memlock=0", ...limits, inside, ...own],
  ];
}

/**
 * Runs a program with `input` on its standard input. `slot` tells runs at the same time apart.
 * Throws LEMMA_E_SANDBOX where the sandbox can't be made, LEMMA_E_ABORTED where `signal` ends it.
 */
export async function runSandboxed(
  program: Launch,
  input: string,
  limits: CodeLimits,
  slot: number,
  signal?: AbortSignal,
): Promise<Outcome> {
  if (signal?.aborted) throw new LemmaError("LEMMA_E_ABORTED");
  if (process.platform !== "linux")
    throw new LemmaError("LEMMA_E_SANDBOX", { problem: `programs are run on Linux only, this is ${process.platform}` });
  const filter = systemCallFilter(process.arch);
  if (filter === undefined)
    throw new LemmaError("LEMMA_E_SANDBOX", { problem: `there is no system call filter for ${process.arch}` });
  const bwrap = find("bwrap", "bubblewrap");
  if (!existsSync(program.interpreter))
    throw new LemmaError("LEMMA_E_SANDBOX", { problem: `${program.interpreter} is missing (Debian package python3)` });
  const sent = [filter, ...Object.values(program.files)];
  const nothing = openSync("/dev/null", "r");
  const descriptors: ("pipe" | "ignore" | number)[] = Array.from({ length: FILTER + sent.length }, () => "pipe");
  for (const inherited of inheritable()) {
    if (inherited < descriptors.length) continue;
    while (descriptors.length < inherited) descriptors.push("ignore");
    descriptors.push(nothing);
  }
  const child = spawn(bwrap, commandLine(program, limits.cpuSeconds, slot), {
    cwd: "/",
    env: {},
    stdio: descriptors,
    detached: true, // a process group of its own, to be ended as a whole
  });
  closeSync(nothing);
  return new Promise((resolve, reject) => {
    let stopped: Stopped | undefined;
    let isEnded = false;
    const stop = (why?: Stopped) => {
      stopped ??= why;
      isEnded = true;
      endGroup(child); // the process namespace goes with it (--die-with-parent)
    };
    const abort = () => stop();
    signal?.addEventListener("abort", abort, { once: true });
    const timer = setTimeout(() => stop("wall"), limits.wallSeconds * 1000);
    let left = limits.outputBytes;
    let late: NodeJS.Timeout | undefined;
    const collected = [1, 2, CHANNEL, REPORT].map((descriptor) =>
      collect(child, descriptor, (bytes) => {
        if (descriptor !== REPORT) left -= bytes;
        if (left < 0) stop("output");
        return !isEnded;
      }),
    );
    send(child, 0, input);
    sent.forEach((data, i) => {
      send(child, FILTER + i, data);
    });
    child.on("error", (cause) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      reject(new LemmaError("LEMMA_E_SANDBOX", { problem: `${bwrap}: ${cause.message}` }, { cause }));
    });
    // bubblewrap that fails while it builds the sandbox may leave its other half waiting, with our pipes open.
    child.on("exit", () => {
      late = setTimeout(() => endGroup(child), 1000);
    });
    child.on("close", () => {
      clearTimeout(late);
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      if (signal?.aborted) return reject(new LemmaError("LEMMA_E_ABORTED"));
      const [output, errors, channel, report] = collected.map((text) => text()) as [string, string, string, string];
      const status = /"exit-code": (\d+)/.exec(report)?.[1];
      resolve({
        ...(stopped === undefined && status !== undefined ? { status: Number(status) } : {}),
        ...(stopped === undefined ? {} : { stopped }),
        ...{ output, errors, channel, report },
      });
    });
  });
}

/**
 * File descriptors of this process that a child would inherit, in order: left open by whoever started it, or by a native library.
 * Node closes only its own. In the sandbox they are /dev/null.
 */
function inheritable(): number[] {
  const closesOnExec = 0o2000000; // O_CLOEXEC
  return readdirSync("/proc/self/fd")
    .map(Number)
    .filter((descriptor) => {
      try {
        const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"))?.[1] ?? "0";
        return (Number.parseInt(flags, 8) & closesOnExec) === 0;
      } catch {
        return false; // the one that read the folder is closed again
      }
    })
    .sort((a, b) => a - b);
}

/** Ends bubblewrap and all that it started but has not yet shut in. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of them have ended.
  }
}

/** Gathers what comes from a file descriptor, as text; nothing more after the sandbox is ended. */
function collect(child: ChildProcess, descriptor: number, isWanted: (bytes: number) => boolean): () => string {
  const pieces: Buffer[] = [];
  const stream = child.stdio[descriptor] as Readable;
  stream.on("data", (piece: Buffer) => {
    if (isWanted(piece.length)) pieces.push(piece);
  });
  stream.on("error", () => {});
  return () => Buffer.concat(pieces).toString("utf8");
}

/** Writes all of it and closes; a program that doesn't read its input is no error. */
function send(child: ChildProcess, descriptor: number, data: string | Buffer): void {
  const stream = child.stdio[descriptor] as Writable;
  stream.on("error", () => {});
  stream.end(data);
}
