import { ConfigReader } from '@backstage/config';
import { type Arrival, judgeRequest } from './judgeRequest';
import { readDoors } from './readDoors';

const doors = readDoors(
  new ConfigReader({
    app: { baseUrl: 'https://portal.example.com' },
    backend: {
      baseUrl: 'https://api.example.com:8443',
      cors: { origin: ['https://other.example.com', 'https://*.evil.example'] },
    },
    callboard: {
      agentUrl: 'http://10.1.2.3:7007',
      allowedHosts: ['Inside.example.com'],
    },
  }),
);

const read: Arrival = {
  method: 'GET',
  url: '/api/callboard/v1/fleet',
  host: 'portal.example.com',
  origin: undefined,
  fetchSite: undefined,
  isUpgrade: false,
};
const change: Arrival = { ...read, method: 'POST' };
const upgrade: Arrival = { ...read, isUpgrade: true };

const table: Array<{ name: string; given: Arrival; expected?: string }> = [
  { name: 'a page that reads', given: read },
  {
    name: 'a name in capitals with port and dot',
    given: { ...read, host: 'API.example.com.:8443' },
  },
  { name: 'an agent by address', given: { ...upgrade, host: '10.1.2.3:7007' } },
  { name: 'an added name', given: { ...read, host: 'inside.example.com' } },
  { name: 'localhost', given: { ...read, host: 'localhost:7007' } },
  { name: 'loopback, version 6', given: { ...read, host: '[::1]:7007' } },
  {
    name: 'a name that points to loopback',
    given: { ...read, host: 'evil.example:7007' },
    expected: 'host-unknown',
  },
  {
    name: 'a name that begins as ours',
    given: { ...read, host: 'portal.example.com.evil.example' },
    expected: 'host-unknown',
  },
  {
    name: 'credentials in the name',
    given: { ...read, host: 'portal.example.com@evil.example' },
    expected: 'host-unknown',
  },
  {
    name: 'loopback written as a number',
    given: { ...read, host: '2130706433:7007' },
    expected: 'host-unknown',
  },
  {
    name: 'no name at all',
    given: { ...read, host: undefined },
    expected: 'host-unknown',
  },
  {
    name: 'a probe by address',
    given: {
      ...read,
      url: '/.backstage/health/v1/readiness',
      host: '10.9.9.9:7007',
    },
  },
  {
    name: 'a path that only begins with that of probes',
    given: { ...upgrade, url: '/.backstage/health/', host: '10.9.9.9:7007' },
    expected: 'host-unknown',
  },
  { name: 'a program that changes', given: change },
  {
    name: 'our page that changes',
    given: { ...change, origin: 'https://portal.example.com' },
  },
  {
    name: 'a page under another name of ours',
    given: {
      ...change,
      host: '127.0.0.1:7007',
      origin: 'http://127.0.0.1:7007',
    },
  },
  {
    name: 'a configured frontend',
    given: { ...change, origin: 'https://other.example.com' },
  },
  {
    name: 'a pattern of frontends',
    given: { ...change, origin: 'https://x.evil.example' },
    expected: 'origin-foreign',
  },
  {
    name: 'an app on another port',
    given: {
      ...change,
      host: 'localhost:7007',
      origin: 'http://localhost:30040',
    },
    expected: 'origin-foreign',
  },
  {
    name: 'a sandboxed page',
    given: { ...change, origin: 'null' },
    expected: 'origin-foreign',
  },
  {
    name: 'a foreign form without an origin',
    given: { ...change, fetchSite: 'cross-site' },
    expected: 'origin-foreign',
  },
  {
    name: 'a foreign WebSocket',
    given: { ...upgrade, origin: 'https://evil.example' },
    expected: 'origin-foreign',
  },
  {
    name: 'our WebSocket',
    given: { ...upgrade, origin: 'https://portal.example.com' },
  },
  {
    name: 'a foreign page that only reads',
    given: { ...read, origin: 'https://evil.example' },
  },
];

describe('judgeRequest', () => {
  it.each(table)('$name: $expected', ({ given, expected }) => {
    expect(judgeRequest(given, doors)?.code).toBe(expected);
  });

  it('refuses a configured name that is none', () => {
    const config = { callboard: { allowedHosts: ['https://x.example'] } };
    expect(() => readDoors(new ConfigReader(config))).toThrow(
      '"https://x.example" is not a host name',
    );
  });
});
