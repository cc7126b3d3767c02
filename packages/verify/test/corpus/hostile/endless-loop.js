// expect: budget cpu
for (;;);
