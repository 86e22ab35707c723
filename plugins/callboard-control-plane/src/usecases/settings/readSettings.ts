import {
  type Result,
  type SettingList,
  type SettingView,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  RESTART,
  type NeededSetting,
  type SettingInForce,
  findLackingSettings,
  listNeededSettings,
  resolveSettings,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { findEnvironment } from '../../reconcile/placing/findEnvironment';
import type { FactReader } from '../../reconcile/roles';
import { readVariables } from '../../reconcile/settings/loadSettings';
import {
  type SettingChangeRecord,
  findApp,
  findDeployments,
  findEnvironmentReleases,
  findRelease,
  findReleases,
  findSettingChanges,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';

/** A query of the settings of an app in one environment, or of those for all of them. */
export type SettingsQuestion = Parameters<ControlPlane['listSettings']>[0];

/** A release that an environment shall run or runs, and what it reads there. */
interface Reader {
  environment: string;
  release: number;
  /** Whether it is the desired one there. */
  isWanted: boolean;
  needed: NeededSetting[];
}

/** Settings of an app, who set them and when, and what reads them. Values of secrets are never returned. */
export async function readSettings(
  question: SettingsQuestion,
  { deps: { knex, platform } }: FactReader,
): Promise<Result<SettingList>> {
  const { app, environment, at } = question;
  if (!(await findApp(knex, app, at))) return failed(appMissing(app));
  const readers = await findReaders(knex, question);
  if (environment !== undefined && readers.length === 0) {
    const [newest] = await findReleases(knex, app, { limit: 1, at });
    const found = findEnvironment(
      platform.environments,
      { app, content: newest?.content ?? {} },
      environment,
    );
    if (!found.ok) return found;
  }
  const changes = await findSettingChanges(knex, { app, at });
  const settings =
    environment === undefined
      ? everywhere(changes)
      : resolveSettings(changes, environment)?.byName ?? new Map();
  const inForce = [...settings.values()].filter(({ name }) => name !== RESTART);
  const values = await readVariables(knex, app, inForce);
  const byVersion = new Map(changes.map(each => [each.version, each]));
  const views = inForce.map(setting =>
    viewOf(setting, {
      change: byVersion.get(setting.version)!,
      value: values[setting.name],
      readers,
      overriddenIn:
        environment === undefined ? overrides(changes, setting.name) : [],
    }),
  );
  const wanted = readers.find(
    each => each.isWanted && each.environment === environment,
  );
  const lacking =
    environment !== undefined && wanted
      ? findLackingSettings(
          wanted.needed,
          resolveSettings(changes, environment),
        ).map(({ name, secret, workloads }) => ({
          name,
          secret,
          workloads,
          release: wanted.release,
        }))
      : [];
  const version =
    environment === undefined
      ? changes.filter(each => each.environment === undefined).at(-1)?.version
      : resolveSettings(changes, environment)?.version;
  return ok({
    items: views.sort((a, b) => (a.name < b.name ? -1 : 1)),
    lacking,
    ...(version !== undefined && { version }),
  });
}

/** Settings for all environments. */
function everywhere(
  changes: readonly SettingChangeRecord[],
): ReadonlyMap<string, SettingInForce> {
  const shared = changes.filter(each => each.environment === undefined);
  return resolveSettings(shared, '')?.byName ?? new Map();
}

/** Environments in which that name has another value. */
function overrides(
  changes: readonly SettingChangeRecord[],
  name: string,
): string[] {
  const last = new Map<string, SettingChangeRecord>();
  for (const each of changes)
    if (each.name === name && each.environment !== undefined)
      last.set(each.environment, each);
  return [...last.values()]
    .flatMap(({ kind, environment }) =>
      kind === 'none' || environment === undefined ? [] : [environment],
    )
    .sort();
}

function viewOf(
  { name, kind, version, environment, reference }: SettingInForce,
  of: {
    change: SettingChangeRecord;
    value: string | undefined;
    readers: readonly Reader[];
    overriddenIn: string[];
  },
): SettingView {
  const { change, value, overriddenIn } = of;
  const secret = kind === 'secret';
  const readers = of.readers.filter(reader =>
    reader.needed.some(one => one.name === name && one.secret === secret),
  );
  const workloads = readers.flatMap(({ needed }) =>
    needed
      .filter(one => one.name === name && one.secret === secret)
      .flatMap(one => one.workloads),
  );
  return {
    name,
    secret,
    version,
    ...(kind === 'variable' && value !== undefined && { value }),
    ...(reference && { reference }),
    ...(environment !== undefined && { environment }),
    changedBy: change.changedBy,
    changedAt: change.changedAt.toISOString(),
    ...(change.why !== undefined && { why: change.why }),
    releases: [...new Set(readers.map(({ release }) => release))].sort(
      (a, b) => a - b,
    ),
    workloads: [...new Set(workloads)].sort(),
    overriddenIn,
  };
}

/** Releases that are desired or run, in one environment or in all. */
async function findReaders(
  knex: Knex,
  { app, environment, at }: SettingsQuestion,
): Promise<Reader[]> {
  const isAsked = (name: string) =>
    environment === undefined || name === environment;
  const pairs = new Map<string, Omit<Reader, 'needed'>>();
  for (const each of await findEnvironmentReleases(knex, { app, at }))
    if (isAsked(each.environment))
      pairs.set(`${each.environment}/${each.release}`, {
        environment: each.environment,
        release: each.release,
        isWanted: true,
      });
  for (const { key, state } of await findDeployments(knex, { app, at })) {
    if (key.kind !== 'app' || !isAsked(key.environment)) continue;
    for (const release of [state.desiredRelease, state.observedRelease]) {
      const name = `${key.environment}/${release}`;
      if (release !== undefined && !pairs.has(name))
        pairs.set(name, {
          environment: key.environment,
          release,
          isWanted: false,
        });
    }
  }
  const readers: Reader[] = [];
  for (const pair of pairs.values()) {
    const release = await findRelease(knex, app, pair.release);
    readers.push({
      ...pair,
      needed: release
        ? listNeededSettings(release.content, pair.environment)
        : [],
    });
  }
  return readers;
}
