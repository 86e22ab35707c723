import type {
  ScoreResource,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { RenderFault } from '../RenderFault';
import { canonicalJson } from '../canonicalJson';
import { sortedEntries } from '../sortedEntries';
import { chooseProvisioner, explainChoice } from './chooseProvisioner';
import { identityOf, mayShare } from './nameObjects';
import type { ProvisionContext, Provisioner } from './types';

/** Checks the requested resources of a workload, before any of them is provisioned. */
export function checkResources(
  workload: ScoreWorkload,
  provisioners: readonly Provisioner[],
  { workloads, cluster }: ProvisionContext,
): RenderFault | undefined {
  for (const [name, resource] of sortedEntries(workload.resources)) {
    const choice = chooseProvisioner(provisioners, resource, cluster);
    if (choice.kind === 'chosen') continue;
    return {
      code:
        choice.kind === 'not-on-cluster'
          ? 'resource-not-on-cluster'
          : 'resource-type-unknown',
      path: [
        'resources',
        name,
        choice.kind === 'type-unknown' || resource.class === undefined
          ? 'type'
          : 'class',
      ],
      ...explainChoice(resource, choice),
    };
  }
  if (!mayShare(workload)) return undefined;
  const others = workloads.filter(
    ({ metadata }) => metadata.name !== workload.metadata.name,
  );
  const shared = new Map<string, Shared>();
  for (const owner of [...others, workload]) {
    for (const [name, resource] of sortedEntries(owner.resources)) {
      const key = identityOf(resource);
      if (key === undefined) continue;
      const now = { owner: owner.metadata.name, name, resource };
      const first = shared.get(key);
      shared.set(key, merge(first, now));
      if (owner !== workload || !first) continue;
      const fault = findConflict(now, first) ?? findUnshareable(now, first);
      if (fault) return fault;
    }
  }
  return undefined;
}

interface Shared {
  owner: string;
  name: string;
  resource: ScoreResource;
}

/** Merges two definitions: fields left out in one are taken from the other. */
function merge(first: Shared | undefined, now: Shared): Shared {
  return first
    ? { ...first, resource: { ...now.resource, ...first.resource } }
    : now;
}

function findConflict(now: Shared, first: Shared): RenderFault | undefined {
  const differs = (['params', 'metadata'] as const).find(field => {
    const [ours, theirs] = [now.resource[field], first.resource[field]];
    return (
      ours !== undefined &&
      theirs !== undefined &&
      canonicalJson(ours) !== canonicalJson(theirs)
    );
  });
  if (!differs) return undefined;
  return {
    code: 'resource-conflict',
    path: ['resources', now.name, differs],
    why: `it shares the id "${now.resource.id}" with the resource "${first.name}" of the workload "${first.owner}", but their ${differs} differ`,
    next: 'Make both equal, leave them out in one, or give them different ids',
  };
}

/**
 * Refuses shared volumes: another workload cannot read an instance's folder,
 * and one for each would silently lose data.
 */
function findUnshareable(now: Shared, first: Shared): RenderFault | undefined {
  if (now.resource.type !== 'volume' || now.owner === first.owner)
    return undefined;
  return {
    code: 'resource-unshareable',
    path: ['resources', now.name, 'id'],
    why: `it shares a volume with the workload "${first.owner}", but volumes here belong to one workload`,
    next: 'Give it another id; the two workloads can talk over a "service-port"',
  };
}
