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

/** When releases and versions of blueprints may reach clusters. Times are those that clocks of the time zone show. */
export interface ChangeCalendar {
  /** IANA name, such as `Europe/Berlin`; UTC when omitted. */
  timeZone?: string;
  /** Outside of all of them nothing starts; always when omitted or empty. */
  windows?: ChangeWindow[];
  /** Nothing starts in them, whatever the windows say. */
  freezes?: ChangeFreeze[];
  /** Going back to what ran before waits for neither; it does when omitted. */
  allowsRollbacks?: boolean;
}

export interface ChangeWindow {
  /** On which it begins; every day when omitted. */
  days?: Weekday[];
  /** `09:00`. */
  from: string;
  /** `17:00`; up to `24:00`. Not later than `from`: on the day after. */
  until: string;
}

export interface ChangeFreeze {
  /** `2026-12-20T18:00`. */
  from: string;
  until: string;
  why: string;
  exceptions?: FreezeException[];
}

/** What may change in a freeze, by whom it was allowed and why. */
export interface FreezeException {
  apps?: string[];
  blueprints?: string[];
  by: string;
  why: string;
}
