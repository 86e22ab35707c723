import {
  type AppUsage,
  countOf,
  describeBytes,
  describeCpu,
  listOf,
} from '@callboard/plugin-callboard-common';

/**
 * Describes what an app uses in an environment: the sum of current
 * measurements, the requests of the same containers, and the clusters without a
 * measurement.
 *
 * @returns undefined where nothing runs
 */
export function describeUsage({
  clusters,
}: Pick<AppUsage, 'clusters'>): string | undefined {
  const running = clusters.filter(({ state }) => state !== 'stopped');
  if (running.length === 0) return undefined;
  const unknown = running.filter(({ state }) => state !== 'live');
  const instances = running
    .filter(({ state }) => state === 'live')
    .flatMap(cluster => cluster.instances)
    .filter(({ containers }) =>
      containers.some(({ memoryBytes }) => memoryBytes !== undefined),
    );
  const containers = instances
    .flatMap(each => each.containers)
    .filter(({ memoryBytes }) => memoryBytes !== undefined);
  const sum = (amountOf: (each: (typeof containers)[number]) => number) =>
    containers.reduce((all, each) => all + amountOf(each), 0);
  const notKnown = `not known on ${listOf(unknown.map(each => each.cluster))}`;
  if (containers.length === 0)
    return unknown.length > 0
      ? `usage is ${notKnown}`
      : 'usage has not been measured yet';
  const memory = describeBytes(sum(each => each.memoryBytes ?? 0));
  const cpu = describeCpu(sum(each => each.cpuMillicores ?? 0));
  const asked = [
    describeBytes(sum(each => each.requests.memoryBytes ?? 0)),
    describeCpu(sum(each => each.requests.cpuMillicores ?? 0)),
  ];
  return [
    `${countOf(instances.length, 'instance')} ${
      instances.length === 1 ? 'uses' : 'use'
    } ${memory} and ${cpu}`,
    `of ${asked.join(' and ')} requested`,
    ...(unknown.length > 0 ? [`(${notKnown})`] : []),
  ].join(' ');
}
