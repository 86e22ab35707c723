import { atVersions } from '../../reconcile/blueprints/atVersion';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { SecretCipher } from '@callboard/plugin-callboard-node';
import {
  RESTART,
  type SettingChange,
  findLackingSettings,
  isInStore,
  listNeededSettings,
  resolveSettings,
  secretNotOffered,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  findEnvironment,
  titleOfEnvironment,
} from '../../reconcile/placing/findEnvironment';
import { record } from '../../reconcile/record';
import type { FactReader, Recorder, SecretReader } from '../../reconcile/roles';
import { findUnoffered } from '../../reconcile/settings/findUnoffered';
import { belongingOf } from '../../reconcile/settings/settingSecrets';
import {
  type NewSettingChange,
  type SettingChangeRecord,
  findApp,
  findClusters,
  findDeploymentsIn,
  findEnvironmentReleases,
  findRelease,
  findReleases,
  findSettingChanges,
  findSettingContents,
  insertSettingChange,
  lockApp,
} from '../../store';
import { appMissing } from '../problems';
import {
  type NextSetting,
  type Place,
  type SettingRequest,
  type SettingTurn,
  judgeSetting,
  nextSetting,
} from './judgeSetting';
import {
  type AskedSetting,
  cannot,
  secretsNotTaken,
  settingNeeded,
} from './problems';

const DOES = {
  set: 'set',
  refer: 'set',
  remove: 'remove',
  'take-back': 'take back a change of',
} as const;

const PAST = {
  set: 'changed',
  refer: 'changed',
  remove: 'removed',
  'take-back': 'taken-back',
} as const;

/**
 * Sets, removes or takes back one setting of an app, in one environment or in
 * all. Refuses a change that would leave a running release without a setting
 * that it reads. Clusters receive it as they receive a release: in the waves of
 * the environment.
 *
 * @returns the number of the change; of the earlier one, where a variable has
 *   that value already
 */
export async function changeSetting(
  request: SettingRequest,
  turn: SettingTurn,
  context: Recorder & SecretReader,
): Promise<Result<{ version: number }>> {
  const { app, environment, name } = request;
  const { knex, clock, platform, secrets, portalSecrets } = context.deps;
  const { owner } = (await findApp(knex, app)) ?? {};
  if (owner === undefined) return failed(appMissing(app));
  const asked: AskedSetting = {
    app,
    name,
    ...(environment !== undefined && {
      title: titleOfEnvironment(platform.environments, environment),
    }),
    does: DOES[turn.kind],
  };
  const places = await findPlaces(knex, request, context);
  if (!places.ok) return places;
  const judged = judgeSetting(asked, turn, {
    request,
    owner,
    places: places.value,
    portalSecrets: portalSecrets?.listFor(app) ?? [],
  });
  if (!judged.ok) return judged;
  if (turn.kind === 'set' && turn.secret && !secrets)
    return failed(secretsNotTaken(asked));

  return record(
    context,
    undefined,
    async (
      tx,
      { journal, signal, wake },
    ): Promise<Result<{ version: number }>> => {
      await lockApp(tx, app);
      const changes = await findSettingChanges(tx, { app });
      const own = changes.filter(
        each => each.environment === environment && each.name !== RESTART,
      );
      const last = own.filter(each => each.name === name).at(-1);
      const next = nextSetting(turn, last, { own, asked, environment });
      if (!next.ok) return next;
      if (
        turn.kind === 'set' &&
        !turn.secret &&
        (await isSet(tx, app, { last, value: turn.value }))
      )
        return ok({ version: last!.version });
      const wanted = await findEnvironmentReleases(tx, { app });
      const version = (changes.at(-1)?.version ?? 0) + 1;
      const moved: Array<{ environment: string }> = [];
      for (const each of wanted) {
        const after = [
          ...changes,
          { ...next.value, version } satisfies SettingChange,
        ];
        const was = resolveSettings(changes, each.environment);
        const is = resolveSettings(after, each.environment);
        if (was?.version === is?.version) continue;
        moved.push(each);
        const release = await findRelease(tx, app, each.release);
        const needed = release
          ? listNeededSettings(release.content, each.environment)
          : [];
        const [lost] = findLackingSettings(
          needed.filter(
            one =>
              one.name === name && findLackingSettings([one], was).length === 0,
          ),
          is,
        );
        if (lost)
          return failed(
            settingNeeded(asked, {
              title: titleOfEnvironment(
                platform.environments,
                each.environment,
              ),
              release: each.release,
              name,
              workloads: lost.workloads,
            }),
          );
        const unoffered = findUnoffered(
          { app, environment: each.environment },
          { needed: needed.filter(one => one.name === name), settings: is },
          {
            platform,
            clusters: isInStore(is?.byName.get(name)?.reference)
              ? await atVersions(
                  tx,
                  await findClustersOf(tx, {
                    app,
                    environment: each.environment,
                  }),
                )
              : [],
          },
        );
        if (unoffered)
          return failed(secretNotOffered(unoffered, cannot(asked)));
      }
      const at = clock.now();
      const { actor, why } = request;
      const number = await insertSettingChange(
        tx,
        {
          app,
          ...next.value,
          changedBy: actor,
          ...(why !== undefined && { why }),
          ...contentOf(turn, { app, name, secrets }),
        },
        at,
      );
      journal({
        at,
        actor,
        action: `app.setting-${PAST[turn.kind]}`,
        app,
        ...(environment !== undefined && { environment }),
        message: describe(asked, next.value, number),
        ...(why !== undefined && { why }),
        before: await shown(tx, app, last),
        after: {
          settings: number,
          kind: next.value.kind,
          ...(turn.kind === 'set' && !turn.secret && { value: turn.value }),
          ...(turn.kind === 'refer' && { reference: turn.reference }),
        },
      });
      signal({ kind: 'app', name: app });
      for (const each of moved)
        wake({ kind: 'placement', app, environment: each.environment });
      return ok({ version: number });
    },
  );
}

