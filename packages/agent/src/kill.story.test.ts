import { applyObjects } from '@callboard/plugin-callboard-clusters-node';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { type Report, generateKeys } from '@callboard/tunnel';
import { KillableAgent } from './__testUtils__/KillableAgent';
import { CLUSTER, TunnelStory } from './__testUtils__/TunnelStory';
import { eventually } from '@callboard/testing';
import { readChanges, withoutEmptyTimes } from './__testUtils__/readChanges';
import { MemoryStateStore } from './state/MemoryStateStore';

const NAMESPACE = 'shop--dev';
const SETTINGS = `/api/v1/namespaces/${NAMESPACE}/configmaps/settings`;
const SETTINGS_NAME = `ConfigMap ${NAMESPACE}/settings`;
const PATIENCE_MS = 15_000;
const RUN_MS = 30_000;

const objects = (value: string): KubeObject[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: NAMESPACE },
    data: { value },
  },
];

/** Without starts: how many there are depends on when it is killed. */
const whatHappened = (changes: string[]) =>
  withoutEmptyTimes(changes.filter(each => each !== 'agent-started'));

/**
 * An agent that dies once, at one instant, and is started again at once with
 * what it had kept; everything else of the story goes on.
 */
async function playStory(
  diesAt: number,
  breakHub?: (story: TunnelStory) => void,
): Promise<{ instants: number; changes: string[]; sequences: number[] }> {
  const story = await TunnelStory.open();
  const disk = new MemoryStateStore();
  const keys = generateKeys();
  const start = (dies: number, joinToken?: string): KillableAgent => {
    let kill: () => void = () => undefined;
    const killable = new KillableAgent(dies, () => {
      kill();
      start(Number.POSITIVE_INFINITY, joinToken);
    });
    ({ kill } = story.startAgent(joinToken, {
      keys,
      store: killable.wrapStore(disk),
      api: killable.wrapApi(story.openApi()),
      reportAgainMs: 50,
    }));
    return killable;
  };
  try {
    breakHub?.(story);
    const first = start(diesAt, story.register());
    const connection = await eventually('it connects', () => story.connect());
    await applied(connection, 'a');
    await applied(connection, 'b');

    story.lines.length = 0;
    await story.stopHub();
    await eventually(
      'the agent acts alone',
      () => expect(story.lines.join('\n')).toContain('The hub is away'),
      PATIENCE_MS,
    );
    await story.byHand('DELETE', SETTINGS);
    await isThere(story);
    await story.byHand('PATCH', `${SETTINGS}?fieldManager=kubectl-edit`, {
      contentType: 'application/merge-patch+json',
      body: { data: { value: 'mine' } },
    });
    await isThere(story);

    await story.startHub();
    await eventually(
      'all is told',
      () =>
        expect(
          whatHappened(readChanges(story.registry.reported)).slice(-2),
        ).toEqual([`object-restored ${SETTINGS_NAME}`, 'hub-back']),
      PATIENCE_MS,
    );
    return {
      instants: first.instants,
      changes: readChanges(story.registry.reported),
      sequences: story.registry.reported.map(each => each.sequence),
    };
  } finally {
    await story.close();
  }
}

/** As the control plane does: until it is so. */
function applied(connection: ClusterConnection, value: string): Promise<void> {
  return eventually(
    `"${value}" is applied`,
    async () => {
      const result = await applyObjects(
        connection,
        {
          deployment: 'shop',
          namespace: NAMESPACE,
          objects: objects(value),
        },
        { deadlineMs: 300 },
      );
      expect(result.ok && result.value.complete).toBe(true);
    },
    PATIENCE_MS,
  );
}

function isThere(story: TunnelStory): Promise<void> {
  return eventually(
    'the newest spec is in place',
    async () =>
      expect((await story.byHand('GET', SETTINGS)).object.data).toEqual({
        value: 'b',
      }),
    PATIENCE_MS,
  );
}

const EXPECTED = [
  'hub-lost',
  `object-deleted ${SETTINGS_NAME}`,
  `object-restored ${SETTINGS_NAME}`,
  `object-changed ${SETTINGS_NAME}: data.value`,
  `object-restored ${SETTINGS_NAME}`,
  'hub-back',
];
const countTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

it(
  'loses and doubles nothing, whenever the agent is killed',
  async () => {
    const whole = await playStory(Number.POSITIVE_INFINITY);
    expect(whatHappened(whole.changes)).toEqual(EXPECTED);
    expect(whole.instants).toBeGreaterThan(20);
    for (let diesAt = 1; diesAt <= whole.instants; diesAt++) {
      const { changes, sequences } = await playStory(diesAt);
      expect({ diesAt, changes: whatHappened(changes) }).toEqual({
        diesAt,
        changes: EXPECTED,
      });
      expect(sequences).toEqual(countTo(sequences.length));
    }
  },
  60 * RUN_MS,
);

it.each([
  { name: 'before it has recorded', isRecorded: false },
  {
    name: 'when it has recorded, and the agent was not told',
    isRecorded: true,
  },
])(
  'loses and doubles nothing when the hub dies $name',
  async ({ isRecorded }) => {
    const { changes, sequences } = await playStory(
      Number.POSITIVE_INFINITY,
      story => {
        const record = story.registry.record.bind(story.registry);
        let isFirst = true;
        story.registry.record = async (cluster: string, report: Report) => {
          const isDying =
            isFirst &&
            report.entries.some(each => each.event.kind === 'hub-lost');
          if (!isDying) return record(cluster, report);
          isFirst = false;
          if (isRecorded) await record(cluster, report);
          story.hub.linkOf(CLUSTER)?.session.end('killed');
          throw new Error('killed');
        };
      },
    );
    expect(whatHappened(changes)).toEqual(EXPECTED);
    expect(sequences).toEqual(countTo(sequences.length));
  },
  RUN_MS,
);
