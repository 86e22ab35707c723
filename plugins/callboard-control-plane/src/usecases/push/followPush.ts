import {
  type PushReport,
  describeApp,
  describeEnvironment,
  pushLines,
  waitLine,
} from '@callboard/plugin-callboard-core';
import type { App, AppEnvironment } from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { findBuild, findFirstRelease } from '../../store';
import type { PushStep } from '../ControlPlane';
import { getApp } from '../read/readApps';
import { readPushReport } from './readPushReport';

const POLL_MS = 1_000; // changes of this process are told at once; this is for those of others

/**
 * Follows a pushed revision: one step as soon as it is in the record, until it
 * is Healthy, has failed, or takes longer than anybody waits. Only reads: it may
 * be called again at any time, by anybody, and tells the same from the start,
 * but for what it says it waits for.
 */
export async function* followPush(
  push: { app: string; commit: string },
  context: ReconcileContext,
  signal: AbortSignal,
): AsyncGenerator<PushStep> {
  const nowMs = () => context.deps.clock.now().getTime();
  const beganMs = nowMs();
  let spokeMs = beganMs;
  const changes = listenFor(push.app, context);
  let told = 0;
  try {
    while (!signal.aborted) {
      const report = await readPushReport(push, context);
      if (!report) return;
      const waitedMs = nowMs() - beganMs;
      const current = isOver(report)
        ? report
        : await letGo(report, waitedMs, context);
      const lines = pushLines(current);
      const news = lines.slice(told);
      for (const { kind, line } of news) yield { kind, line };
      told = lines.length;
      if (isOver(current)) return;
      if (news.length > 0) spokeMs = nowMs();
      if (nowMs() - spokeMs >= context.paces.pushQuietMs) {
        spokeMs = nowMs();
        const waitsFor = await describeWait(report, context);
        yield waitLine({ ...report, waitsFor }, waitedMs / 1_000);
      }
      await changes.next(signal);
    }
  } finally {
    changes.stop();
  }
}

function isOver({ outcome, build }: PushReport): boolean {
  return outcome !== undefined || build?.problem !== undefined;
}

/** Ends the waiting where it lasts too long: the sooner, if it is known what is wrong. */
async function letGo(
  report: PushReport,
  waitedMs: number,
  context: ReconcileContext,
): Promise<PushReport> {
  const { pushTroubleMs, pushPatienceMs } = context.paces;
  if (waitedMs < pushTroubleMs) return report;
  const app = await getApp(report.app, context);
  const environment = app.ok && (await findPushed(report, app.value, context));
  const finding = environment && environment.findings[0];
  const isKnown = finding && finding.confidence === 'certain';
  if (!isKnown && waitedMs < pushPatienceMs) return report;
  const says = app.ok ? describeApp(app.value, context.deps.clock.now()) : '';
  return {
    ...report,
    outcome: {
      kind: 'still-going',
      seconds: waitedMs / 1_000,
      says,
      ...(finding && { finding }),
    },
  };
}

/** What has to happen next, in words. */
async function describeWait(
  report: PushReport,
  context: ReconcileContext,
): Promise<string> {
  if (!report.build) {
    const { app, revision } = report;
    const build = await findBuild(context.deps.knex, app, revision.commit);
    return build?.startedAt
      ? `it is built with ${build.builder}`
      : 'its build has not started';
  }
  if (!report.release) return 'its release is being made';
  if (!report.placement) return 'no suitable cluster is in contact yet';
  const app = await getApp(report.app, context);
  const environment = app.ok && (await findPushed(report, app.value, context));
  return (
    (environment &&
      describeEnvironment(environment, context.deps.clock.now())) ||
    'its clusters have not answered yet'
  );
}

/** The environment that the push goes to first. The report has its title only, which need not be its name. */
async function findPushed(
  { app, release }: PushReport,
  { environments }: App,
  { deps }: ReconcileContext,
): Promise<AppEnvironment | undefined> {
  const first =
    release &&
    (await findFirstRelease(deps.knex, { app, release: release.number }));
  return environments.find(({ name }) => name === first?.environment);
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
