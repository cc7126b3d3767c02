// expect: contained
// Starts other processes, ends its parent.
const { spawnSync, spawn, fork } = require("node:child_process");
const attempt = (what, work) => {
  try {
    work();
    console.log("ESCAPED:", what);
  } catch {}
};
attempt("spawnSync", () => {
  const { error } = spawnSync(process.execPath, ["-e", "0"]);
  if (error) throw error;
});
for (const start of [() => spawn("/usr/bin/prlimit"), () => fork("/work/program.js")])
  attempt("spawn", () => {
    start().on("error", () => {}).on("spawn", () => console.log("ESCAPED: spawn"));
    throw new Error();
  });
for (const target of [1, process.ppid]) {
  try {
    process.kill(target, "SIGKILL");
  } catch {}
}
attempt("identity", () => process.setuid(0));
setTimeout(() => console.log("contained"), 50);
