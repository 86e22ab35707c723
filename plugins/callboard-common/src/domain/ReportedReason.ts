declare const isReported: unique symbol;

/** Reason as a cluster or an operator reports it. The set is open; only `readReportedReason` creates one. */
export type ReportedReason = string & { readonly [isReported]: true };

const LONGEST_REASON = 60;

/** Reads an untrusted reason: its word characters, the first in upper case; undefined where none is left. */
export function readReportedReason(text: string): ReportedReason | undefined {
  const word = text.replace(/[^\w]/g, '');
  if (word === '') return undefined;
  return `${word.charAt(0).toUpperCase()}${word.slice(
    1,
    LONGEST_REASON,
  )}` as ReportedReason;
}
