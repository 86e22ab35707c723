import type { Config } from '@backstage/config';
import { isRecord, suggestName } from '@callboard/plugin-callboard-common';

/** Names of settings; `true` for one whose value is read elsewhere. */
interface Settings {
  readonly [name: string]: true | Settings;
}

/** Every setting below `callboard`, of this plugin, its modules and its pages, as their `config.d.ts` describe them. */
const SETTINGS: Settings = {
  addresses: { probe: true, reach: true },
  agent: { image: true, version: true },
  agentCaFile: true,
  agentUrl: true,
  allowedHosts: true,
  builder: {
    allowScripts: true,
    baseImage: true,
    buildkit: {
      caFile: true,
      certFile: true,
      keyFile: true,
      silentSeconds: true,
      url: true,
    },
    egressHosts: true,
    insecure: true,
    limits: {
      diskMb: true,
      memoryMb: true,
      processes: true,
      seconds: true,
      silentSeconds: true,
    },
    packageRegistries: true,
    password: true,
    pull: { password: true, username: true },
    registry: true,
    type: true,
    username: true,
  },
  catalog: { platformOwner: true },
  clusters: true,
  dataDir: true,
  failback: { intervalSeconds: true, moves: true, steadySeconds: true },
  git: {
    followSeconds: true,
    idleSeconds: true,
    maxConcurrent: true,
    maxFollowers: true,
    maxPushBytes: true,
    maxTokenDays: true,
    minFreeMb: true,
    receiveSeconds: true,
    tokens: true,
  },
  inventory: true,
  kubernetes: true,
  pages: { poll: true },
  platform: true,
  platformTeam: true,
  playground: {
    appDomain: true,
    enabled: true,
    livenessDeadlineSeconds: true,
    localUser: true,
    nodePortBase: true,
  },
  prometheus: { credentials: true, hosts: true, reach: true },
  publicUrl: true,
  retention: { logMb: true, releases: true },
  secrets: { keyFile: true, references: true },
  sources: { pollSeconds: true, webhookSecret: true },
};

/**
 * Throws for an unknown name below `callboard`: a misspelled setting would
 * silently have no effect. Third-party modules may have settings of their own:
 * directly below `callboard`, only a name that nearly matches a known one is
 * refused.
 */
export function checkSettings(config: Config): void {
  const settings = config.getOptional('callboard');
  if (!isRecord(settings)) return;
  for (const [name, value] of Object.entries(settings)) {
    const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
    if (setting === undefined && suggestName(name, Object.keys(SETTINGS)))
      throw unknownSetting(name, SETTINGS, 'callboard');
    if (setting !== undefined && setting !== true)
      check(value, setting, `callboard.${name}`);
  }
}

function check(value: unknown, known: Settings, place: string): void {
  if (!isRecord(value)) return;
  for (const [name, inside] of Object.entries(value)) {
    const setting = Object.hasOwn(known, name) ? known[name] : undefined;
    if (setting === undefined) throw unknownSetting(name, known, place);
    if (setting !== true) check(inside, setting, `${place}.${name}`);
  }
}

function unknownSetting(name: string, known: Settings, place: string): Error {
  const names = Object.keys(known);
  const meant = suggestName(name, names);
  const next = meant
    ? `Did you mean ${place}.${meant}?`
    : `Use one of: ${names.join(', ')}`;
  return new Error(
    `There is no setting ${place}.${name.slice(0, 100)}. ${next}`,
  );
}
