import type { ServerResponse } from 'node:http';
import type { Result } from '@callboard/plugin-callboard-common';
import type {
  ClusterConnection,
  WatchEvent,
} from '@callboard/plugin-callboard-node';
import {
  ScriptedServer,
  configMap,
  json,
  status,
} from './__testUtils__/ScriptedServer';
import { eventually } from '@callboard/testing';
import type { ConnectionLimits } from './connection/limits';
import { openConnection } from './openConnection';

const CONFIG = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop--dev',
  name: 'web',
};
const PATH = '/api/v1/namespaces/shop--dev/configmaps/web';

let server: ScriptedServer;
let connection: ClusterConnection;

function connect(limits?: Partial<ConnectionLimits>): ClusterConnection {
  return openConnection(server.asCluster({ token: 'secret-token' }), {
    limits,
  });
}

beforeEach(async () => {
  server = await new ScriptedServer().listen();
  connection = connect();
});
afterEach(async () => {
  await connection.close();
  await server.close();
});

/** `object-invalid: spec.replicas: must be positive`. */
function codeAndWhy<T>(result: Result<T>): string {
  return result.ok
    ? `ok ${JSON.stringify(result.value)}`
    : `${result.problem.code}: ${result.problem.why}`;
}

describe('what a cluster may answer', () => {
  const answer =
    (text: string, code = 200, headers = {}) =>
    (response: ServerResponse) => {
      response.writeHead(code, headers).end(text);
    };

  it.each<{
    name: string;
    given: (response: ServerResponse) => void;
    deadlineMs?: number;
    expected: string;
  }>([
    {
      name: 'the object',
      given: response => json(response, configMap('web', 7)),
      expected: `ok ${JSON.stringify(configMap('web', 7))}`,
    },
    {
      name: 'that the object is not there',
      given: response =>
        status(response, 404, {
          reason: 'NotFound',
          message: 'not found',
          details: { name: 'web' },
        }),
      expected: 'ok undefined',
    },
    {
      name: 'a 404 of something else than the API server',
      given: answer('<html>Not here</html>', 404),
      expected:
        'cluster-answer-invalid: it answers HTTP 404 and not as Kubernetes does',
    },
    {
      name: 'a login page',
      given: answer('<html>Please sign in</html>'),
      expected: 'cluster-answer-invalid: what it answers is not that object',
    },
    {
      name: 'a redirect, which is not followed',
      given: answer('', 302, {
        location: 'http://169.254.169.254/latest/meta-data',
      }),
      expected:
        'cluster-answer-invalid: it answers HTTP 302 and not as Kubernetes does',
    },
    {
      name: 'another object',
      given: response => json(response, configMap('other', 7)),
      expected: 'cluster-answer-invalid: what it answers is not that object',
    },
    {
      name: 'labels that are no strings',
      given: response =>
        json(response, {
          ...configMap('web', 7),
          metadata: { name: 'web', labels: { a: { b: 1 } } },
        }),
      expected: 'cluster-answer-invalid: what it answers is not that object',
    },
    {
      name: 'nesting without end',
      given: answer('['.repeat(200_000)),
      expected: 'cluster-answer-invalid: what it answers is not that object',
    },
    {
      name: 'more than one answer may have',
      given: response => {
        response.writeHead(200);
        const more = () => {
          while (response.writable && response.write('x'.repeat(65_536)));
          if (response.writable) response.once('drain', more);
        };
        more();
      },
      expected: 'cluster-answer-invalid: it answers more than 1 MiB',
    },
    {
      name: 'half an answer, then nothing more comes',
      given: response => {
        response
          .writeHead(200, { 'content-length': '1000' })
          .write('{"apiVersion"');
        setTimeout(() => response.destroy(), 20);
      },
      expected: 'cluster-unreachable: the connection was cut',
    },
    {
      name: 'nothing at all',
      given: () => undefined,
      deadlineMs: 300,
      expected: 'cluster-timeout: the API server did not answer within 300 ms',
    },
    {
      name: 'headers, and then nothing',
      given: response => {
        response.writeHead(200).write('{');
      },
      deadlineMs: 300,
      expected: 'cluster-timeout: the API server did not answer within 300 ms',
    },
    {
      name: 'that the token is wrong',
      given: response =>
        status(response, 401, {
          reason: 'Unauthorized',
          message: 'Unauthorized',
        }),
      expected:
        'cluster-refused: it does not accept the credentials (HTTP 401)',
    },
    {
      name: 'that a right is missing',
      given: response =>
        status(response, 403, {
          reason: 'Forbidden',
          message: 'cannot get configmaps',
        }),
      expected: 'cluster-refused: cannot get configmaps',
    },
    {
      name: 'that it is broken',
      given: response =>
        status(response, 500, {
          reason: 'InternalError',
          message: 'etcd is away',
        }),
      expected: 'cluster-failing: etcd is away',
    },
    {
      name: 'a broken gateway',
      given: answer('Bad Gateway', 502),
      expected: 'cluster-failing: it answers HTTP 502',
    },
  ])('$name', async ({ given, deadlineMs, expected }) => {
    connection = connect({ answerBytes: 1024 * 1024 });
    server.on(`GET ${PATH}`, (_, response) => given(response));
    expect(codeAndWhy(await connection.read(CONFIG, { deadlineMs }))).toBe(
      expected,
    );
  });

  it('names action, object and cluster, and never the credentials', async () => {
    server.on(`GET ${PATH}`, (_, response) =>
      status(response, 403, { reason: 'Forbidden', message: 'no' }),
    );
    const result = await connection.read(CONFIG);
    expect(result).toEqual({
      ok: false,
      problem: {
        code: 'cluster-refused',
        what: 'Cannot read ConfigMap "web" in namespace "shop--dev" on cluster "eu-1"',
        why: 'no',
        next: 'Give the account that Callboard uses on "eu-1" this right, or renew its credentials',
        transient: false,
      },
    });
    expect(JSON.stringify(result)).not.toContain('secret-token');
  });

  it('leaves out what a server says about a secret', async () => {
    server.on('PATCH /api/v1/namespaces/shop--dev/secrets/db', (_, response) =>
      status(response, 422, {
        reason: 'Invalid',
        message: 'data: Invalid value: "hunter2"',
        details: {
          causes: [
            {
              reason: 'FieldValueInvalid',
              message: '"hunter2"',
              field: 'data',
            },
          ],
        },
      }),
    );
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'shop--dev' },
    };
    expect(codeAndWhy(await connection.apply(secret))).toBe(
      'object-invalid: Invalid, data',
    );
  });

  it('says where nothing listens', async () => {
    await server.close();
    const result = await connection.readVersion();
    expect(codeAndWhy(result)).toBe(
      'cluster-unreachable: nothing listens at its address',
    );
    // Which request it was is of no use to who reads it.
    expect(result).toMatchObject({
      problem: { what: 'eu-1 does not answer' },
    });
    server = await new ScriptedServer().listen();
  });
});

