// expect: budget wall
setInterval(() => {}, 1000);
