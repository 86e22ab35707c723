import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import { once } from 'node:events';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { openHttpsTransport } from '../../../plugins/callboard-clusters-node/src';
import { HttpsTransport } from '../../../plugins/callboard-clusters-node/src/https/HttpsTransport';
import { readKubeconfig } from '../../../plugins/callboard-clusters-node/src/https/readKubeconfig';
import { askIssuer } from '../../../plugins/callboard-clusters-node/src/https/signin/askIssuer';
import { digestOf } from '../../../plugins/callboard-images-node/src/oci/digestOf';
import {
  pushBlob,
  readBlob,
} from '../../../plugins/callboard-images-node/src/registry';
import { RegistrySession } from '../../../plugins/callboard-images-node/src/registry/RegistrySession';
import { allowedHosts } from '../../../plugins/callboard-sandbox-node/src/egress/allowedHosts';
import { buildPolicy } from '../../../plugins/callboard-sandbox-node/src/egress/buildPolicy';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { CanaryNetwork, PUBLIC } from './__testUtils__/CanaryNetwork';
import {
  type AddressTrick,
  METADATA,
  PRIVATE,
  addressTricks,
} from './__testUtils__/addressTricks';

/** Needs a network of its own: `node test/canaryNetwork.mjs -- yarn …` at the root. */
const describeNetwork = process.env.CALLBOARD_CANARY_NETWORK
  ? describe
  : describe.skip;

const TRICKS = addressTricks();
const REGISTRY_PORT = 5000;
const REGISTRY = `${PUBLIC}:${REGISTRY_PORT}`;
const BLOB = Buffer.from('{}');
const DEADLINE_MS = 5_000;

/** Sends something to an address that somebody else wrote. What it answers does not matter. */
interface Dialer {
  name: string;
  /** Addresses that it must not dial. */
  forbidden: readonly string[];
  dial(url: string): Promise<unknown>;
}

it('knows more than five hundred ways to write an address that nobody should dial', () => {
  const urls = new Set(TRICKS.map(({ host }) => host));
  expect(urls.size).toBeGreaterThan(500);
});

