import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import type { ConfiguredCluster } from '@callboard/plugin-callboard-clusters-node';
import type { Result } from '@callboard/plugin-callboard-common';
import {
  type Intervals,
  MAX_GIT_TOKEN_DAYS,
} from '@callboard/plugin-callboard-control-plane';
import {
  type BuildkitAddress,
  type RegistryCredentials,
  checkBuildkitAddress,
} from '@callboard/plugin-callboard-images-node';
import {
  type BuildLimits,
  type PackageRegistry,
  readBuildLimits,
  readEgressHosts,
  readPackageRegistries,
} from '@callboard/plugin-callboard-sandbox-node';
import type { Reach } from '@callboard/plugin-callboard-node';
import { checkSettings } from './checkSettings';
import { type AgentUrl, readAgentUrl } from './agents/readAgentUrl';
import { DEFAULT_GIT_HOST_LIMITS, type GitHostLimits } from './git';
import { type PrometheusSettings, readPrometheus } from './prometheus';
import type { ConfiguredPortalSecret } from './secrets';

const SOURCE_POLL_SECONDS = 60;
const LEAST_POLL_SECONDS = 5; // limits the load on third-party hosts
const MIN_SECRET = 16;

/** A git token of the configuration. The references its user acts for are read from the catalog. */
export interface ConfiguredGitToken {
  username: string;
  token: string;
  user: string;
}

/** How images are built, and the registry they are pushed to. */
export interface ImageBuilderConfig {
  /** Host, port and the path prefix of every repository. */
  registry: string;
  insecure: boolean;
  /** Read again at each call: the configuration may change under a running process. */
  credentials(): RegistryCredentials | undefined;
  /** Credentials with which clusters pull; also read again at each call. */
  pullCredentials(): RegistryCredentials | undefined;
  baseImage?: string;
  allowScripts: boolean;
  /** Package registries that pushed code may name. */
  packageRegistries: PackageRegistry[];
  /** Additional hosts that builds may reach. */
  egressHosts: string[];
  /** Daemon that builds Dockerfiles. */
  buildkit?: BuildkitAddress;
  /** Maximum time without output of the daemon; has a default. */
  buildkitSilenceMs?: number;
  limits: BuildLimits;
}

/** Settings of clusters that dial out. */
export interface AgentConfig {
  /** The address at which agents reach this portal; a problem where it is unknown. */
  url: Result<AgentUrl>;
  /** PEM file of the CA of the certificate there, where that is not a public one. */
  caFile?: string;
  /** An agent image built elsewhere. */
  given?: { image: string; version?: string };
}

export interface CallboardConfig {
  /** Folders of the platform team's files. */
  platformFolders: string[];
  playground: boolean;
  /** Builder for environments that name none. */
  defaultBuilder: string;
  /** Set where a registry is configured; enables the builder `image`. */
  imageBuilder?: ImageBuilderConfig;
  clusters: ConfiguredCluster[];
  agents: AgentConfig;
  /** Failback of apps to a cluster that was lost; omitted fields have defaults. */
  failback: Partial<
    Pick<Intervals, 'failbackSteadyMs' | 'failbackMoves' | 'failbackIntervalMs'>
  >;
  /** Retention of images; has a default. */
  retention: { releases?: number };
  /** Files and environment variables that apps may refer to as secrets, by name. */
  portalSecrets: ReadonlyMap<string, ConfiguredPortalSecret>;
  /**
   * Prometheus servers that may be queried; read again at each call: the
   * configuration may change under a running process.
   */
  prometheus(): PrometheusSettings;
  /** Keys that encrypt secrets; a file in the data folder when omitted. */
  secretKeyFile?: string;
  /** Whether the portal probes the addresses of apps, and which addresses it may dial. */
  addresses: { probe: boolean; reach: Reach };
  /** Repositories elsewhere that apps follow. */
  sources: {
    pollMs: number;
    /** Secret of the hosts' webhook signatures; without it webhooks are refused. */
    webhookSecret?: string;
  };
  /** Address of this API for git clients: `http://localhost:7007/api/callboard`. */
  apiUrl: string;
  /** Address of the portal for people. */
  portalUrl: string;
  git: GitHostLimits & {
    /** Maximum lifetime of a token that a person creates. */
    maxTokenDays: number;
    tokens: ConfiguredGitToken[];
    /** Free space of the disk of the repositories; has a default. */
    minFreeBytes?: number;
  };
}

