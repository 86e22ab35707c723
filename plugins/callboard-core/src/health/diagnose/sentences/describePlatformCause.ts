import type { Cause, ShortResource, UnfitReason, CauseWords } from '../cause';
import type { Subject } from '../subject';

type PlatformCause = Extract<
  Cause,
  {
    code:
      | 'node-lost'
      | 'evicted'
      | 'quota-exceeded'
      | 'admission-refused'
      | 'instances-refused'
      | 'insufficient-resources'
      | 'no-fitting-node';
  }
>;

const UNFIT_WORDS: Readonly<Record<UnfitReason, string>> = {
  'wants-its-own':
    'each instance wants a machine of its own, and there are too few',
  'port-taken': 'the port it wants of the machine is taken',
  'wants-a-label': 'no machine has the label it asks for',
  reserved: 'the machines are reserved for others',
  closed: 'the machines take nothing new',
  other: 'none may take it',
};

/** Describes what the cluster does to an app: no capacity, no permission, no node. */
export function describePlatformCause(
  cause: PlatformCause,
  { name, environment, cluster }: Subject,
): CauseWords {
  switch (cause.code) {
    case 'node-lost':
      return {
        effect: `${name} lost a machine in ${environment}`,
        cause: `"${cause.node}" of ${cluster} does not answer`,
        evidence: [{ label: 'Machine', value: cause.node }],
        next: 'Nothing to do in the app; the platform team looks after the machine, and the instances move after some minutes',
      };
    case 'evicted':
      return {
        effect: `${name} lost an instance in ${environment}`,
        cause: `its machine ran short of resources`,
        evidence: [{ label: 'Answer', value: cause.says }],
        next: 'Set resources.requests in score.yaml to what the app really uses, so that it gets a machine with enough capacity',
      };
    case 'quota-exceeded':
      return {
        effect: `${name} gets no more instances in ${environment}`,
        cause: `it would exceed the quota "${cause.quota}"`,
        evidence: [
          { label: 'Asked for', value: cause.requested },
          { label: 'Used', value: cause.used },
          { label: 'Limit', value: cause.limited },
        ],
        next: `Lower resources.requests in score.yaml or the number of instances, or ask the platform team to raise "${cause.quota}"`,
      };
    case 'admission-refused':
      return {
        effect: cause.rule
          ? `${name} is refused in ${environment} by the rule "${cause.rule}"`
          : `${name} is refused in ${environment} by a rule of the cluster`,
        evidence: [
          ...(cause.rule ? [{ label: 'Rule', value: cause.rule }] : []),
          { label: 'Answer', value: cause.says },
        ],
        next: 'Change what the answer names in score.yaml and push again, or ask the platform team about the rule',
      };
    case 'instances-refused':
      return {
        effect: `${name} gets no instances in ${environment}`,
        cause: `the cluster refuses them`,
        evidence: [{ label: 'Answer', value: cause.says }],
        next: 'Correct what the answer names; if it names nothing of yours, ask the platform team',
      };
    case 'insufficient-resources':
      return {
        effect: `${name} does not fit in ${environment}`,
        cause: `no machine of ${cluster} has ${listShort(cause.shortOf)}`,
        evidence: [
          ...cause.shortOf.flatMap(describeShort),
          ...(cause.nodes > 0
            ? [{ label: 'Machines', value: String(cause.nodes) }]
            : []),
        ],
        next: nextForShortage(cause.shortOf, cluster),
      };
    case 'no-fitting-node':
      return {
        effect: `${name} finds no machine in ${environment}`,
        cause: `${UNFIT_WORDS[cause.because]}`,
        evidence: [
          { label: 'Answer', value: cause.says },
          ...(cause.nodes > 0
            ? [{ label: 'Machines', value: String(cause.nodes) }]
            : []),
        ],
        next: nextForFit(cause.because, cluster),
      };
    default:
      throw new Error(`No words for ${JSON.stringify(cause satisfies never)}`);
  }
}

function nextForFit(because: UnfitReason, cluster: string): string {
  switch (because) {
    case 'wants-its-own':
      return `Run fewer instances, or ask the platform team for more machines in ${cluster}`;
    case 'port-taken':
      return 'Do not ask for a port of the machine; a service with a port needs none';
    default:
      return `Ask the platform team which machines of ${cluster} are meant for it`;
  }
}

const RESOURCE_WORDS: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  pods: 'a place for one more instance',
  'ephemeral-storage': 'disk',
};

/** `640 CPU and 900 GiB of memory free`, `a place for one more instance`. */
function listShort(shortOf: ShortResource[]): string {
  const amounts = shortOf
    .filter(({ resource }) => resource !== 'pods')
    .map(({ resource, requested }) =>
      requested ? amount(resource, requested) : `enough ${word(resource)}`,
    )
    .join(' and ');
  return [
    ...(amounts === '' ? [] : [`${amounts} free`]),
    ...(amounts === '' || shortOf.some(({ resource }) => resource === 'pods')
      ? [RESOURCE_WORDS.pods]
      : []),
  ].join(' and ');
}

function amount(resource: string, requested: string): string {
  if (resource === 'cpu') return requested;
  return resource in RESOURCE_WORDS
    ? `${requested} of ${word(resource)}`
    : `${requested} ${resource}`;
}

function word(resource: string): string {
  return RESOURCE_WORDS[resource] ?? resource;
}

function describeShort({ resource, requested, largestFree }: ShortResource) {
  const name = resource === 'pods' ? 'Places' : word(resource);
  const label = name.includes('.')
    ? name
    : `${name[0].toUpperCase()}${name.slice(1)}`;
  const parts = [
    requested && `asks for ${requested}`,
    largestFree && `at most ${largestFree} free on one machine`,
  ];
  const value = parts.filter(Boolean).join(', ');
  return value ? [{ label, value }] : [];
}

function nextForShortage(shortOf: ShortResource[], cluster: string): string {
  const lowered = shortOf
    .filter(
      ({ resource, requested }) =>
        requested && (resource === 'cpu' || resource === 'memory'),
    )
    .map(({ resource, requested, largestFree }) =>
      largestFree && !largestFree.startsWith('0 ')
        ? `resources.requests.${resource} (now ${requested}) to ${largestFree} or less`
        : `resources.requests.${resource} (now ${requested})`,
    );
  const ask = `ask the platform team for more capacity on ${cluster}`;
  return lowered.length > 0
    ? `Lower ${lowered.join(' and ')} in score.yaml, or ${ask}`
    : `${ask[0].toUpperCase()}${ask.slice(1)}, or run fewer instances`;
}
