import { gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { Progress } from '../../../../../plugins/callboard-images-node/src/buildkit/Progress';
import type { StatusResponse } from '../../../../../plugins/callboard-images-node/src/buildkit/protocol/github.com/moby/buildkit/api/services/control/control_pb';
import {
  readPushedDigest,
  readStatus,
} from '../../../../../plugins/callboard-images-node/src/buildkit/readAnswers';
import { CONTROL_SERVICE } from '../../../../../plugins/callboard-images-node/src/buildkit/services';
import {
  readApkDatabase,
  readDpkgStatus,
} from '../../../../../plugins/callboard-images-node/src/evidence/packageDatabases';
import {
  mergeScans,
  scanLayer,
} from '../../../../../plugins/callboard-images-node/src/evidence/scanLayer';
import {
  pushBlob,
  readBlob,
} from '../../../../../plugins/callboard-images-node/src/registry/blobs';
import { readPlatformManifest } from '../../../../../plugins/callboard-images-node/src/registry/manifests';
import { readChallenge } from '../../../../../plugins/callboard-images-node/src/registry/readChallenge';
import {
  listReferrers,
  pushReferrer,
} from '../../../../../plugins/callboard-images-node/src/registry/referrers';
import { RegistryHttp } from '../../../../../plugins/callboard-images-node/src/registry/RegistryHttp';
import { RegistrySession } from '../../../../../plugins/callboard-images-node/src/registry/RegistrySession';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { answerIn } from './clusters';
import { type Outcome, type Reader, inPieces } from './Reader';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const DESCRIPTOR = {
  mediaType: 'application/vnd.oci.image.config.v1+json',
  digest: DIGEST,
  size: 4,
};
const MANIFEST = {
  schemaVersion: 2 as const,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: DESCRIPTOR,
  layers: [DESCRIPTOR],
  subject: DESCRIPTOR,
};
const INDEX = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    { ...DESCRIPTOR, platform: { os: 'linux', architecture: 'amd64' } },
  ],
};
const ANSWERS = [
  MANIFEST,
  INDEX,
  {
    status: 401,
    headers: {
      'www-authenticate':
        'Bearer realm="https://auth.example.com/token",service="r"',
    },
    body: { errors: [{ code: 'UNAUTHORIZED', message: 'sign in' }] },
  },
  { token: 'abc', access_token: 'def' },
  { status: 202, headers: { location: '/v2/x/blobs/uploads/1', range: '0-3' } },
  { status: 404, headers: {}, body: { errors: [{ code: 'NAME_UNKNOWN' }] } },
];

/** What registries answer, and what lies in them. */
export const REGISTRIES: readonly Reader[] = [
  {
    name: 'answers of a registry, to every kind of request',
    seeds: ANSWERS,
    async read(text, bytes) {
      const answer = answerIn(text, bytes);
      const { send } = RegistryHttp.prototype;
      RegistryHttp.prototype.send = async () => responseOf(answer());
      try {
        return await askRegistry();
      } finally {
        RegistryHttp.prototype.send = send;
      }
    },
  },
  {
    name: 'how a registry wants to be signed in to',
    seeds: [
      'Bearer realm="https://auth.example.com/token",service="r",scope="a"',
      'Basic realm="x"',
      'Negotiate, Basic realm="x"',
    ],
    read: text => void readChallenge(text),
  },
  {
    name: 'a layer of a base image',
    every: 5,
    seeds: [layer(), gzipSync(layer())],
    async read(_, bytes) {
      for (const type of ['tar', 'tar+gzip']) {
        const scanned = await scanLayer(
          Readable.from([Buffer.from(bytes)]),
          `application/vnd.oci.image.layer.v1.${type}`,
        ).catch(explained);
        if (scanned) await mergeScans([scanned, scanned]);
      }
    },
  },
  {
    name: 'the packages of a base image',
    seeds: [
      'Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n\n',
      'P:musl\nV:1.2.4-r2\nL:MIT\n\n',
    ],
    async read(_, bytes) {
      for (const readDatabase of [readDpkgStatus, readApkDatabase])
        for await (const found of readDatabase(inPieces(bytes)))
          if (!found.name) throw new Error('A package without a name');
    },
  },
  {
    name: 'what a build tells while it runs',
    seeds: [`[1/2] FROM web@${DIGEST}`, 'one\r\ntwo\nthree'],
    read(text, bytes) {
      const progress = new Progress(() => undefined);
      const vertex = { digest: DIGEST, name: text, cached: true };
      const reported = {
        vertexes: [vertex],
        logs: [{ vertex: DIGEST, msg: bytes }],
      };
      progress.take(reported as unknown as StatusResponse);
    },
  },
  {
    name: 'answers of a build daemon',
    every: 5,
    seeds: [
      CONTROL_SERVICE.status.responseSerialize({
        vertexes: [{ digest: DIGEST, name: `[1/2] FROM web@${DIGEST}` }],
        logs: [{ vertex: DIGEST, msg: Buffer.from('one\ntwo\n') }],
      }),
      CONTROL_SERVICE.solve.responseSerialize({
        ExporterResponse: { 'containerimage.digest': DIGEST },
      }),
    ],
    async read(_, bytes) {
      const progress = new Progress(() => undefined);
      const follow = async () => {
        for await (const status of readStatus(bytes)) progress.take(status);
      };
      await follow().catch(notOfProtobuf);
      await readPushedDigest(bytes).catch(notOfProtobuf);
    },
  },
];