/** Reads `callboard` of the portal's configuration. Relative paths start at the working folder. */
export function readConfig(config: Config): CallboardConfig {
  checkSettings(config);
  const callboard = config.getOptionalConfig('callboard');
  const git = callboard?.getOptionalConfig('git');
  const playground =
    callboard?.getOptionalBoolean('playground.enabled') ?? false;
  const publicUrl =
    callboard?.getOptionalString('publicUrl') ??
    config.getString('backend.baseUrl');
  const imageBuilder = readImageBuilder(config);
  readPrometheus(config); // errors show at the start
  const minFreeMb = readPositive(git, 'minFreeMb');
  const keyFile = callboard?.getOptionalString('secrets.keyFile');
  const limit = (key: keyof GitHostLimits) =>
    readPositive(git, key) ?? DEFAULT_GIT_HOST_LIMITS[key];
  return {
    platformFolders: (callboard?.getOptionalStringArray('platform') ?? []).map(
      folder => resolve(folder),
    ),
    playground,
    defaultBuilder:
      callboard?.getOptionalString('builder.type') ??
      (playground ? 'bundle' : 'given'),
    ...(imageBuilder && { imageBuilder }),
    clusters: callboard?.getOptional<ConfiguredCluster[]>('clusters') ?? [],
    agents: readAgents(config, publicUrl),
    ...(keyFile !== undefined && { secretKeyFile: resolve(keyFile) }),
    portalSecrets: readPortalSecrets(
      callboard?.getOptionalConfig('secrets.references'),
    ),
    prometheus: () => readPrometheus(config),
    retention: readRetention(callboard?.getOptionalConfig('retention')),
    failback: readFailback(callboard?.getOptionalConfig('failback')),
    addresses: readAddresses(callboard?.getOptionalConfig('addresses')),
    sources: readSources(callboard?.getOptionalConfig('sources')),
    apiUrl: `${withoutSlash(publicUrl)}/api/callboard`,
    portalUrl: withoutSlash(
      config.getOptionalString('app.baseUrl') ?? publicUrl,
    ),
    git: {
      maxPushBytes: limit('maxPushBytes'),
      receiveSeconds: limit('receiveSeconds'),
      followSeconds: limit('followSeconds'),
      maxConcurrent: limit('maxConcurrent'),
      ...(minFreeMb !== undefined && { minFreeBytes: minFreeMb * 1024 * 1024 }),
      maxFollowers: limit('maxFollowers'),
      idleSeconds: limit('idleSeconds'),
      maxTokenDays: readTokenDays(git),
      tokens: (git?.getOptionalConfigArray('tokens') ?? []).map(token => ({
        username: token.getString('username'),
        token: token.getString('token'),
        user: token.getString('user'),
      })),
    },
  };
}

/** An unusable configured address stops the start; an unusable default is reported only to people who add a cluster. */
function readAgents(config: Config, publicUrl: string): AgentConfig {
  const chosen = config.getOptionalString('callboard.agentUrl');
  const url = readAgentUrl(chosen ?? publicUrl);
  if (!url.ok && chosen !== undefined) {
    const { what, why, next } = url.problem;
    throw new Error(`callboard.agentUrl: ${what}: ${why}. ${next}`);
  }
  const image = config.getOptionalString('callboard.agent.image');
  const version = config.getOptionalString('callboard.agent.version');
  const caFile = config.getOptionalString('callboard.agentCaFile');
  return {
    url,
    ...(caFile !== undefined && { caFile: resolve(caFile) }),
    ...(image !== undefined && {
      given: { image, ...(version !== undefined && { version }) },
    }),
  };
}

/** Omitted fields keep their defaults. */
function readFailback(config: Config | undefined): CallboardConfig['failback'] {
  const read = (key: string) => readPositive(config, key, 'callboard.failback');
  const steady = read('steadySeconds');
  const moves = read('moves');
  const interval = read('intervalSeconds');
  return {
    ...(steady !== undefined && { failbackSteadyMs: steady * 1000 }),
    ...(moves !== undefined && { failbackMoves: Math.ceil(moves) }),
    ...(interval !== undefined && { failbackIntervalMs: interval * 1000 }),
  };
}

function readRetention(
  config: Config | undefined,
): CallboardConfig['retention'] {
  const releases = readPositive(config, 'releases', 'callboard.retention');
  return releases === undefined ? {} : { releases: Math.ceil(releases) };
}

const BUILDER = 'callboard.builder';
const REGISTRY = /^[a-z0-9][a-z0-9.-]*(?::\d+)?(?:\/[a-z0-9._-]+)*\/?$/;

