// `npm test`: set-up, the Debian packages that tests need, then every group of checks that needs no GPU.
// Owns the list of groups and the closing line `N passed, N failed, N skipped`; what is tested is the rooms' business.
//
//   npm test                     everything (target: 15 minutes on two cores)
//   npm test -- verify gym       the groups whose names start so
//   npm run test:long            the full form of the expensive checks (LEMMA_LONG=1)

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { pythonWithTorch, root } from "./checks.mjs";
import { setup } from "./setup.mjs";

const logs = path.join(root, "build", "test-logs");
const node = path.join(root, "node_modules", "node", "bin", "node");
const debianPackages = [
  "python3-torch",
  "libopenblas0-pthread",
  "python3-sympy",
  "chromium",
  "clang",
  "libclang-rt-dev",
  "g++-aarch64-linux-gnu",
  "qemu-user",
  "bubblewrap",
];
const isCi = process.env.CI === "true" || process.env.CI === "1";

/** @typedef {{ passed: number, failed: number, skipped: number, reasons: string[] }} Tally */

/** Runs a command, output to a log file. @returns {Promise<{ code: number, output: string }>} */
function capture(name, command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}`,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const pieces = [];
    child.stdout.on("data", (piece) => pieces.push(piece));
    child.stderr.on("data", (piece) => pieces.push(piece));
    const stop = () => child.kill("SIGTERM");
    process.once("SIGINT", stop);
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => {
      process.removeListener("SIGINT", stop);
      const output = Buffer.concat(pieces).toString("utf8");
      writeFileSync(path.join(logs, `${name}.log`), output);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** A command that is one check: it passes with exit code 0. */
function single(name, command, args) {
  return async () => {
    const { code, output } = await capture(name, command, args);
    if (code !== 0) print(output);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, reasons: [] };
  };
}

/** Test files under Node's own runner. */
function nodeTests(name, ...patterns) {
  return async () => {
    const report = path.join(logs, `${name}.tap`);
    const { code, output } = await capture(name, node, [
      "--test",
      "--test-concurrency=2",
      "--test-reporter=tap",
      `--test-reporter-destination=${report}`,
      "--test-reporter=spec",
      "--test-reporter-destination=stdout",
      ...patterns,
    ]);
    const tap = existsSync(report) ? readFileSync(report, "utf8") : "";
    const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(tap)?.[1] ?? 0);
    const reasons = [...tap.matchAll(/^\s*ok \d+ - (.*) # SKIP(.*)$/gm)].map(
      (match) => `${match[1]}:${match[2] || " no reason given"}`,
    );
    let failed = count("fail") + count("cancelled");
    if (code !== 0 && failed === 0) failed = 1;
    if (count("tests") === 0) failed = Math.max(failed, 1);
    if (failed > 0) print(failures(output));
    // The summary does not count a skipped suite, nor the tests that it would have run: each SKIP line is one.
    return {
      passed: count("pass"),
      failed,
      skipped: Math.max(reasons.length, count("skipped") + count("todo")),
      reasons,
    };
  };
}

/** The part of the spec reporter's output that lists the failures, or all of it. */
function failures(output) {
  const at = output.lastIndexOf("failing tests:");
  return at >= 0 ? output.slice(at) : output.slice(-8000);
}

/** The folder in which set-up built the addon: its objects are the engine's. */
const addonBuild = path.join("packages", "engine", "build", "cmake");

/** The engine's C++ tests in one build configuration. `shared`: in the addon's own folder, where there is one. */
function engineTests(name, flags, shared = false) {
  const isShared = shared && existsSync(path.join(root, addonBuild, "CMakeCache.txt"));
  const build = isShared ? addonBuild : path.join("build", name);
  const source = isShared ? [build] : ["-S", "engine", "-B", build, ...flags];
  return async () => {
    for (const [step, args] of [
      ["configure", [...source, "-DLEMMA_TESTS=ON"]],
      ["build", ["--build", build, "-j", "2"]],
    ]) {
      const { code, output } = await capture(`${name}-${step}`, "cmake", args);
      if (code !== 0) {
        print(output.slice(-8000));
        return { passed: 0, failed: 1, skipped: 0, reasons: [] };
      }
    }
    const { code, output } = await capture(name, "ctest", ["--test-dir", build, "--output-on-failure", "-j", "2"]);
    const [, failedText, totalText] = /(\d+) tests? failed out of (\d+)/.exec(output) ?? [];
    const total = Number(totalText ?? 0);
    let failed = Number(failedText ?? 0);
    if ((code !== 0 && failed === 0) || total === 0) failed = Math.max(failed, 1);
    if (failed > 0) print(output.slice(-8000));
    const skipped = [...output.matchAll(/\*\*\*Skipped/g)].length;
    return {
      passed: Math.max(0, total - failed - skipped),
      failed,
      skipped,
      reasons: skipped > 0 ? ["see the log"] : [],
    };
  };
}

/** The kernels' tests for 64-bit ARM, compiled here and run under an emulator. */
async function armKernels() {
  for (const program of ["aarch64-linux-gnu-g++", "qemu-aarch64"])
    if (spawnSync(program, ["--version"]).status !== 0)
      return missing(`${program} is not installed (g++-aarch64-linux-gnu, qemu-user)`);
  return engineTests("engine-arm", [
    "-DCMAKE_BUILD_TYPE=Release",
    "-DLEMMA_KERNELS=ON",
    `-DCMAKE_TOOLCHAIN_FILE=${path.join(root, "engine", "aarch64.cmake")}`,
  ])();
}

/** libFuzzer over the kept corpora and what it makes of them: 10 s a target here, `LEMMA_FUZZ_SECONDS` for longer. */
async function fuzz() {
  const probe = spawnSync("clang++", ["-x", "c++", "-fsanitize=fuzzer", "-o", "/dev/null", "-"], {
    input: 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }',
  });
  if (probe.status !== 0) return missing("clang with libFuzzer is not installed (clang, libclang-rt-dev)");
  const build = path.join("build", "engine-fuzz");
  for (const [step, args] of [
    ["configure", ["-S", "engine", "-B", build, "-DLEMMA_FUZZ=ON", "-DCMAKE_CXX_COMPILER=clang++"]],
    ["build", ["--build", build, "-j", "2"]],
  ]) {
    const { code, output } = await capture(`fuzz-${step}`, "cmake", args);
    if (code !== 0) {
      print(output.slice(-8000));
      return { passed: 0, failed: 1, skipped: 0, reasons: [] };
    }
  }
  const seconds = process.env.LEMMA_FUZZ_SECONDS ?? "10";
  const tally = { passed: 0, failed: 0, skipped: 0, reasons: [] };
  const runs = ["gguf", "tokenizer"].map(async (name) => {
    const fresh = path.join(build, `${name}-corpus`); // grows from run to run, never in the repository
    mkdirSync(path.join(root, fresh), { recursive: true });
    const { code, output } = await capture(`fuzz-${name}`, path.join(root, build, `${name}_fuzz`), [
      `-max_total_time=${seconds}`,
      "-timeout=20",
      "-max_len=65536",
      "-print_final_stats=1",
      `-artifact_prefix=${path.join(root, build)}/${name}-`,
      fresh,
      path.join("engine", "fuzz", "corpus", name),
      ...(name === "gguf" ? [path.join("engine", "tests", "corpus", "gguf")] : []),
    ]);
    if (code !== 0) print(output.slice(-6000));
    tally[code === 0 ? "passed" : "failed"]++;
  });
  await Promise.all(runs);
  return tally;
}

/** The trainer's Python tests, under the Python that has PyTorch. */
async function pythonTests() {
  const python = pythonWithTorch();
  if (!python) return missing("PyTorch is not installed");
  const { code, output } = await capture(
    "trainer-python",
    python.name,
    ["-m", "unittest", "discover", "-v", "-s", "trainer/tests"],
    { OMP_NUM_THREADS: "1" },
  );
  const ran = Number(/^Ran (\d+) tests?/m.exec(output)?.[1] ?? 0);
  const part = (word) =>
    Number(new RegExp(`${word}=(\\d+)`).exec(output.slice(output.lastIndexOf("\nRan ")))?.[1] ?? 0);
  const skipped = part("skipped");
  let failed = part("failures") + part("errors");
  if ((code !== 0 && failed === 0) || ran === 0) failed = Math.max(failed, 1);
  if (failed > 0) print(output.slice(-8000));
  const reasons = [...output.matchAll(/^(.*) \.\.\. skipped (.*)$/gm)].map((match) => `${match[1]}: ${match[2]}`);
  return { passed: Math.max(0, ran - failed - skipped), failed, skipped, reasons };
}

/** What can't run here: a skip with its reason, or a failure in continuous integration. @returns {Tally} */
function missing(reason) {
  if (isCi) print(`${reason}, and CI=true allows no missing part.`);
  return isCi
    ? { passed: 0, failed: 1, skipped: 0, reasons: [] }
    : { passed: 0, failed: 0, skipped: 1, reasons: [reason] };
}

const rooms = ["protocol", "engine", "verify", "gym", "data", "trainer", "eval", "server", "client", "cli"];

/** @type {[string, () => Promise<Tally>][]} */
const groups = [
  ["types", single("types", path.join(root, "node_modules", ".bin", "tsc"), ["--noEmit"])],
  [
    "lint",
    single("lint", path.join(root, "node_modules", ".bin", "biome"), [
      "ci",
      "--colors=off",
      "--error-on-warnings",
      ".",
    ]),
  ],
  ["house", nodeTests("house", "tests/*.test.ts", "bench/*.test.ts")],
  ["native", async () => engineTests("engine", ["-DCMAKE_BUILD_TYPE=Release"], true)()],
  ["native-sanitize", engineTests("engine-sanitize", ["-DCMAKE_BUILD_TYPE=Debug", "-DLEMMA_SANITIZE=ON"])],
  ["native-arm", armKernels],
  ["native-fuzz", fuzz],
  ["trainer-python", pythonTests],
  ...rooms.map(
    (room) => /** @type {[string, () => Promise<Tally>]} */ ([room, nodeTests(room, `packages/${room}/**/*.test.ts`)]),
  ),
];

/** @param {string} text */
function print(text) {
  process.stdout.write(`${text.trimEnd()}\n`);
}

/** Installs the Debian packages that tests need where they are missing and this user may. */
function installDebianPackages() {
  if (!existsSync("/usr/bin/apt-get")) return;
  const lacking = debianPackages.filter((name) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own format, not a template
    const result = spawnSync("dpkg-query", ["-W", "-f", "${Status}", name], { encoding: "utf8" });
    return !result.stdout?.includes("install ok installed");
  });
  if (lacking.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot ? [] : ["sudo", "-n"];
  const line = `apt-get install -y --no-install-recommends ${lacking.join(" ")}`;
  if (!isRoot && spawnSync("sudo", ["-n", "true"]).status !== 0) {
    print(`Some tests need Debian packages that this user can't install. Run as root:\n  ${line}`);
    return;
  }
  print(`Installing ${lacking.join(", ")}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const command of ["apt-get update -qq", line]) {
    const [program, ...args] = [...prefix, ...command.split(" ")];
    const result = spawnSync(program, args, { env, encoding: "utf8" });
    if (result.status !== 0) return print(`${command}: ${result.stderr || result.stdout}`);
  }
}

async function main() {
  const words = process.argv.slice(2);
  const long = words.includes("--long");
  if (long) process.env.LEMMA_LONG = "1";
  const wanted = words.filter((word) => word !== "--long");
  const chosen = groups.filter(([name]) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
  if (chosen.length === 0) {
    print(`No group starts with ${wanted.join(", ")}; groups: ${groups.map(([name]) => name).join(", ")}`);
    process.exit(2);
  }
  const started = Date.now();
  await setup();
  installDebianPackages();
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, run] of chosen) {
    const from = Date.now();
    const tally = await run();
    for (const key of ["passed", "failed", "skipped"]) total[key] += tally[key];
    const seconds = ((Date.now() - from) / 1000).toFixed(1).padStart(6);
    print(
      `${tally.failed > 0 ? "✗" : "✓"} ${name.padEnd(16)} ${seconds} s  ${tally.passed} passed${tally.failed > 0 ? `, ${tally.failed} failed` : ""}${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ""}`,
    );
    for (const reason of tally.reasons) print(`    skipped: ${reason}`);
  }
  print(`${((Date.now() - started) / 60_000).toFixed(1)} minutes; logs in build/test-logs`);
  print(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(total.failed > 0 ? 1 : 0);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
