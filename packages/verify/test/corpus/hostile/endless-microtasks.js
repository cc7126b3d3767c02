// expect: budget cpu
// The event loop never gets its turn.
const again = () => Promise.resolve().then(again);
again();
