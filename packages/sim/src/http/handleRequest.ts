import { unauthorized } from '../errors';
import { handleMetrics, isMetricsPath } from '../metrics';
import { showsToken } from './showsToken';
import type { Exchange } from './Exchange';
import { handleDocument } from './handleDocument';
import { handleResource } from './handleResource';
import { parseTarget } from './parseRequest';
import { sendError } from './sendError';
import type { ServedCluster } from './ServedCluster';

/**
 * Handles one request to a cluster.
 *
 * @param path - with query, below the cluster's root
 * @param token - the expected bearer token
 */
export async function handleRequest(
  exchange: Exchange,
  cluster: ServedCluster,
  { path, prefix, token }: { path: string; prefix: string; token: string },
): Promise<void> {
  try {
    if (!showsToken(exchange.request.headers.authorization, token))
      throw unauthorized();
    const { usageOf } = cluster;
    if (usageOf && isMetricsPath(path)) {
      handleMetrics(exchange, cluster, { path, usageOf });
      return;
    }
    const target = parseTarget(path);
    if (target.kind === 'resource')
      await handleResource(exchange, cluster, target);
    else
      handleDocument(exchange, target.path, {
        version: cluster.version,
        prefix,
        hasMetrics: usageOf !== undefined,
      });
  } catch (error) {
    sendError(exchange, error);
  }
}