function readImageBuilder(config: Config): ImageBuilderConfig | undefined {
  const builder = config.getOptionalConfig(BUILDER);
  const registry = builder?.getOptionalString('registry');
  if (builder === undefined || registry === undefined) {
    if (builder?.getOptionalString('type') !== 'image') return undefined;
    throw new Error(
      `${BUILDER}.type is "image", and no registry says where images go. Set ${BUILDER}.registry to something like "registry.example.com/apps"`,
    );
  }
  if (!REGISTRY.test(registry))
    throw new Error(
      `${BUILDER}.registry must be a host with an optional port and path, in small letters and without "https://", got "${registry}"`,
    );
  const baseImage = builder.getOptionalString('baseImage');
  for (const place of [BUILDER, `${BUILDER}.pull`])
    readCredentials(config, place); // errors show at the start
  return {
    registry,
    insecure: builder.getOptionalBoolean('insecure') ?? false,
    credentials: () => readCredentials(config, BUILDER),
    pullCredentials: () =>
      readCredentials(config, `${BUILDER}.pull`) ??
      readCredentials(config, BUILDER),
    ...(baseImage !== undefined && { baseImage }),
    allowScripts: builder.getOptionalBoolean('allowScripts') ?? false,
    ...readBuildkit(builder.getOptionalConfig('buildkit')),
    packageRegistries: readPackageRegistries(config),
    egressHosts: readEgressHosts(config),
    limits: readBuildLimits(config),
  };
}

function readBuildkit(
  config: Config | undefined,
): Pick<ImageBuilderConfig, 'buildkit' | 'buildkitSilenceMs'> {
  if (config === undefined) return {};
  const read = (key: string) => {
    const value = config.getOptionalString(key);
    return value === undefined ? {} : { [key]: value };
  };
  const buildkit: BuildkitAddress = {
    url: config.getString('url'),
    ...read('caFile'),
    ...read('certFile'),
    ...read('keyFile'),
  };
  checkBuildkitAddress(buildkit);
  const seconds = readPositive(config, 'silentSeconds', `${BUILDER}.buildkit`);
  return {
    buildkit,
    ...(seconds !== undefined && { buildkitSilenceMs: seconds * 1000 }),
  };
}

function readCredentials(
  config: Config,
  place: string,
): RegistryCredentials | undefined {
  const username = config.getOptionalString(`${place}.username`);
  const password = config.getOptionalString(`${place}.password`);
  if (username !== undefined && password !== undefined)
    return { username, password };
  if (username === undefined && password === undefined) return undefined;
  throw new Error(
    `${place}.username and ${place}.password belong together, and one is missing`,
  );
}

function readTokenDays(git: Config | undefined): number {
  const days = git?.getOptionalNumber('maxTokenDays') ?? MAX_GIT_TOKEN_DAYS;
  if (Number.isInteger(days) && days >= 1 && days <= MAX_GIT_TOKEN_DAYS)
    return days;
  throw new Error(
    `callboard.git.maxTokenDays must be a whole number from 1 to ${MAX_GIT_TOKEN_DAYS}, got ${days}`,
  );
}

function readPositive(
  config: Config | undefined,
  key: string,
  place = 'callboard.git',
): number | undefined {
  const value = config?.getOptionalNumber(key);
  if (value === undefined || value > 0) return value;
  throw new Error(`${place}.${key} must be larger than 0, got ${value}`);
}

function withoutSlash(url: string): string {
  return url.replace(/(?<!\/)\/+$/, '');
}

function readPortalSecrets(
  references: Config | undefined,
): Map<string, ConfiguredPortalSecret> {
  const secrets = new Map<string, ConfiguredPortalSecret>();
  for (const name of references?.keys() ?? []) {
    const reference = references!.getConfig(name);
    const file = reference.getOptionalString('file');
    const variable = reference.getOptionalString('variable');
    const apps = reference.getStringArray('apps');
    if (file !== undefined && variable === undefined)
      secrets.set(name, { from: { file: resolve(file) }, apps });
    else if (variable !== undefined && file === undefined)
      secrets.set(name, { from: { variable }, apps });
    else
      throw new Error(
        `callboard.secrets.references.${name} must name a "file" or a "variable"`,
      );
  }
  return secrets;
}

const REACHES: readonly Reach[] = ['public', 'private', 'loopback'];

function readAddresses(
  addresses: Config | undefined,
): CallboardConfig['addresses'] {
  const wanted = addresses?.getOptionalString('reach') ?? 'public';
  const reach = REACHES.find(each => each === wanted);
  if (!reach)
    throw new Error(
      `callboard.addresses.reach must be one of ${REACHES.join(
        ', ',
      )}, got "${wanted.slice(0, 100)}"`,
    );
  return { probe: addresses?.getOptionalBoolean('probe') ?? true, reach };
}

function readSources(sources: Config | undefined): CallboardConfig['sources'] {
  const pollSeconds =
    readPositive(sources, 'pollSeconds') ?? SOURCE_POLL_SECONDS;
  const webhookSecret = sources?.getOptionalString('webhookSecret');
  if (webhookSecret !== undefined && webhookSecret.length < MIN_SECRET)
    throw new Error(
      `callboard.sources.webhookSecret is too short: use ${MIN_SECRET} characters or more`,
    );
  return {
    pollMs: Math.max(pollSeconds, LEAST_POLL_SECONDS) * 1000,
    ...(webhookSecret !== undefined && { webhookSecret }),
  };
}
