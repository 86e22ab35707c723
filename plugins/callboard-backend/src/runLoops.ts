import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  sweepDeleted,
  sweepFetched,
  sweepPushes,
} from '@callboard/plugin-callboard-git-node';
import { deletedAppsOf } from './deletedAppsOf';
import {
  type ChangeSubscriber,
  type PlacementPublisher,
  type SeedApp,
  type SourceHost,
  stopInTime,
} from '@callboard/plugin-callboard-node';
import { type WebSocketUpgradeHandler, selfProbe } from './agents';
import {
  PageSignals,
  type Topics,
  portalEvents,
  publishChanges,
} from './changes';
import { checkBelonging } from './git';
import type { OpenedCallboard } from './openCallboard';
import { syncObserved } from './observed';
import { pause } from './pause';
import { publishPlacements } from './placements';
import { probeAddress, probeAddresses, resolveHost } from './probes';
import type { CallboardConfig } from './readConfig';
import { seedApps } from './seeds';
import { reportStatuses } from './sources';
import { untilClustersAnswered } from './untilClustersAnswered';

const SWEEP_MS = 30_000; // maximum delay until a push that moved without being recorded is recorded
const CALL_AGAIN_MS = 1_000; // the server may not let requests pass yet
const DAY_MS = 24 * 60 * 60_000;
const SWEEP_AGAIN_MS = 60_000; // the leader may not be elected yet
const OBSERVED_MS = 30_000; // maximum delay until a component is observed
const PLATFORM_MS = 5_000; // maximum delay until a changed platform file is read

export interface LoopDeps extends OpenedCallboard {
  auth: AuthService;
  catalog: CatalogService;
  events: EventsService;
  signals: SignalsService;
  topics: Topics;
  logger: LoggerService;
  seeds: SeedApp[];
  publishers: PlacementPublisher[];
  changeSubscribers: ChangeSubscriber[];
  sourceHosts: SourceHost[];
  /** How the addresses of apps are probed. */
  addresses: CallboardConfig['addresses'];
  /** The page of an app. */
  pageOf(app: string): string;
  discovery: DiscoveryService;
  upgrades: WebSocketUpgradeHandler;
}

/**
 * Starts and stops the background loops of the plugin: after `stop` nothing is
 * half done, and every process has ended.
 */
export function runLoops(deps: LoopDeps): {
  start(): Promise<void>;
  stop(): Promise<void>;
} {
  const { controlPlane, hooks, hub, launcher, platform, pushes } = deps;
  const { upgrades, logger } = deps;
  const stopped = new AbortController();
  const running: Array<Promise<void>> = [];

  const repeat = async (ms: number, work: () => Promise<unknown>) => {
    while (!stopped.signal.aborted) {
      await work().catch(error =>
        logger.error('a loop failed and goes on', error),
      );
      await pause(ms, stopped.signal);
    }
  };
  /** Agents can connect once the plugin knows its server: through a request of its own, if none came before. */
  const takeAgents = async () => {
    const url = await deps.discovery.getBaseUrl('callboard');
    while (!upgrades.hasServer && !stopped.signal.aborted) {
      await selfProbe(`${url}/agents/connect`);
      if (!upgrades.hasServer) await pause(CALL_AGAIN_MS, stopped.signal);
    }
  };
  const sweep = async () => {
    const { recorded, failed } = await sweepPushes(pushes);
    if (recorded.length > 0)
      logger.info('pushes recorded late', { pushes: recorded.join(', ') });
    for (const { app, problem } of failed)
      logger.warn(`push of ${app}: ${problem.why}`, { code: problem.code });
    const fetched = await sweepFetched(pushes, deps.now());
    if (fetched > 0)
      logger.info('what killed fetches left was removed', { count: fetched });
    const deleted = await sweepDeleted(
      (await controlPlane.listDeletedApps()).map(({ name }) => name),
      pushes,
      deletedAppsOf(deps),
    );
    if (deleted.length > 0)
      logger.info('repositories of deleted apps put aside', {
        apps: deleted.join(', '),
      });
  };

  /** Once a day; again after a minute where this process does not remove the images, or not yet. */
  const keepData = async () => {
    while (!stopped.signal.aborted) {
      const isDone = await deps.retention
        .sweep(stopped.signal)
        .catch(error => logger.error('a sweep failed and goes on', error));
      await pause(isDone ? DAY_MS : SWEEP_AGAIN_MS, stopped.signal);
    }
  };

  /** Interrupted pushes are recorded first, so that their repositories are known. */
  const compareWithRepositories = async () => {
    const mismatch = await checkBelonging({
      controlPlane,
      repositories: pushes.repositories,
    });
    if (!mismatch) return;
    const { code, what, why, next } = mismatch;
    logger.warn(`${what}: ${why}. ${next}`, { code });
  };

  const lookAtAddresses = () =>
    probeAddresses({
      ...deps,
      probe: (url, signal) =>
        probeAddress(url, {
          reach: deps.addresses.reach,
          resolve: resolveHost,
          signal,
        }),
      random: Math.random,
      signal: stopped.signal,
    });

  const stop = async () => {
    stopped.abort();
    upgrades.close();
    hooks.close();
    await controlPlane.stop();
    await hub.close();
    await Promise.all(running);
    await launcher.close();
  };

  return {
    async start() {
      const stopPublishing = publishChanges({
        ...deps,
        subscribers: [
          new PageSignals(deps),
          portalEvents(deps.events),
          ...deps.changeSubscribers,
        ],
      });
      stopped.signal.addEventListener('abort', stopPublishing);
      await controlPlane.start();
      running.push(takeAgents());
      await untilClustersAnswered(controlPlane, stopped.signal);
      await sweep()
        .then(compareWithRepositories)
        .catch(error =>
          logger.error('Repositories cannot be compared', error as Error),
        );
      running.push(
        repeat(SWEEP_MS, sweep),
        keepData(),
        repeat(PLATFORM_MS, () => platform.reload()),
        repeat(OBSERVED_MS, () => syncObserved(deps)),
        deps.follower.run(stopped.signal),
        reportStatuses({
          ...deps,
          hosts: deps.sourceHosts,
          signal: stopped.signal,
        }),
        publishPlacements({ ...deps, signal: stopped.signal }),
        ...(deps.addresses.probe ? [lookAtAddresses()] : []),
        seedApps(deps.seeds, { ...deps, signal: stopped.signal }),
      );
    },
    stop: () => stopInTime('The control plane', stop, { logger }),
  };
}
