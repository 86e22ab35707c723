import type {
  ChangeSignal,
  WhatIfChange,
} from '@callboard/plugin-callboard-common';
import type { DeploymentRef, JournalFilter } from '../api';

/** Where each answer lies in the cache. A prefix names everything below it. */
export const queryKeys = {
  fleet: () => ['fleet'] as const,
  clusters: () => ['clusters'] as const,
  cluster: (cluster: string) => ['clusters', cluster] as const,
  /** Below the clusters: whatever changes among them may change the answer. */
  whatIf: (changes: readonly WhatIfChange[]) =>
    ['clusters', 'what-if', changes] as const,
  /** Never asked again: an invitation is told once. */
  invitation: (cluster: string) => ['invitation', cluster] as const,
  blueprints: () => ['blueprints'] as const,
  apps: () => ['apps'] as const,
  app: (app: string) => ['apps', app] as const,
  releases: (app: string) => ['apps', app, 'releases'] as const,
  /** Never changes, so it lies under nothing that does. */
  sbom: (app: string, release: number) => ['sbom', app, release] as const,
  placement: (app: string, environment: string) =>
    ['apps', app, 'placement', environment] as const,
  rollout: (app: string, environment: string) =>
    ['apps', app, 'rollout', environment] as const,
  logs: ({ app, environment, cluster }: DeploymentRef) =>
    ['logs', app, environment, cluster] as const,
  kubernetes: ({ app, environment, cluster }: DeploymentRef) =>
    ['kubernetes', app, environment, cluster] as const,
  journals: () => ['journal'] as const,
  journal: (filter: JournalFilter) => ['journal', filter] as const,
  pushUrl: (app: string) => ['push-url', app] as const,
};

/** Which answers a change makes old. Logs and objects are read from the cluster on demand and are not among them. */
export function keysOutdatedBy(
  change: ChangeSignal,
): ReadonlyArray<readonly unknown[]> {
  switch (change.kind) {
    case 'app':
      return [
        queryKeys.apps(),
        queryKeys.fleet(),
        queryKeys.clusters(),
        queryKeys.journals(),
      ];
    case 'cluster':
      return [
        queryKeys.clusters(),
        queryKeys.fleet(),
        queryKeys.apps(),
        queryKeys.journals(),
      ];
    case 'fleet':
      return [queryKeys.fleet(), queryKeys.clusters()];
    case 'journal':
      return [queryKeys.journals()];
    default:
      // A newer backend may name a kind we do not know: everything may be old.
      return [[]];
  }
}
