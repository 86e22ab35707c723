import {
  type SettingList,
  type SettingView,
  describeSilence,
  listOf,
} from '@callboard/plugin-callboard-common';
import {
  describeEntity,
  describeReleases,
  describeWhere,
  kindOfSetting,
} from '@callboard/plugin-callboard-core';
import type { Place } from './findPlace';
import { cutText, formatTable } from './formatTable';
import { plainText } from './plainText';

const MOST_CHARACTERS = 60; // of a value
const HIDDEN = '•••';

/** Lists settings with their author and readers; then settings that releases read but that are not set. */
export function describeSettings(
  { app, environment }: Place,
  { items, lacking }: SettingList,
  now: Date,
): string[] {
  const where = describeWhere(app, environment);
  const head = ['NAME', 'KIND', 'VALUE', 'CHANGED', 'READ BY'];
  return [
    ...(items.length === 0
      ? [`Nothing is set ${where}`]
      : formatTable([
          head,
          ...items.map(each => rowOf(each, environment, now)),
        ])),
    ...lacking.map(each =>
      plainText(
        `Release ${each.release} (${listOf(each.workloads)}) reads ${
          each.name
        } as a ${kindOfSetting(each)} and waits until it is set`,
      ),
    ),
  ];
}

function rowOf(
  setting: SettingView,
  where: string | undefined,
  now: Date,
): string[] {
  const { name, secret, value, reference, changedBy, changedAt } = setting;
  const isInherited = where !== undefined && setting.environment === undefined;
  const shown = secret ? nameSecret(reference) : value ?? '';
  const age = describeSilence(now.getTime() - Date.parse(changedAt));
  return [
    plainText(name),
    `${kindOfSetting({ secret })}${
      isInherited ? ', from all environments' : ''
    }`,
    cutText(plainText(shown), MOST_CHARACTERS),
    plainText(`${describeEntity(changedBy)}, ${age} ago`),
    setting.workloads.length === 0
      ? 'no release there'
      : plainText(
          `${listOf(setting.workloads)}, ${describeReleases(setting.releases)}`,
        ),
  ];
}

function nameSecret(reference: SettingView['reference']): string {
  return reference ? 'in a store' : HIDDEN;
}
