import {
  applyObjects,
  watchCluster,
} from '@callboard/plugin-callboard-clusters-node';
import { WebSocket } from 'ws';
import { generateKeys } from '@callboard/tunnel';
import { CLUSTER, TunnelStory } from './__testUtils__/TunnelStory';
import { eventually } from '@callboard/testing';

const CONFIG_MAPS = { apiVersion: 'v1', kind: 'ConfigMap' };
const NAMESPACE = 'shop--dev';
const objects = (value: string) => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  {
    ...CONFIG_MAPS,
    metadata: { name: 'settings', namespace: NAMESPACE },
    data: { value },
  },
];

let story: TunnelStory;
beforeEach(async () => {
  story = await TunnelStory.open();
});
afterEach(() => story.close());

const connected = () =>
  eventually('the agent is connected', () =>
    expect(story.hub.linkOf(CLUSTER)).toBeDefined(),
  );
const refused = (code: string) =>
  eventually(`it is refused: ${code}`, () =>
    expect(story.events).toContainEqual({
      kind: 'refused',
      code,
      cluster: CLUSTER,
    }),
  );

it('makes a cluster usable as any other, though nobody can dial it', async () => {
  story.startAgent(story.register());
  await connected();
  const connection = await story.connect();
  const applied = await applyObjects(connection, {
    deployment: 'shop',
    namespace: NAMESPACE,
    objects: objects('a'),
  });
  expect(applied.ok && applied.value.complete).toBe(true);

  const seen: string[] = [];
  const stop = new AbortController();
  const pulse: string[] = [];
  const watching = watchCluster(
    connection,
    {
      kinds: [CONFIG_MAPS],
      resumeFrom: {},
      onEvent: event =>
        void (
          event.type === 'present' && seen.push(event.object.metadata.name)
        ),
      onSync: () => undefined,
      onLiveness: liveness => void pulse.push(liveness.kind),
      silenceMs: 1_000,
    },
    stop.signal,
  );
  await eventually('the watch tells it', () =>
    expect(seen).toContain('settings'),
  );
  await eventually('it is alive', () => expect(pulse).toContain('alive'));
  await eventually('the round trip is known', () =>
    expect(story.hub.linkOf(CLUSTER)).toMatchObject({
      agentVersion: '0.1.0',
      roundTripMs: expect.any(Number),
    }),
  );
  stop.abort();
  await watching;
});

describe('a join token', () => {
  it('lets one agent in, once', async () => {
    const token = story.register();
    const first = story.startAgent(token);
    await connected();
    await first.end();
    story.startAgent(token); // another one, with a key of its own
    await refused('token-used');
    expect(story.hub.linkOf(CLUSTER)).toBeUndefined();
  });

  it('is not needed any more by the agent that used it', async () => {
    const { keys, end } = story.startAgent(story.register());
    await connected();
    await end();
    await eventually('it is gone', () =>
      expect(story.hub.linkOf(CLUSTER)).toBeUndefined(),
    );
    story.startAgent(undefined, { keys });
    await connected();
  });

  it.each([
    {
      name: 'expired',
      token: () => story.register(new Date(Date.now() - 1)),
      code: 'token-expired',
    },
    {
      name: 'wrong',
      token: () => story.register() && 'another',
      code: 'token-wrong',
    },
    {
      name: 'missing',
      token: () => void story.register(),
      code: 'agent-unknown',
    },
    {
      name: 'for a cluster that nobody registered',
      token: () => 'any',
      code: 'agent-unknown',
    },
  ])('that is $name lets nobody in', async ({ token, code }) => {
    story.startAgent(token() ?? undefined);
    await refused(code);
    expect(story.hub.linkOf(CLUSTER)).toBeUndefined();
  });
});

describe('who is who', () => {
  it('does not believe an agent that shows the key of another', async () => {
    const { keys, end } = story.startAgent(story.register());
    await connected();
    await end();
    const thief = { ...generateKeys(), publicKey: keys.publicKey };
    story.startAgent(undefined, { keys: thief });
    await refused('signature-wrong');
    expect(story.hub.linkOf(CLUSTER)).toBeUndefined();
  });

  it('does not talk to a hub that is not its own', async () => {
    story.startAgent(story.register(), { hubKey: generateKeys().publicKey });
    await eventually('it says so', () =>
      expect(story.lines.join('\n')).toContain(
        'the hub is not the one this agent belongs to',
      ),
    );
    expect(await story.registry.find(CLUSTER)).toMatchObject({
      state: 'registered',
    }); // the token was not shown
  });
});

describe('scope', () => {
  it('is held by the agent, whatever the hub asks', async () => {
    story.startAgent(story.register());
    await connected();
    const ask = async (method: string, path: string) => {
      const answer = await story.hub
        .linkOf(CLUSTER)!
        .session.request(
          { method, path, headers: {} },
          none(),
          AbortSignal.timeout(2_000),
        );
      let text = '';
      for await (const chunk of answer.body)
        text += Buffer.from(chunk).toString();
      return `${answer.head.status} ${text}`;
    };
    expect(await ask('GET', '/version')).toMatch(/^200 /);
    expect(await ask('GET', '/api/v1/nodes/node-1/proxy/metrics')).toMatch(
      /^403 .*out of scope/,
    );
    expect(
      await ask('GET', '/api/v1/namespaces/a/pods/b/exec?command=sh'),
    ).toMatch(/^403 .*out of scope/);
    expect(
      await ask(
        'POST',
        '/api/v1/namespaces/kube-system/serviceaccounts/admin/token',
      ),
    ).toMatch(/^403 /);
    expect(await ask('GET', '/metrics')).toMatch(/^403 /);
  });
});

