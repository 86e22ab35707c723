import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { ConfigMapServer } from '../__testUtils__/ConfigMapServer';
import { status } from '../__testUtils__/ScriptedServer';
import { eventually } from '@callboard/testing';
import { openConnection } from '../openConnection';
import type { Liveness, WatchClusterOptions } from './types';
import { watchCluster } from './watchCluster';

const CONFIG_MAPS = { apiVersion: 'v1', kind: 'ConfigMap' };
const KEY = 'v1/ConfigMap';

let server: ConfigMapServer;
let connection: ClusterConnection;
let stops: Array<() => Promise<void>>;

beforeEach(async () => {
  server = new ConfigMapServer();
  await server.listen();
  connection = openConnection(server.asCluster());
  stops = [];
});
afterEach(async () => {
  await Promise.all(stops.map(stop => stop()));
  await connection.close();
  await server.close();
});

/** Watches; what was handed over is in `seen` as `present web=a` and `absent web`. */
function watch(options: Partial<WatchClusterOptions> = {}) {
  const seen: string[] = [];
  const pulse: Liveness[] = [];
  const synced: string[] = [];
  const stop = new AbortController();
  const done = watchCluster(
    connection,
    {
      kinds: [CONFIG_MAPS],
      resumeFrom: {},
      onEvent: event => {
        const name =
          event.type === 'present'
            ? event.object.metadata.name
            : event.ref.name;
        const value =
          event.type === 'present'
            ? `=${(event.object.data as { value: string }).value}`
            : '';
        seen.push(`${event.type} ${name}${value}`);
      },
      onSync: point => void synced.push(point.resourceVersion),
      onLiveness: liveness => void pulse.push(liveness),
      silenceMs: 600,
      maxBackOffMs: 100,
      random: () => 0.5,
      ...options,
    },
    stop.signal,
  );
  const end = async () => {
    stop.abort();
    await done;
  };
  stops.push(end);
  return {
    seen,
    pulse,
    synced,
    end,
    last: () => pulse[pulse.length - 1]?.kind,
  };
}

it('hands over what is there, then what happens, in order', async () => {
  server.set('web', 'a');
  const { seen, synced } = watch();
  await eventually('the list is handed over', () =>
    expect(synced).toEqual(['2']),
  );
  server.set('web', 'b');
  server.set('web', 'c');
  server.remove('web');
  server.set('web', 'd');
  await eventually('all events came', () =>
    expect(seen).toEqual([
      'present web=a',
      'present web=b',
      'present web=c',
      'absent web',
      'present web=d',
    ]),
  );
});

it('waits for the handler before the next event', async () => {
  let underWay = 0;
  const seen: number[] = [];
  watch({
    onEvent: async () => {
      seen.push(++underWay);
      await new Promise(resolve => setTimeout(resolve, 5));
      underWay--;
    },
  });
  await eventually('it watches', () => expect(server.openWatches).toBe(1));
  for (let i = 0; i < 10; i++) server.set(`c${i}`, 'a');
  await eventually('all were handled', () =>
    expect(seen).toEqual(Array(10).fill(1)),
  );
});

it('resumes where it was, without a list', async () => {
  server.set('web', 'a');
  const resumeFrom = { [KEY]: server.version };
  server.set('web', 'b');
  const { seen } = watch({ resumeFrom });
  await eventually('only what is new came', () =>
    expect(seen).toEqual(['present web=b']),
  );
  expect(server.requests.filter(each => each.includes('limit='))).toEqual([]);
});

it('stores where it is at every bookmark, and never goes back', async () => {
  const { synced } = watch();
  await eventually('it watches', () => expect(server.openWatches).toBe(1));
  server.set('web', 'a');
  server.bookmark();
  server.bookmark(1); // out of order
  server.set('web', 'b');
  server.bookmark();
  await eventually('both good ones are stored', () =>
    expect(synced).toEqual(['1', '2', '3']),
  );
});

