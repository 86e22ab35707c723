import {
  type PolicySubject,
  type PolicyVerdict,
  type ResolvedEnvironment,
  judgePolicies,
  policiesFor,
  renderSubject,
} from '@callboard/plugin-callboard-core';
import type { PolicyFile } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import type { Platform } from '../../Platform';
import type { ReleaseRenderer } from '../../reconcile/roles';
import { imagesForCluster } from '../../reconcile/building/imagesFor';
import { provisionersOf } from '../../reconcile/delivery/provisionersOf';
import {
  type ClusterRecord,
  type ReleaseRecord,
  findExceptions,
} from '../../store';

/** The input of a judgement: a release of an app in an environment, on clusters. */
export interface JudgedRelease {
  app: PolicySubject['app'];
  release: Pick<
    ReleaseRecord,
    'number' | 'commit' | 'author' | 'message' | 'renderer' | 'content'
  >;
  environment: ResolvedEnvironment;
  /** Where it runs, or would. Empty where that is not known: then it is judged without clusters. */
  clusters: readonly ClusterRecord[];
}

type JudgeDeps = ReleaseRenderer['deps'];

/** The policies of the platform that apply to an app in an environment. */
export function policiesOf(
  { platform }: { platform: Platform },
  of: Parameters<typeof policiesFor>[1],
): PolicyFile[] {
  return policiesFor(platform.policies ?? [], of);
}

/** The policies that a release violates, with the exceptions that are in force now. Changes nothing. */
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
export async function findPolicyExceptions({ knex }: { knex: Knex }, at: Date) {
  const exceptions = await findExceptions(knex, { at, kind: 'policy' });
  return exceptions.map(({ name, target, expiresAt, createdBy, why }) => ({
    policy: name,
    target,
    until: expiresAt,
    by: createdBy,
    why,
  }));
}

/** The input of policies: a release with the objects that each of its clusters would have. */
export function subjectOf(
  { app, release, environment, clusters }: JudgedRelease,
  deps: JudgeDeps,
): PolicySubject {
  const { content, ...of } = release;
  const { builders, defaultBuilder, platform } = deps;
  return renderSubject(
    {
      app,
      release: {
        ...of,
        workloads: content.workloads,
        deploy: content.appFile?.spec.deploy,
        files: content.files,
        images: content.images,
      },
      environment,
      clusters: clusters.map(({ file, connectionKind: kind }) => {
        const images = imagesForCluster(
          { app: app.name, number: release.number, content },
          environment,
          { kind, builders, defaultBuilder },
        );
        return { file, images: images.ok ? images.value : null };
      }),
    },
    {
      blueprints: platform.blueprints,
      clusterSets: platform.clusterSets,
      provisioners: provisionersOf(deps),
    },
  );
}