/** Whose bytes are no message is told so; a mistake of ours is none. */
function notOfProtobuf(error: unknown): void {
  if (error instanceof TypeError || error instanceof ReferenceError)
    throw error;
}

async function askRegistry(): Promise<Outcome> {
  const session = new RegistrySession({
    registry: 'registry.example.com',
    credentials: { username: 'callboard', password: 'secret' },
    pause: async () => undefined,
    random: () => 0,
  });
  const { signal } = new AbortController();
  const of = { repository: 'apps/shop', signal };
  const bytes = Buffer.from('abcd');
  const results = [
    await readPlatformManifest(session, {
      ...of,
      reference: 'v1',
      architecture: 'amd64',
    }),
    await listReferrers(session, { ...of, digest: DIGEST }),
    await pushReferrer(session, { ...of, manifest: MANIFEST }),
    await readBlob(session, { ...of, descriptor: DESCRIPTOR, maxBytes: 1000 }),
    await pushBlob(session, {
      ...of,
      descriptor: DESCRIPTOR,
      source: { from: 'bytes', bytes },
      mountFrom: 'apps/base',
    }),
  ];
  const words = JSON.stringify(results);
  if (words.includes('secret')) throw new Error('It tells the password');
  return results.map(each => (each.ok ? undefined : each.problem)).at(-1);
}

/** What HTTP would give; it takes no status or header that HTTP does not have. */
function responseOf({
  status,
  headers,
  body,
}: ReturnType<ReturnType<typeof answerIn>>): Response {
  const isStatus = status >= 200 && status <= 599;
  const hasNone = [204, 205, 304].includes(status);
  const response = new Response(
    hasNone ? null : (Readable.toWeb(Readable.from(body)) as ReadableStream),
    {
      status: isStatus ? status : 500,
    },
  );
  for (const [name, value] of Object.entries(headers))
    try {
      response.headers.set(name, value);
    } catch {
      continue;
    }
  return response;
}

/** Streams refuse what is no archive; a mistake of ours is none. */
function explained(error: unknown): undefined {
  if (error instanceof RangeError || error instanceof ReferenceError)
    throw error;
  return undefined;
}

function layer(): Buffer {
  return Buffer.concat([
    ...archived(
      'var/lib/dpkg/status',
      'Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n\n',
    ),
    ...archived(
      'app/node_modules/a/package.json',
      '{"name":"a","version":"1"}',
    ),
    ...archived('app/.wh.old', ''),
    Buffer.alloc(1_024),
  ]);
}

/** A file as tar has it (ustar): a block about it, then its blocks. */
function archived(name: string, text: string): Buffer[] {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write('0000644\0', 100);
  head.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('00000000000\0', 136);
  head.write('        0', 148);
  head.write('ustar\x0000', 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  body.write(text);
  return [head, body];
}
