import {
  type App,
  type Audit,
  type Cluster,
  type FleetSummary,
  type ItemList,
  type JournalEntry,
  type KeptData,
  type KubernetesView,
  type LogLine,
  MOST_PER_PAGE,
  type PlacementAnswer,
  type PlaygroundIsolation,
  type ReleaseDetails,
  type ReleaseDiff,
  type RolloutAnswer,
  type Timeline,
  type WhatIfChange,
  type WhatIfReport,
} from '@callboard/plugin-callboard-common';
import type { Portal } from '../Portal';
import { listWhatIfs } from './listWhatIfs';

/** What the API answers, raw: numbers of pages are counted from it. */
export interface Answers {
  /** The portal answers no more: pages show what it said last. */
  isLost?: true;
  /** Of the portal, as addresses on pages have it. */
  host: string;
  clusters: Cluster[];
  /** Of the platform, whose titles groups of clusters have. */
  environments: FleetSummary['environments'];
  apps: App[];
  audit: Audit;
  /** What follows is of one app each, by its name. */
  releases: Record<string, ReleaseDetails[]>;
  histories: Record<string, JournalEntry[]>;
  timelines: Record<string, Timeline>;
  /** What the app left on clusters. */
  kept: Record<string, KeptData[]>;
  /** What follows is of one environment of an app each: `shop prod`. */
  placements: Record<string, PlacementAnswer>;
  rollouts: Record<string, RolloutAnswer>;
  /** Of what may be promoted there; empty for an instant of the past. */
  diffs: Record<string, ReleaseDiff>;
  /** Of the first cluster of each; empty for an instant of the past, of which none is kept. */
  logs: Record<string, LogLine[]>;
  objects: Record<string, KubernetesView>;
  /** Of the whole fleet. */
  journal: JournalEntry[];
  /** What the playground says of its databases, which have a version; nothing elsewhere. */
  databases?: string;
  /** By the question in the address of the fleet's page: `ask=drain&on=eu-1`. */
  whatIfs: Record<string, WhatIfReport>;
}

export interface ReadOptions {
  /** An instant of the past; now when omitted. */
  at?: string;
  /** Of the other apps only what the pages of the fleet need is read. */
  isRead?: (app: string) => boolean;
}

const DAY_MS = 86_400_000;
const HISTORY_ENTRIES = 100; // that a history shows before it is asked for more

type Api = Pick<Portal, 'api' | 'url'>;

export async function readAnswers(
  portal: Api,
  { at, isRead = () => true }: ReadOptions = {},
): Promise<Answers> {
  const ask = async <T>(path: string): Promise<T> => {
    const instant = at ? `${path.includes('?') ? '&' : '?'}at=${at}` : '';
    const { status, body } = await portal.api<T>(`${path}${instant}`);
    if (status !== 200)
      throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const list = async <T>(path: string, limit = MOST_PER_PAGE) => {
    const sign = path.includes('?') ? '&' : '?';
    return (await ask<ItemList<T>>(`${path}${sign}limit=${limit}`)).items;
  };
  const [clusters, { environments }, apps, audit, journal] = await Promise.all([
    list<Cluster>('/clusters'),
    ask<FleetSummary>('/fleet'),
    list<App>('/apps'),
    ask<Audit>('/audit'),
    list<JournalEntry>('/journal'),
  ]);
  const { body: isolation } = await portal.api<Partial<PlaygroundIsolation>>(
    '/playground/isolation',
  );
  const read = apps.filter(({ name }) => isRead(name));
  const ofEach = async <T>(answerOf: (app: string) => Promise<T>) =>
    fromPairs(
      await Promise.all(
        read.map(async ({ name }) => [name, await answerOf(name)] as const),
      ),
    );
  const places = apps.flatMap(app =>
    app.environments.map(environment => ({ app, environment })),
  );
  const deployments = places.filter(
    ({ environment }) => environment.release !== null,
  );
  const of = async <T>(asked: typeof places, answer: string) =>
    fromPairs(
      await Promise.all(
        asked.map(
          async ({ app, environment: { name } }) =>
            [
              `${app.name} ${name}`,
              await ask<T>(`/apps/${app.name}/environments/${name}/${answer}`),
            ] as const,
        ),
      ),
    );
  const ofFirstCluster = async <T>(answer: string) => {
    const answers = deployments
      .filter(
        ({
          app,
          environment: {
            clusters: [first],
          },
        }) => !at && first?.freshness === 'live' && isRead(app.name),
      )
      .map(place =>
        of<T>(
          [place],
          `clusters/${place.environment.clusters[0].cluster}/${answer}`,
        ),
      );
    return Object.assign({}, ...(await Promise.all(answers))) as Record<
      string,
      T
    >;
  };
  const since = new Date(Date.parse(at ?? audit.at) - 7 * DAY_MS);
  const whatIfs = at ? [] : listWhatIfs(clusters);
  return {
    host: new URL(portal.url).host,
    clusters,
    environments,
    apps,
    audit,
    journal,
    ...(isolation.databases && { databases: isolation.databases }),
    releases: await ofEach(app =>
      list<ReleaseDetails>(`/apps/${app}/releases`),
    ),
    histories: await ofEach(app =>
      list<JournalEntry>(`/journal?app=${app}`, HISTORY_ENTRIES),
    ),
    timelines: await ofEach(app =>
      ask<Timeline>(
        `/apps/${app}/timeline?lanes=environment&from=${since.toISOString()}`,
      ),
    ),
    kept: await ofEach(app => ask<KeptData[]>(`/apps/${app}/data`)),
    placements: await of<PlacementAnswer>(
      places.filter(
        ({ environment: { placement, promotion } }) =>
          placement !== null ||
          (!at && typeof promotion?.candidate === 'number'),
      ),
      'placement',
    ),
    rollouts: await of<RolloutAnswer>(
      deployments.filter(({ environment }) => environment.rollout),
      'rollout',
    ),
    diffs: Object.assign(
      {},
      ...(await Promise.all(
        places.flatMap(place => {
          const candidate = place.environment.promotion?.candidate;
          return typeof candidate === 'number' && !at
            ? [of<ReleaseDiff>([place], `releases/${candidate}/diff`)]
            : [];
        }),
      )),
    ),
    logs: await of<LogLine[]>(
      at
        ? []
        : deployments.filter(
            ({ app, environment: { clusters: on } }) =>
              isRead(app.name) &&
              on.length > 0 &&
              on.every(({ freshness }) => freshness === 'live'),
          ),
      'logs?tail=1000',
    ),
    objects: await ofFirstCluster<KubernetesView>('kubernetes'),
    whatIfs: fromPairs(
      await Promise.all(
        whatIfs.map(
          async ({ question, change }) =>
            [question, await rehearse(portal, change)] as const,
        ),
      ),
    ),
  };
}

async function rehearse(
  portal: Api,
  change: WhatIfChange,
): Promise<WhatIfReport> {
  const { status, body } = await portal.api<WhatIfReport>('/fleet/what-if', {
    method: 'POST',
    body: { changes: [change] },
  });
  if (status !== 200)
    throw new Error(`${change.kind}: ${status} ${JSON.stringify(body)}`);
  return body;
}

function fromPairs<T>(
  pairs: ReadonlyArray<readonly [string, T]>,
): Record<string, T> {
  return Object.fromEntries(pairs);
}
