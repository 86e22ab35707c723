import http2, {
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';
import { buffer, text } from 'node:stream/consumers';
import { eventually } from '@callboard/testing';
import { HttpsTransport } from './HttpsTransport';
import { SharedConnection } from './SharedConnection';

// Where there is a navigator, node-forge takes itself to be in an old browser and
// needs seconds for a key. Node.js has one.
Object.defineProperty(globalThis, 'navigator', { value: undefined });
const { generate } =
  jest.requireActual<typeof import('selfsigned')>('selfsigned');
const made = generate([{ name: 'commonName', value: 'api' }], {
  keySize: 2048,
  algorithm: 'sha256',
  extensions: [
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
  ],
});

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

let server: Http2SecureServer;
let sockets: Set<Socket>;
let sessions: ServerHttp2Session[];
let answers: Record<
  string,
  (request: Http2ServerRequest, response: Http2ServerResponse) => void
>;
let url: string;
let transport: HttpsTransport;

const open = (server_: string) =>
  new HttpsTransport({ cluster: 'eu-1', server: server_, ca: made.cert });

beforeEach(async () => {
  sockets = new Set();
  sessions = [];
  answers = {};
  server = http2.createSecureServer(
    { cert: made.cert, key: made.private, allowHTTP1: true },
    (request, response) => {
      const answer = answers[request.url];
      if (answer) answer(request, response);
      else response.end(`${request.httpVersion} ${request.url}`);
    },
  );
  server.on('session', session => sessions.push(session));
  server.on('secureConnection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  transport = open(url);
});
afterEach(async () => {
  await transport.close();
  for (const socket of sockets) socket.destroy();
  await new Promise(resolve => server.close(resolve));
});

function send(
  path: string,
  {
    body,
    signal = AbortSignal.timeout(20_000),
  }: { body?: string; signal?: AbortSignal } = {},
) {
  return transport.send({
    method: body === undefined ? 'GET' : 'POST',
    path,
    ...(body !== undefined && { body }),
    signal,
  });
}

const read = async (path: string) => text((await send(path)).body);

/** A watch that says nothing until it is told. */
function holdWatches(): Http2ServerResponse[] {
  const held: Http2ServerResponse[] = [];
  answers['/watch'] = (_, response) => {
    response.writeHead(200);
    response.write('opened ');
    held.push(response);
  };
  return held;
}

it('shares one connection among requests and watches', async () => {
  const held = holdWatches();
  const watches = await Promise.all(
    Array.from({ length: 20 }, () => send('/watch')),
  );
  expect(await Promise.all(['/a', '/b', '/c'].map(path => read(path)))).toEqual(
    ['2.0 /a', '2.0 /b', '2.0 /c'],
  );
  expect(sockets.size).toBe(1);
  for (const response of held) response.end('ended');
  expect(
    new Set(await Promise.all(watches.map(({ body }) => text(body)))),
  ).toEqual(new Set(['opened ended']));
});

it('sends what a request has, and says what the server answered', async () => {
  let seen: unknown;
  answers['/create'] = (request, response) => {
    let sent = '';
    request.on('data', chunk => {
      sent += chunk;
    });
    request.on('end', () => {
      seen = [request.method, request.headers['content-length'], sent];
      response.writeHead(409, { 'Retry-After': '3' });
      response.end('no');
    });
  };
  const { status, headers, body } = await send('/create', { body: '{"a":1}' });
  expect([status, headers['retry-after'], await text(body)]).toEqual([
    409,
    '3',
    'no',
  ]);
  expect(seen).toEqual(['POST', '7', '{"a":1}']);
});

it('opens a second connection where one is full', async () => {
  holdWatches();
  await Promise.all(Array.from({ length: 101 }, () => send('/watch')));
  expect(sockets.size).toBe(2);
});

it('is not held up by an answer that nobody reads', async () => {
  answers['/much'] = (_, response) => {
    for (let i = 0; i < 4; i++) response.write(MEGABYTE);
    response.end();
  };
  const unread = await Promise.all([1, 2, 3].map(() => send('/much')));
  expect(await read('/a')).toBe('2.0 /a');
  expect((await buffer(unread[0].body)).byteLength).toBe(4 * MEGABYTE.length);
});

it('ends one request without the others', async () => {
  holdWatches();
  const giveUp = new AbortController();
  const watch = await send('/watch', { signal: giveUp.signal });
  const other = await send('/watch');
  giveUp.abort();
  await expect(text(watch.body)).rejects.toThrow();
  const chunks = other.body[Symbol.asyncIterator]();
  expect(String((await chunks.next()).value)).toBe('opened ');
  expect(await read('/a')).toBe('2.0 /a');
  expect(sockets.size).toBe(1);
});

it('goes on with another connection after goodbye, and reads the old watch to its end', async () => {
  const held = holdWatches();
  const watch = await send('/watch');
  sessions[0].goaway();
  await eventually(async () => {
    expect(await read('/a')).toBe('2.0 /a');
    expect(sessions).toHaveLength(2);
  });
  held[0].end('ended');
  expect(await text(watch.body)).toBe('opened ended');
  await eventually(() => expect(sockets.size).toBe(1));
});

it('sends again what a connection that just ended did not take', async () => {
  expect(await read('/a')).toBe('2.0 /a');
  for (const socket of sockets) socket.destroy();
  expect(await read('/b')).toBe('2.0 /b');
});

it('says that a connection was cut while it answered', async () => {
  holdWatches();
  const watch = await send('/watch');
  for (const socket of sockets) socket.destroy();
  await expect(text(watch.body)).rejects.toMatchObject({
    code: expect.stringMatching(/^(ECONNRESET|ERR_|ABORT_ERR)/),
  });
});

it('speaks HTTP/1.1 where the server does not know better', async () => {
  const old = tls.createServer(
    { cert: made.cert, key: made.private },
    socket => {
      socket.on('error', () => undefined);
      socket.on('data', () =>
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'),
      );
    },
  );
  let connections = 0;
  old.on('secureConnection', () => connections++);
  await new Promise<void>(resolve => old.listen(0, '127.0.0.1', resolve));
  await transport.close();
  transport = open(`https://127.0.0.1:${(old.address() as AddressInfo).port}`);
  expect([await read('/a'), await read('/b')]).toEqual(['ok', 'ok']);
  expect(connections).toBe(1);
  await transport.close();
  await new Promise(resolve => old.close(resolve));
});

it('gives up a connection that went silent, and the request goes another way', async () => {
  let isSilent = false;
  const relay = net.createServer(inner => {
    const outer = net.connect(Number(new URL(url).port), '127.0.0.1');
    const swallows = isSilent;
    inner.on('data', chunk => (isSilent && !swallows ? 0 : outer.write(chunk)));
    outer.on('data', chunk => inner.write(chunk));
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ]) {
      one.on('close', () => other.destroy());
      one.on('error', () => undefined);
    }
  });
  await new Promise<void>(resolve => relay.listen(0, '127.0.0.1', resolve));
  const { port } = relay.address() as AddressInfo;
  const socket = tls.connect({
    host: '127.0.0.1',
    port,
    ca: made.cert,
    ALPNProtocols: ['h2'],
  });
  await new Promise(resolve => socket.once('secureConnect', resolve));
  const shared = new SharedConnection(
    new URL(`https://127.0.0.1:${port}`),
    socket,
    { quietMs: 0, pongMs: 200 },
  );
  const request = {
    method: 'GET',
    path: '/a',
    headers: {},
    signal: AbortSignal.timeout(20_000),
  };
  const ask = () => {
    expect(shared.take()).toBe(true);
    return shared.send(request);
  };
  expect(await text((await ask()).body)).toBe('2.0 /a');
  isSilent = true;
  const lost = ask();
  const noticed = ask();
  for (const asked of [lost, noticed])
    await expect(asked).rejects.toThrow(
      'the connection ended before the server took the request',
    );
  expect(shared.take()).toBe(false);
  relay.close();
});
