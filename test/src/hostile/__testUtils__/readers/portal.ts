import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failed, parseScore } from '@callboard/plugin-callboard-common';
import {
  checkInstant,
  pinImages,
  readProvenance,
  readWindow,
} from '@callboard/plugin-callboard-core';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { judgeRequest } from '../../../../../plugins/callboard-backend/src/doors/judgeRequest';
import { readHookCall } from '../../../../../plugins/callboard-backend/src/git/hookScript';
import { decodeCursor } from '../../../../../plugins/callboard-backend/src/http/cursor';
import { EgressDoor } from '../../../../../plugins/callboard-sandbox-node/src/egress/EgressDoor';
import { LineSplitter } from '../../../../../plugins/callboard-sandbox-node/src/LineSplitter';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { NOW, type Reader, isRecord, jsonIn } from './Reader';

const cursorOf = (...key: unknown[]) =>
  Buffer.from(JSON.stringify(key)).toString('base64url');
const DOORS = {
  hosts: new Set(['portal.example.com']),
  origins: new Set(['https://portal.example.com']),
};

const IMAGE = `registry.example.com/shop@sha256:${'a'.repeat(64)}`;
const SCORE = parseScore(
  'apiVersion: score.dev/v1b1\nmetadata: { name: web }\ncontainers: { web: { image: . } }\n',
  { file: 'score.yaml' },
);

/** What callers of the portal send, and what pushed code writes. Whole requests: `src/tenancy`. */
export const PORTAL: readonly Reader[] = [
  {
    name: 'a cursor',
    seeds: [cursorOf('apps', 'shop'), cursorOf('blueprints', 'golden')],
    read(text) {
      decodeCursor(text, { list: 'apps', like: [''] });
    },
  },
  {
    name: 'an instant and a window of time',
    seeds: ['2026-11-20T10:00:00.5+01:00', '2026-02-31T00:00:00Z'],
    read(text) {
      const since = new Date(0);
      readWindow({ from: text }, { until: NOW, since });
      readWindow({ to: text }, { until: NOW });
      const at = checkInstant(text, { now: NOW, since });
      return at.ok ? undefined : at.problem;
    },
  },
  {
    name: 'provenance of images that were built elsewhere',
    seeds: [
      {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: 'shop', digest: { sha256: 'a'.repeat(64) } }],
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: {
          buildDefinition: {
            buildType: 'https://ci.example.com/build',
            resolvedDependencies: [
              {
                uri: 'git+https://git.example.com',
                digest: { gitCommit: 'a' },
              },
            ],
          },
          runDetails: {
            builder: { id: 'https://ci.example.com/runner' },
            metadata: { invocationId: '7' },
          },
        },
      },
      {
        _type: 'https://in-toto.io/Statement/v0.1',
        subject: [],
        predicateType: 'https://slsa.dev/provenance/v0.2',
        predicate: {
          builder: { id: 'x' },
          invocation: { configSource: { uri: 'x', digest: { sha1: 'a' } } },
        },
      },
    ],
    read(text) {
      const read = readProvenance(jsonIn(text), [IMAGE]);
      return read.ok ? undefined : read.problem;
    },
  },
  {
    name: 'images that were built elsewhere',
    seeds: [{ web: IMAGE }, { 'web/web': IMAGE, web: 'shop:1' }],
    read(text) {
      const value = jsonIn(text);
      if (!isRecord(value) || !SCORE.ok) return undefined;
      const images = Object.fromEntries(
        Object.entries(value).filter(([, image]) => typeof image === 'string'),
      ) as Record<string, string>;
      const pinned = pinImages([SCORE.value], images);
      return pinned.ok ? undefined : pinned.problems[0];
    },
  },
  {
    name: 'where a request comes from',
    seeds: [
      {
        method: 'POST',
        url: '/',
        host: 'portal.example.com:443',
        origin: 'https://portal.example.com',
        fetchSite: 'same-origin',
      },
      { method: 'GET', url: '/.backstage/health/', host: '[::1]:7007' },
    ],
    read(text) {
      const value = jsonIn(text);
      const { method, url, host, origin, fetchSite } = isRecord(value)
        ? value
        : {};
      const header = (each: unknown) =>
        each === undefined ? undefined : String(each);
      return judgeRequest(
        {
          method: String(method),
          url: String(url),
          host: header(host) ?? text,
          origin: header(origin),
          fetchSite: header(fetchSite),
          isUpgrade: false,
        },
        DOORS,
      );
    },
  },
  {
    name: 'what pushed code prints',
    seeds: ['one\ntwo\r\nthree', '\n\n\n'],
    read(_, bytes) {
      const splitter = new LineSplitter();
      const whole = Buffer.from(bytes);
      for (let at = 0; at < whole.length; at += 7_000)
        splitter.split(whole.subarray(at, at + 7_000), 100);
      splitter.end();
    },
  },
];

/** Each input is a connection. */
export const LISTENING: readonly Reader[] = [
  {
    name: 'what a build asks its way out for',
    every: 200,
    seeds: [
      'CONNECT registry.npmjs.org:443 HTTP/1.1\r\nHost: registry.npmjs.org\r\n\r\n',
      'GET http://registry.npmjs.org/a?b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
    ],
    async read(_, bytes) {
      const { path } = await egressDoor();
      await say({ path }, bytes);
    },
  },
  {
    name: 'what a git hook passes on',
    seeds: [
      `pre-receive objects/tmp\n${'0'.repeat(40)} ${'1'.repeat(
        40,
      )} refs/heads/main\n\n`,
      'post-receive \n\n',
    ],
    read(text) {
      readHookCall(text);
    },
  },
];

let folder: string | undefined;
let opened: Promise<EgressDoor> | undefined;
function egressDoor(): Promise<EgressDoor> {
  opened ??= EgressDoor.open(join(folderOf(), 'egress'), {
    user: undefined,
    policy: async () =>
      failed({
        code: 'build-host-not-allowed',
        what: 'Cannot reach it',
        why: 'it is not allowed',
        next: 'Name it',
        transient: false,
      }),
  });
  return opened;
}

/** Ends what listens. */
export async function closeListening(): Promise<void> {
  await (await opened)?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
}

function folderOf(): string {
  folder ??= mkdtempSync(join(tmpdir(), 'callboard-doors-'));
  return folder;
}

/** Sends bytes and ends; resolves when the other side is done as well. */
async function say(where: { path: string }, bytes: Uint8Array): Promise<void> {
  await new Promise<void>(resolve => {
    const socket = createConnection(where);
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.setTimeout(500, () => socket.destroy());
    socket.resume();
    socket.end(bytes);
  });
}