describe('discovery', () => {
  it('is read once per version, and again for a kind that is not known yet', async () => {
    const resources = [
      {
        name: 'widgets',
        kind: 'Widget',
        namespaced: true,
        verbs: [] as string[],
      },
    ];
    server.on('GET /apis/shop.dev/v1', (_, response) =>
      json(response, { resources }),
    );
    const gadgets = { items: [], metadata: { resourceVersion: '1' } };
    server.on('GET /apis/shop.dev/v1/widgets', (_, response) =>
      json(response, gadgets),
    );
    server.on('GET /apis/shop.dev/v1/gadgets', (_, response) =>
      json(response, gadgets),
    );
    const list = (kind: string) =>
      connection.list({ apiVersion: 'shop.dev/v1', kind });

    expect((await list('Widget')).ok && (await list('Widget')).ok).toBe(true);
    expect(codeAndWhy(await list('Gadget'))).toBe(
      'kind-not-served: cluster "eu-1" does not serve Gadget (shop.dev/v1)',
    );
    resources.push({
      name: 'gadgets',
      kind: 'Gadget',
      namespaced: true,
      verbs: [],
    });
    await eventually('the new kind is found', async () =>
      expect((await list('Gadget')).ok).toBe(true),
    );
    expect(
      server.requests.filter(each => each === 'GET /apis/shop.dev/v1'),
    ).toHaveLength(2);
  });

  it('takes a server without the core kinds for no API server', async () => {
    server.on(
      'GET /api/v1',
      (_, response) => void response.writeHead(404).end('not found'),
    );
    expect(codeAndWhy(await connection.read(CONFIG))).toBe(
      'cluster-answer-invalid: there is no Kubernetes API at /api/v1 of its address',
    );
  });

  it('keeps a path in front of the API', async () => {
    await connection.close();
    connection = openConnection(server.asCluster({ path: '/clusters/eu-1/' }));
    server.on('GET /clusters/eu-1/version', (_, response) =>
      json(response, { major: '1', minor: '30', gitVersion: 'v1.30.0' }),
    );
    expect((await connection.readVersion()).ok).toBe(true);
  });
});

