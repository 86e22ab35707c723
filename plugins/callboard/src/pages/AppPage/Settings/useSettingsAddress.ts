import { isSettingName, type App } from '@callboard/plugin-callboard-common';
import { useUrlState } from '@callboard/plugin-callboard-react';

/** A dialog that previews a change of settings in the selected scope. */
export type SettingsDialog =
  /** Without a name: a new setting. */
  | { kind: 'set'; name?: string; secret?: boolean }
  | { kind: 'remove'; name: string }
  | { kind: 'take-back'; name: string; version: number }
  | { kind: 'rotate'; resource: string };

export interface SettingsAddress {
  /** Name of the chosen environment; undefined for all of them. */
  where?: string;
  /** Message for an address that names an unknown environment. */
  unknown?: string;
  dialog?: SettingsDialog;
  choose(where: string | undefined): void;
  /**
   * @param where - the scope to select; unchanged when omitted
   */
  open(dialog: SettingsDialog, where?: { environment?: string }): void;
  close(): void;
}

const CLOSED = { do: '', setting: '', as: '', change: '', resource: '' };
const ADDRESS = { env: '', ...CLOSED };

/**
 * The selected scope of an app's settings and the open dialog. Both are in the
 * address, which never contains a value.
 */
export function useSettingsAddress({
  environments,
}: Pick<App, 'environments'>): SettingsAddress {
  const [address, setAddress] = useUrlState(ADDRESS);
  const { env } = address;
  const isKnown = environments.some(({ name }) => name === env);
  const dialog = readDialog(address);
  return {
    ...(isKnown && { where: env }),
    ...(env !== '' &&
      !isKnown && {
        unknown: `There is no environment “${env}”. This is what is set for all environments.`,
      }),
    ...(dialog && { dialog }),
    choose: where => setAddress({ env: where ?? '' }),
    open: (next, where) =>
      setAddress({
        ...CLOSED,
        ...writeDialog(next),
        ...(where && { env: where.environment ?? '' }),
      }),
    close: () => setAddress(CLOSED),
  };
}

function writeDialog(dialog: SettingsDialog): Partial<typeof ADDRESS> {
  switch (dialog.kind) {
    case 'set':
      return {
        do: 'set',
        setting: dialog.name ?? '',
        as: dialog.secret ? 'secret' : '',
      };
    case 'remove':
      return { do: 'remove', setting: dialog.name };
    case 'take-back':
      return {
        do: 'take-back',
        setting: dialog.name,
        change: String(dialog.version),
      };
    case 'rotate':
      return { do: 'rotate', resource: dialog.resource };
    default:
      return dialog satisfies never;
  }
}

function readDialog({
  do: kind,
  setting,
  as,
  change,
  resource,
}: typeof ADDRESS): SettingsDialog | undefined {
  const name = isSettingName(setting) ? setting : undefined;
  const version = Number(change);
  switch (kind) {
    case 'set':
      return {
        kind,
        ...(name !== undefined && { name }),
        ...(as === 'secret' && { secret: true }),
      };
    case 'remove':
      return name === undefined ? undefined : { kind, name };
    case 'take-back':
      return name === undefined || !Number.isInteger(version) || version < 1
        ? undefined
        : { kind, name, version };
    case 'rotate':
      return resource === '' ? undefined : { kind, resource };
    default:
      return undefined;
  }
}
