import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import { compareText } from '../../placement/selectors';
import { nameObjects } from './nameObjects';

/** A resource of an app, with its name for people and on clusters. */
export interface AppResource {
  /** Name of its objects: unique in the app. */
  resource: string;
  /** Its id, or its name in its workload. */
  name: string;
  type: string;
  /** Workloads that request it, by name. */
  workloads: string[];
}

/** Lists the resources that the workloads of an app request, each once, by name. */
export function listResources(
  workloads: readonly ScoreWorkload[],
): AppResource[] {
  const all = new Map<string, AppResource>();
  for (const { metadata, resources = {} } of workloads)
    for (const [name, asked] of Object.entries(resources)) {
      const resource = nameObjects(metadata.name, name, asked);
      const known = all.get(resource);
      all.set(resource, {
        resource,
        name: asked.id ?? name,
        type: asked.type,
        workloads: [...new Set([...(known?.workloads ?? []), metadata.name])],
      });
    }
  return [...all.values()].sort(
    (a, b) =>
      compareText(a.name, b.name) || compareText(a.resource, b.resource),
  );
}

/** Returns whether an app requests any resource, of any type. */
export function hasResources(workloads: readonly ScoreWorkload[]): boolean {
  return workloads.some(
    ({ resources = {} }) => Object.keys(resources).length > 0,
  );
}
