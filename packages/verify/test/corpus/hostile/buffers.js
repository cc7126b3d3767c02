// expect: budget memory
// Memory outside the heap of the language.
const hoard = [];
for (;;) hoard.push(Buffer.alloc(1 << 24, 1));
