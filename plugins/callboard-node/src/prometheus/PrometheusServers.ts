import type { Result } from '@callboard/plugin-callboard-common';
import type { CallOptions, ServiceAnswer } from '../clusters';

/** Prometheus servers that the portal queries itself, by address. */
export interface PrometheusServers {
  /**
   * Queries the current value. Any HTTP status is a result; problems are
   * `prometheus-not-allowed` and `prometheus-unreachable`. Never throws.
   *
   * @param server.credentials - their name; the portal's configuration holds
   *   the values
   */
  query(
    server: { url: string; credentials?: string },
    query: string,
    options?: CallOptions,
  ): Promise<Result<ServiceAnswer>>;
}
