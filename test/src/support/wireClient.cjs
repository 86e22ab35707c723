// A client of PostgreSQL in a hundred lines, for pushed code: it signs in with a
// password and asks simple queries.
'use strict';

const {
  createHash,
  createHmac,
  pbkdf2Sync,
  randomBytes,
} = require('node:crypto');
const { connect } = require('node:net');

const hmac = (key, words) => createHmac('sha256', key).update(words).digest();

/** Opens a connection to a `postgresql://` URL. @returns `ask` a query, which answers its rows of texts, and `end` */
async function openDatabase(address) {
  const url = new URL(address);
  const password = decodeURIComponent(url.password);
  const socket = connect(Number(url.port), url.hostname);
  const next = reader(socket);
  const send = (type, ...parts) => {
    const body = Buffer.concat(parts.map(part => Buffer.from(part)));
    const head = Buffer.alloc(4);
    head.writeInt32BE(body.length + 4);
    socket.write(Buffer.concat([Buffer.from(type), head, body]));
  };
  const settings = ['user', url.username, 'database', url.pathname.slice(1)];
  send('', [0, 3, 0, 0], settings.map(each => `${each}\0`).join(''), '\0');
  await signIn({ send, next, password });
  while ((await next()).type !== 'Z');
  const ask = async sql => {
    send('Q', `${sql}\0`);
    const rows = [];
    for (;;) {
      const { type, body } = await next();
      if (type === 'D') rows.push(readRow(body));
      if (type === 'Z') return rows;
    }
  };
  return { ask, end: () => socket.destroy() };
}

async function signIn({ send, next, password }) {
  await next();
  const bare = `n=,r=${randomBytes(18).toString('base64')}`;
  const length = Buffer.alloc(4);
  length.writeInt32BE(bare.length + 3);
  send('p', 'SCRAM-SHA-256\0', length, `n,,${bare}`);
  const first = (await next()).body.toString('utf8', 4);
  const [, nonce, salt, rounds] = /r=(.*),s=(.*),i=(\d+)/.exec(first);
  const last = `c=biws,r=${nonce}`;
  const salted = pbkdf2Sync(
    password,
    Buffer.from(salt, 'base64'),
    Number(rounds),
    32,
    'sha256',
  );
  const key = hmac(salted, 'Client Key');
  const stored = createHash('sha256').update(key).digest();
  const mask = hmac(stored, `${bare},${first},${last}`);
  // eslint-disable-next-line no-bitwise -- the proof is the key, masked
  const proof = Buffer.from(key.map((byte, i) => byte ^ mask[i]));
  send('p', `${last},p=${proof.toString('base64')}`);
}

/** Answers the next message; rejects with an error of the server, and when the connection ends. */
function reader(socket) {
  let bytes = Buffer.alloc(0);
  let wake = () => {};
  const more = () =>
    new Promise(resolve => {
      wake = resolve;
    });
  let ended;
  socket.on('data', chunk => {
    bytes = Buffer.concat([bytes, chunk]);
    wake();
  });
  socket.on('error', error => {
    ended = error;
  });
  socket.on('close', () => {
    ended ??= new Error('the connection ended');
    wake();
  });
  return async () => {
    for (;;) {
      const length = bytes.length < 5 ? Infinity : bytes.readInt32BE(1) + 1;
      if (bytes.length >= length) {
        const type = String.fromCharCode(bytes[0]);
        const body = bytes.subarray(5, length);
        bytes = bytes.subarray(length);
        if (type === 'E') throw new Error(body.toString());
        return { type, body };
      }
      if (ended) throw ended;
      await more();
    }
  };
}

function readRow(body) {
  const values = [];
  for (let at = 2, left = body.readInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at);
    values.push(
      length < 0 ? undefined : body.toString('utf8', at + 4, at + 4 + length),
    );
    at += 4 + Math.max(0, length);
  }
  return values;
}

module.exports = { openDatabase };