it('drops what it handed over already', async () => {
  const { seen } = watch();
  await eventually('it watches', () => expect(server.openWatches).toBe(1));
  server.set('web', 'a');
  server.repeat();
  server.set('web', 'b');
  await eventually('the change came', () =>
    expect(seen).toEqual(['present web=a', 'present web=b']),
  );
});

describe('when the past is gone (410)', () => {
  it('lists again and reports what was deleted meanwhile', async () => {
    server.set('web', 'a');
    server.set('api', 'a');
    const { seen } = watch();
    await eventually('it watches', () => expect(server.openWatches).toBe(1));
    server.hangs = true;
    server.cutAll();
    server.remove('api');
    server.remove('web');
    server.set('web', 'b'); // another object of the same name
    server.compact();
    server.hangs = false;
    await eventually('the difference came', () =>
      expect(seen.slice(2)).toEqual([
        'absent web',
        'absent api',
        'present web=b',
      ]),
    );
  });

  it('reports what the record holds and the cluster does not, also after a restart', async () => {
    server.set('web', 'a');
    const { uid } = { uid: 'uid-1' };
    server.compact();
    const { seen } = watch({
      resumeFrom: { [KEY]: '1' },
      listKnown: async () => [
        { uid, ref: { ...CONFIG_MAPS, namespace: 'shop--dev', name: 'web' } },
        {
          uid: 'uid-old',
          ref: { ...CONFIG_MAPS, namespace: 'shop--dev', name: 'gone' },
        },
      ],
    });
    await eventually('the difference came', () =>
      expect(seen).toEqual(['absent gone', 'present web=a']),
    );
  });
});

describe('when the connection suffers', () => {
  it.each<{ name: string; hurt: () => void }>([
    { name: 'a cut', hurt: () => server.cutAll() },
    {
      name: 'a cut in the middle of an event',
      hurt: () => server.cutInTheMiddle(),
    },
    { name: 'an end', hurt: () => server.endWatches() },
  ])('loses nothing over $name', async ({ hurt }) => {
    server.set('web', 'a');
    const { seen } = watch();
    await eventually('it watches', () => expect(server.openWatches).toBe(1));
    hurt();
    server.set('web', 'b');
    server.remove('web');
    await eventually('all came, once', () =>
      expect([...new Set(seen)]).toEqual([
        'present web=a',
        'present web=b',
        'absent web',
      ]),
    );
    expect(seen).toHaveLength(3);
  });

  it('finds out what a frozen watch kept back', async () => {
    server.frozen = true;
    const { seen } = watch();
    await eventually('it watches', () => expect(server.openWatches).toBe(1));
    server.set('web', 'a');
    server.frozen = false;
    await eventually('the next watch tells it', () =>
      expect(seen).toEqual(['present web=a']),
    );
  });

  it('does not ask a server that ends every watch at once without a pause', async () => {
    server.on('GET /api/v1/configmaps', (request, response) => {
      response.end(
        request.url?.includes('watch=')
          ? ''
          : '{"items":[],"metadata":{"resourceVersion":"1"}}',
      );
    });
    const { end } = watch({ maxBackOffMs: 2_000 });
    await new Promise(resolve => setTimeout(resolve, 500));
    await end();
    expect(
      server.requests.filter(each => each.includes('watch=')).length,
    ).toBeLessThan(5);
  });
});

