import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJoinToken } from '@callboard/plugin-callboard-clusters-node';
import { type Random, seededRandom } from '@callboard/sim';
import { eventually } from '@callboard/testing';
import {
  FRAME_TYPES,
  type Frame,
  MAX_FRAME_BYTES,
  encodeFrame,
  generateKeys,
} from '@callboard/tunnel';
import { type Claim, Forger } from './__testUtils__/Forger';
import { CLUSTER, TunnelStory } from './__testUtils__/TunnelStory';

/** `CALLBOARD_FRAMES=1000000 CALLBOARD_SEED=7` sends more of them, and others. */
const FRAMES = Number(process.env.CALLBOARD_FRAMES ?? 1_000);
const SEED = Number(process.env.CALLBOARD_SEED ?? 1);
const FRAMES_OF_ONE = 20;
const MOST_GROWTH_BYTES = 64 * 1024 * 1024;
const OTHER = 'edge-2';
const FOREVER = new AbortController().signal;

jest.setTimeout(20_000);

/** One agent works; anyone else who dials in forges all that they can. */
describe('the door of the agents', () => {
  let story: TunnelStory;
  const ownKeys = generateKeys();
  const otherKeys = generateKeys();
  let joinToken: string;
  let otherToken: string;

  beforeAll(async () => {
    // Nobody is ended for being slow to answer.
    story = await TunnelStory.open({ heartbeatMs: 60_000 });
    joinToken = story.register();
    story.startAgent(joinToken, { keys: ownKeys });
    await eventually('the agent is connected', () => {
      if (!story.hub.linkOf(CLUSTER)) throw new Error('it is not');
    });
    const { token, tokenHash } = createJoinToken();
    otherToken = token;
    story.registry.register(OTHER, tokenHash, new Date(Date.now() + 3_600_000));
    const first = await join();
    first.hangUp();
  }, 60_000);

  afterAll(() => story.close());

  beforeEach(() => void story.events.splice(0));

  afterEach(async () => {
    const happened = story.events.find(
      ({ kind, cluster }) => cluster === CLUSTER && kind !== 'refused',
    );
    if (happened) throw new Error(`Disturbed: ${JSON.stringify(happened)}`);
    await answers();
  });

  /** The agent that works still does. */
  async function answers(): Promise<void> {
    const answer = await story.hub
      .linkOf(CLUSTER)!
      .session.request(
        { method: 'GET', path: '/version', headers: {} },
        undefined,
        FOREVER,
      );
    const text = (await buffer(answer.body)).toString();
    if (answer.head.status !== 200) throw new Error(`It answers ${text}`);
  }

  /** An agent that has joined, and says what it likes from now on. */
  async function join(): Promise<Forger> {
    const forger = await Forger.dial(story.hubUrl);
    const answer = await forger.greet({
      cluster: OTHER,
      keys: otherKeys,
      joinToken: otherToken,
    });
    if (answer.kind !== 'welcome') throw new Error(JSON.stringify(answer));
    return forger;
  }

  const reported = (event: object) =>
    eventually(`the hub tells ${JSON.stringify(event)}`, () =>
      expect(story.events).toContainEqual(expect.objectContaining(event)),
    );

  const header = (type: number, stream: number, rest: number[] = []) =>
    Uint8Array.from([type, 0, 0, 0, stream, ...rest]);
  const control = (text: string | Uint8Array) =>
    Buffer.concat([header(FRAME_TYPES.control, 0), Buffer.from(text)]);
  const head = (value: unknown) =>
    Buffer.concat([
      header(FRAME_TYPES.head, 1),
      Buffer.from(JSON.stringify(value)),
    ]);

  const NO_FRAMES: Array<[string, Uint8Array | string]> = [
    ['an empty message', new Uint8Array()],
    ['one byte', Uint8Array.of(FRAME_TYPES.data)],
    ['a header that is cut off', header(FRAME_TYPES.data, 1).subarray(0, 4)],
    ['a text', 'hello'],
    ...[0, 10, 127, 255].map((type): [string, Uint8Array] => [
      `an unknown type ${type}`,
      header(type, 0, [1]),
    ]),
    ['control on a stream', header(FRAME_TYPES.control, 7, [0x7b, 0x7d])],
    ['control that is no JSON', control('{')],
    ['control that is no UTF-8', control(Uint8Array.of(0x22, 0xff, 0x22))],
    [
      'control that is deep',
      control(`${'['.repeat(30_000)}${']'.repeat(30_000)}`),
    ],
    ['a ping without a number', header(FRAME_TYPES.ping, 0, [1, 2, 3])],
    ['a pong on a stream', header(FRAME_TYPES.pong, 3, [0, 0, 0, 1])],
    ['data on no stream', header(FRAME_TYPES.data, 0, [1])],
    ['data without a byte', header(FRAME_TYPES.data, 1)],
    ['an end with something after it', header(FRAME_TYPES.end, 1, [1])],
    ['no credit', header(FRAME_TYPES.credit, 1, [0, 0, 0, 0])],
    ['credit of 5 bytes', header(FRAME_TYPES.credit, 1, [0, 0, 0, 0, 1])],
    ['a head without a status', head({ headers: {} })],
    ['a head with a status of 99', head({ status: 99, headers: {} })],
    ['a head with a status in words', head({ status: '200', headers: {} })],
    [
      'a head with 101 headers',
      head({
        status: 200,
        headers: Object.fromEntries(
          Array.from({ length: 101 }, (_, index) => [`x-${index}`, '']),
        ),
      }),
    ],
    [
      'a header with a line break',
      head({ status: 200, headers: { 'x-a': 'a\r\nset-cookie: b' } }),
    ],
    [
      'a header with a name that is none',
      head({ status: 200, headers: { 'x a': '' } }),
    ],
    [
      'a header without end',
      head({ status: 200, headers: { 'x-a': 'a'.repeat(MAX_FRAME_BYTES) } }),
    ],
    [
      'a message over the limit',
      Buffer.concat([
        header(FRAME_TYPES.data, 1),
        Buffer.alloc(MAX_FRAME_BYTES),
      ]),
    ],
  ];

  const BREAKS: Array<[string, Frame, why: string]> = [
    ...(
      [
        { type: 'head', stream: 900, head: { status: 200, headers: {} } },
        { type: 'data', stream: 900, bytes: Buffer.from('of another') },
        { type: 'end', stream: 900 },
        { type: 'credit', stream: 900, bytes: 1 },
        { type: 'reset', stream: 900, reason: 'gone' },
      ] as Frame[]
    ).map((frame): [string, Frame, string] => [
      `${frame.type} of a stream that was never opened`,
      frame,
      'a stream was never opened',
    ]),
    [
      'a stream that an agent opens',
      {
        type: 'open',
        stream: 0xffffffff,
        head: { method: 'GET', path: '/', headers: {} },
      },
      'a stream was opened where none is taken',
    ],
    [
      'a second hello',
      { type: 'control', message: { kind: 'hello', cluster: CLUSTER } },
      'said hello twice',
    ],
    [
      'a report that is none',
      { type: 'control', message: { kind: 'report', entries: 7 } },
      'said hello twice',
    ],
  ];

  it.each(NO_FRAMES)('ends who sends %s before hello', async (_, message) => {
    const forger = await Forger.dial(story.hubUrl);
    forger.send(message);
    await forger.ended;
    // What is over the limit ends the WebSocket itself, and no word is lost on it.
    const codes = message.length > MAX_FRAME_BYTES ? [] : ['protocol-broken'];
    await eventually('the hub tells so', () =>
      expect(
        story.events.flatMap(event =>
          event.kind === 'refused' ? [event.code] : [],
        ),
      ).toEqual(codes),
    );
  });

  it.each(NO_FRAMES)('ends an agent that sends %s', async (_, message) => {
    const forger = await join();
    forger.send(message);
    await forger.ended;
    await reported({
      kind: 'disconnected',
      cluster: OTHER,
      why: expect.stringMatching(/no frame|connection (broke|was closed)/),
    });
  });

  it.each(BREAKS)('ends who sends %s before hello', async (_, frame) => {
    const forger = await Forger.dial(story.hubUrl);
    forger.sendFrame(frame);
    await forger.ended;
    await reported({
      kind: 'refused',
      code: expect.stringMatching(/^protocol-/),
    });
  });

  it.each(BREAKS)('ends an agent that sends %s', async (_, frame, why) => {
    const forger = await join();
    forger.sendFrame(frame);
    await forger.ended;
    await reported({ kind: 'disconnected', cluster: OTHER, why });
    expect(forger.isOpen).toBe(false);
  });

  const ANSWERED: Array<[string, Frame[] | 'window', why: string]> = [
    [
      'data before its head',
      [{ type: 'data', stream: 1, bytes: Buffer.from('x') }],
      'data came before its head',
    ],
    [
      'two heads',
      Array(2).fill({
        type: 'head',
        stream: 1,
        head: { status: 200, headers: {} },
      }),
      'a head came where none belongs',
    ],
    ['more than was allowed', 'window', 'more came than was allowed'],
  ];

  it.each(ANSWERED)('ends an agent that answers %s', async (_, frames, why) => {
    const forger = await join();
    const asked = story.hub
      .linkOf(OTHER)!
      .session.request(
        { method: 'GET', path: '/api', headers: {} },
        undefined,
        FOREVER,
      )
      .catch(error => error);
    const { stream } = await forger.hear('open');
    const window: Frame[] = [
      { type: 'head', stream, head: { status: 200, headers: {} } },
      ...Array<Frame>(9).fill({
        type: 'data',
        stream,
        bytes: Buffer.alloc(32 * 1024),
      }),
    ];
    for (const frame of frames === 'window' ? window : frames)
      forger.sendFrame({ ...frame, stream } as Frame);
    await forger.ended;
    await reported({ kind: 'disconnected', cluster: OTHER, why });
    await asked;
    expect(story.hub.linkOf(OTHER)).toBeUndefined();
  });

  it('counts credit that overflows as no more than a lot', async () => {
    const forger = await join();
    const body = (async function* large() {
      yield Buffer.alloc(400_000);
    })();
    const asked = story.hub
      .linkOf(OTHER)!
      .session.request(
        { method: 'POST', path: '/api', headers: {} },
        body,
        FOREVER,
      );
    const { stream } = await forger.hear('open');
    for (let count = 0; count < 50; count += 1)
      forger.sendFrame({ type: 'credit', stream, bytes: 0xffffffff });
    await forger.hear('end');
    forger.sendFrame({
      type: 'head',
      stream,
      head: { status: 204, headers: {} },
    });
    forger.sendFrame({ type: 'end', stream });
    expect((await asked).head.status).toBe(204);
    forger.hangUp();
  });

  it('gives nobody what another cluster is asked', async () => {
    const forger = await join();
    const before = story.hub.linkOf(CLUSTER)!.session.openStreams;
    for (let stream = 1; stream < 50; stream += 1)
      forger.sendFrame({ type: 'reset', stream, reason: 'mine' });
    await forger.ended;
    expect(story.hub.linkOf(CLUSTER)!.session.openStreams).toBe(before);
  });

  it('ends who asks for signs of life and reads none', async () => {
    const forger = await Forger.dial(story.directUrl);
    forger.pingWithoutReading(200_000);
    await eventually('the hub is rid of it', () => {
      forger.send(Uint8Array.of(0));
      expect(forger.isOpen).toBe(false);
    });
  });

  /** With the name that the log has for them, where it is one. */
  const CLAIMS: Array<[string, () => Claim, code: string, name?: string]> = [
    [
      'another cluster with a key of their own',
      () => ({ cluster: CLUSTER }),
      'agent-unknown',
      CLUSTER,
    ],
    [
      'another cluster with their own token',
      () => ({ cluster: CLUSTER, joinToken: otherToken }),
      'token-wrong',
      CLUSTER,
    ],
    [
      'another cluster with its token, which was used',
      () => ({ cluster: CLUSTER, joinToken }),
      'token-used',
      CLUSTER,
    ],
    [
      "another cluster's key without having it",
      () => ({
        cluster: CLUSTER,
        change: hello => ({ ...hello, agentKey: ownKeys.publicKey }),
      }),
      'signature-wrong',
      CLUSTER,
    ],
    [
      'another cluster after signing for their own',
      () => ({
        cluster: OTHER,
        keys: otherKeys,
        change: hello => ({ ...hello, cluster: CLUSTER }),
      }),
      'signature-wrong',
      CLUSTER,
    ],
    [
      'a cluster that nobody registered',
      () => ({ cluster: 'edge-9', joinToken: otherToken }),
      'agent-unknown',
      'edge-9',
    ],
    ...['__proto__', '../edge-1', 'EDGE-1', 'edge-1\n', '\u0000', ''].map(
      (cluster): [string, () => Claim, string] => [
        `the name ${JSON.stringify(cluster)}`,
        () => ({ cluster, joinToken: otherToken }),
        'agent-unknown',
      ],
    ),
    [
      'a name without end',
      () => ({ cluster: 'x'.repeat(10_000) }),
      'protocol-unknown',
    ],
    [
      'a key that is none',
      () => ({
        cluster: OTHER,
        change: hello => ({ ...hello, agentKey: 'AA' }),
      }),
      'signature-wrong',
      OTHER,
    ],
    [
      'a protocol of tomorrow',
      () => ({ cluster: OTHER, change: hello => ({ ...hello, protocol: 2 }) }),
      'protocol-unknown',
      OTHER,
    ],
    [
      'a signature of numbers',
      () => ({ cluster: OTHER, change: hello => ({ ...hello, signature: 7 }) }),
      'protocol-unknown',
    ],
  ];

  it.each(CLAIMS)(
    'refuses who claims %s',
    async (...[, claim, code, cluster]) => {
      const forger = await Forger.dial(story.hubUrl);
      const answer = await forger.greet(claim());
      expect(answer).toMatchObject({ kind: 'refused', code });
      await forger.ended;
      expect(story.events).toEqual([
        { kind: 'refused', code, ...(cluster !== undefined && { cluster }) },
      ]);
    },
  );

  it('refuses a hello that was said before', async () => {
    const first = await Forger.dial(story.hubUrl);
    const challenge = await first.challenge();
    first.hangUp();
    const second = await Forger.dial(story.hubUrl);
    await second.challenge();
    const claim = { cluster: OTHER, keys: otherKeys };
    expect(await second.greet(claim, challenge)).toMatchObject({
      code: 'signature-wrong',
    });
    await second.ended;
  });

  it(
    `stands ${FRAMES} forged frames of seed ${SEED}`,
    async () => {
      const random = seededRandom(SEED);
      const before = heapBytes();
      let ended = 0;
      for (let sent = 0; sent < FRAMES; sent += FRAMES_OF_ONE) {
        const forger =
          random.next() < 0.7 ? await join() : await Forger.dial(story.hubUrl);
        for (let count = 0; count < FRAMES_OF_ONE; count += 1)
          forger.send(forge(random));
        await Promise.race([forger.ended, sleep(20)]);
        if (!forger.isOpen) ended += 1;
        forger.hangUp();
        if (story.events.length > 1_000) story.events.splice(0, 500);
      }
      expect(ended).toBeGreaterThan(FRAMES / FRAMES_OF_ONE / 2);
      expect(heapBytes() - before).toBeLessThan(MOST_GROWTH_BYTES);
    },
    60_000 + FRAMES,
  );
});

