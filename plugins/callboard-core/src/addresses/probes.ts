import {
  type AddressProbeView,
  type AddressVia,
  describeDuration,
  describeSpan,
} from '@callboard/plugin-callboard-common';

/** Result of one probe of an address. */
export type ProbeReading =
  | {
      kind: 'answered';
      /** From dialling to the first bytes of the response. */
      ms: number;
      /** HTTP status. */
      status: number;
      /** Expiry of the served certificate; absent for plain HTTP. */
      certificateEndsAt?: Date;
    }
  /** Probed without a response. */
  | { kind: 'failed'; state: Exclude<ProbeState, 'answers' | 'fails'> }
  /** No result: the DNS of the portal did not respond. */
  | { kind: 'unknown' };

/** State of an address, as pages show it. */
export type ProbeState = AddressProbeView['state'];

/** State of an address after its readings. */
export interface AddressProbe {
  state: ProbeState;
  since: Date;
  /** When this state was last confirmed. */
  checkedAt: Date;
  /** Of the last response. */
  ms?: number;
  status?: number;
  certificateEndsAt?: Date;
  /** Failed readings in a row. */
  failures: number;
  /** The last reading differed: the next one decides. */
  doubt?: { state: ProbeState; since: Date };
  /** State in the journal, and since when. */
  noted: { answers: boolean; at: Date };
}

const MOST_RECORDS = 3; // people copy them by hand
const LOOK_MS = 60_000;
const MOST_LOOK_MS = 10 * 60_000; // an address that failed for long is probed less often
const DOUBT_MS = 15_000; // one lost packet is not an outage, and an outage must show soon
const NOTE_MS = 10 * 60_000; // a flapping address does not fill the journal
const SOON_MS = 14 * 24 * 60 * 60_000; // cert-manager renews a month before expiry

/**
 * Returns the state of an address after another reading. A single differing
 * reading is a doubt, except for a response after failures; two are a change,
 * since the first of them. Pure.
 *
 * @returns the state before where the reading has no result
 */
export function judgeReading(
  before: AddressProbe | undefined,
  reading: ProbeReading,
  at: Date,
): AddressProbe | undefined {
  if (reading.kind === 'unknown') return before;
  const state = stateOf(reading);
  const isGood = state === 'answers';
  const failures = isGood ? 0 : (before?.failures ?? 0) + 1;
  const seen = {
    checkedAt: at,
    failures,
    ...(reading.kind === 'answered' && {
      ms: reading.ms,
      status: reading.status,
      ...(reading.certificateEndsAt && {
        certificateEndsAt: reading.certificateEndsAt,
      }),
    }),
  };
  if (!before)
    return { ...seen, state, since: at, noted: { answers: isGood, at } };
  const { doubt: formerDoubt, ...rest } = before;
  if (state === before.state)
    return { ...seen, state, since: before.since, noted: before.noted };
  const isSure = isGood || formerDoubt !== undefined;
  if (!isSure)
    return {
      ...rest,
      failures,
      doubt: { state, since: at },
    };
  const since = isGood ? at : formerDoubt!.since;
  return { ...seen, state, since, noted: before.noted };
}

/**
 * Returns whether the journal needs a new entry for this probe: that an address
 * responds, or no longer does. At most one entry in ten minutes.
 */
export function isNews({ state, noted }: AddressProbe, at: Date): boolean {
  return (
    (state === 'answers') !== noted.answers &&
    at.getTime() - noted.at.getTime() >= NOTE_MS
  );
}

/** Returns the time from a probe to the next one. */
export function nextLookMs(
  probe: Pick<AddressProbe, 'doubt' | 'failures'> | undefined,
): number {
  if (!probe) return 0;
  if (probe.doubt) return DOUBT_MS;
  return Math.min(
    LOOK_MS * 2 ** Math.max(0, Math.min(probe.failures, 10) - 1),
    MOST_LOOK_MS,
  );
}

/** Returns whether a probe is too old to show the current state: two probes were missed. */
export function isStaleProbe(probe: AddressProbe, now: Date): boolean {
  const { checkedAt, doubt: _, ...rest } = probe;
  return now.getTime() - checkedAt.getTime() > 2 * nextLookMs(rest) + LOOK_MS;
}

/** A DNS record that would lead to an app. */
interface WantedRecord {
  type: 'A' | 'AAAA' | 'CNAME';
  value: string;
}

/** Returns the DNS records by which a host leads to the address that a cluster reports. */
function recordsFor(targets: readonly string[]): WantedRecord[] {
  return [...new Set(targets)].sort().map(value => {
    if (value.includes(':')) return { type: 'AAAA', value };
    return { type: /^[\d.]+$/.test(value) ? 'A' : 'CNAME', value };
  });
}

