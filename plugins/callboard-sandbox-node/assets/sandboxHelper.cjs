// The first program in a sandbox, which has a network of its own that nobody can
// dial into and that leads nowhere.
//
// `serve DOOR`: dials out to the door of the portal, a Unix socket. Each connection
// carries one order of the portal, a line of JSON: start the command, connect to a
// port, signal the command, run another command. Services that the command may reach
// are Unix sockets, which are offered on addresses of this loopback before it starts.
//
// `build EGRESS COMMAND…`: runs a command that reaches what the portal allows
// through the HTTP proxy behind the Unix socket EGRESS.
'use strict';

const { spawn } = require('node:child_process');
const { connect, createServer } = require('node:net');
const { constants } = require('node:os');

const SPARE = 4; // connections that wait for an order
const MAX_ORDER_BYTES = 4 * 1024 * 1024;
const MAX_OUTPUT_CHARS = 4_000;
const HOSTS = ['127.0.0.1', '::1'];

const [mode, door, ...words] = process.argv.slice(2);
let main;

if (mode === 'build')
  offerProxy(door, url =>
    start({ command: words, env: { ...process.env, ...buildProxy(url) } }),
  );
else for (let i = 0; i < SPARE; i += 1) wait();

/** Offers the proxy behind a Unix socket on a free port of this sandbox's loopback. */
function offerProxy(path, use) {
  offer({ path, host: '127.0.0.1', port: 0 }, port =>
    use(`http://127.0.0.1:${port}`),
  );
}

/** Offers what is behind a Unix socket on a port of this sandbox's loopback. */
function offer({ path, host, port }, use) {
  const server = createServer(socket => {
    const upstream = connect(path);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ]) {
      one.on('error', () => one.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  server.listen(port, host, () => use(server.address().port));
}

/** How npm, yarn, pnpm, git and programs in Node.js find the proxy. Also loopback is asked of it: a registry may be there. */
function buildProxy(url) {
  return {
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    http_proxy: url,
    https_proxy: url,
    NO_PROXY: '',
    no_proxy: '',
    NODE_USE_ENV_PROXY: '1',
    npm_config_proxy: url,
    npm_config_https_proxy: url,
    npm_config_noproxy: '',
    YARN_HTTP_PROXY: url,
    YARN_HTTPS_PROXY: url,
  };
}

/** Opens a connection and waits for its order; another one takes its place. */
function wait() {
  const socket = connect(door);
  let text = '';
  const onData = chunk => {
    text += chunk.toString('utf8');
    const end = text.indexOf('\n');
    if (end < 0 && text.length < MAX_ORDER_BYTES) return;
    socket.off('data', onData);
    socket.pause();
    wait();
    obey(JSON.parse(text.slice(0, end)), socket);
  };
  socket.on('data', onData);
  socket.on('error', () => socket.destroy());
  // Without the portal nobody needs this sandbox any more.
  socket.on('close', () => text === '' && process.exit(137));
}

function obey(order, socket) {
  if (order.kind === 'start') offerAll(order.forwards, () => start(order));
  else if (order.kind === 'connect') join(order.port, socket, [...HOSTS]);
  else if (order.kind === 'signal') signal(main, order.signal);
  else if (order.kind === 'exec') exec(order, socket);
}

function offerAll([way, ...others], then) {
  if (way === undefined) then();
  else offer(way, () => offerAll(others, then));
}

function start({ command, env }) {
  const [program, ...args] = command;
  main = spawn(program, args, {
    env,
    stdio: 'inherit',
    detached: mode === 'serve',
  });
  main.once('error', error => {
    process.stderr.write(`${program}: ${describe(error)}\n`);
    process.exit(error.code === 'ENOENT' ? 127 : 126);
  });
  main.once('exit', (code, killedBy) =>
    process.exit(killedBy ? 128 + constants.signals[killedBy] : code),
  );
}

function describe({ code, message }) {
  if (code === 'ENOENT') return 'not found';
  return code === 'EACCES' ? 'Permission denied' : message;
}

/** The first host that answers gets the connection; the portal hears "+" or the end. */
function join(port, socket, [host, ...others]) {
  const upstream = connect(port, host);
  upstream.once('connect', () => {
    socket.write('+');
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  upstream.on('error', () => {
    upstream.destroy();
    if (upstream.bytesRead > 0 || others.length === 0) socket.destroy();
    else join(port, socket, others);
  });
}

function exec({ command, env, timeoutMs }, socket) {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const keep = chunk => {
    output = (output + chunk).slice(0, MAX_OUTPUT_CHARS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const timer = setTimeout(() => signal(child, 'SIGKILL'), timeoutMs);
  const answer = code => {
    clearTimeout(timer);
    socket.end(JSON.stringify({ code, output }));
  };
  child.once('error', () => answer(126));
  child.once('exit', () => signal(child, 'SIGKILL'));
  child.once('close', code => answer(code ?? 137));
}

/** Signals a whole process group. */
function signal(child, name) {
  try {
    if (child?.pid) process.kill(-child.pid, name);
  } catch {
    // It has ended.
  }
}
