import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** `callboard.notifications`, read. */
export interface NotificationSettings {
  /** What does not last so long is not notified. */
  afterMs: number;
  /** Notifications of one owner. */
  perHour: number;
}

/** @throws InputError that names the setting and what it may be. */
export function readSettings(config: RootConfigService): NotificationSettings {
  return {
    afterMs:
      readInteger(config, 'afterSeconds', {
        least: 0,
        most: 3600,
        fallback: 60,
      }) * 1000,
    perHour: readInteger(config, 'perHour', {
      least: 1,
      most: 1000,
      fallback: 20,
    }),
  };
}

function readInteger(
  config: RootConfigService,
  key: string,
  { least, most, fallback }: { least: number; most: number; fallback: number },
): number {
  const path = `callboard.notifications.${key}`;
  const value = config.getOptionalNumber(path) ?? fallback;
  if (!Number.isInteger(value) || value < least || value > most)
    throw new InputError(
      `${path} is ${value}; it takes whole numbers from ${least} to ${most}`,
    );
  return value;
}
