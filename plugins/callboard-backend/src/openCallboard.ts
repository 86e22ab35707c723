import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  type TunnelHub,
  agentSource,
  kubeconfigSource,
  openConnection,
} from '@callboard/plugin-callboard-clusters-node';
import type {
  ControlPlane,
  ControlPlaneDeps,
  PullCredentials,
} from '@callboard/plugin-callboard-control-plane';
import {
  GitRepositories,
  ProcessLauncher,
  type PushDeps,
  PushIntents,
} from '@callboard/plugin-callboard-git-node';
import {
  AppLocks,
  type Builder,
  type ChangeSubscriber,
  type ClusterSource,
  type ClusterTransportProvider,
  type DataFolder,
  type DeliveryEngine,
  type PlacementPublisher,
  type SeedApp,
  type SourceHost,
} from '@callboard/plugin-callboard-node';
import type { PolicyFile } from '@callboard/plugin-callboard-common';
import type {
  HealthRule,
  ModulePlacementRule,
  Provisioner,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { openAgents } from './agents';
import { openImageBuilder } from './builders';
import type { AppDoor } from './doors/apps';
import { HookServer } from './git';
import { PlatformFolders } from './platform';
import { SourceFollower } from './sources';
import { ConfiguredPrometheusServers } from './prometheus';
import { ConfiguredPortalSecrets, openSecretCipher } from './secrets';
import { DataRetention } from './retention';
import type { CallboardConfig, ImageBuilderConfig } from './readConfig';

/** Contributions of modules through the extension points. */
export interface Contributions {
  clusterSources: ClusterSource[];
  clusterTransports: ClusterTransportProvider[];
  policies: PolicyFile[];
  healthRules: HealthRule[];
  placementRules: ModulePlacementRule[];
  changeSubscribers: ChangeSubscriber[];
  deliveryEngines: DeliveryEngine[];
  builders: Builder[];
  provisioners: Provisioner[];
  placementPublishers: PlacementPublisher[];
  seeds: SeedApp[];
  sourceHosts: SourceHost[];
}

/** Creates the control plane and its tables for the plugin. */
export interface ControlPlaneFactory {
  migrate(knex: Knex): Promise<void>;
  create(deps: ControlPlaneDeps): ControlPlane;
}

/** The parts that routes and loops use. */
export interface OpenedCallboard {
  controlPlane: ControlPlane;
  pushes: PushDeps;
  hooks: HookServer;
  launcher: ProcessLauncher;
  platform: PlatformFolders;
  /** The hub to which agents connect. */
  hub: TunnelHub;
  /** Removes data whose retention has ended. */
  retention: DataRetention;
  /** Fetches pushes to repositories elsewhere. */
  follower: SourceFollower;
  now(): Date;
}

/** Opens database, repositories and platform files and creates the control plane on them. Starts nothing. */
export async function openCallboard(
  config: CallboardConfig,
  given: Contributions,
  deps: {
    database: DatabaseService;
    dataFolder: DataFolder;
    logger: LoggerService;
    factory: ControlPlaneFactory;
    appDoor: Pick<AppDoor, 'urlOf'>;
  },
): Promise<OpenedCallboard> {
  const { logger, factory, dataFolder } = deps;
  const dataDir = dataFolder.path;
  const now = () => new Date();
  const knex = await deps.database.getClient();
  await factory.migrate(knex);
  const launcher = await ProcessLauncher.open();
  const repositories = await GitRepositories.open({
    folder: join(dataDir, 'git'),
    start: launcher.start,
    limits: {
      ...(config.git.minFreeBytes !== undefined && {
        minFreeBytes: config.git.minFreeBytes,
      }),
    },
  });
  const hooks = await HookServer.open(join(dataDir, 'git', 'hooks'));
  const platform = await PlatformFolders.open({
    folders: config.platformFolders,
    logger,
    added: given,
  });
  const builder =
    config.imageBuilder &&
    (await openImageBuilder(config.imageBuilder, { dataDir }));
  const agents = await openAgents(config.agents, {
    knex,
    logger,
    dataDir,
    ...(builder && { builder }),
    pullCredentials: () => pullCredentialsOf(config.imageBuilder),
  });
  const secrets = await openSecretCipher({
    dataDir,
    ...(config.secretKeyFile !== undefined && {
      keyFile: config.secretKeyFile,
    }),
    env: process.env,
  });
  const controlPlane = factory.create({
    knex,
    clusterSources: [
      ...given.clusterSources,
      kubeconfigSource(config.clusters, given.clusterTransports),
      agentSource(agents.hub, agents.deps.registry),
    ],
    agents: agents.deps,
    builders: [...given.builders, ...(builder ? [builder] : [])],
    defaultBuilder: config.defaultBuilder,
    pullCredentials: () => pullCredentialsOf(config.imageBuilder),
    platform,
    provisioners: given.provisioners,
    secrets,
    portalSecrets: new ConfiguredPortalSecrets(
      config.portalSecrets,
      process.env,
    ),
    revisions: repositories,
    checkSpace: () => repositories.checkSpace(),
    retention: config.retention,
    gitTokens: { maxDays: config.git.maxTokenDays },
    deliveryEngines: given.deliveryEngines,
    prometheus: new ConfiguredPrometheusServers(config.prometheus),
    connect: openConnection,
    clock: { now },
    newId: randomUUID,
    intervals: config.failback,
    logger,
    appUrlOf: of => deps.appDoor.urlOf(of),
    pageUrlOf: app => pageUrlOf(config, app),
    cloneUrlOf: app => `${config.apiUrl}/git/${app}.git`,
    workFolder: join(dataDir, 'builds'),
    holderId: `${hostname()}-${randomUUID()}`,
    isSoleProcess: dataFolder.isExclusive,
  });
  const pushes = {
    repositories,
    intents: new PushIntents(repositories),
    locks: new AppLocks(),
    record: controlPlane,
  };
  return {
    controlPlane,
    pushes,
    hooks,
    launcher,
    platform,
    hub: agents.hub,
    retention: new DataRetention({
      controlPlane,
      dataDir,
      repositories: repositories.folder,
      now,
      logger,
    }),
    follower: new SourceFollower({
      controlPlane,
      pushes,
      hosts: given.sourceHosts,
      pollMs: config.sources.pollMs,
      now,
      logger,
    }),
    now,
  };
}

/** Returns the page of an app. */
export function pageUrlOf(
  { portalUrl }: Pick<CallboardConfig, 'portalUrl'>,
  app: string,
): string {
  return `${portalUrl}/callboard/apps/${app}`;
}

/** Returns the credentials with which clusters pull images that Callboard pushed. */
function pullCredentialsOf(
  builder: ImageBuilderConfig | undefined,
): PullCredentials[] {
  const credentials = builder?.pullCredentials();
  if (!builder || !credentials) return [];
  return [{ registry: builder.registry.replace(/\/$/, ''), ...credentials }];
}