describe('lists', () => {
  const COLLECTION = 'GET /api/v1/namespaces/shop--dev/configmaps';
  const list = () =>
    connection.list(CONFIG, { namespace: 'shop--dev', limit: 1 });

  it('reads all pages and fills in kind and version', async () => {
    server.on(COLLECTION, (request, response) => {
      const isSecond = request.url?.includes('continue=next');
      const {
        kind: _kind,
        apiVersion: _version,
        ...item
      } = configMap(isSecond ? 'b' : 'a', 3);
      json(response, {
        items: [item],
        metadata: { resourceVersion: '9', continue: isSecond ? '' : 'next' },
      });
    });
    const answer = await list();
    expect(
      answer.ok &&
        answer.value.items.map(
          each => `${each.apiVersion} ${each.kind} ${each.metadata.name}`,
        ),
    ).toEqual(['v1 ConfigMap a', 'v1 ConfigMap b']);
    expect(answer.ok && answer.value.resourceVersion).toBe('9');
  });

  it('starts over when the pages expired in the middle', async () => {
    let expired = 0;
    server.on(COLLECTION, (request, response) => {
      const isSecond = request.url?.includes('continue=next');
      if (isSecond && expired++ === 0)
        status(response, 410, { reason: 'Expired', message: 'too old' });
      else
        json(response, {
          items: [],
          metadata: { resourceVersion: '9', continue: isSecond ? '' : 'next' },
        });
    });
    expect(codeAndWhy(await list())).toBe(
      'ok {"items":[],"resourceVersion":"9"}',
    );
  });

  it('does not follow pages without end', async () => {
    connection = connect({ listPages: 5 });
    server.on(COLLECTION, (_, response) =>
      json(response, {
        items: [],
        metadata: { resourceVersion: '9', continue: 'again' },
      }),
    );
    expect(codeAndWhy(await list())).toBe(
      'cluster-answer-invalid: the list has more than 5 pages',
    );
  });
});

