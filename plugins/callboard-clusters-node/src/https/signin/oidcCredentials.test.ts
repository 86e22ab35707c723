import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProblemError } from '@callboard/plugin-callboard-common';
import { oidcCredentials } from './oidcCredentials';
import type { OidcSettings } from './readOidcSettings';

const SECRET = 'hunter2-of-the-issuer';
const NOW_MS = Date.parse('2026-11-21T12:00:00Z');

let nowMs: number;
let issuer: string;
/** Forms that came, with who sent them. */
let asked: Array<Record<string, string | undefined>>;
let server: http.Server;
/** What the issuer says instead of what it should. */
let document: object;
let answer: { status: number; text: string } | undefined;

const tokenUntil = (ms: number) =>
  [{ alg: 'none' }, { exp: Math.floor(ms / 1000) }]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('signature')
    .join('.');

beforeEach(async () => {
  nowMs = NOW_MS;
  asked = [];
  document = {};
  answer = undefined;
  server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url === '/.well-known/openid-configuration') {
      response.end(
        JSON.stringify({
          issuer,
          token_endpoint: `${issuer}/token`,
          ...document,
        }),
      );
      return;
    }
    asked.push({
      authorization: request.headers.authorization,
      client_secret: undefined,
      ...Object.fromEntries(new URLSearchParams(body)),
    });
    response.statusCode = answer?.status ?? 200;
    response.end(
      answer?.text ??
        JSON.stringify({
          id_token: tokenUntil(nowMs + 600_000),
          refresh_token: `r${asked.length + 1}`,
        }),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function credentials(settings: Partial<OidcSettings> = {}) {
  return oidcCredentials(
    { issuer, clientId: 'portal', refreshToken: 'r1', ...settings },
    {
      cluster: 'eu-1',
      readCa: async () => undefined,
      nowMs: () => nowMs,
    },
  );
}

async function whyOf(settings: Partial<OidcSettings> = {}): Promise<string> {
  try {
    await credentials(settings).read();
    return 'signed in';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(JSON.stringify(error.problem)).not.toContain(SECRET);
    return error.problem.why;
  }
}

it('uses the token of the file while it is good, and then those that the issuer gives', async () => {
  const first = tokenUntil(nowMs + 600_000);
  const kept = credentials({ idToken: first });
  expect(await kept.read()).toEqual({ token: first });
  expect(asked).toEqual([]);
  nowMs += 600_000;
  expect(await kept.read()).toEqual({ token: tokenUntil(nowMs + 600_000) });
  nowMs += 600_000;
  await kept.read();
  expect(asked).toMatchObject([
    { grant_type: 'refresh_token', refresh_token: 'r1', client_id: 'portal' },
    { refresh_token: 'r2' }, // the issuer took the first one back
  ]);
});

it.each([
  {
    name: 'in a header',
    supported: undefined,
    sent: {
      authorization: `Basic ${Buffer.from(`portal:${SECRET}%26`).toString(
        'base64',
      )}`,
      client_secret: undefined,
    },
  },
  {
    name: 'in the form, where the issuer takes it there alone',
    supported: ['client_secret_post'],
    sent: { authorization: undefined, client_secret: `${SECRET}&` },
  },
])('proves who it is $name', async ({ supported, sent }) => {
  document = { token_endpoint_auth_methods_supported: supported };
  await credentials({ clientSecret: `${SECRET}&` }).read();
  expect(asked).toMatchObject([sent]);
});

it.each([
  {
    name: 'refuses',
    given: { status: 400, text: `{"error":"${SECRET}"}` },
    why: 'the issuer that its kubeconfig names did not renew the token (400)',
  },
  {
    name: 'answers something else',
    given: { status: 200, text: `<html>${SECRET}` },
    why: 'the issuer that its kubeconfig names did not renew the token (200)',
  },
  {
    name: 'answers without end',
    given: { status: 200, text: SECRET.repeat(100_000) },
    why: 'the issuer that its kubeconfig names does not answer',
  },
])('says that the issuer $name', async ({ given, why }) => {
  answer = given;
  expect(await whyOf({ refreshToken: SECRET })).toBe(why);
});

it.each([
  {
    name: 'describes another one',
    said: { issuer: 'https://issuer.example.com' },
    why: 'the issuer that its kubeconfig names describes another issuer',
  },
  {
    name: 'names no place for tokens',
    said: { token_endpoint: 7 },
    why: 'the issuer that its kubeconfig names does not describe itself',
  },
  {
    name: 'sends tokens to a metadata service',
    said: { token_endpoint: 'http://169.254.169.254/latest' },
    why: 'the issuer that its kubeconfig names has an address that is not asked',
  },
])('believes no issuer that $name', async ({ said, why }) => {
  document = said;
  expect(await whyOf()).toBe(why);
  expect(asked).toEqual([]);
});

it('says that the token has ended where there is nothing to renew it with', async () => {
  expect(
    await whyOf({ refreshToken: undefined, idToken: tokenUntil(nowMs - 1) }),
  ).toBe(
    'the id-token of its kubeconfig has expired, and there is no refresh-token',
  );
});

it.each(['not a token', 'a.b.c', 'a.e30.c', `a.${'x'.repeat(100_000)}.c`])(
  'renews at once what does not say when it ends: %#',
  async idToken => {
    const first = await credentials({ idToken }).read();
    expect(first.token).not.toBe(idToken);
  },
);
