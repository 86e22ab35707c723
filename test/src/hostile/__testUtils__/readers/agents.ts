import { gzipSync } from 'node:zlib';
import {
  CALLBOARD_RULES,
  type Frame,
  type FramePipe,
  PROTOCOL,
  TunnelSession,
  decodeFrame,
  encodeFrame,
  generateKeys,
  isWithinScope,
  readFromHub,
  readHello,
  readReport,
  readScope,
  readWriters,
} from '@callboard/tunnel';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import type { ApiServer } from '../../../../../packages/agent/src/api/ApiServer';
import { answerRequest } from '../../../../../packages/agent/src/session/answerRequest';
import { AgentState } from '../../../../../packages/agent/src/state/AgentState';
import { STATE_PARTS } from '../../../../../packages/agent/src/state/StateStore';
import type { AgentRegistry } from '../../../../../plugins/callboard-clusters-node/src/tunnel/AgentRegistry';
import {
  acceptAgent,
  createChallenge,
} from '../../../../../plugins/callboard-clusters-node/src/tunnel/acceptAgent';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { NOW, type Reader, inPieces, isRecord, jsonIn } from './Reader';

const KEYS = generateKeys();
const SCOPE = {
  cluster: 'edge-1',
  agentKey: KEYS.publicKey,
  rules: CALLBOARD_RULES,
  expiresAt: '2026-11-21T13:00:00.000Z',
};
const HELLO = {
  kind: 'hello',
  protocol: PROTOCOL,
  cluster: 'edge-1',
  agentKey: KEYS.publicKey,
  agentVersion: '1.0.0',
  signature: 'AAAA',
  joinToken: 'token',
};
const REPORT = {
  kind: 'report',
  journal: 'abc',
  entries: [
    { sequence: 1, at: NOW.toISOString(), event: { kind: 'hub-back' } },
    {
      sequence: 2,
      at: NOW.toISOString(),
      event: {
        kind: 'object-changed',
        object: { kind: 'Deployment', namespace: 'shop--dev', name: 'web' },
        fields: ['spec.replicas'],
      },
    },
  ],
};
const FROM_HUB = [
  createChallenge(KEYS),
  {
    kind: 'welcome',
    protocol: 1,
    scope: JSON.stringify(SCOPE),
    scopeSignature: 'AAAA',
    heartbeatMs: 1_000,
    reports: true,
  },
  { kind: 'refused', code: 'token-used', retryAfterMs: 1 },
  { kind: 'goodbye', reason: 'revoked', retryAfterMs: 0 },
  { kind: 'reported', journal: 'abc', sequence: 2 },
];
const OPEN: Frame = {
  type: 'open',
  stream: 1,
  head: {
    method: 'GET',
    path: '/api/v1/namespaces/shop--dev/pods',
    headers: {},
  },
};
const FRAMES: Frame[][] = [
  [
    { type: 'control', message: HELLO },
    { type: 'ping', sequence: 1 },
  ],
  [
    OPEN,
    { type: 'data', stream: 1, bytes: Buffer.from('abc') },
    { type: 'end', stream: 1 },
    { type: 'credit', stream: 1, bytes: 9 },
  ],
  [
    { type: 'head', stream: 1, head: { status: 200, headers: { a: 'b' } } },
    { type: 'data', stream: 1, bytes: Buffer.from('abc') },
    { type: 'end', stream: 1 },
  ],
  [
    OPEN,
    { type: 'reset', stream: 1, reason: 'no' },
    { type: 'pong', sequence: 1 },
  ],
];
const LENGTH_BYTES = 2;

const REGISTRY: AgentRegistry = {
  find: async () => undefined,
  list: async () => [],
  join: async () => 'token-wrong',
  findRevoked: async () => [],
  record: async () => ({ sequence: 0, recorded: 0 }),
};

const API = {
  send: async () => ({
    status: 200,
    headers: {},
    body: inPieces(Buffer.from('{}')),
  }),
} as unknown as ApiServer;

