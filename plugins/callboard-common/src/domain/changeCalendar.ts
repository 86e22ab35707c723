export const WEEKDAYS = [
  'Mon',
  'Tue',
  'Wed',
  'Thu',
  'Fri',
  'Sat',
  'Sun',
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** When releases and versions of blueprints may reach clusters. Times are local times of the time zone. */
export interface ChangeCalendar {
  /** IANA name, such as `Europe/Berlin`; UTC when omitted. */
  timeZone?: string;
  /** No change starts outside of all of them; always allowed when omitted or empty. */
  windows?: ChangeWindow[];
  /** No change starts in them, whatever the windows are. */
  freezes?: ChangeFreeze[];
  /** Whether rollbacks ignore windows and freezes; false when omitted. */
  allowsRollbacks?: boolean;
}

export interface ChangeWindow {
  /** Days on which it begins; every day when omitted. */
  days?: Weekday[];
  /** `09:00`. */
  from: string;
  /** `17:00`; up to `24:00`. Where it is not later than `from`, on the next day. */
  until: string;
}

export interface ChangeFreeze {
  /** `2026-12-20T18:00`. */
  from: string;
  until: string;
  why: string;
  exceptions?: FreezeException[];
}

/** Changes that are allowed in a freeze, by whom and why. */
export interface FreezeException {
  apps?: string[];
  blueprints?: string[];
  by: string;
  why: string;
}
