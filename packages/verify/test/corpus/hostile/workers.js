// expect: not proved
// Threads that start threads.
const { Worker } = require("node:worker_threads");
const start = () => new Worker("for (;;);", { eval: true }).on("error", () => {});
for (let i = 0; i < 200; i++) start();