const SEEDS: readonly Uint8Array[] = (
  [
    { type: 'control', message: { kind: 'report', journal: 'a', entries: [] } },
    { type: 'control', message: { kind: 'hello', cluster: CLUSTER } },
    { type: 'ping', sequence: 1 },
    { type: 'pong', sequence: 1 },
    {
      type: 'open',
      stream: 1,
      head: { method: 'GET', path: '/', headers: { accept: '*/*' } },
    },
    {
      type: 'head',
      stream: 1,
      head: { status: 200, headers: { 'content-type': 'application/json' } },
    },
    { type: 'data', stream: 1, bytes: Buffer.from('{"kind":"Status"}') },
    { type: 'end', stream: 1 },
    { type: 'credit', stream: 1, bytes: 65_536 },
    { type: 'reset', stream: 1, reason: 'given up' },
  ] as Frame[]
).map(encodeFrame);

/** A frame that is right in most places. */
function forge(random: Random): Uint8Array {
  const below = (count: number) => Math.floor(random.next() * count);
  const frame = Buffer.from(SEEDS[below(SEEDS.length)]);
  switch (below(6)) {
    case 0:
      return frame; // at the wrong time
    case 1:
      return frame.subarray(0, below(frame.length));
    case 2:
      return Buffer.concat([frame, Buffer.alloc(below(70_000), below(256))]);
    case 3:
      frame.writeUInt32BE(below(2 ** 32), 1);
      return frame;
    default:
      for (let count = 1 + below(4); count > 0; count -= 1)
        frame[below(frame.length)] = below(256);
      return frame;
  }
}

function heapBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
