import {
  type PolicyPlace,
  type PolicySubject,
  type PolicyVerdict,
  type ResolvedEnvironment,
  judgePolicies,
  overridesFor,
  policiesFor,
  renderRelease,
  replicasFor,
  settingsProvisioners,
  traitsOf,
} from '@callboard/plugin-callboard-core';
import type {
  KubeObject,
  PolicyFile,
} from '@callboard/plugin-callboard-common';
import type { ControlPlaneDeps } from '../../ControlPlaneDeps';
import { imagesForCluster } from '../../reconcile/building/imagesFor';
import { provisionersOf } from '../../reconcile/delivery/provisionersOf';
import { factsOf } from '../../reconcile/placing/clusterFacts';
import {
  type ClusterRecord,
  type ReleaseRecord,
  findExceptions,
} from '../../store';

/** What is judged: a release of an app in an environment, on clusters. */
export interface JudgedRelease {
  app: PolicySubject['app'];
  release: Pick<
    ReleaseRecord,
    'number' | 'commit' | 'author' | 'message' | 'renderer' | 'content'
  >;
  environment: ResolvedEnvironment;
  /** Where it runs, or would. None where that is not known: then it is judged without one. */
  clusters: readonly ClusterRecord[];
}

type JudgeDeps = Pick<
  ControlPlaneDeps,
  'knex' | 'platform' | 'provisioners' | 'builders' | 'defaultBuilder' | 'clock'
>;

/** The policies of the platform that are for an app in an environment. */
export function policiesOf(
  { platform }: Pick<ControlPlaneDeps, 'platform'>,
  of: Parameters<typeof policiesFor>[1],
): PolicyFile[] {
  return policiesFor(platform.policies ?? [], of);
}

/** The policies that a release violates, with the exceptions that hold now. Changes nothing. */
export async function judgeRelease(
  judged: JudgedRelease,
  deps: JudgeDeps,
): Promise<PolicyVerdict[]> {
  const policies = policiesOf(deps, judged);
  if (policies.length === 0) return [];
  const now = deps.clock.now();
  return judgePolicies(policies, subjectOf(judged, deps), {
    exceptions: await findPolicyExceptions(deps, now),
    now,
  });
}

/** Exceptions from policies, as the judge reads them. */
export async function findPolicyExceptions(
  { knex }: Pick<ControlPlaneDeps, 'knex'>,
  at: Date,
) {
  const exceptions = await findExceptions(knex, { at, kind: 'policy' });
  return exceptions.map(({ name, target, expiresAt, createdBy, why }) => ({
    policy: name,
    target,
    until: expiresAt,
    by: createdBy,
    why,
  }));
}

/** A release as policies see it, with the objects that each of its clusters would hold. */
export function subjectOf(
  judged: JudgedRelease,
  deps: JudgeDeps,
): PolicySubject {
  const { app, release, environment, clusters } = judged;
  const { number, commit, author, message, content } = release;
  const { name, title, order } = environment;
  const render = renderOnce(judged, deps);
  return {
    app,
    release: {
      number,
      commit,
      author,
      message,
      workloads: content.workloads,
      images: imagesNamed(content),
    },
    environment: { name, title, order },
    places:
      clusters.length === 0
        ? [{ objects: render(undefined) }]
        : clusters.map(
            (cluster): PolicyPlace => ({
              cluster: clusterOf(cluster, deps),
              objects: render(cluster),
            }),
          ),
  };
}

function clusterOf(
  cluster: ClusterRecord,
  { platform }: JudgeDeps,
): PolicyPlace['cluster'] {
  const { name, labels, claims, clusterSet, blueprint } = factsOf(cluster, {
    freshness: 'live',
    blueprints: platform.blueprints,
  });
  return {
    name,
    labels,
    claims,
    ...(clusterSet !== undefined && { clusterSet }),
    blueprints: blueprint
      ? [blueprint.name, ...(blueprint.inherits ?? [])]
      : [],
  };
}

/** Images that its containers run, as far as they are known. */
function imagesNamed({
  workloads,
  images,
}: ReleaseRecord['content']): string[] {
  const named = workloads.flatMap(({ metadata, containers }) =>
    Object.entries(containers).map(
      ([container, { image }]) => images[metadata.name]?.[container] ?? image,
    ),
  );
  return [...new Set(named)].filter(image => image !== '.').sort();
}

/**
 * The objects of a release on a cluster, the same list for clusters that would
 * hold the same; none where it cannot be rendered there, which is told where it
 * is placed. Without values of settings: policies are not about them.
 */
function renderOnce(
  { app, release, environment }: JudgedRelease,
  deps: JudgeDeps,
): (cluster: ClusterRecord | undefined) => readonly KubeObject[] {
  const known = new Map<string, readonly KubeObject[]>();
  const provisioners = [
    ...settingsProvisioners(undefined),
    ...provisionersOf(deps),
  ];
  return cluster => {
    const labels = cluster?.file.metadata.labels ?? {};
    const images = cluster
      ? imagesForCluster(
          { app: app.name, number: release.number, content: release.content },
          environment,
          {
            kind: cluster.connectionKind,
            builders: deps.builders,
            defaultBuilder: deps.defaultBuilder,
          },
        )
      : undefined;
    if (images?.ok === false) return [];
    const overrides = overridesFor(environment, labels);
    const traits = cluster && traitsOf(cluster.file, deps.platform.blueprints);
    const of = {
      images: images?.value ?? release.content.images,
      exposure: cluster?.file.spec.exposure ?? { type: 'ClusterIP' as const },
      replicas: replicasFor(environment, labels),
      ...(overrides && { overrides }),
    };
    const key = JSON.stringify([of, traits && { ...traits, name: '' }]);
    const before = known.get(key);
    if (before) return before;
    const rendered = renderRelease({
      ...of,
      app: app.name,
      environment: environment.name,
      release: release.number,
      renderer: release.renderer,
      workloads: release.content.workloads,
      deploy: release.content.appFile?.spec.deploy,
      files: release.content.files,
      provisioners,
      ...(traits && { cluster: traits }),
    });
    const objects = rendered.ok
      ? [
          rendered.value.namespace,
          ...(rendered.value.resources.secret
            ? [rendered.value.resources.secret]
            : []),
          ...[
            ...rendered.value.workloads,
            ...rendered.value.resources.resources,
          ].flatMap(part => part.objects),
        ]
      : [];
    known.set(key, objects);
    return objects;
  };
}
