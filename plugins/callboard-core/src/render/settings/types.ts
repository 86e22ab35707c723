import type {
  SettingReference,
  StoreReference,
} from '@callboard/plugin-callboard-common';

/** Returns whether clusters read the value themselves, from a store. */
export function isInStore(
  reference: SettingReference | undefined,
): reference is StoreReference {
  return reference !== undefined && 'clusterSecretStore' in reference;
}

/** A change of one setting, as it is recorded. */
export interface SettingChange {
  /** Number of the change among those of the app. */
  version: number;
  /** Absent where it applies to all environments. */
  environment?: string;
  name: string;
  /** Kind from then on; `none` where it was removed. A restart is a change too, named `RESTART`. */
  kind: 'variable' | 'secret' | 'restart' | 'none';
  /** For a secret without a value of its own: where its value is stored. */
  reference?: SettingReference;
  /** The change whose value applies again, where one was reverted. */
  restores?: number;
}

/** Name of restarts among the settings of an environment; no setting can have it, as those are in capitals. */
export const RESTART = 'restart';

/** The setting in force by a name in an environment. */
export interface SettingInForce {
  name: string;
  kind: 'variable' | 'secret' | 'restart';
  /** Number of the change that set it. */
  version: number;
  /** Number of the change that set the value: an earlier one where a change was reverted. */
  valueVersion: number;
  /** Absent where it applies to all environments. */
  environment?: string;
  /** For a secret without a value of its own: where its value is stored. */
  reference?: SettingReference;
  /** The secret that it replaced, by the change that set its value: running instances may still read it. */
  before?: { version: number; reference?: SettingReference };
}

/** All settings in force in an environment of an app, by name. */
export interface SettingsInForce {
  /** Number of the last change that affected it. */
  version: number;
  byName: ReadonlyMap<string, SettingInForce>;
}

/**
 * All settings in force in an environment, with the values of variables by
 * name. The values of secrets are not included.
 */
export interface Settings extends SettingsInForce {
  variables: Readonly<Record<string, string>>;
}

/** A setting that a release reads. */
export interface NeededSetting {
  name: string;
  secret: boolean;
  /** Workloads that read it, by name. */
  workloads: string[];
}