describe('protection', () => {
  it('waits as long as the server asks, and sends nothing meanwhile', async () => {
    let asked = 0;
    server.on(`GET ${PATH}`, (_, response) => {
      if (asked++ > 0) json(response, configMap('web', 7));
      else {
        response.setHeader('retry-after', '0.2');
        status(response, 429, { reason: 'TooManyRequests' });
      }
    });
    const startedAt = Date.now();
    const [first, second] = await Promise.all([
      connection.read(CONFIG),
      connection.read(CONFIG),
    ]);
    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(180);
  });

  it('asks only now and then where the server says to come back at once', async () => {
    let asked = 0;
    server.on(`GET ${PATH}`, (_, response) => {
      asked += 1;
      response.setHeader('retry-after', '0');
      status(response, 429, { reason: 'TooManyRequests' });
    });
    const answer = await connection.read(CONFIG, { deadlineMs: 500 });
    expect(answer.ok).toBe(false);
    expect(asked).toBeLessThan(8);
  });

  it('says at once when it must wait longer than the caller does', async () => {
    server.on(`GET ${PATH}`, (_, response) => {
      response.setHeader('retry-after', '30');
      status(response, 429, { reason: 'TooManyRequests' });
    });
    const startedAt = Date.now();
    expect(
      codeAndWhy(await connection.read(CONFIG, { deadlineMs: 2_000 })),
    ).toBe('cluster-throttled: the API server asks to wait 30 s');
    expect(Date.now() - startedAt).toBeLessThan(1_900);
  });

  it('never has more requests under way than it may', async () => {
    connection = connect({ concurrentRequests: 3 });
    let underWay = 0;
    let most = 0;
    server.on(`GET ${PATH}`, (_, response) => {
      most = Math.max(most, ++underWay);
      setTimeout(() => {
        underWay--;
        json(response, configMap('web', 7));
      }, 10);
    });
    const results = await Promise.all(
      Array.from({ length: 20 }, () => connection.read(CONFIG)),
    );
    expect(results.every(each => each.ok)).toBe(true);
    expect(most).toBe(3);
  });

  it('stops asking a dead cluster, and finds out by a probe that it is back', async () => {
    connection = connect({
      failuresToOpen: 2,
      pauseMs: 60_000,
      maxPauseMs: 60_000,
    });
    await connection.read(CONFIG); // discovery is known
    server.on(`GET ${PATH}`, (_, response) => void response.destroy());
    server.on('GET /version', (_, response) => void response.destroy());
    await connection.read(CONFIG);
    await connection.read(CONFIG);
    const sent = server.requests.length;
    const held = await connection.read(CONFIG);
    expect(held.ok || held.problem.why).toMatch(
      /^its last answers failed; nothing is sent for another/,
    );
    expect(server.requests).toHaveLength(sent);

    server.on(`GET ${PATH}`, (_, response) =>
      json(response, configMap('web', 7)),
    );
    server.on('GET /version', (_, response) =>
      json(response, { major: '1', minor: '1', gitVersion: 'v1' }),
    );
    expect((await connection.readVersion()).ok).toBe(true);
    expect((await connection.read(CONFIG)).ok).toBe(true);
  });

  it('gives up at once when the caller does, and when it is closed', async () => {
    server.on(`GET ${PATH}`, () => undefined);
    const stop = new AbortController();
    const aborted = connection.read(CONFIG, { signal: stop.signal });
    const closed = connection.read(CONFIG);
    await eventually('both are sent', () =>
      expect(
        server.requests.filter(each => each === `GET ${PATH}`),
      ).toHaveLength(2),
    );
    stop.abort();
    expect(codeAndWhy(await aborted)).toMatch(/^call-aborted/);
    await connection.close();
    expect(codeAndWhy(await closed)).toMatch(/^call-aborted/);
    expect(codeAndWhy(await connection.readVersion())).toMatch(/^call-aborted/);
  });

  it('reads credentials again after they were refused', async () => {
    let opened = 0;
    const cluster = server.asCluster();
    connection = openConnection({
      ...cluster,
      openTransport: () => {
        opened++;
        return cluster.openTransport();
      },
    });
    server.on('GET /version', (_, response) =>
      status(response, 401, { reason: 'Unauthorized' }),
    );
    await connection.readVersion();
    await connection.readVersion();
    expect(opened).toBe(2);
  });
});

