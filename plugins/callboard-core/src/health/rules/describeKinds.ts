import { CONVENTION_GROUPS } from './conventions';
import { CONVENTION_CHECKS, GENERIC_CHECKS } from './genericChecks';
import type { HealthFamily } from './types';

/** Kinds that are judged by code, with the fields it reads. */
const BY_CODE: ReadonlyArray<readonly [kind: string, looksAt: string]> = [
  [
    'Deployment',
    'paused, observed generation, progress deadline, refused instances; updated, old, available and ready instances',
  ],
  ['ReplicaSet', 'observed generation, refused instances, available instances'],
  [
    'StatefulSet',
    'observed generation, ready instances, update strategy, partition, revisions',
  ],
  ['DaemonSet', 'observed generation, updated and available instances'],
  [
    'Pod',
    'what holds its containers back, phase, restart policy, readiness, ends before',
  ],
  ['Job', 'failed, complete, suspended'],
  ['CronJob', 'suspended, last scheduled and last successful run'],
  [
    'Service',
    'type LoadBalancer: its address; whether its node port is open, where the cluster says so',
  ],
  ['Ingress', 'its address'],
  ['PersistentVolumeClaim', 'phase'],
  ['HorizontalPodAutoscaler', 'whether it can measure and scale'],
  ['PodDisruptionBudget', 'healthy against wanted instances'],
  ['Namespace', 'whether it is being removed'],
  ['Node', 'readiness, pressure, cordon'],
];

/** Renders the page `docs/health-kinds.md` from the tables. A test keeps both the same. */
export function describeKinds(families: readonly HealthFamily[]): string {
  const kinds = families.flatMap(({ rules }) =>
    rules.flatMap(rule => rule.kinds),
  );
  const groups = new Set(kinds.map(kind => kind.slice(0, kind.indexOf('/'))));
  return [
    '# How objects are judged, kind by kind',
    '',
    `${kinds.length} kinds and families of ${groups.size} API groups by tables, ${BY_CODE.length} of Kubernetes by code; any other by the generic checks.`,
    'Checks are asked from top to bottom, the first that holds gives the verdict; an object that is being removed is',
    'Progressing before anything else. An exact kind wins over its group, that over a family (`*.example.com/*`).',
    'This page is made from the tables in `plugins/callboard-core/src/health/rules`; [health-rules.md](health-rules.md) explains the words of the checks.',
    '',
    'A platform adds its own ([health-rules.md](health-rules.md)); they are asked first, and `callboard health --rules` tries them out:',
    '',
    '```yaml',
    'apiVersion: callboard.dev/v1alpha1',
    'kind: HealthRules',
    'metadata: { name: ours }',
    'spec:',
    '  rules:',
    '    - kinds: [example.com/Database]',
    '      checks:',
    '        - Suspended if .spec.suspend=true',
    '        - Degraded if Ready=False(not Pending)',
    '        - Healthy if Ready=True',
    '        - Progressing',
    '```',
    '',
    '## Kubernetes, by code',
    '',
    '| kind | looks at |',
    '| --- | --- |',
    ...BY_CODE.map(([kind, looksAt]) => `| ${kind} | ${looksAt} |`),
    '',
    ...[...families].sort(byTitle).flatMap(describeFamily),
    '## Before the rules of some groups',
    '',
    'Argo CD has no rules for these groups. As kstatus does, these checks are asked first; of `Stalled` and `Reconciling` the',
    'one that stands first decides:',
    '',
    ...describeChecks(CONVENTION_CHECKS),
    CONVENTION_GROUPS.map(group => `\`${group}\``).join(', '),
    '',
    '## Any other kind',
    '',
    'Kinds of Kubernetes itself that are not named above have no notion of health. Custom resources go by these checks; one',
    'that says nothing in these words is Healthy. Of `Reconciling` and `Stalled` the one that stands first decides.',
    '',
    ...describeChecks(GENERIC_CHECKS),
  ].join('\n');
}

function byTitle(a: HealthFamily, b: HealthFamily): number {
  return a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1;
}

function describeFamily({ title, docs, rules }: HealthFamily): string[] {
  return [
    `## ${title}`,
    '',
    `Check against: <${docs}>`,
    '',
    ...rules.flatMap(({ kinds, checks }) => [
      kinds.map(kind => `\`${kind}\``).join(', '),
      '',
      ...describeChecks(checks),
    ]),
  ];
}

function describeChecks(checks: readonly string[]): string[] {
  return [...checks.map((check, index) => `${index + 1}. \`${check}\``), ''];
}
