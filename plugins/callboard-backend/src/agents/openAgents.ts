import { readFile } from 'node:fs/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  AgentEvents,
  TunnelHub,
} from '@callboard/plugin-callboard-clusters-node';
import { type Result, ok } from '@callboard/plugin-callboard-common';
import {
  type AgentDeps,
  KnexAgentRegistry,
  type PullCredentials,
} from '@callboard/plugin-callboard-control-plane';
import type { ImageBuilder } from '@callboard/plugin-callboard-images-node';
import type { Knex } from 'knex';
import type { AgentConfig } from '../readConfig';
import { AgentImages } from './AgentImages';
import { openAgentBundle } from './openAgentBundle';
import { openHubKey } from './openHubKey';
import type { AgentUrl } from './readAgentUrl';

/** Path on which agents connect, from the server's root. */
export const CONNECT_PATH = '/api/callboard/agents/connect';

/** The tunnel hub and the dependencies of agent routes. */
export interface OpenedAgents {
  hub: TunnelHub;
  deps: AgentDeps;
}

/** Opens the hub: from then on registered agents may connect. */
export async function openAgents(
  config: AgentConfig,
  deps: {
    knex: Knex;
    logger: LoggerService;
    dataDir: string;
    builder?: ImageBuilder;
    pullCredentials(): readonly PullCredentials[];
  },
): Promise<OpenedAgents> {
  const { knex, logger, builder, pullCredentials } = deps;
  const identity = await openHubKey(deps.dataDir);
  const registry = new KnexAgentRegistry(knex);
  const events = new AgentEvents();
  const hub = new TunnelHub({
    registry,
    identity,
    onEvent: event => {
      const { kind, ...facts } = event;
      logger.info(`agent ${kind}`, facts);
      events.notify(event);
    },
  });
  const images = new AgentImages({
    ...(config.given && { given: config.given }),
    ...(builder && { builder }),
    bundle: await openAgentBundle(),
    pullCredentials,
  });
  warnOfPlainHttp(config.url, logger);
  const hubCa = config.caFile && (await readCa(config.caFile));
  const address = config.url.ok
    ? ok({
        ...addressOf(config.url.value, identity.publicKey),
        ...(hubCa && { hubCa }),
      })
    : config.url;
  return {
    hub,
    deps: {
      hub,
      registry,
      events,
      address,
      version: images.version,
      findImage: signal => images.find(signal),
    },
  };
}

/** Throws errors that stop the start: agents would otherwise trust no certificate. */
async function readCa(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  if (/-----BEGIN CERTIFICATE-----/.test(text) && !/PRIVATE KEY/.test(text))
    return text;
  throw new Error(
    `callboard.agentCaFile: ${file} must hold certificates (PEM), and no key`,
  );
}

function addressOf({ url }: AgentUrl, hubKey: string) {
  return {
    hubUrl: `${url.replace(/^http/, 'ws')}${CONNECT_PATH}`,
    hubKey,
    manifestUrlOf: (cluster: string, token: string) =>
      `${url}/api/callboard/agents/${cluster}/install.yaml?token=${token}`,
  };
}

function warnOfPlainHttp(
  address: Result<AgentUrl>,
  logger: LoggerService,
): void {
  if (!address.ok || !address.value.isPlain) return;
  logger.warn(
    `Agents dial ${address.value.url} without TLS: anyone on the network path can read registration tokens and what is sent to clusters. Set callboard.agentUrl to an https:// address for anything but a test`,
  );
}
