import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { encodeFrame } from '../frames';
import {
  type FramePipe,
  type SessionOptions,
  TunnelError,
  TunnelSession,
} from './TunnelSession';

async function* bodyOf(
  ...chunks: Array<string | Uint8Array>
): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks)
    yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Hub and agent, joined in memory; messages arrive in a later turn, as on a wire. */
function join(
  agentOptions: Partial<SessionOptions>,
  hubOptions: Partial<SessionOptions> = {},
) {
  const ends: string[] = [];
  const sides: { hub?: TunnelSession; agent?: TunnelSession } = {};
  const pipeTo = (side: 'hub' | 'agent'): FramePipe => ({
    send: async frame => {
      await sleep(0);
      sides[side]?.receive(frame);
    },
    close: () => undefined,
  });
  const hub: TunnelSession = new TunnelSession(pipeTo('agent'), {
    onControl: () => undefined,
    onEnd: reason => void ends.push(`hub: ${reason}`),
    ...hubOptions,
  });
  const agent: TunnelSession = new TunnelSession(pipeTo('hub'), {
    onControl: () => undefined,
    onEnd: reason => void ends.push(`agent: ${reason}`),
    ...agentOptions,
  });
  Object.assign(sides, { hub, agent });
  return { hub, agent, ends };
}

const GET = { method: 'GET', path: '/version', headers: {} };
const FOREVER = new AbortController().signal;

it('carries a request and its answer', async () => {
  const { hub } = join({
    onRequest: async ({ head, body }) => ({
      head: { status: 201, headers: { 'x-path': head.path } },
      body: bodyOf('you said ', await readAll(body)),
    }),
  });
  const { head, body } = await hub.request(
    { ...GET, method: 'PATCH' },
    bodyOf('hel', 'lo'),
    FOREVER,
  );
  expect(head).toEqual({ status: 201, headers: { 'x-path': '/version' } });
  expect((await readAll(body)).toString()).toBe('you said hello');
  expect(hub.openStreams).toBe(0);
});

it('carries many large answers at once, whole', async () => {
  const large = Buffer.alloc(1_000_000, 'abcdefg');
  const { hub, agent } = join({
    onRequest: async () => ({
      head: { status: 200, headers: {} },
      body: bodyOf(large),
    }),
  });
  const answers = await Promise.all(
    Array.from({ length: 10 }, async () =>
      readAll((await hub.request(GET, bodyOf(), FOREVER)).body),
    ),
  );
  expect(answers.every(answer => answer.equals(large))).toBe(true);
  expect([hub.openStreams, agent.openStreams]).toEqual([0, 0]);
});

it('lets no stream that stands still hold up another', async () => {
  let sent = 0;
  const endless = async function* endless() {
    for (;;) {
      yield Buffer.alloc(16_384);
      sent += 16_384;
    }
  };
  const { hub } = join(
    {
      onRequest: async ({ head }) => ({
        head: { status: 200, headers: {} },
        body: head.path === '/endless' ? endless() : bodyOf('quick'),
      }),
      windowBytes: 65_536,
    },
    { windowBytes: 65_536 },
  );
  const stuck = await hub.request(
    { ...GET, path: '/endless' },
    bodyOf(),
    FOREVER,
  ); // nobody reads it
  for (let i = 0; i < 20; i++) {
    expect(
      (
        await readAll((await hub.request(GET, bodyOf(), FOREVER)).body)
      ).toString(),
    ).toBe('quick');
  }
  const sentSoFar = sent;
  await sleep(20);
  expect(sent).toBe(sentSoFar);
  expect(sent).toBeLessThanOrEqual(256 * 1024);
  for await (const chunk of stuck.body) if (chunk.byteLength > 0) break;
});

it('tells the other side when a request is given up', async () => {
  let aborted = false;
  const { hub, agent } = join({
    onRequest: ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(new Error('aborted'));
        });
      }),
  });
  const giveUp = new AbortController();
  const answer = hub.request(GET, bodyOf(), giveUp.signal);
  await sleep(10);
  giveUp.abort();
  await expect(answer).rejects.toThrow('given up');
  await sleep(10);
  expect([aborted, agent.openStreams]).toEqual([true, 0]);
});

it('leaves signals alone when a stream ends well', async () => {
  const seen: AbortSignal[] = [];
  const { hub, agent } = join({
    onRequest: async ({ signal }) => {
      seen.push(signal);
      return { head: { status: 200, headers: {} }, body: bodyOf('done') };
    },
  });
  const asking = new AbortController();
  await readAll((await hub.request(GET, bodyOf(), asking.signal)).body);
  expect(agent.openStreams).toBe(0);
  expect(seen.map(({ aborted }) => aborted)).toEqual([false]);
  expect(getEventListeners(asking.signal, 'abort')).toEqual([]);
});

it('breaks a body off when the other side does', async () => {
  const breaking = async function* breaking() {
    yield Buffer.from('half');
    throw new Error('the API server went away');
  };
  const { hub } = join({
    onRequest: async () => ({
      head: { status: 200, headers: {} },
      body: breaking(),
    }),
  });
  const { body } = await hub.request(GET, bodyOf(), FOREVER);
  await expect(readAll(body)).rejects.toThrow('the body broke off');
});

