import { randomBytes } from 'node:crypto';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
  request as httpRequest,
} from 'node:http';
import { digestOf } from '../oci/digestOf';
import { type ImageManifest, MEDIA_TYPES } from '../oci/types';
import {
  type TestRegistry,
  findRegistries,
} from '../__testUtils__/startRegistry';
import { hasBlob, pushBlob, readBlob } from './blobs';
import { pushManifest, readManifest, readPlatformManifest } from './manifests';
import { listReferrers, pushReferrer } from './referrers';
import { RegistrySession } from './RegistrySession';

const { signal } = new AbortController();

function sessionTo(
  registry: string,
  credentials?: { username: string; password: string },
): RegistrySession {
  return new RegistrySession({
    registry,
    insecure: true,
    credentials,
    pause: async () => {},
    random: () => 0,
  });
}

function valueOf<T>(
  result: { ok: true; value: T } | { ok: false; problem: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

const blobOf = (bytes: Uint8Array) => ({
  descriptor: {
    mediaType: MEDIA_TYPES.layerGzip,
    digest: digestOf(bytes),
    size: bytes.length,
  },
  source: { from: 'bytes' as const, bytes },
});

async function pushImage(session: RegistrySession, repository: string) {
  const config = blobOf(Buffer.from('{"architecture":"amd64","os":"linux"}'));
  const layer = blobOf(randomBytes(1000));
  for (const blob of [config, layer])
    valueOf(await pushBlob(session, { repository, ...blob, signal }));
  const document: ImageManifest = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.manifest,
    config: { ...config.descriptor, mediaType: MEDIA_TYPES.config },
    layers: [layer.descriptor],
  };
  return {
    document,
    layer,
    ...valueOf(
      await pushManifest(session, { repository, document, tag: 'v1', signal }),
    ),
  };
}

const registries = findRegistries();
const describeReal =
  registries.length > 0
    ? describe.each(registries)
    : describe.skip.each([{ name: 'no registry found', start: undefined! }]);

describeReal('registry: $name', ({ start }) => {
  let registry: TestRegistry;
  let session: RegistrySession;

  beforeAll(async () => {
    registry = await start();
    session = sessionTo(registry.address);
  });
  afterAll(() => registry?.stop());

  it('stores an image and gives it back by tag and by digest', async () => {
    const image = await pushImage(session, 'apps/shop');
    for (const reference of ['v1', image.descriptor.digest]) {
      const read = valueOf(
        await readPlatformManifest(session, {
          repository: 'apps/shop',
          reference,
          architecture: 'amd64',
          signal,
        }),
      );
      expect(read.manifest).toEqual(image.document);
      expect(read.descriptor.digest).toBe(image.descriptor.digest);
    }
    const config = valueOf(
      await readBlob(session, {
        repository: 'apps/shop',
        descriptor: image.document.config,
        maxBytes: 1000,
        signal,
      }),
    );
    expect(JSON.parse(config.toString())).toEqual({
      architecture: 'amd64',
      os: 'linux',
    });
  });

  it('moves nothing that is there', async () => {
    const { layer } = await pushImage(session, 'apps/twice');
    expect(
      valueOf(
        await pushBlob(session, { repository: 'apps/twice', ...layer, signal }),
      ),
    ).toEqual({ kind: 'present' });
  });

  it('takes a large layer in chunks', async () => {
    const bytes = randomBytes(40 * 1024 * 1024);
    const blob = blobOf(bytes);
    expect(
      valueOf(
        await pushBlob(session, { repository: 'apps/large', ...blob, signal }),
      ),
    ).toEqual({ kind: 'uploaded', bytes: bytes.length });
    expect(
      valueOf(
        await hasBlob(session, {
          repository: 'apps/large',
          digest: blob.descriptor.digest,
          signal,
        }),
      ),
    ).toBe(true);
  });

  it('has a layer of another repository without moving it twice', async () => {
    const { layer } = await pushImage(session, 'apps/base');
    const outcome = valueOf(
      await pushBlob(session, {
        repository: 'apps/child',
        mountFrom: 'apps/base',
        ...layer,
        signal,
      }),
    );
    expect(['mounted', 'present']).toContain(outcome.kind);
  });

  it('lists what is attached to an image', async () => {
    const image = await pushImage(session, 'apps/signed');
    const empty = blobOf(Buffer.from('{}'));
    const sbom = blobOf(Buffer.from('{"bomFormat":"CycloneDX"}'));
    for (const blob of [empty, sbom])
      valueOf(
        await pushBlob(session, { repository: 'apps/signed', ...blob, signal }),
      );
    const attached = valueOf(
      await pushReferrer(session, {
        repository: 'apps/signed',
        manifest: {
          schemaVersion: 2,
          mediaType: MEDIA_TYPES.manifest,
          artifactType: 'application/vnd.cyclonedx+json',
          config: { ...empty.descriptor, mediaType: MEDIA_TYPES.empty },
          layers: [
            { ...sbom.descriptor, mediaType: 'application/vnd.cyclonedx+json' },
          ],
          subject: image.descriptor,
        },
        signal,
      }),
    );
    const referrers = valueOf(
      await listReferrers(session, {
        repository: 'apps/signed',
        digest: image.descriptor.digest,
        signal,
      }),
    );
    expect(
      referrers.map(({ digest, artifactType }) => [digest, artifactType]),
    ).toEqual([[attached.digest, 'application/vnd.cyclonedx+json']]);
  });

  it('knows what is not there', async () => {
    expect(
      valueOf(
        await readManifest(session, {
          repository: 'apps/none',
          reference: 'v1',
          signal,
        }),
      ),
    ).toBeUndefined();
    const missing = await readPlatformManifest(session, {
      repository: 'apps/none',
      reference: 'v1',
      architecture: 'amd64',
      signal,
    });
    expect(missing).toMatchObject({
      ok: false,
      problem: { code: 'image-not-found' },
    });
  });

  it('goes on where a broken upload stands', async () => {
    const breaking = await startBreakingProxy(registry.address);
    try {
      const bytes = randomBytes(33 * 1024 * 1024);
      const outcome = await pushBlob(sessionTo(breaking.address), {
        repository: 'apps/broken',
        ...blobOf(bytes),
        signal,
      });
      expect(valueOf(outcome)).toEqual({
        kind: 'uploaded',
        bytes: bytes.length,
      });
      expect(breaking.broken()).toBe(1);
    } finally {
      await breaking.stop();
    }
  });
});

describe('signing in', () => {
  let server: Server;
  let address: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  const basicOf = (request: IncomingMessage) =>
    Buffer.from(
      request.headers.authorization?.slice(6) ?? '',
      'base64',
    ).toString();
  const look = (credentials?: { username: string; password: string }) =>
    hasBlob(sessionTo(address, credentials), {
      repository: 'apps/shop',
      digest: digestOf(''),
      signal,
    });

  it('fetches a token for exactly the scope', async () => {
    const scopes: unknown[] = [];
    answer = (request, response) => {
      const url = new URL(request.url!, 'http://x');
      if (url.pathname === '/token') {
        scopes.push([
          url.searchParams.get('service'),
          url.searchParams.getAll('scope'),
          basicOf(request),
        ]);
        response.end(JSON.stringify({ token: 'abc' }));
      } else if (request.headers.authorization === 'Bearer abc')
        response.writeHead(200).end();
      else
        response
          .writeHead(401, {
            'www-authenticate': `Bearer realm="http://${address}/token",service="reg"`,
          })
          .end();
    };
    expect(await look({ username: 'ci', password: 's3cret' })).toEqual({
      ok: true,
      value: true,
    });
    expect(scopes).toEqual([
      ['reg', ['repository:apps/shop:pull'], 'ci:s3cret'],
    ]);
  });

  it.each([
    {
      name: 'basic asked, none configured',
      status: 401,
      code: 'registry-sign-in-failed',
    },
    { name: 'forbidden', status: 403, code: 'registry-permission-missing' },
  ])('says what is missing: $name', async ({ status, code }) => {
    answer = (_request, response) =>
      response
        .writeHead(status, { 'www-authenticate': 'Basic realm="r"' })
        .end();
    expect(await look()).toMatchObject({ ok: false, problem: { code } });
  });

  it.each([
    {
      name: 'a wrong password',
      challenge: () => 'Basic realm="r"',
      code: 'registry-sign-in-failed',
      says: 'pull "apps/shop"',
    },
    {
      name: 'a right that a token lacks',
      challenge: () => `Bearer realm="http://${address}/token"`,
      code: 'registry-permission-missing',
      says: 'Cannot pull images of "apps/shop"',
    },
  ])(
    'names repository and action, never the password: $name',
    async ({ challenge, code, says }) => {
      answer = (request, response) =>
        request.url!.startsWith('/token')
          ? response.end(JSON.stringify({ token: 'too-little' }))
          : response.writeHead(401, { 'www-authenticate': challenge() }).end();
      const outcome = await look({ username: 'ci', password: 's3cret' });
      expect(outcome).toMatchObject({
        ok: false,
        problem: { code, what: expect.stringContaining(says) },
      });
      expect(JSON.stringify(outcome)).not.toContain('s3cret');
    },
  );

  it.each([
    {
      name: 'the password',
      challenge: () => 'Basic realm="r"',
      sent: 's3cret',
    },
    {
      name: 'the token that it gave',
      challenge: () => `Bearer realm="http://${address}/token"`,
      sent: 'a-token-of-a-minute',
    },
  ])('repeats no error that quotes $name', async ({ challenge, sent }) => {
    answer = (request, response) => {
      const { authorization = '' } = request.headers;
      if (request.url!.startsWith('/token'))
        response.end(JSON.stringify({ token: 'a-token-of-a-minute' }));
      else if (!authorization)
        response.writeHead(401, { 'www-authenticate': challenge() }).end();
      else
        response.writeHead(400).end(
          JSON.stringify({
            errors: [
              {
                code: 'DENIED',
                message: `not with ${authorization} or ${basicOf(request)}`,
              },
            ],
          }),
        );
    };
    const session = sessionTo(address, { username: 'ci', password: 's3cret' });
    const outcome = await readBlob(session, {
      repository: 'apps/shop',
      descriptor: { mediaType: '', digest: digestOf(''), size: 0 },
      maxBytes: 10,
      signal,
    });
    expect(outcome).toMatchObject({
      ok: false,
      problem: { why: expect.stringContaining('not with') },
    });
    for (const form of [sent, btoa(`ci:${sent}`)])
      expect(JSON.stringify(outcome)).not.toContain(form);
  });

  it('leaves its password behind where a registry redirects', async () => {
    const seen: Array<string | undefined> = [];
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end('{}');
    });
    await new Promise<void>(done => elsewhere.listen(0, '127.0.0.1', done));
    const { port } = elsewhere.address() as { port: number };
    answer = (request, response) =>
      request.headers.authorization
        ? response
            .writeHead(307, { location: `http://127.0.0.1:${port}/blob` })
            .end()
        : response
            .writeHead(401, { 'www-authenticate': 'Basic realm="r"' })
            .end();
    const session = sessionTo(address, { username: 'ci', password: 's3cret' });
    const read = await readBlob(session, {
      repository: 'apps/shop',
      descriptor: { mediaType: '', digest: digestOf('{}'), size: 2 },
      maxBytes: 10,
      signal,
    });
    elsewhere.closeAllConnections();
    elsewhere.close();
    expect(valueOf(read).toString()).toBe('{}');
    expect(seen).toEqual([undefined]);
  });

  it('tries again what may pass', async () => {
    let calls = 0;
    answer = (_request, response) => {
      calls += 1;
      response.writeHead(calls < 3 ? 503 : 200).end();
    };
    expect(await look()).toEqual({ ok: true, value: true });
    expect(calls).toBe(3);
  });

  it('sends its password to no plain address that a registry names elsewhere', async () => {
    answer = (_request, response) =>
      response
        .writeHead(401, {
          'www-authenticate': 'Bearer realm="ftp://elsewhere/token"',
        })
        .end();
    expect(await look({ username: 'ci', password: 's3cret' })).toMatchObject({
      ok: false,
      problem: { code: 'registry-answer-invalid' },
    });
  });
});

/** Forwards to a registry and cuts the second chunk of the first upload in its middle. */
async function startBreakingProxy(target: string) {
  let patches = 0;
  let broken = 0;
  const [host, port] = target.split(':');
  const server = createServer((incoming, outgoing) => {
    const isPatch = incoming.method === 'PATCH';
    if (isPatch) patches += 1;
    const upstream = httpRequest(
      {
        host,
        port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers },
      },
      answer => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      },
    );
    upstream.on('error', () => outgoing.destroy());
    if (!isPatch || patches !== 2) {
      incoming.pipe(upstream);
      return;
    }
    broken += 1;
    incoming.once('data', () => {
      upstream.destroy();
      incoming.socket.destroy();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as { port: number }).port}`,
    broken: () => broken,
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}
