/** A change of one setting, as it is recorded. */
export interface SettingChange {
  /** Number of the change among those of the app. */
  version: number;
  /** Absent where it counts in all environments. */
  environment?: string;
  name: string;
  /** What it is from then on; `none` where it was removed. */
  kind: 'variable' | 'secret' | 'none';
  /** The change whose value counts again, where one was taken back. */
  restores?: number;
}

/** What is set by a name in an environment. */
export interface SettingInForce {
  name: string;
  kind: 'variable' | 'secret';
  /** Number of the change that made it so. */
  version: number;
  /** Number of the change that brought the value: an earlier one where a change was taken back. */
  valueVersion: number;
  /** Absent where it counts in all environments. */
  environment?: string;
  /** Of the secret that it took the place of: instances that still run may read it. */
  valueVersionBefore?: number;
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