/** Clusters that shall run an app in an environment. */
async function findClustersOf(
  tx: Knex,
  of: { app: string; environment: string },
): Promise<Awaited<ReturnType<typeof findClusters>>> {
  const deployments = await findDeploymentsIn(tx, of);
  const names = new Set(
    deployments.flatMap(({ key, state }) =>
      state.desiredRelease === undefined ? [] : [key.cluster],
    ),
  );
  return (await findClusters(tx)).filter(({ name }) => names.has(name));
}

/** Environments that a change affects: the named one, or those with a release. */
async function findPlaces(
  knex: Knex,
  { app, environment }: SettingRequest,
  { deps: { platform } }: FactReader,
): Promise<Result<Place[]>> {
  const wanted = await findEnvironmentReleases(knex, { app });
  const [newest] = await findReleases(knex, app, { limit: 1 });
  const names =
    environment === undefined
      ? wanted.map(each => each.environment)
      : [environment];
  const places: Place[] = [];
  for (const name of names) {
    const here = wanted.find(each => each.environment === name);
    const release = here ? await findRelease(knex, app, here.release) : newest;
    const found = findEnvironment(
      platform.environments,
      { app, content: release?.content ?? {} },
      name,
    );
    // An environment that is gone from the files runs on, and must not block settings for
    // all.
    if (!found.ok && environment !== undefined) return found;
    if (!found.ok) continue;
    const { title, promotion } = found.value;
    places.push({
      environment: name,
      title,
      ...(promotion?.approval !== undefined && {
        approval: promotion.approval,
      }),
    });
  }
  return ok(places);
}

/** Whether a variable has this value already. */
async function isSet(
  tx: Knex,
  app: string,
  { last, value }: { last: SettingChangeRecord | undefined; value: string },
): Promise<boolean> {
  if (last?.kind !== 'variable') return false;
  const version = last.restores ?? last.version;
  const content = (await findSettingContents(tx, app, [version])).get(version);
  return content?.kind === 'variable' && content.value === value;
}

function contentOf(
  turn: SettingTurn,
  { app, name, secrets }: { app: string; name: string; secrets?: SecretCipher },
): Pick<NewSettingChange, 'value' | 'seal'> {
  if (turn.kind !== 'set') return {};
  if (!turn.secret) return { value: turn.value };
  return {
    seal: version => secrets!.seal(turn.value, belongingOf(app, name, version)),
  };
}

/** For the journal: the former value of a setting, and of a secret only that it was one. */
async function shown(
  tx: Knex,
  app: string,
  change: SettingChangeRecord | undefined,
): Promise<unknown> {
  if (!change || change.kind === 'none') return undefined;
  const { version, kind } = change;
  const source = change.restores ?? version;
  const content = (await findSettingContents(tx, app, [source])).get(source);
  return {
    settings: version,
    kind,
    ...(content?.kind === 'variable' && { value: content.value }),
    ...(change.reference && { reference: change.reference }),
  };
}

function describe(
  { app, name, title }: AskedSetting,
  { kind, restores }: NextSetting,
  version: number,
): string {
  const where = title === undefined ? 'for all environments' : `in ${title}`;
  if (kind === 'none')
    return `${name} of ${app} is not set ${where} any more (settings ${version})`;
  return restores === undefined
    ? `The ${kind} ${name} of ${app} was set ${where} (settings ${version})`
    : `The ${kind} ${name} of ${app} is again ${where} what it was with settings ${restores} (settings ${version})`;
}
