import { shorten } from '@callboard/plugin-callboard-common';
import { compareText, matchesSelector } from '../../placement/selectors';
import { nearestName } from '../nearestName';
import type { ClusterTraits, Provisioner } from './types';

/** The provisioner of a resource, or what is missing: the type, the class, or one that serves this cluster. */
export type ProvisionerChoice =
  /** `others` could provision it as well, in order of precedence. */
  | { kind: 'chosen'; provisioner: Provisioner; others: Provisioner[] }
  | { kind: 'type-unknown'; known: string[] }
  | { kind: 'class-unknown'; known: string[] }
  | { kind: 'not-on-cluster'; cluster: string; offered: Provisioner[] };

const ORIGINS: ReadonlyArray<Provisioner['origin']> = [
  'file',
  'code',
  'built-in',
];

/**
 * Chooses the most specific provisioner of a type and class that serves a
 * cluster: the platform's before a built-in one, one that names more of the
 * cluster before one that names less, a file before code, then the first by
 * name.
 *
 * @param cluster - undefined where any cluster will do: then the one with the
 *   fewest requirements
 */
export function chooseProvisioner(
  provisioners: readonly Provisioner[],
  wanted: { type: string; class?: string },
  cluster: ClusterTraits | undefined,
): ProvisionerChoice {
  const ofType = provisioners.filter(({ type }) => type === wanted.type);
  if (ofType.length === 0)
    return {
      kind: 'type-unknown',
      known: sortedSet(provisioners.map(({ type }) => type)),
    };
  const ofClass = ofType.filter(
    each => each.class === (wanted.class ?? 'default'),
  );
  if (ofClass.length === 0)
    return {
      kind: 'class-unknown',
      known: sortedSet(ofType.map(each => each.class)),
    };
  const [best, ...others] = ofClass
    .filter(each => !cluster || serves(each, cluster))
    .sort((a, b) => compareForChoice(a, b, cluster ? -1 : 1));
  return best
    ? { kind: 'chosen', provisioner: best, others }
    : {
        kind: 'not-on-cluster',
        cluster: cluster?.name ?? '',
        offered: ofClass,
      };
}

/** Explains why none is chosen, and what the platform would have to offer. */
export function explainChoice(
  { type, class: wanted }: { type: string; class?: string },
  choice: Exclude<ProvisionerChoice, { kind: 'chosen' }>,
): { why: string; next: string } {
  switch (choice.kind) {
    case 'type-unknown': {
      const known = choice.known.map(each => `"${each}"`).join(', ');
      return {
        why: `this platform does not provide resources of type "${shorten(
          type,
        )}"${nearestName(type, choice.known).hint}`,
        next: `Use one of the types it provides (${known}), or ask the platform team for a Provisioner of this one`,
      };
    }
    case 'class-unknown': {
      const known = choice.known.map(each => `"${each}"`).join(', ');
      return {
        why: `this platform provides "${type}" of class ${known}, but "${shorten(
          wanted ?? 'default',
        )}" is asked for${nearestName(wanted ?? 'default', choice.known).hint}`,
        next: choice.known.includes('default')
          ? 'Remove the class, or ask the platform team for a Provisioner of it'
          : `Use class ${known}, or ask the platform team for a Provisioner of this one`,
      };
    }
    default:
      return {
        why: `nothing provides "${type}" of class "${shorten(
          wanted ?? 'default',
        )}" on the cluster "${choice.cluster}": ${choice.offered
          .slice(0, 5)
          .map(describeServed)
          .join('; ')}`,
        next: `Ask the platform team for a Provisioner of "${type}" that serves "${choice.cluster}", or let the app run where there is one`,
      };
  }
}

function serves(
  { serves: on = {} }: Provisioner,
  cluster: ClusterTraits,
): boolean {
  const { clusters, blueprints, kinds = [] } = on;
  return (
    (!clusters || matchesSelector(clusters, cluster.labels)) &&
    (!blueprints ||
      blueprints.some(name => cluster.blueprints.includes(name))) &&
    kinds.every(kind => cluster.kinds.includes(kind))
  );
}

function describeServed({ name, serves: on = {} }: Provisioner): string {
  const quoted = (names: readonly string[]) =>
    names.map(each => `"${each}"`).join(' or ');
  const parts = [
    ...(on.blueprints ? [`of blueprint ${quoted(on.blueprints)}`] : []),
    ...(on.kinds?.length ? [`that serve ${on.kinds.join(' and ')}`] : []),
    ...(on.clusters ? ['with the labels it selects'] : []),
  ];
  return `"${name}" serves clusters ${parts.join(' ')}`;
}

function compareForChoice(
  a: Provisioner,
  b: Provisioner,
  direction: 1 | -1,
): number {
  return (
    Number(a.origin === 'built-in') - Number(b.origin === 'built-in') ||
    direction * (specificity(a) - specificity(b)) ||
    ORIGINS.indexOf(a.origin) - ORIGINS.indexOf(b.origin) ||
    compareText(a.name, b.name)
  );
}

/** A blueprint is more specific than labels, and labels than the kinds that the cluster serves. */
function specificity({ serves: on = {} }: Provisioner): number {
  return (
    (on.blueprints ? 4 : 0) + (on.clusters ? 2 : 0) + (on.kinds?.length ? 1 : 0)
  );
}

function sortedSet(names: string[]): string[] {
  return [...new Set(names)].sort(compareText);
}
