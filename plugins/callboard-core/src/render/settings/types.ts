import type {
  SettingReference,
  StoreReference,
} from '@callboard/plugin-callboard-common';

/** Whether clusters read it themselves, from a store. */
export function isInStore(
  reference: SettingReference | undefined,
): reference is StoreReference {
  return reference !== undefined && 'clusterSecretStore' in reference;
}

/** A change of one setting, as it is recorded. */
export interface SettingChange {
  /** Number of the change among those of the app. */
  version: number;
  /** Absent where it counts in all environments. */
  environment?: string;
  name: string;
  /** What it is from then on; `none` where it was removed. A restart is a change too, named `RESTART`. */
  kind: 'variable' | 'secret' | 'restart' | 'none';
  /** Of a secret that is no value: where its value stands. */
  reference?: SettingReference;
  /** The change whose value counts again, where one was taken back. */
  restores?: number;
}

/** Name of restarts among the settings of an environment; no setting can have it, as those are in capitals. */
export const RESTART = 'restart';

/** What is set by a name in an environment. */
export interface SettingInForce {
  name: string;
  kind: 'variable' | 'secret' | 'restart';
  /** Number of the change that made it so. */
  version: number;
  /** Number of the change that brought the value: an earlier one where a change was taken back. */
  valueVersion: number;
  /** Absent where it counts in all environments. */
  environment?: string;
  /** Of a secret that is no value: where its value stands. */
  reference?: SettingReference;
  /** The secret that it took the place of, by the change that brought its value: instances that still run may read it. */
  before?: { version: number; reference?: SettingReference };
}

/** Everything that is set in an environment of an app, by name. */
export interface SettingsInForce {
  /** Number of the last change that changed anything there. */
  version: number;
  byName: ReadonlyMap<string, SettingInForce>;
}

/** Everything that is set in an environment, with the values of variables by name. Those of secrets are nowhere. */
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
