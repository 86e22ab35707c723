import {
  type Result,
  type Timeline,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type Interval,
  type TimelineFacts,
  type TimelineWindow,
  drawTimeline,
  findGaps,
  readWindow,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import type { FactReader } from '../../reconcile/roles';
import {
  findApp,
  findClusters,
  findDeploymentIntervals,
  findHistoryStart,
  findNewestSpecs,
  findPlatformFiles,
  findReleaseHeads,
  findReleaseIntervals,
  findRuns,
  findSettingChanges,
  findSilences,
  readWithin,
} from '../../store';
import type { TimelineQuestion } from '../ControlPlane';
import { appMissing } from '../problems';

const MOST_ROWS = 5_000; // of each kind, in one timeline

/** Releases and incidents of an app in a window, as known now or at an instant. */
export async function readTimeline(
  app: string,
  { deps }: FactReader,
  { from, to, lanes = 'environment', at }: TimelineQuestion = {},
): Promise<Result<Timeline>> {
  const { knex } = deps;
  if (!(await findApp(knex, app, at))) return failed(appMissing(app));
  const since = await findHistoryStart(knex);
  const window = readWindow(
    { from, to },
    { until: at ?? deps.clock.now(), since },
  );
  if (!window.ok) return window;
  const facts = await readFacts(app, { window: window.value, since }, knex);
  const gaps = findGaps(await findRuns(knex, window.value), deps.clock.now());
  const environments = await environmentsOf(app, deps, at);
  const clusters =
    lanes === 'cluster' ? await titlesOf(knex, at) : new Map<string, string>();
  return ok(drawTimeline({ ...facts, gaps, environments, clusters }, lanes));
}

async function readFacts(
  app: string,
  {
    window,
    since: began = window.from,
  }: { window: TimelineWindow; since: Date | undefined },
  knex: Knex,
): Promise<Omit<TimelineFacts, 'gaps' | 'environments' | 'clusters'>> {
  const releases = await readWithin(window, MOST_ROWS, of =>
    findReleaseIntervals(knex, app, of),
  );
  const deployments = await readWithin(window, MOST_ROWS, of =>
    findDeploymentIntervals(knex, app, of),
  );
  const silences = await readWithin(window, MOST_ROWS, of =>
    findSilences(knex, app, of),
  );
  return {
    window,
    knownSince: latest([
      window.from,
      began < window.to ? began : window.to,
      releases.knownSince,
      deployments.knownSince,
      silences.knownSince,
    ]),
    releases: asOfEnd(releases.rows, window),
    deployments: asOfEnd(deployments.rows, window),
    silences: asOfEnd(silences.rows, window),
    messages: await messagesOf(
      app,
      [...releases.rows, ...deployments.rows],
      knex,
    ),
    settings: await causesOf(app, window.to, knex),
  };
}

/** Oldest first; intervals that ended after the window are open at its end. */
function asOfEnd<T extends Interval>(
  newestFirst: readonly T[],
  window: { to: Date },
): T[] {
  return [...newestFirst].reverse().map(interval => {
    if (!interval.to || interval.to <= window.to) return interval;
    const { to: _later, ...lasting } = interval;
    return lasting as T;
  });
}

function latest(instants: readonly Date[]): Date {
  return new Date(Math.max(...instants.map(instant => instant.getTime())));
}

async function messagesOf(
  app: string,
  of: ReadonlyArray<{ release?: number }>,
  knex: Knex,
): Promise<Map<number, string>> {
  const numbers = new Set(
    of.flatMap(({ release }) => (release === undefined ? [] : [release])),
  );
  const heads = await findReleaseHeads(
    knex,
    [...numbers].map(number => ({ app, number })),
  );
  return new Map(
    [...heads.values()].map(({ number, message }) => [number, message]),
  );
}

/** What each change of settings was about, without its value. */
async function causesOf(
  app: string,
  at: Date,
  knex: Knex,
): Promise<TimelineFacts['settings']> {
  const changes = await findSettingChanges(knex, { app, at });
  return new Map(
    changes.flatMap(({ version, kind, name, changedBy: by, why }) =>
      // A restart takes a number of the settings and changes none.
      kind === 'restart'
        ? []
        : [[version, { name, by, ...(why !== undefined && { why }) }]],
    ),
  );
}

async function titlesOf(
  knex: Knex,
  at: Date | undefined,
): Promise<Map<string, string>> {
  return new Map(
    (await findClusters(knex, at)).flatMap(({ name, file }) =>
      file.metadata.title === undefined ? [] : [[name, file.metadata.title]],
    ),
  );
}

/** Names and order of the app's environments; those of the platform where its file contradicts them. */
async function environmentsOf(
  app: string,
  { knex, platform }: FactReader['deps'],
  at: Date | undefined,
): Promise<TimelineFacts['environments']> {
  const files = at
    ? (await findPlatformFiles(knex, at)).environments
    : platform.environments;
  const specs = await findNewestSpecs(knex, { app, at });
  const resolved = resolveEnvironments([...files], specs.get(app)?.appFile);
  return resolved.ok
    ? resolved.value
    : files.map(({ metadata: { name, title } }) => ({
        name,
        title: title ?? name,
      }));
}
