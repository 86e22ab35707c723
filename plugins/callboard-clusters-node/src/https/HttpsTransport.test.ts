import { text } from 'node:stream/consumers';
import { ProblemError } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { ScriptedServer } from '../__testUtils__/ScriptedServer';
import { openConnection } from '../openConnection';
import { HttpsTransport } from './HttpsTransport';
import type { SignedIn } from './signin/SignIn';

// Where there is a navigator, node-forge takes itself to be in an old browser and
// needs seconds for a key. Node.js has one.
Object.defineProperty(globalThis, 'navigator', { value: undefined });
const { generate } =
  jest.requireActual<typeof import('selfsigned')>('selfsigned');

function certificateFor(ip: string): { cert: string; key: string } {
  const made = generate([{ name: 'commonName', value: 'api' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
    ],
  });
  return { cert: made.cert, key: made.private };
}

const certificate = certificateFor('127.0.0.1');
const another = certificateFor('127.0.0.1');

describe('TLS', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await new ScriptedServer(certificate).listen();
  });
  afterEach(() => server.close());

  async function readVersion(caData: string | undefined): Promise<string> {
    const connection = openConnection(server.asCluster({ caData }));
    const version = await connection.readVersion();
    await connection.close();
    return version.ok
      ? version.value.gitVersion
      : `${version.problem.code}: ${version.problem.why}`;
  }

  it('believes a server whose certificate the given CA signed', async () => {
    expect(await readVersion(certificate.cert)).toBe('v1.36.3');
    expect(
      await readVersion(Buffer.from(certificate.cert).toString('base64')),
    ).toBe('v1.36.3');
  });

  it.each([
    { name: 'the CA is another one', ca: another.cert },
    { name: 'no CA is given', ca: undefined },
  ])('says that it does not believe it when $name', async ({ ca }) => {
    expect(await readVersion(ca)).toBe(
      'cluster-untrusted: its certificate is signed by itself and not by the given CA',
    );
  });

  it('says that the certificate is for another name', async () => {
    await server.close();
    const elsewhere = certificateFor('10.9.8.7');
    server = await new ScriptedServer(elsewhere).listen();
    expect(await readVersion(elsewhere.cert)).toBe(
      'cluster-untrusted: its certificate was made for another name',
    );
  });

  it('says that a server does not speak TLS', async () => {
    const plain = await new ScriptedServer().listen();
    const cluster = server.asCluster();
    const connection = openConnection({
      ...cluster,
      openTransport: async () =>
        new HttpsTransport({
          cluster: 'eu-1',
          server: plain.url.replace('http:', 'https:'),
        }),
    });
    const version = await connection.readVersion();
    expect(version.ok || version.problem.why).toBe(
      'what answers does not speak TLS as asked',
    );
    await connection.close();
    await plain.close();
  });
});

it('uses a connection again, also after the server closed it', async () => {
  const server = await new ScriptedServer().listen();
  const connection = openConnection(server.asCluster());
  await connection.readVersion();
  await connection.readVersion();
  expect(server.openConnections).toBe(1);
  server.cutAll();
  expect((await connection.readVersion()).ok).toBe(true);
  await connection.close();
  await server.close();
});

it('makes new connections for another client certificate, and lets what is under way end', async () => {
  const server = await new ScriptedServer(certificate).listen();
  let endWatch: () => void = () => undefined;
  server.on('GET /watch', (_, response) => {
    response.writeHead(200).flushHeaders();
    endWatch = () => response.end('the end');
  });
  let signed: SignedIn = { ca: certificate.cert, token: 'one' };
  const transport = new HttpsTransport({
    cluster: 'eu-1',
    server: server.url,
    signIn: { read: async () => signed },
  });
  const ask = async (path: string) =>
    (
      await transport.send({
        method: 'GET',
        path,
        signal: AbortSignal.timeout(10_000),
      })
    ).body;
  const watch = await ask('/watch');
  await text(await ask('/version'));
  expect(server.openConnections).toBe(2);
  signed = { ...signed, token: 'two' };
  await text(await ask('/version'));
  expect(server.openConnections).toBe(2);
  signed = { ...signed, certificate: another.cert, key: another.key };
  await text(await ask('/version'));
  endWatch();
  expect(await text(watch)).toBe('the end');
  await eventually(() => expect(server.openConnections).toBe(1));
  await transport.close();
  await server.close();
});