describeNetwork('addresses that somebody else wrote', () => {
  let network: CanaryNetwork;
  let server: Server;
  /** What the public server answers. */
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    network = await CanaryNetwork.open();
    server = createServer((request, response) => answer(request, response));
    server.listen(REGISTRY_PORT, PUBLIC);
    await once(server, 'listening');
  });
  afterAll(() => {
    server?.close();
    network?.close();
  });

  const signal = () => AbortSignal.timeout(DEADLINE_MS);
  const sessionTo = (registry: string) =>
    new RegistrySession({
      registry,
      insecure: true,
      credentials: { username: 'ci', password: 'password' },
      pause: async () => {},
      random: () => 0,
    });
  const read = (registry: string) =>
    readBlob(sessionTo(registry), {
      repository: 'shop',
      descriptor: { mediaType: '', digest: digestOf(BLOB), size: 2 },
      maxBytes: 100,
      signal: signal(),
    });
  async function ask(open: () => Promise<HttpsTransport>): Promise<void> {
    const transport = await open();
    await transport
      .send({ method: 'GET', path: '/version', signal: signal() })
      .finally(() => transport.close());
  }

  const dialers: Dialer[] = [
    {
      name: 'as the API server of a cluster',
      forbidden: METADATA,
      dial: url =>
        ask(
          async () =>
            (await openHttpsTransport('eu-1', {
              url,
              token: 'token',
              skipTLSVerify: true,
              allowPlainHttp: true,
            })) as HttpsTransport,
        ),
    },
    {
      name: 'in a kubeconfig',
      forbidden: METADATA,
      dial: url =>
        ask(async () => {
          const options = readKubeconfig(
            JSON.stringify({
              clusters: [{ name: 'a', cluster: { server: url } }],
              users: [{ name: 'a', user: { token: 'token' } }],
              contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
              'current-context': 'a',
            }),
            { cluster: 'eu-1' },
          );
          if (!options.ok) throw new Error(options.problem.why);
          return new HttpsTransport({
            cluster: 'eu-1',
            server: options.value.context.server,
            allowPlainHttp: true,
            skipTLSVerify: true,
          });
        }),
    },
    {
      name: 'as the issuer of identity tokens that a kubeconfig names',
      forbidden: METADATA,
      dial: url => askIssuer(url, { cluster: 'eu-1' }),
    },
    {
      name: 'where an API server redirects to',
      forbidden: [...METADATA, ...PRIVATE],
      dial: url => {
        answer = (_, response) =>
          response.writeHead(307, { location: headerOf(url) }).end();
        return ask(
          async () =>
            new HttpsTransport({
              cluster: 'eu-1',
              server: `http://${REGISTRY}`,
              allowPlainHttp: true,
            }),
        );
      },
    },
    {
      name: 'as an image registry',
      forbidden: METADATA,
      dial: async url => read(hostOf(url)),
    },
    {
      name: 'where an image registry redirects to',
      forbidden: [...METADATA, ...PRIVATE],
      dial: url => {
        answer = (_, response) =>
          response.writeHead(307, { location: headerOf(url) }).end();
        return read(REGISTRY);
      },
    },
    {
      name: 'where an image registry sends to for a token',
      forbidden: [...METADATA, ...PRIVATE],
      dial: url => {
        answer = (_, response) =>
          response
            .writeHead(401, {
              'www-authenticate': `Bearer realm="${headerOf(url)}"`,
            })
            .end();
        return read(REGISTRY);
      },
    },
    {
      name: 'where an image registry wants a layer to be sent',
      forbidden: [...METADATA, ...PRIVATE],
      dial: url => {
        answer = (request, response) =>
          response
            .writeHead(request.method === 'POST' ? 202 : 404, {
              location: headerOf(url),
            })
            .end();
        return pushBlob(sessionTo(REGISTRY), {
          repository: 'shop',
          descriptor: { mediaType: '', digest: digestOf(BLOB), size: 2 },
          source: { from: 'bytes', bytes: BLOB },
          signal: signal(),
        });
      },
    },
    {
      name: 'as a host that a build asks for and nobody allowed',
      forbidden: [...METADATA, ...PRIVATE],
      dial: url => buildPolicy(allowedHosts({}))(targetOf(url)),
    },
    {
      name: 'as a host that builds may reach, whose name leads elsewhere',
      forbidden: [...METADATA, '127.0.0.1', '127.9.8.7', '::1'],
      dial: async url => {
        const { host, port } = targetOf(url);
        if (!/^[a-z0-9.-]+\.test$/.test(host)) return;
        const policy = buildPolicy(
          allowedHosts({ hosts: [`${host}:${port}`] }),
        );
        const opened = await policy({ host, port });
        if (opened.ok) opened.value.destroy();
      },
    },
  ];

  it.each(dialers)(
    'are not dialled where they lead to nowhere good: $name',
    async ({ dial, forbidden }) => {
      const hits: string[] = [];
      for (const [index, trick] of TRICKS.entries()) {
        const url = urlOf(trick, index);
        await dial(url).catch(() => undefined);
        for (const hit of new Set(network.takeHits(forbidden)))
          hits.push(`${trick.name}: ${url} led to ${hit}`);
      }
      expect(hits).toEqual([]);
    },
    300_000,
  );

  it('are dialled by who does not look where they lead', async () => {
    const led: string[] = [];
    for (const trick of TRICKS) {
      const url = `http://${trick.host}/`;
      await fetch(url, { signal: signal() }).catch(() => undefined);
      led.push(...network.takeHits([...METADATA, ...PRIVATE]));
    }
    expect(new Set(led).size).toBeGreaterThan(12);
    expect(led.length).toBeGreaterThan(150);
  }, 120_000);

  it('are dialled where they lead to another public address', async () => {
    answer = (_, response) =>
      response.writeHead(307, { location: 'http://203.0.113.6/layer' }).end();
    await read(REGISTRY);
    expect(network.takeHits(['203.0.113.6'])).not.toEqual([]);
  });
});

/** Every other one with TLS. */
function urlOf({ host }: AddressTrick, index: number): string {
  return index % 2 === 0 ? `http://${host}/` : `https://${host}:8080/x`;
}

/** As it may stand in a header. */
function headerOf(url: string): string {
  return URL.canParse(url) ? new URL(url).href : encodeURI(url);
}

function hostOf(url: string): string {
  return url.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');
}

function targetOf(url: string): { host: string; port: number } {
  if (!URL.canParse(url)) return { host: hostOf(url), port: 80 };
  const { hostname, port, protocol } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (protocol === 'http:' ? 80 : 443)),
  };
}
