import { atVersions } from '../../reconcile/blueprints/atVersion';
import {
  type Result,
  type StoreReference,
  failed,
  isSettingName,
  ok,
} from '@callboard/plugin-callboard-common';
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
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import {
  type AskedSetting,
  cannot,
  nameInvalid,
  notApproved,
  notYours,
  portalSecretUnknown,
  referenceInvalid,
  secretsNotTaken,
  settingMissing,
  settingMovedOn,
  settingNeeded,
  tooMany,
  valueInvalid,
} from './problems';

/** Who changes which setting, and why. */
export type SettingRequest = Parameters<ControlPlane['changeSetting']>[0];
/** What a setting is to be. */
export type SettingTurn = Parameters<ControlPlane['changeSetting']>[1];

const MOST_SETTINGS = 200; // a Secret and a pod hold so many
const MOST_BYTES = 32 * 1024; // of one value; all of them fit into an object of a cluster
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
 * all. Refused is what would leave a release that runs without what it reads.
 * Clusters get it as they get a release: in the waves of the environment.
 *
 * @returns the number of the change; of the one that made it so, where a variable has that value already
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
  const judged = judge(asked, turn, {
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
      const next = nextOf(turn, last, { own, asked, environment });
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

/** An environment that a change may reach, and who must approve what comes there. */
interface Place {
  environment: string;
  title: string;
  approval?: string;
}

/** Environments that a change concerns: the one that is named, or those with a release. */
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
    // One that is gone from the files runs on, and must not block what is set for all.
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

/** Whether the actor may, and whether name and value can be. Pure. */
function judge(
  asked: AskedSetting,
  turn: SettingTurn,
  of: {
    request: SettingRequest;
    owner: string;
    places: readonly Place[];
    /** That the app may refer to. */
    portalSecrets: readonly string[];
  },
): Result<void> {
  const { actor, ownershipRefs = [], mayPromote = true } = of.request;
  const foreign = of.places.find(
    ({ approval }) =>
      approval !== undefined && ![actor, ...ownershipRefs].includes(approval),
  );
  const isApprover =
    of.places.length > 0 &&
    of.places.every(({ approval }) => approval !== undefined) &&
    !foreign;
  if (!mayPromote && !isApprover) return failed(notYours(asked, of.owner));
  if (foreign?.approval !== undefined)
    return failed(
      notApproved(asked, { title: foreign.title, group: foreign.approval }),
    );
  if (turn.kind !== 'set' && turn.kind !== 'refer') return ok(undefined);
  if (!isSettingName(asked.name)) return failed(nameInvalid(asked));
  if (turn.kind === 'refer') {
    const { reference } = turn;
    if (!isInStore(reference))
      return of.portalSecrets.includes(reference.portalSecret)
        ? ok(undefined)
        : failed(
            portalSecretUnknown(asked, {
              named: reference.portalSecret,
              known: of.portalSecrets,
            }),
          );
    return isReference(reference)
      ? ok(undefined)
      : failed(referenceInvalid(asked));
  }
  if (Buffer.byteLength(turn.value) > MOST_BYTES)
    return failed(
      valueInvalid(
        asked,
        `a value has at most ${MOST_BYTES / 1024} KB`,
        'Put what is larger into a file of the repository, or fetch it at start',
      ),
    );
  if (turn.value.includes('\0'))
    return failed(
      valueInvalid(
        asked,
        'it contains the character U+0000, at which every program would stop reading',
        'Remove the character',
      ),
    );
  if (turn.secret && turn.value === '')
    return failed(
      valueInvalid(asked, 'a secret without a value hides nothing', 'Enter it'),
    );
  return ok(undefined);
}

/** Whether it can name something in a store, and nothing beside what its beginning names. */
function isReference({
  clusterSecretStore,
  key,
  property = 'value',
}: StoreReference): boolean {
  return (
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(clusterSecretStore) &&
    // What an address would read as something else could leave what is the app's.
    /^[\w+=.@:/-]+$/.test(key) &&
    /^[\x20-\x7e]+$/.test(property) &&
    !key.split('/').some(part => ['', '.', '..'].includes(part))
  );
}

type Next = Pick<
  SettingChange,
  'name' | 'kind' | 'restores' | 'environment' | 'reference'
>;

/** What the change records, or why there is nothing to change. Pure. */
function nextOf(
  turn: SettingTurn,
  last: SettingChangeRecord | undefined,
  {
    own,
    asked,
    environment,
  }: {
    own: readonly SettingChangeRecord[];
    asked: AskedSetting;
    environment?: string;
  },
): Result<Next> {
  const { name } = asked;
  const current = new Map(own.map(each => [each.name, each]));
  const names = [...current.values()]
    .filter(({ kind }) => kind !== 'none')
    .map(each => each.name);
  const of = { name, ...(environment !== undefined && { environment }) };
  switch (turn.kind) {
    case 'set':
    case 'refer':
      if (names.length >= MOST_SETTINGS && !names.includes(name))
        return failed(tooMany(asked, MOST_SETTINGS));
      return turn.kind === 'refer'
        ? ok({ ...of, kind: 'secret', reference: turn.reference })
        : ok({ ...of, kind: turn.secret ? 'secret' : 'variable' });
    case 'remove':
      return names.includes(name)
        ? ok({ ...of, kind: 'none' })
        : failed(settingMissing(asked, names.sort()));
    case 'take-back': {
      if (last?.version !== turn.version)
        return failed(
          settingMovedOn(
            asked,
            last && { version: last.version, by: last.changedBy },
          ),
        );
      const before = own
        .filter(each => each.name === name && each.version < turn.version)
        .at(-1);
      return ok(
        before && before.kind !== 'none'
          ? {
              ...of,
              kind: before.kind,
              restores: before.restores ?? before.version,
            }
          : { ...of, kind: 'none' },
      );
    }
    default:
      return turn satisfies never;
  }
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

/** For the journal: what a setting was, and of a secret only that it was one. */
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
  { kind, restores }: Next,
  version: number,
): string {
  const where = title === undefined ? 'for all environments' : `in ${title}`;
  if (kind === 'none')
    return `${name} of ${app} is not set ${where} any more (settings ${version})`;
  return restores === undefined
    ? `The ${kind} ${name} of ${app} was set ${where} (settings ${version})`
    : `The ${kind} ${name} of ${app} is again ${where} what it was with settings ${restores} (settings ${version})`;
}