describe('deleting', () => {
  it.each([
    {
      name: 'what is there',
      code: 200,
      said: { status: 'Success' },
      expected: 'ok undefined',
    },
    {
      name: 'what is gone',
      code: 404,
      said: { reason: 'NotFound', details: { name: 'web' } },
      expected: 'ok undefined',
    },
    {
      name: 'a forerunner',
      code: 409,
      said: { reason: 'Conflict' },
      expected: 'ok undefined',
    },
    {
      name: 'without the right',
      code: 403,
      said: { message: 'no' },
      expected: 'cluster-refused: no',
    },
  ])('$name', async ({ code, said, expected }) => {
    let sent = '';
    server.on(`DELETE ${PATH}`, (request, response) => {
      sent = request.body;
      status(response, code, said);
    });
    expect(codeAndWhy(await connection.remove(CONFIG, { uid: 'uid-1' }))).toBe(
      expected,
    );
    expect(JSON.parse(sent)).toMatchObject({
      propagationPolicy: 'Background',
      preconditions: { uid: 'uid-1' },
    });
  });
});

it('cuts logs at their limit instead of refusing them', async () => {
  server.on(
    'GET /api/v1/namespaces/shop--dev/pods/web-1/log',
    (_, response) => void response.end('x'.repeat(100_000)),
  );
  const logs = await connection.readLogs(
    { namespace: 'shop--dev', name: 'web-1' },
    { limitBytes: 1_000 },
  );
  expect(logs.ok && logs.value.length).toBe(1_000);
});

describe('logs that are followed', () => {
  const POD = { namespace: 'shop--dev', name: 'web-1' };
  const LOG = 'GET /api/v1/namespaces/shop--dev/pods/web-1/log';
  const { signal } = new AbortController();

  it('come as whole lines, long ones cut, until the server ends them', async () => {
    server.on(LOG, (_, response) => {
      response.write('one\r\ntw');
      response.write('o\n');
      response.end(`${'x'.repeat(40_000)}\nthe last`);
    });
    const lines: string[] = [];
    for await (const part of connection.followLogs(POD, { signal }))
      if (part.ok) lines.push(...part.value);
    expect(lines.map(line => [line.slice(0, 8), line.length])).toEqual([
      ['one', 3],
      ['two', 3],
      ['xxxxxxxx', 16 * 1024],
      ['the last', 8],
    ]);
  });

  it('say why there are none', async () => {
    server.on(LOG, (_, response) =>
      status(response, 400, { message: 'container "web" is waiting to start' }),
    );
    const said: string[] = [];
    for await (const part of connection.followLogs(POD, { signal }))
      said.push(codeAndWhy(part));
    expect(said).toEqual([expect.stringContaining('waiting to start')]);
  });

  it('end when nobody reads them', async () => {
    let isCut = false;
    server.on(LOG, (_, response) => {
      response.once('close', () => {
        isCut = true;
      });
      response.write('one\n');
    });
    for await (const part of connection.followLogs(POD, { signal })) {
      expect(part).toEqual({ ok: true, value: ['one'] });
      break;
    }
    await eventually(() => expect(isCut).toBe(true));
  });
});

