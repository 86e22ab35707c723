import { type Problem, filesOfKind } from '@callboard/plugin-callboard-common';
import {
  BUILT_IN_PROVISIONERS,
  CURRENT_RENDERER,
  type PolicyVerdict,
  type ResolvedEnvironment,
  compileProvisioners,
  decideWithRetention,
  describePolicyFinding,
  judgePolicies,
  nameBuiltImages,
  policyDenied,
  renderSubject,
  resolveEnvironments,
  sourcesOf,
} from '@callboard/plugin-callboard-core';
import { clusterFactsOf } from '../place/readOwnClusters';
import type { AppQuestion, AppVerdict } from './AppQuestion';

/** No exceptions are known here, and no cluster is older than another. */
const NOW = new Date(0);

/**
 * Judges an app by the policies among the platform's files, in the words in
 * which a push is refused: a denial in the first environment is an error, a
 * denial or warning in others is a warning. Only clusters among the files
 * count; without any, checks about clusters are skipped.
 */
export function judgeByPolicies({
  sources: { app },
  appFile,
  scores,
  platform,
}: AppQuestion): AppVerdict {
  const verdict: AppVerdict = { errors: [], warnings: [] };
  const policies = filesOfKind(platform, 'Policy');
  const environments = resolveEnvironments(
    filesOfKind(platform, 'Environment'),
    appFile,
  );
  const workloads = Object.values(scores);
  if (policies.length === 0 || workloads.length === 0 || !environments.ok)
    return verdict;
  const { title = app } = appFile?.metadata ?? {};
  const { owner = '', system } = appFile?.spec ?? {};
  for (const environment of environments.value) {
    const subject = renderSubject(
      {
        app: {
          name: app,
          title,
          owner,
          ...(system !== undefined && { system }),
        },
        release: {
          number: 0,
          commit: '',
          author: '',
          message: '',
          renderer: CURRENT_RENDERER,
          workloads,
          deploy: appFile?.spec.deploy,
          // Their content is read when the release is made.
          files: Object.fromEntries(
            sourcesOf(workloads).map(path => [path, '']),
          ),
          images: nameBuiltImages(workloads, 'not-built-yet'),
        },
        environment,
        clusters: clustersFor(environment, platform),
      },
      {
        blueprints: filesOfKind(platform, 'Blueprint'),
        clusterSets: filesOfKind(platform, 'ClusterSet'),
        provisioners: [
          ...compileProvisioners(filesOfKind(platform, 'Provisioner')),
          ...BUILT_IN_PROVISIONERS,
        ],
      },
    );
    const verdicts = judgePolicies(policies, subject, { now: NOW });
    const isFirst = environment.order === 1;
    const denied = policyDenied(verdicts, {
      what: isFirst
        ? `Cannot push to "${app}"`
        : `${environment.title} will refuse this release`,
      app,
      environment: environment.name,
    });
    if (denied) verdict[isFirst ? 'errors' : 'warnings'].push(denied);
    verdict.warnings.push(
      ...verdicts
        .filter(({ mode }) => mode === 'warn')
        .map(each => warningOf(each, environment)),
    );
  }
  return verdict;
}

function clustersFor(
  { placement, requires }: ResolvedEnvironment,
  platform: AppQuestion['platform'],
) {
  const { chosen } = decideWithRetention(
    {
      spec: placement,
      ...(requires && { requires }),
      clusters: clusterFactsOf(platform),
      previous: [],
    },
    NOW,
  );
  return filesOfKind(platform, 'Cluster')
    .filter(({ metadata }) => chosen.includes(metadata.name))
    .map(file => ({ file }));
}

function warningOf(
  { name, findings: [finding] }: PolicyVerdict,
  { title }: ResolvedEnvironment,
): Problem {
  return {
    code: 'policy-denied',
    what: `Policy "${name}" warns in ${title}`,
    why: describePolicyFinding(finding),
    next: finding.next ?? 'Change what it says',
    transient: false,
  };
}
