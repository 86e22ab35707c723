import type { App } from '@callboard/plugin-callboard-common';
import type { SettingsRef } from '@callboard/plugin-callboard-react';
import type { KnownSettings } from './knownSettings';
import type { Outcome } from './ShowOutcome';

/** What a dialog about a setting is given. */
export interface SettingDialogProps {
  app: App;
  settings: KnownSettings;
  /** Name of the environment; undefined for all of them. */
  where?: string;
  name: string;
  onDone: (outcome: Outcome) => void;
  onClose: () => void;
}

/** What is chosen, as the API is asked for it. */
export function refOf({
  app,
  where,
}: Pick<SettingDialogProps, 'app' | 'where'>): SettingsRef {
  return {
    app: app.name,
    ...(where !== undefined && { environment: where }),
  };
}
