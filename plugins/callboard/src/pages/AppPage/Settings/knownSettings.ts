import type {
  App,
  AppEnvironment,
  RolloutSummary,
  SettingList,
  SettingView,
} from '@callboard/plugin-callboard-common';
import {
  type ChangedSetting,
  describeEffect,
  effectIn,
} from '@callboard/plugin-callboard-core';

/** Settings of an app as loaded so far, however old. */
export interface KnownSettings {
  /** Set for all environments. */
  shared?: SettingList;
  /** Settings in force in an environment, by its name. */
  of: ReadonlyMap<string, SettingList>;
}

/** The setting in force for a name, in the selected scope. */
export function findSetting(
  { shared, of }: KnownSettings,
  where: string | undefined,
  name: string,
): SettingView | undefined {
  const list = where === undefined ? shared : of.get(where);
  return list?.items.find(each => each.name === name);
}

/** Whether a release waits for the name as a secret, in the selected scope; undefined when none waits. */
export function isAwaitedSecret(
  { of }: KnownSettings,
  where: string | undefined,
  name: string,
): boolean | undefined {
  return [...of]
    .filter(([environment]) => where === undefined || environment === where)
    .flatMap(([, { lacking }]) => lacking)
    .find(each => each.name === name)?.secret;
}

/** Environments affected by a change: the selected one, or those with a release. */
export function reachedBy(
  { environments }: Pick<App, 'environments'>,
  where: string | undefined,
): AppEnvironment[] {
  return environments.filter(({ name, release }) =>
    where === undefined ? release !== null : name === where,
  );
}

/** Effects of a change on running workloads. */
export interface Effects {
  /** A sentence for each affected environment. */
  lines: string[];
  /** Workloads restart. */
  moves: boolean;
}

export function effectsOf(
  app: Pick<App, 'environments'>,
  settings: KnownSettings,
  change: { where?: string } & Omit<ChangedSetting, 'isShared'>,
): Effects {
  const { where, ...changed } = change;
  const effects = reachedBy(app, where).map(environment => ({
    environment,
    effect: effectIn(environment, settings.of.get(environment.name), {
      ...changed,
      isShared: where === undefined,
    }),
  }));
  if (effects.length === 0)
    return {
      lines: ['No release is in any environment yet: nothing starts.'],
      moves: false,
    };
  return {
    lines: effects.flatMap(({ environment: { title, rollout }, effect }) => [
      `${describeEffect(effect, title)}.`,
      ...(effect.kind === 'restarts' && rollout && isUnderWay(rollout)
        ? [
            `The rollout of release ${rollout.release} that is under way in ${title} begins again with it.`,
          ]
        : []),
    ]),
    moves: effects.some(({ effect: { kind } }) =>
      ['restarts', 'awaited'].includes(kind),
    ),
  };
}

function isUnderWay({ phase }: RolloutSummary): boolean {
  return phase !== 'done' && phase !== 'aborted';
}
