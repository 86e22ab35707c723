import {
  decideWithRetention,
  describeEnvironmentRules,
  describePlacementReason,
  needsAttention,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import {
  type App,
  type ClusterFacts,
  type EnvironmentCluster,
  type EnvironmentFile,
  type EnvironmentSummary,
  type PlacementSpec,
  countOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { readFleet } from '../../reconcile/placing/readFleet';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import type { SharedReadOptions } from '../ControlPlane';
import { appsOf } from '../read/readApps';
import { type ReadContext, look } from '../read/SnapshotCache';

const MOST_NAMED = 20; // apps that need attention

/**
 * The platform's environments in the order of promotion: what each says to apps,
 * which clusters may take an app that asks for nothing of its own, and how the
 * apps in it are. Of the past it says no clusters: what they were like then is
 * not kept for apps that nobody had.
 */
export async function listEnvironments(
  context: ReadContext & Pick<ReconcileContext, 'releases'>,
  { onlyApps, ...options }: SharedReadOptions = {},
): Promise<EnvironmentSummary[]> {
  const shown = await look(context, options);
  const { platform } = shown.snapshot;
  const resolved = resolveEnvironments([...platform.environments]);
  if (!resolved.ok) return [];
  const counted = onlyApps && new Set(onlyApps);
  const apps = appsOf(shown).filter(({ name }) => counted?.has(name) ?? true);
  const fleet = options.at ? undefined : await readFleet(context);
  const titles = new Map(
    resolved.value.map(({ name, title }) => [name, title]),
  );
  const files = new Map(
    platform.environments.map(file => [file.metadata.name, file]),
  );
  return resolved.value.map(({ name, title, order }) => {
    const file = files.get(name)!;
    const within = apps.flatMap(app => appIn(app, name));
    const clusters =
      fleet &&
      listClusters(file, {
        facts: fleet.clusters,
        now: fleet.now,
        apps: within,
        titleOf: cluster =>
          shown.snapshot.clusters.get(cluster)?.file.metadata.title ?? cluster,
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

function listClusters(
  file: EnvironmentFile,
  {
    facts,
    now,
    apps,
    titleOf,
  }: {
    facts: ClusterFacts[];
    now: Date;
    apps: readonly App[];
    titleOf: (cluster: string) => string;
  },
): EnvironmentCluster[] {
  const { verdicts } = decideWithRetention(
    { spec: withoutChoice(file.spec.placement), clusters: facts, previous: [] },
    now,
  );
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

/** What every cluster is asked, without what is asked of all of them together. */
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
