// expect: contained
// Looks for files of the machine and tries Node's own ways of writing.
const fs = require("node:fs");
const attempt = (what, work) => {
  try {
    work();
    console.log("ESCAPED:", what);
  } catch {}
};
for (const path of ["/etc/passwd", "/root", "/home", "/tmp", "/proc/self/environ", "/work/../etc/passwd", "/usr/lib/../../etc/passwd"])
  attempt(`sees ${path}`, () => fs.lstatSync(path));
for (const folder of ["/", "/tmp", "/work", "/usr/lib", "/dev"]) {
  attempt(`wrote in ${folder}`, () => fs.writeFileSync(`${folder}/lemma-escape`, "x"));
  attempt(`link in ${folder}`, () => fs.symlinkSync("/etc/passwd", `${folder}/lemma-escape`));
}
attempt("database", () => new (require("node:sqlite").DatabaseSync)("/work/x.sqlite").exec("create table t(a)"));
attempt("library", () => process.dlopen({ exports: {} }, "/usr/lib/x86_64-linux-gnu/libc.so.6"));
attempt("report", () => {
  if (process.report.writeReport("/tmp/lemma-escape") === "") throw new Error();
});
attempt("snapshot", () => require("node:v8").writeHeapSnapshot("/tmp/lemma-escape"));
if (Object.keys(process.env).sort().join() !== "HOME,LANG,PATH,PWD") console.log("ESCAPED:", process.env);
console.log("contained");
