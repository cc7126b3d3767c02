// expect: budget output
for (;;) require("node:fs").writeSync(1, "contained\n".repeat(1000));
