import type {
  BlueprintVersionRef,
  TimelineLanes,
  WhatIfChange,
} from '@callboard/plugin-callboard-common';
import type {
  DeploymentKey,
  JournalFilter,
  OperateInput,
  AppChangeInput,
  RemovalInput,
  SettingsRef,
} from '../api';

/** Cache keys of all answers. A prefix covers everything below it. */
export const queryKeys = {
  /** Below the apps: any change among them may change a verdict. */
  audit: () => ['apps', 'audit of all'] as const,
  /** Never changes. */
  history: () => ['history'] as const,
  fleet: () => ['fleet'] as const,
  /** Changes only when the portal starts. */
  playgroundIsolation: () => ['playground isolation'] as const,
  joining: () => ['joining'] as const,
  clusters: () => ['clusters'] as const,
  cluster: (cluster: string) => ['clusters', cluster] as const,
  /** Below the clusters: any change among them may change the answer. */
  whatIf: (changes: readonly WhatIfChange[]) =>
    ['clusters', 'what-if', changes] as const,
  /** Never refetched: a registration is shown once. */
  registration: (cluster: string) => ['registration', cluster] as const,
  /** Below the apps: any change among them may change the answer. */
  environments: () => ['apps', 'environments of the platform'] as const,
  blueprints: () => ['blueprints'] as const,
  blueprintVersion: ({ name, version }: BlueprintVersionRef) =>
    ['blueprints', name, 'version', version] as const,
  blueprintRollout: (blueprint: string, id: string) =>
    ['blueprints', blueprint, 'rollout', id] as const,
  blueprintWhatIf: ({ name, version }: BlueprintVersionRef) =>
    ['blueprints', name, 'what-if', version] as const,
  policies: () => ['policies'] as const,
  exceptions: () => ['exceptions'] as const,
  apps: () => ['apps'] as const,
  app: (app: string) => ['apps', app] as const,
  releases: (app: string) => ['apps', app, 'releases'] as const,
  /** Never changes, so its prefix is not one that is invalidated. */
  buildLog: ({ app, revision }: { app: string; revision: string }) =>
    ['build-log', app, revision] as const,
  sbom: (app: string, release: number) => ['sbom', app, release] as const,
  timeline: ({
    app,
    ...part
  }: {
    app: string;
    lanes: TimelineLanes;
    days?: number;
  }) => ['apps', app, 'timeline', part] as const,
  placement: (app: string, environment: string) =>
    ['apps', app, 'placement', environment] as const,
  releaseDiff: ({
    app,
    ...of
  }: {
    app: string;
    environment: string;
    release: number;
    from?: number;
  }) => ['apps', app, 'diff', of] as const,
  /** Without an environment: the settings for all of them. */
  settings: ({ app, environment }: SettingsRef) =>
    ['apps', app, 'settings', environment ?? null] as const,
  resources: (app: string, environment: string) =>
    ['apps', app, 'resources', environment] as const,
  usage: (app: string, environment: string) =>
    ['usage', app, environment] as const,
  /** Below the apps: one of them may be created again. */
  dataOfDeletedApps: () => ['apps', 'data of deleted ones'] as const,
  keptData: (app: string) => ['apps', app, 'kept data'] as const,
  operation: ({ app, ...of }: OperateInput) =>
    ['apps', app, 'operation', of] as const,
  appChange: ({ app, ...of }: AppChangeInput) =>
    ['apps', app, 'change', of] as const,
  removal: ({ app, environment }: RemovalInput) =>
    ['apps', app, 'removal', environment ?? null] as const,
  rollout: (app: string, environment: string) =>
    ['apps', app, 'rollout', environment] as const,
  /** The question is serialized as JSON. */
  logs: (question: string) => ['logs', question] as const,
  kubernetes: ({ app, environment, cluster }: DeploymentKey) =>
    ['kubernetes', app, environment, cluster] as const,
  journals: () => ['journal'] as const,
  journalPages: (filter: JournalFilter) =>
    ['journal', 'pages', filter] as const,
  journal: (filter: JournalFilter) => ['journal', filter] as const,
  source: (app: string) => ['apps', app, 'source'] as const,
  gitTokens: () => ['git tokens'] as const,
  pushUrl: (app: string) => ['push-url', app] as const,
};