describe('proof of life', () => {
  it('says alive with a round trip once everything is in step', async () => {
    const { pulse } = watch();
    await eventually('it is alive', () =>
      expect(pulse.length).toBeGreaterThan(1),
    );
    expect(pulse[0]).toMatchObject({
      kind: 'alive',
      version: { gitVersion: 'v1.36.3' },
    });
    expect(pulse.map(each => each.kind)).not.toContain('silent');
  });

  it('says silent within the deadline when nothing answers any more, and alive again', async () => {
    const { last, pulse, seen } = watch();
    await eventually('it is alive', () => expect(last()).toBe('alive'));
    server.hangs = true;
    server.on('GET /version', () => undefined); // half open: takes the request, says nothing
    const hungAt = Date.now();
    await eventually('it is silent', () => expect(last()).toBe('silent'));
    expect(Date.now() - hungAt).toBeLessThan(5_000);
    const { problem } = pulse[pulse.length - 1] as Extract<
      Liveness,
      { kind: 'silent' }
    >;
    expect(problem.code).toBe('cluster-timeout');

    server.hangs = false;
    server.on(
      'GET /version',
      (_, response) =>
        void response.end('{"major":"1","minor":"36","gitVersion":"v1.36.4"}'),
    );
    server.set('web', 'a');
    await eventually('it is alive again', () => expect(last()).toBe('alive'));
    await eventually('what happened meanwhile came', () =>
      expect(seen).toEqual(['present web=a']),
    );
  });

  it('does not lie when the probe answers but the watch does not', async () => {
    const { last, pulse } = watch();
    await eventually('it is alive', () => expect(last()).toBe('alive'));
    server.hangs = true;
    server.endWatches();
    await eventually('it is silent', () => expect(last()).toBe('silent'));
    const { problem } = pulse[pulse.length - 1] as Extract<
      Liveness,
      { kind: 'silent' }
    >;
    expect(problem.what).toBe('eu-1 does not answer');
  });

  it('is not alive while a kind may not be read, and says which', async () => {
    server.on('GET /api/v1/configmaps', (_, response) =>
      status(response, 403, { message: 'no list for you' }),
    );
    const { pulse } = watch();
    await eventually('it is told', () =>
      expect(pulse[0]).toMatchObject({
        kind: 'silent',
        problem: { code: 'cluster-refused', why: 'no list for you' },
      }),
    );
  });

  it('is alive while only a kind that may be refused is refused', async () => {
    server.on('GET /apis/policy/v1/poddisruptionbudgets', (_, response) =>
      status(response, 403, { message: 'no list for you' }),
    );
    const { last } = watch({
      kinds: [
        CONFIG_MAPS,
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          mayBeRefused: true,
        },
      ],
    });
    await eventually('it is alive', () => expect(last()).toBe('alive'));
  });

  it('forgives one lost answer', async () => {
    const { pulse } = watch();
    await eventually('it is alive', () => expect(pulse).toHaveLength(1));
    let lost = 0;
    server.on('GET /version', (_, response) => {
      if (lost++ === 0) response.destroy();
      else response.end('{"major":"1","minor":"36","gitVersion":"v1.36.4"}');
    });
    await eventually('it was asked again', () =>
      expect(pulse.length).toBeGreaterThan(2),
    );
    expect(pulse.map(each => each.kind)).not.toContain('silent');
  });

  it('counts a kind that the cluster does not serve as in step, with nothing of it there', async () => {
    const { last } = watch({
      kinds: [
        CONFIG_MAPS,
        { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' },
      ],
    });
    await eventually('it is alive', () => expect(last()).toBe('alive'));
  });
});

it('hands an event over again when the handler failed', async () => {
  const seen: string[] = [];
  const faults: unknown[] = [];
  watch({
    onEvent: event => {
      seen.push(event.type);
      if (seen.length === 1) throw new Error('the database is away');
    },
    onFault: ({ error }) => void faults.push(error),
  });
  await eventually('it watches', () => expect(server.openWatches).toBe(1));
  server.set('web', 'a');
  await eventually('it came again', () =>
    expect(seen).toEqual(['present', 'present']),
  );
  expect(faults).toEqual([new Error('the database is away')]);
});

it('leaves no connection behind when it ends', async () => {
  const { end, last } = watch();
  await eventually('it is alive', () => expect(last()).toBe('alive'));
  await end();
  await connection.close();
  await eventually('nothing is open', () =>
    expect(server.openConnections).toBe(0),
  );
});