/** What agents tell the hub, hubs tell agents, and agents find in what they kept. */
export const AGENTS: readonly Reader[] = [
  {
    name: 'a frame of the tunnel',
    seeds: FRAMES.flat().map(encodeFrame),
    read: (_, bytes) => void decodeFrame(bytes),
  },
  ...(['hub', 'agent'] as const).map(
    (side): Reader => ({
      name: `frames of a tunnel, one after the other, at the ${side}`,
      seeds: FRAMES.map(inOrder),
      read: (_, bytes) => takeFrames(side, bytes),
    }),
  ),
  {
    name: 'what an agent says first, and reports',
    seeds: [HELLO, REPORT],
    async read(text) {
      const message = jsonIn(text);
      readHello(message);
      readReport(message);
      await acceptAgent(message, createChallenge(KEYS), {
        registry: REGISTRY,
        now: NOW,
      });
    },
  },
  {
    name: 'what a hub says',
    seeds: FROM_HUB,
    read: text => void readFromHub(jsonIn(text)),
  },
  {
    name: 'what a hub signed, and a request against it',
    seeds: [
      SCOPE,
      {
        method: 'PATCH',
        path: '/api/v1/namespaces/a/pods/b?fieldManager=callboard',
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: '{"kind":"Pod"}',
      },
      {
        method: 'DELETE',
        path: '/apis/apps/v1/namespaces/a/deployments/b',
        headers: {},
      },
      { method: 'GET', path: '/api/v1/secrets/../pods/%2e%2e', headers: {} },
    ],
    async read(text) {
      readScope(text);
      const value = jsonIn(text);
      const { method, path, headers, body } = isRecord(value) ? value : {};
      const head = {
        method: String(method),
        path: String(path),
        headers: Object.fromEntries(
          Object.entries(isRecord(headers) ? headers : {}).map(
            ([name, each]) => [name, String(each)],
          ),
        ),
      };
      isWithinScope(SCOPE, head, NOW);
      const answer = await answerRequest(
        {
          head,
          body: inPieces(Buffer.from(String(body))),
          signal: new AbortController().signal,
        },
        SCOPE,
        {
          api: API,
          state: await AgentState.open(noStore()),
          now: () => NOW,
          log: () => undefined,
          quiet: async () => undefined,
        },
      );
      for await (const part of answer.body) if (!part) return;
    },
  },
  {
    name: 'what an agent kept',
    seeds: [
      gzipSync(
        JSON.stringify({
          journal: 'a',
          last: 2,
          entries: REPORT.entries,
          issues: [['a', 'deleted']],
          isAlone: true,
        }),
      ),
      { objects: [{ path: '/api/v1/namespaces/a/pods/b', wanted: '{}' }] },
    ],
    async read(_, bytes) {
      for (const packed of [bytes, gzipSync(bytes)]) {
        const parts = STATE_PARTS.map(part => [part, packed] as const);
        const state = await AgentState.open(noStore(new Map(parts)));
        state.events.nextReport();
        state.desired.list();
      }
    },
  },
  {
    name: 'who wrote an object',
    seeds: [
      {
        managedFields: [
          { manager: 'kubectl', operation: 'Update', subresource: '' },
        ],
      },
    ],
    read(text) {
      const metadata = jsonIn(text);
      if (isRecord(metadata)) readWriters(metadata);
    },
  },
];

function noStore(parts = new Map()): Parameters<typeof AgentState.open>[0] {
  return { read: async () => parts, write: async () => undefined };
}

/** Frames as one input: each behind its length. */
function inOrder(frames: readonly Frame[]): Uint8Array {
  return Buffer.concat(
    frames.map(encodeFrame).flatMap(bytes => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(bytes.byteLength);
      return [length, bytes];
    }),
  );
}

/** A session ends at the first frame that breaks its rules, and throws at none. */
async function takeFrames(
  side: 'hub' | 'agent',
  bytes: Uint8Array,
): Promise<void> {
  const pipe: FramePipe = { send: () => undefined, close: () => undefined };
  let isOver = false;
  const session = new TunnelSession(pipe, {
    onControl: () => undefined,
    onEnd: () => {
      isOver = true;
    },
    maxStreams: 8,
    windowBytes: 4_096,
    ...(side === 'agent' && {
      onRequest: async request => {
        for await (const chunk of request.body) if (!chunk) break;
        return {
          head: { status: 200, headers: {} },
          body: inPieces(Buffer.from('abc')),
        };
      },
    }),
  });
  const asked =
    side === 'hub'
      ? session
          .request(
            { method: 'GET', path: '/', headers: {} },
            undefined,
            new AbortController().signal,
          )
          .then(async ({ body }) => {
            for await (const chunk of body) if (!chunk) break;
          })
          .catch(() => undefined)
      : undefined;
  const whole = Buffer.from(bytes);
  for (let at = 0; !isOver && at + LENGTH_BYTES <= whole.length; ) {
    const length = whole.readUInt16BE(at);
    session.receive(
      whole.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length),
    );
    at += LENGTH_BYTES + length;
    await undefined;
  }
  session.end('over');
  await asked;
  if (session.openStreams > 0) throw new Error('A stream outlives its session');
}
