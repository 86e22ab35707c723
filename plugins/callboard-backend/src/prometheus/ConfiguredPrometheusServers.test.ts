import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { ConfiguredPrometheusServers } from './ConfiguredPrometheusServers';
import { readPrometheus } from './readPrometheus';

const SECRET = 's3cret-of-prometheus';
const VECTOR = {
  status: 'success',
  data: { resultType: 'vector', result: [] },
};

describe('ConfiguredPrometheusServers', () => {
  let server: Server;
  let host: string;
  let answer: { status: number; text: string };
  const asked: string[] = [];

  beforeEach(async () => {
    asked.length = 0;
    answer = { status: 200, text: JSON.stringify(VECTOR) };
    server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization ?? '-'}`);
      if (answer.status === 0) return; // never
      response.writeHead(answer.status, { location: '/elsewhere' });
      response.end(answer.text);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(
    () =>
      new Promise<void>(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );

  function servers(prometheus: JsonObject): ConfiguredPrometheusServers {
    const config = new ConfigReader({ callboard: { prometheus } });
    return new ConfiguredPrometheusServers(() => readPrometheus(config));
  }
  const open = () => servers({ hosts: [host], reach: 'loopback' });

  it('asks a host that is allowed, below its path', async () => {
    expect(
      await open().query({ url: `http://${host}/prom/` }, 'up{a="b c"}'),
    ).toEqual({ ok: true, value: { status: 200, body: VECTOR } });
    expect(asked).toEqual([
      '/prom/api/v1/query?query=up%7Ba%3D%22b+c%22%7D&partial_response=false -',
    ]);
  });

  it('shows credentials to the hosts that they are for, and to no other', async () => {
    const both = servers({
      hosts: ['other.example.com'],
      reach: 'loopback',
      credentials: {
        eu: { hosts: [host], token: SECRET },
        us: { hosts: ['us.example.com'], username: 'bo', password: SECRET },
        ap: { hosts: [host], username: 'bo', password: SECRET },
      },
    });
    const url = `http://${host}`;
    expect(await both.query({ url, credentials: 'eu' }, 'up')).toMatchObject({
      ok: true,
    });
    expect(await both.query({ url, credentials: 'ap' }, 'up')).toMatchObject({
      ok: true,
    });
    const basic = Buffer.from(`bo:${SECRET}`).toString('base64');
    expect(asked.map(line => line.split(' ').slice(1).join(' '))).toEqual([
      `Bearer ${SECRET}`,
      `Basic ${basic}`,
    ]);
    for (const credentials of ['us', 'none', undefined]) {
      const refused = await both.query({ url, credentials }, 'up');
      expect(refused).toMatchObject({
        ok: false,
        problem: { code: 'prometheus-not-allowed' },
      });
      expect(JSON.stringify(refused)).not.toContain(SECRET);
    }
    expect(asked).toHaveLength(2);
  });

  it.each<[string, JsonObject, string]>([
    ['this machine', { hosts: ['127.0.0.1:1'] }, 'http://127.0.0.1:1'],
    [
      'this machine by its name',
      { hosts: ['localhost:1'] },
      'http://localhost:1',
    ],
    [
      'a metadata service',
      { hosts: ['169.254.169.254'], reach: 'loopback' },
      'http://169.254.169.254',
    ],
    [
      'a private address',
      { hosts: ['10.1.2.3'], reach: 'public' },
      'http://10.1.2.3',
    ],
    [
      'somebody over plain HTTP',
      { credentials: { eu: { hosts: ['192.0.2.1'], token: SECRET } } },
      'http://192.0.2.1',
    ],
    [
      'another port',
      { hosts: ['prometheus.example.com'] },
      'https://prometheus.example.com:9090',
    ],
    [
      'two labels below a pattern',
      { hosts: ['*.example.com'] },
      'https://a.b.example.com',
    ],
  ])('asks nothing of %s', async (_, prometheus, url) => {
    expect(
      await servers(prometheus).query(
        { url, ...(prometheus.credentials ? { credentials: 'eu' } : {}) },
        'up',
      ),
    ).toMatchObject({
      ok: false,
      problem: { code: 'prometheus-not-allowed' },
    });
  });

  it('follows no redirect, and takes what is no JSON for none', async () => {
    answer = { status: 302, text: '<html>' };
    expect(await open().query({ url: `http://${host}` }, 'up')).toEqual({
      ok: true,
      value: { status: 302, body: undefined },
    });
    expect(asked).toHaveLength(1);
  });

  it('says why nothing came: too much, too late, nobody there', async () => {
    const ask = (options = {}) =>
      open().query({ url: `http://${host}` }, 'up', options);
    answer = { status: 200, text: `"${'x'.repeat(3_000_000)}"` };
    expect(await ask()).toMatchObject({
      ok: false,
      problem: { code: 'prometheus-unreachable', why: 'it answers too much' },
    });
    answer = { status: 0, text: '' };
    expect(await ask({ deadlineMs: 50 })).toMatchObject({
      ok: false,
      problem: { why: 'it does not answer in time' },
    });
    await new Promise<void>(resolve => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
    expect(await ask()).toMatchObject({
      ok: false,
      problem: { why: 'nothing listens at its address' },
    });
  });
});

it.each<[JsonObject, string]>([
  [{ reach: 'everywhere' }, 'callboard.prometheus.reach must be one of'],
  [{ hosts: ['https://a.example.com'] }, 'without "https://"'],
  [{ credentials: { eu: { hosts: [] } } }, 'must have either a "token"'],
  [
    {
      credentials: {
        eu: { hosts: [], token: 'a', username: 'b', password: 'c' },
      },
    },
    'must have either a "token"',
  ],
  [
    { credentials: { eu: { hosts: [], username: 'b' } } },
    'must have either a "token"',
  ],
])('does not start with %j', (prometheus, why) => {
  expect(() =>
    readPrometheus(new ConfigReader({ callboard: { prometheus } })),
  ).toThrow(why);
});