it('sends the token to the server and nobody else', async () => {
  const server = await new ScriptedServer().listen();
  let seen: string | undefined;
  server.on('GET /version', (request, response) => {
    seen = request.headers.authorization;
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  });
  const connection = openConnection(server.asCluster({ token: 'abc\n' }));
  expect((await connection.readVersion()).ok).toBe(false);
  expect(seen).toBe('Bearer abc');
  await connection.close();
  await server.close();
});

it.each([
  { name: 'token', given: { token: 'abc"/+def' }, secret: 'abc"/+def' },
  {
    name: 'password',
    given: { basic: { username: 'admin', password: 'p"/+word' } },
    secret: 'p"/+word',
  },
])(
  'does not repeat its $name when a server quotes it',
  async ({ given, secret }) => {
    const server = await new ScriptedServer().listen();
    server.on('GET /version', ({ headers }, response) => {
      const sent = headers.authorization!.split(' ')[1];
      const plain = Buffer.from(sent, 'base64').toString();
      response.writeHead(403, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          kind: 'Status',
          reason: 'Forbidden',
          message: `no right for ${sent} or ${plain} or ${encodeURIComponent(
            secret,
          )} or ${Buffer.from(secret).toString('base64')}`,
        }),
      );
    });
    const transport = new HttpsTransport({
      cluster: 'eu-1',
      server: server.url,
      ...given,
    });
    const { body } = await transport.send({
      method: 'GET',
      path: '/version',
      signal: AbortSignal.timeout(10_000),
    });
    const said = JSON.parse(await text(body));
    expect(said.message).toMatch(/^no right for \[hidden\] or /);
    const sent = Buffer.from(`admin:${secret}`).toString('base64');
    for (const form of [secret, encodeURIComponent(secret), btoa(secret), sent])
      expect(said.message).not.toContain(form);
    await transport.close();
    await server.close();
  },
);

describe('addresses', () => {
  const open = (server: string, extra = {}) => {
    try {
      return (
        new HttpsTransport({ cluster: 'eu-1', server, ...extra }) && 'accepted'
      );
    } catch (error) {
      return error instanceof ProblemError ? error.problem.code : error;
    }
  };

  it.each([
    ['https://api.example.com:6443', 'accepted'],
    ['https://proxy.example.com/clusters/eu-1', 'accepted'],
    ['http://127.0.0.1:8001', 'accepted'],
    ['http://localhost:8001', 'accepted'],
    ['http://10.1.2.3:8001', 'accepted'],
    ['http://[::1]:8001', 'accepted'],
    ['http://api.example.com', 'cluster-config-refused'],
    ['http://8.8.8.8', 'cluster-config-refused'],
    ['https://user:secret@api.example.com', 'cluster-config-refused'],
    ['file:///etc/passwd', 'cluster-config-refused'],
    ['not a url', 'cluster-config-refused'],
    ['https://169.254.169.254', 'cluster-address-refused'],
    ['http://2852039166/', 'cluster-address-refused'],
    ['https://0xa9fea9fe', 'cluster-address-refused'],
    ['https://[::ffff:169.254.169.254]', 'cluster-address-refused'],
    ['https://[64:ff9b::169.254.169.254]', 'cluster-address-refused'],
    ['https://[fe80::1]', 'cluster-address-refused'],
    ['https://[fd00:ec2::254]', 'cluster-address-refused'],
    ['https://100.100.100.200', 'cluster-address-refused'],
    ['https://0.0.0.0', 'cluster-address-refused'],
  ])('%s: %s', (server, expected) => {
    expect(open(server)).toBe(expected);
  });

  it('takes plain HTTP to anywhere when told', () => {
    expect(open('http://api.example.com', { allowPlainHttp: true })).toBe(
      'accepted',
    );
  });
});

it('refuses a name that leads to a metadata address, when it connects', async () => {
  jest.spyOn(jest.requireActual('node:dns'), 'lookup').mockImplementation(((
    ...args: unknown[]
  ) => {
    const callback = args[args.length - 1] as (
      error: null,
      addresses: unknown,
    ) => void;
    callback(null, [{ address: '169.254.169.254', family: 4 }]);
  }) as never);
  const transport = new HttpsTransport({
    cluster: 'eu-1',
    server: 'https://rebind.example.com',
  });
  const sent = transport.send({
    method: 'GET',
    path: '/version',
    signal: AbortSignal.timeout(1_000),
  });
  await expect(sent).rejects.toMatchObject({
    problem: { code: 'cluster-address-refused' },
  });
  jest.restoreAllMocks();
});
