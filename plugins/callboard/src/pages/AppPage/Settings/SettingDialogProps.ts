import type { App } from '@callboard/plugin-callboard-common';
import type { SettingsRef } from '@callboard/plugin-callboard-react';
import type { KnownSettings } from './knownSettings';
import type { Outcome } from './ShowOutcome';

/** Props of a dialog about a setting. */
export interface SettingDialogProps {
  app: App;
  settings: KnownSettings;
  /** Name of the environment; undefined for all of them. */
  where?: string;
  name: string;
  onDone: (outcome: Outcome) => void;
  onClose: () => void;
}

/** The selected scope as an API parameter. */
export function refOf({
  app,
  where,
}: Pick<SettingDialogProps, 'app' | 'where'>): SettingsRef {
  return {
    app: app.name,
    ...(where !== undefined && { environment: where }),
  };
}
