// expect: not proved
console.log("contained");
process.kill(process.pid, "SIGKILL");
setTimeout(() => {}, 1000);
