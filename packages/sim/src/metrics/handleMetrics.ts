import { resourceOfKind } from '../discovery';
import { methodNotAllowed, notFound, pathNotFound } from '../errors';
import { type Exchange, sendJson } from '../http/Exchange';
import type { ServedCluster } from '../http/ServedCluster';
import type { JsonObject } from '../json';
import type { Pod } from '../kinds';
import { matcherOf } from '../registry';
import {
  METRICS_GROUP,
  METRICS_VERSION,
  metricsDocument,
} from './metricsDocuments';
import { nodeMetrics, podMetrics, type UsageOf } from './metricsOf';

/** True for a path of the API that metrics-server serves. */
export function isMetricsPath(path: string): boolean {
  return new RegExp(`^/apis/${METRICS_GROUP}(/|\\?|$)`).test(path);
}

/**
 * Responds as metrics-server does: with the current usage of pods and nodes.
 * Its lists carry no resource version, cannot be watched, and omit pods that
 * are not measured yet.
 */
export function handleMetrics(
  exchange: Exchange,
  cluster: ServedCluster,
  { path, usageOf }: { path: string; usageOf: UsageOf },
): void {
  const { pathname, searchParams } = new URL(path, 'http://cluster');
  const document = metricsDocument(pathname.replace(/\/$/, ''));
  if (exchange.request.method !== 'GET') throw methodNotAllowed();
  if (document !== undefined) {
    sendJson(exchange, 200, document);
    return;
  }
  const selection = {
    labelSelector: searchParams.get('labelSelector') ?? undefined,
  };
  const { kind, namespace, name } = targetOf(pathname);
  const resource = resourceOfKind('v1', kind);
  const objects = [...cluster.registry.store.list(resource.storage)]
    .filter(matcherOf(resource, { ...selection, namespace }))
    .filter(({ metadata }) => name === undefined || metadata.name === name);
  const now = exchange.clock.now();
  const pods =
    kind === 'Node'
      ? [
          ...cluster.registry.store.list(resourceOfKind('v1', 'Pod').storage),
        ].map(each => each as Pod)
      : [];
  const items = objects
    .map(object =>
      kind === 'Pod'
        ? podMetrics(object as Pod, usageOf, now)
        : nodeMetrics(object.metadata.name, { pods, usageOf, now }),
    )
    .filter(each => each !== undefined);
  if (name === undefined) {
    sendJson(exchange, 200, listOf(kind, items));
    return;
  }
  if (items.length === 0)
    throw notFound(
      { group: METRICS_GROUP, resource: kind === 'Pod' ? 'pods' : 'nodes' },
      namespace === undefined ? name : `${namespace}/${name}`,
    );
  sendJson(exchange, 200, items[0]);
}

function listOf(kind: 'Pod' | 'Node', items: JsonObject[]): JsonObject {
  return {
    kind: `${kind}MetricsList`,
    apiVersion: METRICS_VERSION,
    metadata: {},
    items: items.map(({ kind: _, apiVersion: __, ...rest }) => rest),
  };
}

function targetOf(pathname: string): {
  kind: 'Pod' | 'Node';
  namespace?: string;
  name?: string;
} {
  const steps = pathname
    .slice(`/apis/${METRICS_VERSION}/`.length)
    .split('/')
    .map(decodeURIComponent);
  const [first, second, third, fourth] = steps;
  if (first === 'nodes' && steps.length <= 2)
    return { kind: 'Node', name: second };
  if (first === 'pods' && steps.length === 1) return { kind: 'Pod' };
  if (first === 'namespaces' && third === 'pods' && steps.length <= 4)
    return { kind: 'Pod', namespace: second, name: fourth };
  throw pathNotFound();
}