describe('a revoked agent', () => {
  it('is out within 5 s, also when another process revoked it, and stays out', async () => {
    story.startAgent(story.register());
    await connected();
    const connection = await story.connect();
    expect((await connection.readVersion()).ok).toBe(true);
    story.registry.revoke(CLUSTER);
    await eventually(
      'its session has ended',
      () => expect(story.hub.linkOf(CLUSTER)).toBeUndefined(),
      5_000,
    );
    const version = await connection.readVersion();
    expect(version.ok || version.problem).toMatchObject({
      code: 'cluster-unreachable',
      why: 'its agent is not connected',
    });
    await eventually('it was told', () =>
      expect(story.lines.join('\n')).toContain(
        'closed the connection: revoked',
      ),
    );
  });

  it('is refused when it comes back', async () => {
    const token = story.register();
    story.registry.revoke(CLUSTER);
    story.startAgent(token);
    await refused('agent-revoked');
    expect(story.hub.linkOf(CLUSTER)).toBeUndefined();
  });
});

describe('a bad link', () => {
  it('is noticed on both sides when it is half open, and the agent comes back', async () => {
    story.startAgent(story.register());
    await connected();
    const connection = await story.connect();
    expect((await connection.readVersion()).ok).toBe(true);
    const cutAt = Date.now();
    story.cutLink();
    await eventually('the hub noticed', () =>
      expect(story.hub.linkOf(CLUSTER)).toBeUndefined(),
    );
    await eventually('the agent noticed', () =>
      expect(story.lines.join('\n')).toContain('the hub stopped answering'),
    );
    expect(Date.now() - cutAt).toBeLessThan(15_000); // TCP would take minutes
    expect(story.events).toContainEqual({
      kind: 'disconnected',
      cluster: CLUSTER,
      why: 'the agent stopped answering',
    });
    story.mendLink();
    await eventually(
      'it is back',
      async () => expect((await connection.readVersion()).ok).toBe(true),
      20_000,
    );
  }, 30_000);

  it('fails what is under way and nothing else when the hub restarts', async () => {
    story.startAgent(story.register());
    await connected();
    const before = await story.connect();
    expect((await before.readVersion()).ok).toBe(true);
    await story.stopHub();
    await eventually('the agent knows why', () =>
      expect(story.lines.join('\n')).toContain(
        'closed the connection: restarting',
      ),
    );
    await story.startHub();
    await connected();
    const after = await story.connect();
    expect((await after.readVersion()).ok).toBe(true);
  });
});

it('gives a cluster to its newest session only', async () => {
  const { keys } = story.startAgent(story.register());
  await connected();
  const first = story.hub.linkOf(CLUSTER);
  story.startAgent(undefined, { keys });
  await eventually('the newer one has it', () =>
    expect(story.hub.linkOf(CLUSTER)?.session).not.toBe(first?.session),
  );
  await eventually('the older one was told', () =>
    expect(story.lines.join('\n')).toContain('closed the connection: replaced'),
  );
});

it('keeps the later of two agents, and takes the earlier one back when that one ends', async () => {
  const { keys } = story.startAgent(story.register(), { startedAtMs: 1 });
  await connected();
  const later = story.startAgent(undefined, { keys, startedAtMs: 2 });
  await eventually('the later one has it', () =>
    expect(story.hub.linkOf(CLUSTER)?.startedAtMs).toBe(2),
  );
  story.startAgent(undefined, { keys, startedAtMs: 1 });
  await eventually('an earlier one that dials is sent away', () =>
    expect(
      story.lines.filter(line =>
        line.includes('closed the connection: replaced'),
      ).length,
    ).toBeGreaterThan(1),
  );
  expect(story.hub.linkOf(CLUSTER)?.startedAtMs).toBe(2);
  await later.end();
  await eventually('the earlier one is back', () =>
    expect(story.hub.linkOf(CLUSTER)?.startedAtMs).toBe(1),
  );
});

it('survives whatever dials in', async () => {
  const link = story.startAgent(story.register());
  await connected();
  for (const message of [
    Buffer.alloc(0),
    Buffer.from([1, 0, 0, 0, 0]),
    Buffer.from([6, 0, 0, 0, 9, 1]),
    'text',
  ]) {
    const socket = new WebSocket(story.hubUrl);
    await new Promise(resolve => socket.once('open', resolve));
    socket.send(message);
    await new Promise(resolve => socket.once('close', resolve));
  }
  expect(story.hub.linkOf(CLUSTER)).toBeDefined();
  await link.end();
});

it('lets an agent in while more sockets than it takes say nothing', async () => {
  const silent = await Promise.all(
    Array.from({ length: 510 }, async () => {
      const socket = new WebSocket(story.hubUrl);
      socket.on('error', () => {});
      await new Promise(resolve => socket.once('open', resolve));
      return socket;
    }),
  );
  const link = story.startAgent(story.register());
  await connected();
  expect(
    silent.filter(({ readyState }) => readyState === WebSocket.OPEN).length,
  ).toBeLessThanOrEqual(500);
  silent.forEach(socket => socket.terminate());
  await link.end();
});

async function* none(): AsyncGenerator<Uint8Array> {}
