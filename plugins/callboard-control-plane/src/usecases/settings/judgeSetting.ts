import {
  type SettingChange,
  isInStore,
} from '@callboard/plugin-callboard-core';
import {
  type Result,
  type StoreReference,
  failed,
  isSettingName,
  ok,
} from '@callboard/plugin-callboard-common';
import type { SettingChangeRecord } from '../../store';
import type { ControlPlane } from '../ControlPlane';
import {
  type AskedSetting,
  nameInvalid,
  notApproved,
  notYours,
  portalSecretUnknown,
  referenceInvalid,
  settingMissing,
  settingMovedOn,
  tooMany,
  valueInvalid,
} from './problems';

/** A request to change a setting. */
export type SettingRequest = Parameters<ControlPlane['changeSetting']>[0];
/** The change of a setting. */
export type SettingTurn = Parameters<ControlPlane['changeSetting']>[1];

const MOST_SETTINGS = 200; // fits into a Secret and a pod
const MOST_BYTES = 32 * 1024; // of one value; all of them fit into one Kubernetes object
/** An environment that a change may affect, and its required approver. */
export interface Place {
  environment: string;
  title: string;
  approval?: string;
}

/** Whether the actor may change it, and whether name and value are valid. Pure. */
export function judgeSetting(
  asked: AskedSetting,
  turn: SettingTurn,
  of: {
    request: SettingRequest;
    owner: string;
    places: readonly Place[];
    /** Secrets that the app may refer to. */
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

/** Whether it can name a key of a store, and only one below its prefix. */
function isReference({
  clusterSecretStore,
  key,
  property = 'value',
}: StoreReference): boolean {
  return (
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(clusterSecretStore) &&
    // Characters that an address interprets otherwise could lead out of the app's keys.
    /^[\w+=.@:/-]+$/.test(key) &&
    /^[\x20-\x7e]+$/.test(property) &&
    !key.split('/').some(part => ['', '.', '..'].includes(part))
  );
}

/** The recorded part of a change. */
export type NextSetting = Pick<
  SettingChange,
  'name' | 'kind' | 'restores' | 'environment' | 'reference'
>;

/** Returns what the change records, or why there is nothing to change. Pure. */
export function nextSetting(
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
): Result<NextSetting> {
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