it('fails what is under way when the session ends, and what comes after', async () => {
  const { hub, ends } = join({ onRequest: () => new Promise(() => undefined) });
  const answer = hub.request(GET, bodyOf(), FOREVER);
  await sleep(5);
  hub.end('the agent was revoked');
  await expect(answer).rejects.toThrow('the agent was revoked');
  await expect(hub.request(GET, bodyOf(), FOREVER)).rejects.toThrow(
    'the agent was revoked',
  );
  expect(ends).toEqual(['hub: the agent was revoked']);
});

it('measures the round trip', async () => {
  const { hub } = join({});
  expect(await hub.ping()).toBeGreaterThanOrEqual(0);
});

it('takes no more streams than it may', async () => {
  const { hub } = join({
    onRequest: () => new Promise(() => undefined),
    maxStreams: 2,
  });
  const answers = Array.from({ length: 3 }, () =>
    hub.request(GET, bodyOf(), FOREVER),
  );
  answers.forEach(each => each.catch(() => undefined));
  await expect(answers[2]).rejects.toThrow('too many streams');
});

describe('an enemy on the other side', () => {
  function alone(options: Partial<SessionOptions> = {}) {
    const ends: string[] = [];
    const sent: Uint8Array[] = [];
    const session = new TunnelSession(
      { send: async frame => void sent.push(frame), close: () => undefined },
      {
        onControl: () => undefined,
        onEnd: reason => void ends.push(reason),
        windowBytes: 1_000,
        ...options,
      },
    );
    return { session, ends, sent };
  }

  it('may not send more than was allowed', () => {
    const { session, ends } = alone({
      onRequest: () => new Promise(() => undefined),
    });
    session.receive(encodeFrame({ type: 'open', stream: 1, head: GET }));
    session.receive(
      encodeFrame({ type: 'data', stream: 1, bytes: Buffer.alloc(1_000) }),
    );
    expect(ends).toEqual([]);
    session.receive(
      encodeFrame({ type: 'data', stream: 1, bytes: Buffer.alloc(1) }),
    );
    expect(ends).toEqual(['more came than was allowed']);
  });

  it('may not open a stream twice', () => {
    const { session, ends } = alone({
      onRequest: () => new Promise(() => undefined),
    });
    session.receive(encodeFrame({ type: 'open', stream: 2, head: GET }));
    session.receive(encodeFrame({ type: 'open', stream: 1, head: GET }));
    expect(ends).toEqual(['a stream was opened twice']);
  });

  it('may not open streams towards the hub', () => {
    const { session, ends } = alone();
    session.receive(
      encodeFrame({ type: 'open', stream: 0xffffffff, head: GET }),
    );
    expect(session.openStreams).toBe(0);
    expect(ends).toEqual(['a stream was opened where none is taken']);
  });

  it('may not ask without reading what it is answered', async () => {
    const reasons: string[] = [];
    const deaf = new TunnelSession(
      {
        send: () => Promise.reject(new TunnelError('nothing is read')),
        close: () => undefined,
      },
      {
        onControl: () => undefined,
        onEnd: reason => void reasons.push(reason),
      },
    );
    deaf.receive(encodeFrame({ type: 'ping', sequence: 1 }));
    await sleep(0);
    expect(reasons).toEqual(['nothing is read']);
  });

  it('may send data before its head only once', async () => {
    const { session, ends } = alone();
    const answer = session.request(GET, bodyOf(), FOREVER);
    answer.catch(() => undefined);
    session.receive(
      encodeFrame({ type: 'data', stream: 1, bytes: Buffer.alloc(1) }),
    );
    expect(ends).toEqual(['data came before its head']);
    await expect(answer).rejects.toThrow('data came before its head');
  });

  it('never makes it throw, whatever it sends', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 40 }),
            fc
              .tuple(
                fc.integer({ min: 1, max: 9 }),
                fc.integer({ min: 0, max: 3 }),
                fc.uint8Array({ maxLength: 30 }),
              )
              .map(
                ([type, stream, rest]) =>
                  new Uint8Array([type, 0, 0, 0, stream, ...rest]),
              ),
            fc
              .integer({ min: 1, max: 3 })
              .map(stream => encodeFrame({ type: 'open', stream, head: GET })),
            fc.integer({ min: 1, max: 3 }).map(stream =>
              encodeFrame({
                type: 'head',
                stream,
                head: { status: 200, headers: {} },
              }),
            ),
          ),
          { maxLength: 30 },
        ),
        fc.boolean(),
        (messages, isAgent) => {
          const { session } = alone(
            isAgent ? { onRequest: () => new Promise(() => undefined) } : {},
          );
          if (!isAgent)
            session.request(GET, bodyOf(), FOREVER).catch(() => undefined);
          messages.forEach(message => session.receive(message));
          expect(session.openStreams).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
