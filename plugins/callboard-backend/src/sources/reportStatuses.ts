import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type {
  CommitStatus,
  SourceHost,
} from '@callboard/plugin-callboard-node';
import { pause } from '../pause';
import { statusesOf } from './statusesOf';

const COLLECT_MS = 2_000; // a push changes an app many times
const AGAIN_MS = 60_000;

export interface ReportingDeps {
  controlPlane: Pick<ControlPlane, 'getApp' | 'listSources' | 'onChanges'>;
  hosts: readonly SourceHost[];
  pageOf(app: string): string;
  logger: LoggerService;
  signal: AbortSignal;
}

/**
 * Reports commit statuses to repository hosts, after changes and every minute,
 * until the signal aborts. Level-based: sends statuses that are new or have
 * changed; after a restart all of them once, which hosts accept as updates.
 */
export async function reportStatuses(deps: ReportingDeps): Promise<void> {
  const { controlPlane, hosts, logger, signal } = deps;
  if (!hosts.some(({ reportStatus }) => reportStatus)) return;
  const shown = new Map<string, string>();
  let changed = new AbortController();
  const stopListening = controlPlane.onChanges(() => changed.abort());
  while (!signal.aborted) {
    changed = new AbortController();
    await reportOnce(shown, deps).catch(error =>
      logger.warn('how commits do was not shown on their hosts', error),
    );
    await pause(AGAIN_MS, AbortSignal.any([signal, changed.signal]));
    await pause(COLLECT_MS, signal);
  }
  stopListening();
}

async function reportOnce(
  shown: Map<string, string>,
  { controlPlane, hosts, pageOf, logger, signal }: ReportingDeps,
): Promise<void> {
  const sources = await controlPlane.listSources();
  const wanted = new Map<string, CommitStatus>();
  for (const source of sources) {
    const app = await controlPlane.getApp(source.app);
    if (!app.ok) continue;
    for (const status of statusesOf(app.value, source, pageOf(source.app)))
      wanted.set(`${status.url} ${status.context}`, status);
  }
  for (const key of shown.keys()) if (!wanted.has(key)) shown.delete(key);
  const failing = new Set<SourceHost>();
  for (const [key, status] of wanted) {
    if (signal.aborted) return;
    const text = JSON.stringify(status);
    const host = hosts.find(each => each.owns(status.url));
    if (!host?.reportStatus || failing.has(host) || shown.get(key) === text)
      continue;
    try {
      await host.reportStatus(status);
      shown.set(key, text);
    } catch (error) {
      failing.add(host); // it is retried within a minute
      logger.warn(
        `${host.title} did not take a commit status`,
        error instanceof Error ? { reason: error.message } : {},
      );
    }
  }
}
