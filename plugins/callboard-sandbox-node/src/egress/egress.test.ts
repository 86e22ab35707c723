import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Problem } from '@callboard/plugin-callboard-common';
import { type Reach, isWithin } from '@callboard/plugin-callboard-node';
import { allowedHosts, readEgressHosts } from './allowedHosts';
import { buildPolicy } from './buildPolicy';
import { connectChecked } from './connectChecked';
import { EgressDoor } from './EgressDoor';

describe('isWithin', () => {
  it.each([
    ['93.184.216.34', 'public private loopback'],
    ['2606:4700::1111', 'public private loopback'],
    ['10.1.2.3', 'private loopback'],
    ['172.31.0.1', 'private loopback'],
    ['192.168.1.1', 'private loopback'],
    ['100.64.0.1', 'private loopback'],
    ['::ffff:100.64.0.1', 'private loopback'],
    ['fd12::1', 'private loopback'],
    ['::ffff:10.1.2.3', 'private loopback'],
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['169.254.169.254', ''],
    ['::ffff:169.254.169.254', ''],
    ['64:ff9b::a9fe:a9fe', ''],
    ['64:ff9b::7f00:1', 'loopback'],
    ['64:ff9b::10.1.2.3', 'private loopback'],
    ['64:ff9b:1::a9fe:a9fe', ''],
    ['::a9fe:a9fe', ''],
    ['2002:a9fe:a9fe::', ''],
    ['2002:7f00:1::1', ''],
    ['2001:0:a9fe:a9fe::1', ''],
    ['fd00:ec2::254', ''],
    ['100.100.100.200', ''],
    ['168.63.129.16', ''],
    ['240.0.0.1', ''],
    ['255.255.255.255', ''],
    ['fec0::1', ''],
    ['ff02::1', ''],
    ['fe80::1%eth0', ''],
    ['fe80::1', ''],
    ['0.0.0.0', ''],
    ['::', ''],
    ['224.0.0.1', ''],
  ])('%s is within reach of: %s', (address, expected) => {
    const reaches: Reach[] = ['public', 'private', 'loopback'];
    expect(reaches.filter(reach => isWithin(address, reach)).join(' ')).toBe(
      expected,
    );
  });
});

it('dials no address that a name was not checked for', async () => {
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return asked.length === 1 ? ['127.0.0.1'] : ['93.184.216.34'];
  };
  expect(
    await connectChecked(
      { host: 'npm.example.com', port: 443 },
      'private',
      resolve,
    ),
  ).toEqual({ kind: 'refused-address', address: '127.0.0.1' });
  expect(asked).toEqual(['npm.example.com']);
});

describe('allowedHosts', () => {
  it('gives hosts that the platform names a private reach, and loopback where it is named', () => {
    expect(
      allowedHosts({
        registries: [
          'http://localhost:4873/npm',
          'https://npm.example.com/team',
        ],
        hosts: ['codeload.github.com', 'files.example.com:8443'],
      }).map(({ host, port, reach }) => `${host} ${port} ${reach}`),
    ).toEqual([
      'registry.npmjs.org 443 public',
      'registry.yarnpkg.com 443 public',
      'localhost 4873 loopback',
      'npm.example.com 443 private',
      'codeload.github.com 443 private',
      'files.example.com 8443 private',
    ]);
  });

  it.each(['https://a.example.com', 'a/b', 'A.example.com', 'a:99999', ''])(
    'refuses "%s" as a host in the configuration',
    host =>
      expect(() =>
        readEgressHosts({ getOptionalStringArray: () => [host] }),
      ).toThrow(/^callboard.builder.egressHosts must be names of hosts/),
  );
});

describe('EgressDoor', () => {
  let folder: string;
  let server: Server;
  let other: Server;
  let door: EgressDoor;
  let refused: Problem[];
  const portOf = (one: Server) => (one.address() as AddressInfo).port;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'egress-'));
    server = createServer(async (incoming, response) => {
      const body = await text(incoming);
      response.setHeader('x-method', incoming.method!);
      response.end(
        `${incoming.url} ${incoming.headers['proxy-authorization']} ${body}`,
      );
    }).listen(0, '127.0.0.1');
    other = createServer((_, response) => response.end('portal')).listen(
      0,
      '127.0.0.1',
    );
    await Promise.all([once(server, 'listening'), once(other, 'listening')]);
  });
  afterAll(async () => {
    server.close();
    other.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    refused = [];
    door = await EgressDoor.open(join(folder, 'out'), {
      user: undefined,
      policy: buildPolicy(
        allowedHosts({ registries: [`http://127.0.0.1:${portOf(server)}`] }),
      ),
      onRefused: problem => refused.push(problem),
    });
  });
  afterEach(() => door.close());

  async function plain(url: string, body = '') {
    const call = request({
      socketPath: door.path,
      path: url,
      method: 'PUT',
      headers: { 'proxy-authorization': 'secret', connection: 'close' },
      agent: false,
    });
    call.end(body);
    const [response] = await once(call, 'response');
    return { status: response.statusCode, body: await text(response) };
  }

  async function tunnel(authority: string) {
    const call = request({
      socketPath: door.path,
      path: authority,
      method: 'CONNECT',
      agent: false,
    });
    call.end();
    const [response, socket, head] = await once(call, 'connect');
    if (response.statusCode === 200)
      socket.write('GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    socket.unshift(head);
    return { status: response.statusCode, body: await text(socket) };
  }

  it('forwards plain requests to an allowed host, without what was meant for the proxy', async () => {
    expect(
      await plain(`http://127.0.0.1:${portOf(server)}/pkg?a=1`, 'body'),
    ).toEqual({ status: 200, body: '/pkg?a=1 undefined body' });
  });

  it('tunnels to an allowed host', async () => {
    const { status, body } = await tunnel(`127.0.0.1:${portOf(server)}`);
    expect(status).toBe(200);
    expect(body).toMatch(/^HTTP\/1\.1 200 OK[^]*\/x undefined $/);
  });

  it('refuses every other port of the machine in words', async () => {
    const target = `127.0.0.1:${portOf(other)}`;
    const words = `Cannot reach ${target} from a build: builds may reach registry.npmjs.org, registry.yarnpkg.com, 127.0.0.1:${portOf(
      server,
    )} only.`;
    expect((await tunnel(target)).body).toContain(words);
    expect((await plain(`http://${target}/`)).body).toContain(words);
    expect(refused.map(({ code }) => code)).toEqual([
      'build-host-not-allowed',
      'build-host-not-allowed',
    ]);
  });

  it.each([
    'localhost',
    '127.1',
    '2130706433',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
  ])('does not take %s for the allowed 127.0.0.1 of another port', async host =>
    expect((await tunnel(`${host}:${portOf(other)}`)).status).toBe(403),
  );

  it.each(['', 'host', 'a:b', 'a:0', 'a:70000', 'x@127.0.0.1:80', 'a/b:80'])(
    'refuses "%s", which names no host and port',
    async authority =>
      expect((await tunnel(authority || '/')).status).toBe(400),
  );
});
