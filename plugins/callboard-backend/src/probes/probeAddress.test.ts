import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  type Server,
  type Socket,
  createServer as createTcpServer,
} from 'node:net';
import type { Reach } from '@callboard/plugin-callboard-node';
import { probeAddress } from './probeAddress';
import { resolveHost } from './resolveHost';

// Where there is a navigator, node-forge takes itself to be in an old browser and
// needs seconds for a key. Node.js has one.
Object.defineProperty(globalThis, 'navigator', { value: undefined });
const { generate } =
  jest.requireActual<typeof import('selfsigned')>('selfsigned');

const HOST = 'shop.example.com';

function certificateFor(host: string) {
  const { cert, private: key } = generate(
    [{ name: 'commonName', value: host }],
    {
      keySize: 2048,
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
      ],
    },
  );
  return { cert, key };
}

describe('probeAddress', () => {
  const open: Server[] = [];
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const close = (server: Server) =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
    });
  afterEach(async () => {
    asked.length = 0;
    for (const socket of sockets) socket.destroy();
    await Promise.all(open.splice(0).map(close));
  });

  async function listen(server: Server): Promise<number> {
    open.push(server);
    server.on('connection', (socket: Socket) => sockets.add(socket));
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve());
    });
    return (server.address() as AddressInfo).port;
  }
  const serving = (status: number, headers = {}) =>
    listen(
      createServer((request, response) => {
        asked.push(
          `${request.method} ${request.url} ${request.headers.host} ${
            request.headers.authorization ?? '-'
          }`,
        );
        response.writeHead(status, headers);
        response.write('a'.repeat(1_000_000)); // and never ends
      }),
    );
  const probe = (
    url: string,
    {
      addresses = ['127.0.0.1'],
      reach = 'loopback' as Reach,
      deadlineMs = 5_000,
      ca = undefined as string | undefined,
    } = {},
  ) =>
    probeAddress(url, {
      reach,
      resolve: async () => addresses,
      deadlineMs,
      signal: new AbortController().signal,
      ...(ca !== undefined && { ca }),
    });

  it('sends one request to what the name resolved to, and reads no body', async () => {
    const port = await serving(200);
    expect(await probe(`http://${HOST}:${port}/cart`)).toEqual({
      kind: 'answered',
      ms: expect.any(Number),
      status: 200,
    });
    expect(asked).toEqual([`GET /cart ${HOST}:${port} -`]);
  });

  it('follows no redirect', async () => {
    const port = await serving(302, { location: 'http://127.0.0.1:1/' });
    expect(await probe(`http://${HOST}:${port}`)).toMatchObject({
      kind: 'answered',
      status: 302,
    });
    expect(asked).toHaveLength(1);
  });

  it.each<[string, string[], Reach, string]>([
    ['nothing', [], 'public', 'unresolved'],
    ['this machine', ['127.0.0.1'], 'private', 'out-of-reach'],
    ['this machine over IPv6', ['::1'], 'private', 'out-of-reach'],
    [
      'this machine in disguise',
      ['::ffff:127.0.0.1'],
      'public',
      'out-of-reach',
    ],
    ['a private network', ['10.1.2.3'], 'public', 'out-of-reach'],
    ['a unique local address', ['fd12::1'], 'public', 'out-of-reach'],
    ['a metadata service', ['169.254.169.254'], 'loopback', 'out-of-reach'],
    ['a link-local address', ['fe80::1'], 'loopback', 'out-of-reach'],
    ['no address', ['0.0.0.0'], 'loopback', 'out-of-reach'],
  ])(
    'dials nothing of a name that leads to %s',
    async (_, addresses, reach, state) => {
      const port = await serving(200);
      expect(
        await probe(`http://${HOST}:${port}`, { addresses, reach }),
      ).toEqual({ kind: 'failed', state });
      expect(asked).toEqual([]);
    },
  );

  it('judges addresses that stand in the URL as it judges names', async () => {
    const port = await serving(200);
    expect(
      await probe(`http://127.0.0.1:${port}`, { reach: 'private' }),
    ).toEqual({ kind: 'failed', state: 'out-of-reach' });
    expect(asked).toEqual([]);
  });

  it('resolves once: another answer to a second question is dialled by nobody', async () => {
    const port = await serving(200);
    const answers = [['192.0.2.1'], ['127.0.0.1']];
    let questions = 0;
    const reading = await probeAddress(`http://${HOST}:${port}`, {
      reach: 'public',
      resolve: async () => answers[questions++] ?? [],
      deadlineMs: 200,
      signal: new AbortController().signal,
    });
    expect(reading).toMatchObject({ kind: 'failed' });
    expect(questions).toBe(1);
    expect(asked).toEqual([]);
  });

  it('learns nothing where nobody resolves names', async () => {
    expect(
      await probeAddress(`http://${HOST}`, {
        reach: 'public',
        resolve: async () => {
          throw new Error('ESERVFAIL');
        },
        signal: new AbortController().signal,
      }),
    ).toEqual({ kind: 'unknown' });
  });

  it('says what is in the way', async () => {
    const silent = await listen(createTcpServer(() => {}));
    expect(
      await probe(`http://${HOST}:${silent}`, { deadlineMs: 200 }),
    ).toEqual({ kind: 'failed', state: 'silent' });
    expect(
      await probe(`https://${HOST}:${silent}`, { deadlineMs: 200 }),
    ).toEqual({ kind: 'failed', state: 'silent' });

    const other = await listen(
      createTcpServer(socket => {
        socket.on('error', () => {});
        socket.end('SSH-2.0-OpenSSH_9.6\r\n');
      }),
    );
    expect(await probe(`http://${HOST}:${other}`)).toEqual({
      kind: 'failed',
      state: 'no-http',
    });
    expect(await probe(`https://${HOST}:${other}`)).toEqual({
      kind: 'failed',
      state: 'no-tls',
    });

    const endless = await listen(
      createTcpServer(socket => {
        socket.on('error', () => {});
        socket.write(`HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(10_000)}`);
      }),
    );
    expect(await probe(`http://${HOST}:${endless}`)).toEqual({
      kind: 'failed',
      state: 'no-http',
    });

    const closed = await listen(createTcpServer());
    await close(open.pop()!);
    expect(await probe(`http://${HOST}:${closed}`)).toEqual({
      kind: 'failed',
      state: 'refuses',
    });
  });

  it('judges the certificate by the name, not by the address that it dialled', async () => {
    const good = certificateFor(HOST);
    const port = await listen(
      createTlsServer(good, (_, response) => response.end()),
    );
    const reading = await probe(`https://${HOST}:${port}`, { ca: good.cert });
    expect(reading).toMatchObject({ kind: 'answered', status: 200 });
    const ends =
      reading.kind === 'answered' ? reading.certificateEndsAt : undefined;
    const days = ((ends?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(363);
    expect(days).toBeLessThan(367);

    expect(await probe(`https://${HOST}:${port}`)).toEqual({
      kind: 'failed',
      state: 'certificate-untrusted',
    });
    expect(
      await probe(`https://blog.example.com:${port}`, { ca: good.cert }),
    ).toEqual({ kind: 'failed', state: 'certificate-of-other-host' });

    jest.useFakeTimers({ now: new Date('2020-01-01') });
    const old = certificateFor(HOST);
    jest.useRealTimers();
    const expired = await listen(createTlsServer(old));
    expect(await probe(`https://${HOST}:${expired}`, { ca: old.cert })).toEqual(
      { kind: 'failed', state: 'certificate-expired' },
    );
  });
});

it('resolves names of this machine without asking anybody', async () => {
  expect(await resolveHost('shop.dev.localhost')).toEqual(['127.0.0.1']);
});
