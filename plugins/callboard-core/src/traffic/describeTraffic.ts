import {
  type AppUsage,
  type ClusterTraffic,
  describeDuration,
  listOf,
} from '@callboard/plugin-callboard-common';

/** Formats a rate with three significant digits: `0.25`, `12.4`, `1,240`. */
export function describeRate(perSecond: number): string {
  if (perSecond >= 100)
    return Math.round(perSecond).toLocaleString('en', { useGrouping: true });
  return String(Number(perSecond.toPrecision(perSecond < 0.01 ? 1 : 3)));
}

/** `0.4 % are errors`; undefined where errors are not counted. */
export function describeErrors({
  requestsPerSecond,
  errorsPerSecond,
}: Pick<ClusterTraffic, 'requestsPerSecond' | 'errorsPerSecond'>):
  | string
  | undefined {
  if (requestsPerSecond === undefined || errorsPerSecond === undefined)
    return undefined;
  if (errorsPerSecond === 0) return 'no errors';
  const percent = (errorsPerSecond / requestsPerSecond) * 100;
  return `${
    percent < 0.1 ? 'less than 0.1' : String(Number(percent.toPrecision(2)))
  } % errors`;
}

/** `95 % within 120 ms`; undefined where latency is not measured. */
export function describeLatency({
  p95Seconds,
}: Pick<ClusterTraffic, 'p95Seconds'>): string | undefined {
  return p95Seconds === undefined
    ? undefined
    : `95 % within ${describeDuration(
        Math.max(1, Math.round(p95Seconds * 1000)),
      )}`;
}

/**
 * Describes in a sentence the requests of an app in an environment: the sum of
 * the clusters with data, and the clusters without.
 *
 * @returns undefined where nothing runs, or no cluster has a Prometheus
 */
export function describeTraffic({
  clusters,
}: Pick<AppUsage, 'clusters'>): string | undefined {
  const running = clusters.filter(({ traffic }) => traffic.state !== 'stopped');
  if (running.every(({ traffic }) => traffic.state === 'not-configured'))
    return undefined;
  const known = running.flatMap(({ traffic }) =>
    traffic.state === 'live' ? traffic : [],
  );
  const unknown = running.filter(({ traffic }) => traffic.state !== 'live');
  const notKnown = `not known on ${listOf(
    unknown.map(({ cluster }) => cluster),
  )}`;
  if (known.length === 0) return `requests are ${notKnown}`;
  const sum = (
    numberOf: (traffic: ClusterTraffic) => number | undefined,
  ): number | undefined =>
    known.reduce<number | undefined>((all, each) => {
      const one = numberOf(each);
      return all === undefined || one === undefined ? undefined : all + one;
    }, 0);
  const requestsPerSecond = sum(each => each.requestsPerSecond);
  const errors = describeErrors({
    requestsPerSecond,
    errorsPerSecond: sum(each => each.errorsPerSecond),
  });
  // Quantiles of several clusters cannot be added.
  const latency = known.length === 1 ? describeLatency(known[0]) : undefined;
  return [
    [
      `${describeRate(requestsPerSecond ?? 0)} requests a second`,
      errors ?? 'errors are not counted',
      ...(latency === undefined ? [] : [latency]),
    ].join(', '),
    ...(unknown.length > 0 ? [`(${notKnown})`] : []),
  ].join(' ');
}
