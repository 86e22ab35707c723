import {
  type AddressProbeView,
  type AddressVia,
  describeDuration,
  describeSpan,
} from '@callboard/plugin-callboard-common';

/** What one look at an address of an app found. */
export type ProbeReading =
  | {
      kind: 'answered';
      /** From dialling to the first bytes of the answer. */
      ms: number;
      /** Of HTTP. */
      status: number;
      /** When the certificate ends that it showed; absent for plain HTTP. */
      certificateEndsAt?: Date;
    }
  /** Looked at, and no answer. */
  | { kind: 'failed'; state: Exclude<ProbeState, 'answers' | 'fails'> }
  /** Nothing was learned: what resolves names for the portal said nothing. */
  | { kind: 'unknown' };

/** How an address is, as the page says it. */
export type ProbeState = AddressProbeView['state'];

/** What readings of an address come to. */
export interface AddressProbe {
  state: ProbeState;
  since: Date;
  /** When it was last seen to be so. */
  checkedAt: Date;
  /** Of the last answer. */
  ms?: number;
  status?: number;
  certificateEndsAt?: Date;
  /** Readings in a row that were no good answer. */
  failures: number;
  /** The last reading said otherwise: the next one decides. */
  doubt?: { state: ProbeState; since: Date };
  /** What the journal says of it, and since when. */
  noted: { answers: boolean; at: Date };
}

const MOST_RECORDS = 3; // a person copies them
const LOOK_MS = 60_000;
const MOST_LOOK_MS = 10 * 60_000; // what does not answer for long is asked less often
const DOUBT_MS = 15_000; // one lost packet is no outage, and an outage is not hidden for long
const NOTE_MS = 10 * 60_000; // an address that comes and goes does not fill the journal
const SOON_MS = 14 * 24 * 60 * 60_000; // cert-manager renews a month before the end

/**
 * What is known of an address after another reading. A single reading that
 * differs is a doubt, but for an answer after none; two are a change, since the
 * first of them. Pure.
 *
 * @returns the former where nothing was learned
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
 * Whether the journal says of this probe what it does not say yet: that an
 * address answers, or no more. At most one entry in ten minutes.
 */
export function isNews({ state, noted }: AddressProbe, at: Date): boolean {
  return (
    (state === 'answers') !== noted.answers &&
    at.getTime() - noted.at.getTime() >= NOTE_MS
  );
}

/** How long after a look the next one is due. */
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

/** Whether a probe is so old that it says nothing of now: two looks did not happen. */
export function isStaleProbe(probe: AddressProbe, now: Date): boolean {
  const { checkedAt, doubt: _, ...rest } = probe;
  return now.getTime() - checkedAt.getTime() > 2 * nextLookMs(rest) + LOOK_MS;
}

/** A record of DNS that would lead to an app. */
interface WantedRecord {
  type: 'A' | 'AAAA' | 'CNAME';
  value: string;
}

/** The records by which a name leads to where a cluster says that it lets the world in. */
function recordsFor(targets: readonly string[]): WantedRecord[] {
  return [...new Set(targets)].sort().map(value => {
    if (value.includes(':')) return { type: 'AAAA', value };
    return { type: /^[\d.]+$/.test(value) ? 'A' : 'CNAME', value };
  });
}

/** A probe as the API has it. */
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

/** What a probe says to a person, and whether all is well. */
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