describe('watch', () => {
  const COLLECTION = 'GET /api/v1/configmaps';
  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  const added = line({ type: 'ADDED', object: configMap('web', 8) });

  async function watch(
    script: (response: ServerResponse) => void,
    silenceMs: number,
  ): Promise<string[]> {
    server.on(COLLECTION, (_, response) => {
      response.writeHead(200).flushHeaders();
      script(response);
    });
    const signal = AbortSignal.timeout(30_000);
    const seen: string[] = [];
    for await (const event of connection.watch(CONFIG, {
      resourceVersion: '7',
      signal,
      silenceMs,
    })) {
      seen.push(describeEvent(event));
    }
    return seen;
  }

  function describeEvent(event: Result<WatchEvent>): string {
    if (!event.ok) return `${event.problem.code}: ${event.problem.why}`;
    if (event.value.type === 'bookmark')
      return `bookmark ${event.value.resourceVersion}`;
    return 'object' in event.value
      ? `${event.value.type} ${event.value.object.metadata.name}`
      : event.value.type;
  }

  it.each<{
    name: string;
    given: (response: ServerResponse) => void;
    /** A third of it is what opening may take. */
    silenceMs?: number;
    expected: string[];
  }>([
    {
      name: 'events in any pieces',
      given: response => {
        const text = Buffer.from(
          added +
            line({
              type: 'BOOKMARK',
              object: { metadata: { resourceVersion: '9' } },
            }),
        );
        const pieces = Array.from(
          { length: Math.ceil(text.length / 7) },
          (_, i) => text.subarray(i * 7, i * 7 + 7),
        );
        pieces.forEach(piece => response.write(piece));
        response.end();
      },
      expected: ['opened', 'added web', 'bookmark 9'],
    },
    {
      name: 'a cut in the middle of an event',
      given: response => {
        response.write(added + added.slice(0, 20));
        setTimeout(() => response.destroy(), 20);
      },
      expected: [
        'opened',
        'added web',
        'cluster-unreachable: the connection was cut',
      ],
    },
    {
      name: 'an end in the middle of an event drops it',
      given: response => void response.end(added + added.slice(0, 20)),
      expected: ['opened', 'added web'],
    },
    {
      name: 'silence',
      given: response => void response.write(added),
      silenceMs: 2_000,
      expected: [
        'opened',
        'added web',
        'cluster-unreachable: the watch was silent for 2 s',
      ],
    },
    {
      name: 'the past is gone',
      given: response =>
        void response.end(
          line({
            type: 'ERROR',
            object: { kind: 'Status', code: 410, reason: 'Expired' },
          }),
        ),
      expected: ['opened', 'gone'],
    },
    {
      name: 'another error',
      given: response =>
        void response.end(
          line({
            type: 'ERROR',
            object: { kind: 'Status', code: 500, message: 'etcd is away' },
          }),
        ),
      expected: ['opened', 'cluster-failing: etcd is away'],
    },
    {
      name: 'nonsense, after which nothing is believed',
      given: response => void response.end(`${added}<html>\n${added}`),
      expected: [
        'opened',
        'added web',
        'cluster-answer-invalid: a line of the watch is not JSON',
      ],
    },
    {
      name: 'an event without a version',
      given: response =>
        void response.end(
          line({ type: 'ADDED', object: { metadata: { name: 'web' } } }),
        ),
      expected: [
        'opened',
        'cluster-answer-invalid: a line of the watch is not an event',
      ],
    },
    {
      name: 'an event without end',
      given: response => {
        const more = () => {
          while (response.writable && response.write('x'.repeat(65_536)));
          if (response.writable) response.once('drain', more);
        };
        more();
      },
      expected: ['opened', 'cluster-answer-invalid: an event is too large'],
    },
  ])('$name', async ({ given, silenceMs = 20_000, expected }) => {
    expect(await watch(given, silenceMs)).toEqual(expected);
  });

  it('is told of a version that is gone also by its status', async () => {
    server.on(COLLECTION, (_, response) =>
      status(response, 410, { reason: 'Expired' }),
    );
    const signal = AbortSignal.timeout(30_000);
    for await (const event of connection.watch(CONFIG, {
      resourceVersion: '7',
      signal,
      silenceMs: 20_000,
    })) {
      expect(event).toEqual({ ok: true, value: { type: 'gone' } });
    }
  });

  it('leaves nothing open when it is left', async () => {
    server.on(COLLECTION, (_, response) => void response.write(added));
    const signal = AbortSignal.timeout(30_000);
    for await (const event of connection.watch(CONFIG, {
      resourceVersion: '7',
      signal,
      silenceMs: 20_000,
    })) {
      if (event.ok && event.value.type === 'added') break;
    }
    await eventually('the watch is closed', () =>
      expect(server.openConnections).toBeLessThanOrEqual(1),
    ); // discovery's stays
  });
});
