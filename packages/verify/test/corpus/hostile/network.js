// expect: contained
// Talks to the machine it runs on, and to others.
const port = Number(require("node:fs").readFileSync(0, "utf8")) || 80;
const { once } = require("node:events");
const attempt = async (what, work) => {
  try {
    await work();
    console.log("ESCAPED:", what);
  } catch {}
};
(async () => {
  await attempt("connected", () => once(require("node:net").connect(port, "127.0.0.1"), "connect"));
  await attempt("listened", () => once(require("node:net").createServer().listen(0), "listening"));
  await attempt("listened on a path", () => once(require("node:net").createServer().listen("\0lemma"), "listening"));
  await attempt("fetched", () => fetch(`http://127.0.0.1:${port}/`));
  await attempt("sent", async () => {
    const socket = require("node:dgram").createSocket("udp4");
    const failed = once(socket, "error").then(([error]) => Promise.reject(error));
    await Promise.race([failed, new Promise((done) => socket.send("x", port, "127.0.0.1", (error) => (error ? 0 : done())))]);
  });
  await attempt("looked up", () => require("node:dns").promises.lookup("example.org"));
  await attempt("inspected", () => {
    require("node:inspector").open(0, "127.0.0.1");
    if (require("node:inspector").url() === undefined) throw new Error();
  });
  console.log("contained");
  process.exit(0);
})();