/** Returns a probe in the form of the API. */
export function viewProbe(
  probe: AddressProbe,
  of: { targets: readonly string[]; via: AddressVia; now: Date },
): AddressProbeView {
  const { state, since, checkedAt, ms, status, certificateEndsAt } = probe;
  const records =
    state === 'unresolved' ? recordsFor(of.targets).slice(0, MOST_RECORDS) : [];
  const { via } = of;
  return {
    state,
    since: since.toISOString(),
    checkedAt: checkedAt.toISOString(),
    stale: isStaleProbe(probe, of.now),
    ...(ms !== undefined && { ms }),
    ...(status !== undefined && { status }),
    ...(certificateEndsAt && {
      certificateEndsAt: certificateEndsAt.toISOString(),
    }),
    ...(records.length > 0 && { records }),
    ...(state === 'unresolved' &&
      via.type === 'Gateway' &&
      via.name !== undefined && { gateway: via.name }),
  };
}

/** Describes the result of a probe, and whether it is good. */
export function describeProbe(
  { url, probe }: { url: string; probe: AddressProbeView },
  now: Date,
): { tone: 'good' | 'bad' | 'unknown'; text: string; next?: string } {
  const span = (from: string) => describeSpan(now.getTime() - Date.parse(from));
  const since = `since ${span(probe.since)}`;
  if (probe.stale)
    return {
      tone: 'unknown',
      text: `Last looked at ${span(probe.checkedAt)} ago: ${lowerFirst(
        describeState(probe, ''),
      )}`,
    };
  const text = describeState(probe, ` ${since}`);
  const next = nextFor({ url, probe }, now);
  return {
    tone: probe.state === 'answers' ? 'good' : 'bad',
    text,
    ...(next !== undefined && { next }),
  };
}

function describeState(
  { state, ms = 0, status }: AddressProbeView,
  since: string,
): string {
  switch (state) {
    case 'answers':
      return `Answers${
        status !== undefined && status >= 400 ? ` ${status}` : ''
      } in ${describeDuration(ms)}${since}`;
    case 'fails':
      return `Answers ${status ?? 'with an error'}${since}`;
    case 'unresolved':
      return `Does not resolve${since}`;
    case 'refuses':
      return `Refuses connections${since}`;
    case 'silent':
      return `Gives no answer${since}`;
    case 'certificate-expired':
      return `Shows a certificate that has expired${since}`;
    case 'certificate-of-other-host':
      return `Shows a certificate of another host${since}`;
    case 'certificate-untrusted':
      return `Shows a certificate of an issuer that the portal does not know${since}`;
    case 'no-tls':
      return `Speaks no TLS${since}`;
    case 'no-http':
      return `Speaks no HTTP${since}`;
    case 'out-of-reach':
      return `Leads to an address that the portal may not dial${since}`;
    default:
      return state satisfies never;
  }
}

function nextFor(
  { url, probe }: { url: string; probe: AddressProbeView },
  now: Date,
): string | undefined {
  const host = URL.canParse(url) ? new URL(url).hostname : url;
  const { state, records = [], gateway, certificateEndsAt } = probe;
  switch (state) {
    case 'answers': {
      if (certificateEndsAt === undefined) return undefined;
      const leftMs = Date.parse(certificateEndsAt) - now.getTime();
      return leftMs > SOON_MS
        ? undefined
        : `Its certificate ends in ${describeSpan(
            leftMs,
          )}: ask the platform team to renew it`;
    }
    case 'unresolved':
      return `Ask the platform team for a record: ${host} ${
        records.length > 0
          ? records.map(({ type, value }) => `${type} ${value}`).join(', ')
          : `to ${
              gateway === undefined
                ? 'where the world gets in'
                : `the address of the gateway ${gateway}`
            }`
      }`;
    case 'fails':
      return 'Something on the way answers in place of the app: look at its health and its logs';
    case 'refuses':
    case 'silent':
      return 'Ask the platform team whether the name leads to where the world gets in, and whether a firewall is in between';
    case 'certificate-expired':
    case 'certificate-of-other-host':
    case 'certificate-untrusted':
    case 'no-tls':
      return `Ask the platform team for a certificate of ${host}`;
    case 'no-http':
      return 'The port of the address must be one at which the app speaks HTTP';
    case 'out-of-reach':
      return 'The platform team can let the portal look there by callboard.addresses.reach';
    default:
      return state satisfies never;
  }
}

function stateOf(
  reading: Exclude<ProbeReading, { kind: 'unknown' }>,
): ProbeState {
  if (reading.kind === 'failed') return reading.state;
  return reading.status >= 500 ? 'fails' : 'answers';
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
