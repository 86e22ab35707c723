import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiServer } from './ApiServer';

const PIECE = Buffer.alloc(64 * 1024, 'x');
const PIECES = 64;

/** Answers with much, with half of what it says, or with what never ends. */
const server = http.createServer((request, response) => {
  switch (request.url) {
    case '/much':
      for (let i = 0; i < PIECES; i++) response.write(PIECE);
      response.end();
      break;
    case '/half':
      response.setHeader('content-length', 2 * PIECE.byteLength);
      response.write(PIECE, () => response.destroy());
      break;
    default:
      response.write(PIECE);
  }
});
const closed: string[] = [];
let api: ApiServer;
beforeAll(async () => {
  server.on('connection', socket =>
    socket.on('close', () => closed.push('connection')),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  api = new ApiServer({ server: `http://127.0.0.1:${port}` });
});
beforeEach(() => closed.splice(0));
afterAll(async () => {
  api.close();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

const ask = async (path: string, signal = new AbortController().signal) =>
  (await api.send({ method: 'GET', path }, signal)).body;

it('gives all of it to a slow reader', async () => {
  let bytes = 0;
  for await (const chunk of await ask('/much')) {
    bytes += chunk.byteLength;
    await new Promise(resolve => setImmediate(resolve));
  }
  expect(bytes).toBe(PIECES * PIECE.byteLength);
});

const readAll = async (body: AsyncIterable<Uint8Array>) => {
  for await (const chunk of body) expect(chunk.byteLength).toBeGreaterThan(0);
};

it('throws when the answer breaks off', async () => {
  await expect(ask('/half').then(readAll)).rejects.toThrow('aborted');
});

it('throws when it is given up', async () => {
  const giveUp = new AbortController();
  const chunks = (await ask('/endless', giveUp.signal))[Symbol.asyncIterator]();
  expect((await chunks.next()).done).toBe(false);
  const next = chunks.next();
  giveUp.abort();
  await expect(next).rejects.toThrow('aborted');
});

it('ends the connection when it is left unread', async () => {
  for await (const chunk of await ask('/endless')) {
    expect(chunk.byteLength).toBeGreaterThan(0);
    break;
  }
  for (let i = 0; i < 500 && closed.length === 0; i++)
    await new Promise(resolve => setTimeout(resolve, 10));
  expect(closed).toEqual(['connection']);
});
