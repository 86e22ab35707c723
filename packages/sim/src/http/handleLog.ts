import { badRequest } from '../errors';
import { getPath, type SimObject } from '../json';
import { readObject } from '../registry';
import { objectsIn } from '../validation';
import type { Exchange } from './Exchange';
import type { ResourceTarget } from './resourceRequest';
import type { ServedCluster } from './ServedCluster';

/** Sends a container's output: `container`, `previous`, `tailLines`, `limitBytes`, `timestamps`, `sinceSeconds` or `sinceTime`, `follow`. */
export function handleLog(
  exchange: Exchange,
  cluster: ServedCluster,
  { resource, namespace, name = '', query }: ResourceTarget,
): void {
  const pod = readObject(cluster.registry, resource, namespace, name);
  const container = containerOf(pod, query.get('container'));
  const isPrevious = query.get('previous') === 'true';
  checkStarted(pod, container, isPrevious);
  const { response } = exchange;
  const number = (parameter: string) =>
    query.has(parameter) ? Number(query.get(parameter)) : undefined;
  const log = cluster.logs.find(
    pod.metadata.uid ?? '',
    container,
    isPrevious ? 'previous' : 'current',
  );
  const hasTimestamps = query.get('timestamps') === 'true';
  const text = log?.read({
    tailLines: number('tailLines'),
    limitBytes: number('limitBytes'),
    sinceMs: sinceOf(query, cluster.registry.clock.now()),
    hasTimestamps,
  });
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  if (query.get('follow') !== 'true' || log === undefined || log.isClosed) {
    response.end(text ?? '');
    return;
  }
  response.write(text ?? '');
  response.flushHeaders();
  const stream = cluster.openStream(response);
  stream.onClose(
    log.follow({
      onLines: lines =>
        stream.write(
          lines.map(line => log.format(line, hasTimestamps)).join(''),
        ),
      onClose: () => stream.end(),
    }),
  );
}

function sinceOf(query: URLSearchParams, now: Date): number | undefined {
  const [seconds, time] = [query.get('sinceSeconds'), query.get('sinceTime')];
  if (seconds !== null && time !== null)
    throw badRequest(
      'at most one of sinceTime or sinceSeconds may be specified',
    );
  if (seconds !== null) return now.getTime() - Number(seconds) * 1000;
  if (time === null) return undefined;
  const instant = Date.parse(time);
  if (!Number.isNaN(instant)) return instant;
  throw badRequest(`sinceTime: Invalid value: ${JSON.stringify(time)}`);
}

function containerOf(pod: SimObject, wanted: string | null): string {
  const names = [
    ...objectsIn(getPath(pod, ['spec', 'initContainers'])),
    ...objectsIn(getPath(pod, ['spec', 'containers'])),
  ].map(({ name }) => String(name));
  const { name } = pod.metadata;
  if (wanted !== null && wanted !== '') {
    if (names.includes(wanted)) return wanted;
    throw badRequest(`container ${wanted} is not valid for pod ${name}`);
  }
  if (names.length === 1) return names[0];
  const own = objectsIn(getPath(pod, ['spec', 'containers'])).map(container =>
    String(container.name),
  );
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${own.join(
      ' ',
    )}]`,
  );
}

/** A container that never ran has no log: the messages are the kubelet's. */
function checkStarted(
  pod: SimObject,
  container: string,
  isPrevious: boolean,
): void {
  const { name } = pod.metadata;
  const statuses = [
    ...objectsIn(getPath(pod, ['status', 'containerStatuses'])),
    ...objectsIn(getPath(pod, ['status', 'initContainerStatuses'])),
  ];
  const status = statuses.find(candidate => candidate.name === container);
  const terminatedBefore = getPath(status, ['lastState', 'terminated']);
  if (isPrevious) {
    if (terminatedBefore === undefined)
      throw badRequest(
        `previous terminated container ${JSON.stringify(
          container,
        )} in pod ${JSON.stringify(name)} not found`,
      );
    return;
  }
  const waiting = getPath(status, ['state', 'waiting', 'reason']);
  if (waiting === undefined || terminatedBefore !== undefined) return;
  throw badRequest(
    `container ${JSON.stringify(container)} in pod ${JSON.stringify(
      name,
    )} is waiting to start: ${describeWaiting(String(waiting))}`,
  );
}

function describeWaiting(reason: string): string {
  switch (reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
      return 'trying and failing to pull image';
    case 'PodInitializing':
    case 'ContainerCreating':
    default:
      return reason;
  }
}
