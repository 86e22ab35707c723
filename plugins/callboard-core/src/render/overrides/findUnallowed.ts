import type {
  ClusterOverride,
  EnvironmentFile,
  FieldPath,
  ScoreResourceAmounts,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { parseCpu, parseMemory } from '../../quantity';
import type { RenderFault } from '../RenderFault';
import { fillAmounts } from '../baseline';
import { CURRENT_RENDERER } from '../renderers';
import { selectsAll } from './findAmountFaults';
import type { OverrideQuestion, SoundWorkload } from './types';
import { amountsOf } from './withAmounts';

/** A field that the platform does not allow: in app.yaml, or in the score.yaml of a workload. */
export interface Unallowed {
  workload?: SoundWorkload;
  fault: RenderFault;
}

const ASK =
  'ask the platform team, who can raise it in spec.allows.resources.max of that environment';

const AMOUNTS = (['requests', 'limits'] as const).flatMap(bound =>
  (['cpu', 'memory'] as const).map(resource => ({ bound, resource })),
);

/** Finds the fields of an app that exceed the limits of the platform's environments. */
export function* findUnallowed(
  platform: readonly EnvironmentFile[],
  {
    environments,
    workloads,
  }: Pick<OverrideQuestion, 'environments' | 'workloads'>,
): Generator<Unallowed, void> {
  for (const { metadata, spec } of platform) {
    if (!spec.allows) continue;
    const { patches, resources: { max } = {}, replicas } = spec.allows;
    const index = environments.findIndex(({ name }) => name === metadata.name);
    const overrides = environments[index]?.overrides ?? [];
    const path = ['spec', 'environments', index, 'overrides'];
    const said = [
      { replicas: environments[index]?.replicas, at: path.slice(0, -1) },
      ...overrides.map((each, at) => ({ ...each, at: [...path, at] })),
    ];
    for (const { replicas: wanted = 0, at } of said)
      if (replicas?.max !== undefined && wanted > replicas.max)
        yield {
          fault: {
            code: 'environment-widened',
            path: [...at, 'replicas'],
            why: `it is ${wanted}, and the environment "${metadata.name}" allows ${replicas.max}`,
            next: `Write ${replicas.max} or less, or ask the platform team, who can raise it in spec.allows.replicas.max of that environment`,
          },
        };
    for (const [at, override] of overrides.entries()) {
      if (patches)
        for (const fault of findPatches(override, patches, metadata.name))
          yield { fault: { ...fault, path: [...path, at, ...fault.path] } };
      if (max)
        for (const fault of findAmounts(override, max, metadata.name))
          yield { fault: { ...fault, path: [...path, at, ...fault.path] } };
    }
    for (const workload of max ? workloads : [])
      for (const fault of findOwnAmounts(
        workload.workload,
        { max: max ?? {}, overrides },
        metadata.name,
      ))
        yield { workload, fault };
  }
}

function* findPatches(
  { patches = {} }: ClusterOverride,
  allowed: readonly string[],
  environment: string,
): Generator<RenderFault, void> {
  for (const [workload, kinds] of Object.entries(patches))
    for (const [kind, sections] of Object.entries(kinds))
      for (const [section, fields] of Object.entries(sections ?? {}))
        for (const field of Object.keys(fields ?? {})) {
          const name = `${kind}.${section}.${field}`;
          if (!allowed.includes(name))
            yield {
              code: 'environment-widened',
              path: ['patches', workload, kind, section, field],
              why: `the environment "${environment}" does not let apps patch "${name}"`,
              next: 'Remove it, or ask the platform team, who can allow it in spec.allows.patches of that environment',
            };
        }
}

function* findAmounts(
  { resources = {} }: ClusterOverride,
  max: ScoreResourceAmounts,
  environment: string,
): Generator<RenderFault, void> {
  for (const [workload, containers] of Object.entries(resources))
    for (const [container, given] of Object.entries(containers))
      for (const { bound, resource } of AMOUNTS) {
        const amount = given[bound]?.[resource];
        if (isAbove(resource, amount, max[resource]))
          yield {
            code: 'environment-widened',
            path: ['resources', workload, container, bound, resource],
            why: beyond(`it is ${amount}`, environment, max[resource]),
            next: `Write ${max[resource]} or less, or ${ASK}`,
          };
      }
}

/**
 * Finds amounts in score.yaml, and its defaults, that exceed the limits; not
 * where an override for all clusters replaces them.
 */
function* findOwnAmounts(
  pushed: ScoreWorkload,
  {
    max,
    overrides,
  }: { max: ScoreResourceAmounts; overrides: readonly ClusterOverride[] },
  environment: string,
): Generator<RenderFault, void> {
  const { metadata, containers } = fillAmounts(pushed, CURRENT_RENDERER);
  for (const [container, { resources = {} }] of Object.entries(containers)) {
    const given = overrides
      .filter(({ clusters }) => selectsAll(clusters))
      .flatMap(each => amountsOf(each, metadata.name, container) ?? []);
    for (const { bound, resource } of AMOUNTS) {
      const amount = resources[bound]?.[resource];
      const isOwn =
        pushed.containers[container].resources?.[bound]?.[resource] !==
        undefined;
      const isReplaced = isOwn
        ? given.some(each => each[bound]?.[resource] !== undefined)
        : given.some(
            ({ limits, requests }) =>
              (limits?.[resource] ?? requests?.[resource]) !== undefined,
          );
      if (isReplaced || !isAbove(resource, amount, max[resource])) continue;
      const path: FieldPath = ['containers', container];
      yield {
        code: 'environment-widened',
        path: isOwn ? [...path, 'resources', bound, resource] : path,
        why: beyond(
          isOwn
            ? `it is ${amount}`
            : `it says nothing of ${resource}, and ${
                bound === 'limits' ? 'is limited to' : 'asks for'
              } ${amount}`,
          environment,
          max[resource],
        ),
        next: `Write ${max[resource]} or less, here or for that environment alone under "overrides" in app.yaml, or ${ASK}`,
      };
    }
  }
}

function beyond(
  what: string,
  environment: string,
  max: string | undefined,
): string {
  return `${what}, and the environment "${environment}" allows a container ${max}`;
}

function isAbove(
  resource: 'cpu' | 'memory',
  amount: string | undefined,
  max: string | undefined,
): boolean {
  if (amount === undefined || max === undefined) return false;
  const read = (text: string) =>
    (resource === 'cpu'
      ? parseCpu(text)
      : parseMemory(text.replace(/K$/, 'k'))) ?? 0;
  return read(amount) > read(max);
}
