// Loaded before pushed code that runs on Node.js. In a cluster every instance
// has a network of its own and may listen on the port it likes; here many share
// one machine. So a port that the workload declares becomes the free one that
// was chosen for this process, and everything listens on loopback only.
'use strict';

const net = require('node:net');

const ports = JSON.parse(process.env.CALLBOARD_PORTS || '{}');
const chosen = new Set(Object.values(ports));
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(...args) {
  const [first, ...rest] = args;
  if (typeof first === 'object' && first !== null && first.port !== undefined) {
    return listen.call(
      this,
      { ...first, port: place(first.port), host: '127.0.0.1' },
      ...rest,
    );
  }
  const isPort =
    typeof first === 'number' ||
    (typeof first === 'string' && /^\d+$/.test(first));
  if (!isPort) return listen.apply(this, args);
  const withoutHost =
    typeof rest[0] === 'string' || rest[0] === undefined ? rest.slice(1) : rest;
  return listen.call(this, place(first), '127.0.0.1', ...withoutHost);
};

function place(port) {
  const number = Number(port);
  if (number === 0 || chosen.has(number)) return number;
  if (ports[number] !== undefined) return ports[number];
  // A port that nobody declared: reachable for nobody, but in nobody's way either.
  process.stderr.write(
    `callboard: the program listens on port ${number}, which score.yaml does not name\n`,
  );
  return 0;
}
