import {
  type PushReport,
  describeApp,
  pushLines,
} from '@callboard/plugin-callboard-core';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import type { PushStep } from '../ControlPlane';
import { getApp } from '../read/readApps';
import { pageOf, readPushReport } from './readPushReport';

const POLL_MS = 1_000; // changes of this process are told at once; this is for those of others
const PATIENCE_MS = 180_000; // nobody waits longer at a terminal

/**
 * Follows a pushed revision: one step as soon as it is in the record, until it
 * is Healthy, has failed, or takes longer than anybody waits. Only reads: it may
 * be called again at any time, by anybody, and tells the same from the start.
 */
export async function* followPush(
  push: { app: string; commit: string },
  context: ReconcileContext,
  signal: AbortSignal,
): AsyncGenerator<PushStep> {
  const giveUpAtMs = context.deps.clock.now().getTime() + PATIENCE_MS;
  const changes = listenFor(push.app, context);
  let told = 0;
  try {
    while (!signal.aborted) {
      const report = await readPushReport(push, context);
      if (!report) return;
      const isLate = context.deps.clock.now().getTime() >= giveUpAtMs;
      const current =
        isLate && !isOver(report) ? await letGo(report, context) : report;
      const lines = pushLines(current);
      for (const { kind, line } of lines.slice(told)) yield { kind, line };
      told = lines.length;
      if (isOver(current)) return;
      await changes.next(signal);
    }
  } finally {
    changes.stop();
  }
}

function isOver({ outcome, build }: PushReport): boolean {
  return outcome !== undefined || build?.problem !== undefined;
}

async function letGo(
  report: PushReport,
  context: ReconcileContext,
): Promise<PushReport> {
  const app = await getApp(report.app, context);
  const says = app.ok ? describeApp(app.value, context.deps.clock.now()) : '';
  const page = pageOf(report.app, context);
  return {
    ...report,
    outcome: { kind: 'still-going', seconds: PATIENCE_MS / 1000, says, page },
  };
}

/** Waits for the next change of an app; one that happens between two waits is not missed. */
function listenFor(
  app: string,
  { changes, timers }: ReconcileContext,
): { next(signal: AbortSignal): Promise<void>; stop(): void } {
  let isNews = false;
  let wake = () => {};
  const stop = changes.listen(({ kind, name }) => {
    if (kind !== 'app' || name !== app) return;
    isNews = true;
    wake();
  });
  return {
    stop,
    next: signal =>
      new Promise(resolve => {
        if (isNews || signal.aborted) {
          isNews = false;
          resolve();
          return;
        }
        const waiting: { cancel?: () => void } = {};
        const finish = () => {
          waiting.cancel?.();
          signal.removeEventListener('abort', finish);
          wake = () => {};
          isNews = false;
          resolve();
        };
        waiting.cancel = timers.after(POLL_MS, finish);
        signal.addEventListener('abort', finish, { once: true });
        wake = finish;
      }),
  };
}
