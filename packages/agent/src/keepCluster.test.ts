import { gunzipSync } from 'node:zlib';
import {
  applyObjects,
  removeObjects,
} from '@callboard/plugin-callboard-clusters-node';
import { generateKeys } from '@callboard/tunnel';
import {
  ANNOTATIONS,
  FIELD_MANAGER as HUBS_FIELD_MANAGER,
  type KubeObject,
} from '@callboard/plugin-callboard-common';
import { CLUSTER, TunnelStory } from './__testUtils__/TunnelStory';
import { eventually } from '@callboard/testing';
import { readChanges, withoutEmptyTimes } from './__testUtils__/readChanges';
import { FIELD_MANAGER, FINGERPRINT } from './desired/KeptObject';
import { MemoryStateStore } from './state/MemoryStateStore';
import type { StateStore } from './state/StateStore';

jest.setTimeout(30_000); // a machine that does much at once is slow, not wrong

const NAMESPACE = 'shop--dev';
const WANTED = { deployment: 'shop', namespace: NAMESPACE };
const SETTINGS = `/api/v1/namespaces/${NAMESPACE}/configmaps/settings`;
const WEB = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/web`;

function objects(value: string): KubeObject[] {
  const labels = { app: 'shop' };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: NAMESPACE },
      data: { value },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: NAMESPACE, labels },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'web',
                image: 'registry.example/web:1',
                resources: { requests: { cpu: '0.5' } }, // a server writes 500m
              },
            ],
          },
        },
      },
    },
  ];
}

let story: TunnelStory;
let store: StateStore;
let keys: { privateKey: string; publicKey: string };
let agent: { end: () => Promise<void> };
const connected = () =>
  eventually('the agent is connected', () =>
    expect(story.hub.linkOf(CLUSTER)).toBeDefined(),
  );
beforeEach(async () => {
  story = await TunnelStory.open();
  store = new MemoryStateStore(); // stands for the disk
  keys = generateKeys();
  agent = story.startAgent(story.register(), { keys, store });
  await connected();
});
afterEach(() => story.close());

const apply = async (value: string) => {
  const connection = await story.connect();
  const applied = await applyObjects(connection, {
    ...WANTED,
    objects: objects(value),
  });
  expect(applied.ok && applied.value.complete).toBe(true);
};
const alone = () =>
  eventually('the agent acts alone', () =>
    expect(story.lines.join('\n')).toContain('The hub is away: keeping'),
  );
const goAway = async () => {
  story.lines.length = 0;
  await story.stopHub();
  await alone();
};
const comeBack = async () => {
  await story.startHub();
  await connected();
};
const reported = (...expected: string[]) =>
  eventually('the hub is told', () =>
    expect(withoutEmptyTimes(readChanges(story.registry.reported))).toEqual(
      expected,
    ),
  );
/** What the agent has kept of what happened, before anybody was told. */
const isNoted = (kind: string) =>
  eventually(`${kind} is noted`, async () => {
    const journal = (await store.read()).get('journal');
    expect(gunzipSync(journal ?? '').toString()).toContain(kind);
  });
const isThere = (path: string, expected: unknown) =>
  eventually(`${path} is as wanted`, async () =>
    expect((await story.byHand('GET', path)).object).toMatchObject(
      expected as object,
    ),
  );

it('knows the hub by its marks', () => {
  expect(FINGERPRINT).toBe(ANNOTATIONS.fingerprint);
  expect(FIELD_MANAGER).toBe(HUBS_FIELD_MANAGER);
});

it('puts back what was deleted and what was changed by hand, and tells it in order', async () => {
  await apply('a');
  await goAway();
  expect((await story.byHand('DELETE', WEB)).status).toBe(200);
  await isThere(WEB, { spec: { replicas: 2 } });
  const changed = await story.byHand(
    'PATCH',
    `${SETTINGS}?fieldManager=kubectl-edit`,
    {
      contentType: 'application/merge-patch+json',
      body: { data: { value: 'mine' } },
    },
  );
  expect(changed.status).toBe(200);
  await isThere(SETTINGS, { data: { value: 'a' } });
  await comeBack();
  await reported(
    'agent-started',
    'hub-lost',
    `object-deleted Deployment ${NAMESPACE}/web`,
    `object-restored Deployment ${NAMESPACE}/web`,
    `object-changed ConfigMap ${NAMESPACE}/settings: data.value`,
    `object-restored ConfigMap ${NAMESPACE}/settings`,
    'hub-back',
  );
  const times = story.registry.reported.map(each => each.at);
  expect([...times].sort()).toEqual(times);
});

it('touches nothing that is as wanted, however the server writes it', async () => {
  await apply('a');
  const before = await story.byHand('GET', WEB);
  await goAway();
  await story.byHand('DELETE', SETTINGS); // something to wait for
  await isThere(SETTINGS, { data: { value: 'a' } });
  await comeBack();
  await reported(
    'agent-started',
    'hub-lost',
    `object-deleted ConfigMap ${NAMESPACE}/settings`,
    `object-restored ConfigMap ${NAMESPACE}/settings`,
    'hub-back',
  );
  const after = await story.byHand('GET', WEB);
  expect(after.object.spec).toEqual(before.object.spec);
});

it('puts a whole namespace back, in the order of need', async () => {
  await apply('a');
  await goAway();
  await story.byHand('DELETE', `/api/v1/namespaces/${NAMESPACE}`);
  await isThere(WEB, { spec: { replicas: 2 } });
  await isThere(SETTINGS, { data: { value: 'a' } });
  await comeBack();
  await eventually('all is told', () =>
    expect(readChanges(story.registry.reported)).toContain('hub-back'),
  );
  const changes = readChanges(story.registry.reported);
  expect(
    changes.indexOf(`object-restored Namespace ${NAMESPACE}`),
  ).toBeGreaterThan(0);
  expect(
    changes.indexOf(`object-restored Namespace ${NAMESPACE}`),
  ).toBeLessThan(
    changes.indexOf(`object-restored Deployment ${NAMESPACE}/web`),
  );
  expect(changes.filter(each => each.startsWith('restore-refused'))).toEqual(
    [],
  );
});

it('brings nothing back that the hub deleted', async () => {
  await apply('a');
  const connection = await story.connect();
  const fewer = { ...WANTED, objects: objects('a').slice(0, 2) };
  expect((await applyObjects(connection, fewer)).ok).toBe(true);
  await goAway();
  await story.byHand('DELETE', SETTINGS);
  await isThere(SETTINGS, { data: { value: 'a' } });
  expect((await story.byHand('GET', WEB)).status).toBe(404);
  await comeBack();
  const again = await story.connect();
  await eventually('the app is removed', async () => {
    const removed = await removeObjects(again, WANTED);
    expect(removed.ok && removed.value.complete).toBe(true);
  });
  story.registry.reported.length = 0;
  await goAway();
  await comeBack();
  await eventually('all is told', () =>
    expect(readChanges(story.registry.reported)).toEqual([
      'hub-lost',
      'hub-back',
    ]),
  );
  expect((await story.byHand('GET', SETTINGS)).status).toBe(404);
});

it('does nothing while the hub is there', async () => {
  await apply('a');
  await story.byHand('DELETE', SETTINGS);
  await apply('b'); // the hub puts it back itself, and that is all there is to it
  await isThere(SETTINGS, { data: { value: 'b' } });
  expect(withoutEmptyTimes(readChanges(story.registry.reported))).toEqual([
    'agent-started',
  ]);
});

it('goes on after a restart, with what it was told last', async () => {
  await apply('a');
  await apply('b');
  await goAway();
  await agent.end();
  expect((await story.byHand('DELETE', SETTINGS)).status).toBe(200);
  agent = story.startAgent(undefined, { keys, store });
  await isThere(SETTINGS, { data: { value: 'b' } });
  await comeBack();
  await reported(
    'agent-started',
    'hub-lost',
    'agent-started',
    `object-deleted ConfigMap ${NAMESPACE}/settings`,
    `object-restored ConfigMap ${NAMESPACE}/settings`,
    'hub-back',
  );
});

it('leaves a field to another tool that declares it, and says so once', async () => {
  await apply('a');
  await goAway();
  const declared = await story.byHand(
    'PATCH',
    `${SETTINGS}?fieldManager=helm&force=true`,
    {
      contentType: 'application/apply-patch+yaml',
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: NAMESPACE },
        data: { value: 'theirs' },
      },
    },
  );
  expect(declared.status).toBe(200);
  await isNoted('restore-refused');
  expect((await story.byHand('GET', SETTINGS)).object.data).toEqual({
    value: 'theirs',
  });
  await comeBack();
  await eventually('all is told', () =>
    expect(readChanges(story.registry.reported)).toContain('hub-back'),
  );
  expect(
    readChanges(story.registry.reported).filter(each =>
      each.startsWith('restore-refused'),
    ),
  ).toEqual([
    `restore-refused ConfigMap ${NAMESPACE}/settings: "helm" writes .data.value: it keeps it`,
  ]);
});

it('does not undo what Callboard applied another way', async () => {
  await apply('a');
  await goAway();
  const newer = objects('newer')[1];
  const applied = await story.byHand(
    'PATCH',
    `${SETTINGS}?fieldManager=callboard&force=true`,
    {
      contentType: 'application/apply-patch+yaml',
      body: {
        ...newer,
        metadata: {
          ...newer.metadata,
          annotations: { [FINGERPRINT]: 'of-a-newer-spec' },
        },
      },
    },
  );
  expect(applied.status).toBe(200);
  await story.byHand('DELETE', WEB);
  await isThere(WEB, { spec: { replicas: 2 } });
  await isThere(SETTINGS, { data: { value: 'newer' } });
});

it('forgets everything when the hub that welcomed it revokes it', async () => {
  await apply('a');
  story.registry.revoke(CLUSTER);
  await eventually('it was told', () =>
    expect(story.lines.join('\n')).toContain('closed the connection: revoked'),
  );
  await eventually('nothing is kept', async () => {
    const parts = await store.read();
    const texts = [...parts]
      .filter(([part]) => part !== 'journal')
      .map(([, bytes]) => gunzipSync(bytes).toString());
    expect(texts.join('')).not.toContain('settings');
  });
});

it('leaves the cluster to another agent that took its place', async () => {
  await apply('a');
  story.lines.length = 0;
  story.startAgent(undefined, { keys, graceMs: 60_000 });
  await eventually('the older one was told', () =>
    expect(story.lines.join('\n')).toContain('closed the connection: replaced'),
  );
  expect(story.lines.join('\n')).not.toContain('The hub is away');
});

it('tells again what the hub could not record', async () => {
  const record = story.registry.record.bind(story.registry);
  let failures = 2;
  story.registry.record = async (...args) => {
    if (failures-- > 0) throw new Error('the database is away');
    return record(...args);
  };
  await agent.end();
  agent = story.startAgent(undefined, { keys, store, reportAgainMs: 30 });
  await reported('agent-started', 'agent-started');
  expect(failures).toBeLessThan(0);
});
