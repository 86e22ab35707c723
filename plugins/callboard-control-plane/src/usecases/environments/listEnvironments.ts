import {
  decideWithRetention,
  describeEnvironmentRules,
  describePlacementReason,
  needsAttention,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import {
  type App,
  type EnvironmentCluster,
  type EnvironmentFile,
  type EnvironmentSummary,
  type PlacementSpec,
  type PlacementVerdict,
  countOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { factsOf } from '../../reconcile/placing/clusterFacts';
import type { SharedReadOptions } from '../ControlPlane';
import { appsOf } from '../read/readApps';
import { type ReadContext, type Shown, look } from '../read/SnapshotCache';

const MOST_NAMED = 20; // apps that need attention

/**
 * The platform's environments in the order of promotion: the rules of each, the
 * clusters that would accept an app without requirements of its own, and the
 * state of its apps. For the past it lists no clusters: their state is kept
 * only for apps that were there.
 */
export async function listEnvironments(
  context: ReadContext,
  { onlyApps, ...options }: SharedReadOptions = {},
): Promise<EnvironmentSummary[]> {
  const shown = await look(context, options);
  const { platform } = shown.snapshot;
  const resolved = resolveEnvironments([...platform.environments]);
  if (!resolved.ok) return [];
  const counted = onlyApps && new Set(onlyApps);
  const apps = appsOf(shown).filter(({ name }) => counted?.has(name) ?? true);
  const titles = new Map(
    resolved.value.map(({ name, title }) => [name, title]),
  );
  const files = new Map(
    platform.environments.map(file => [file.metadata.name, file]),
  );
  return resolved.value.map(({ name, title, order }) => {
    const file = files.get(name)!;
    const within = apps.flatMap(app => appIn(app, name));
    const clusters = options.at
      ? undefined
      : listClusters(within, {
          verdicts: judgeClusters(file, shown, context),
          titleOf: cluster =>
            shown.snapshot.clusters.get(cluster)?.file.metadata.title ??
            cluster,
        });
    const attention = within
      .filter(needsAttention)
      .map(app => app.name)
      .sort();
    const { promotion } = file.spec;
    return {
      name,
      title,
      ...(file.metadata.description !== undefined && {
        description: file.metadata.description,
      }),
      order,
      sentence: describe(within.length, attention.length, clusters),
      ...(promotion && { promotion }),
      rules: describeEnvironmentRules(
        file,
        other => titles.get(other) ?? other,
        shown.snapshot.now,
      ),
      ...(clusters && { clusters }),
      apps: {
        total: within.length,
        needAttention: attention.length,
        names: attention.slice(0, MOST_NAMED),
      },
    };
  });
}

/** The app as it is in one environment, where it has a release there. */
function appIn(app: App, environment: string): App[] {
  const found = app.environments.find(({ name }) => name === environment);
  return found?.release
    ? [{ ...app, environments: [found], build: undefined }]
    : [];
}

/** Verdict of each cluster on an app without requirements of its own; judged once for all readers. */
function judgeClusters(
  { metadata: { name }, spec }: EnvironmentFile,
  shown: Shown,
  { deps }: Pick<ReadContext, 'deps'>,
): PlacementVerdict[] {
  const { snapshot } = shown;
  shown.verdicts ??= new Map();
  const known = shown.verdicts.get(name);
  if (known) return known;
  shown.facts ??= [...snapshot.clusters.values()].map(cluster =>
    factsOf(cluster, {
      ...snapshot.clusterStatusOf(cluster.name),
      scheduling: snapshot.schedulings.get(cluster.name),
      says: snapshot.facts.get(cluster.name),
      blueprints: snapshot.platform.blueprints,
      clusterSets: deps.platform.clusterSets,
    }),
  );
  const { verdicts } = decideWithRetention(
    {
      spec: withoutChoice(spec.placement),
      clusters: shown.facts,
      previous: [],
    },
    snapshot.now,
  );
  shown.verdicts.set(name, verdicts);
  return verdicts;
}

function listClusters(
  apps: readonly App[],
  {
    verdicts,
    titleOf,
  }: {
    verdicts: readonly PlacementVerdict[];
    titleOf: (cluster: string) => string;
  },
): EnvironmentCluster[] {
  const carries = new Map<string, number>();
  for (const { environments } of apps)
    for (const { cluster, desiredRelease } of environments[0].clusters)
      if (desiredRelease !== null)
        carries.set(cluster, (carries.get(cluster) ?? 0) + 1);
  return verdicts
    .map(({ cluster, verdict, reasons }) => {
      const fits = verdict !== 'refused';
      return {
        name: cluster,
        title: titleOf(cluster),
        fits,
        reasons: fits ? [] : reasons.map(describePlacementReason),
        apps: carries.get(cluster) ?? 0,
      };
    })
    .sort(
      (a, b) => Number(b.fits) - Number(a.fits) || (a.name < b.name ? -1 : 1),
    );
}

/** The rules that are judged per cluster, without those that compare clusters. */
function withoutChoice({
  clusterSets,
  predicates,
  tolerations,
}: PlacementSpec): PlacementSpec {
  return {
    ...(clusterSets && { clusterSets }),
    ...(predicates && { predicates }),
    ...(tolerations && { tolerations }),
  };
}

/** `4 apps, 1 needs attention; 3 of 8 clusters may take an app`, without full stop. */
function describe(
  apps: number,
  attention: number,
  clusters: readonly EnvironmentCluster[] | undefined,
): string {
  const how =
    attention === 0
      ? ''
      : `, ${attention} ${pluralOf(attention, 'needs', 'need')} attention`;
  const what = countOf(apps, 'app');
  return `${what[0].toUpperCase()}${what.slice(1)}${how}${nameFitting(
    clusters,
  )}`;
}

function nameFitting(
  clusters: readonly EnvironmentCluster[] | undefined,
): string {
  if (!clusters) return '';
  const fitting = clusters.filter(({ fits }) => fits).length;
  return clusters.length === 0
    ? '; there is no cluster'
    : `; ${fitting} of ${countOf(clusters.length, 'cluster')} may take an app`;
}
