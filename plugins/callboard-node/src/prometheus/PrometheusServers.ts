import type { Result } from '@callboard/plugin-callboard-common';
import type { CallOptions, ServiceAnswer } from '../clusters';

/** Prometheus servers that the portal asks itself, at addresses. */
export interface PrometheusServers {
  /**
   * Asks one for the value of a query now. Any HTTP status is an answer; problems
   * are `prometheus-not-allowed` and `prometheus-unreachable`. Never throws.
   *
   * @param server.credentials - name of them; what they are is the portal's to know
   */
  query(
    server: { url: string; credentials?: string },
    query: string,
    options?: CallOptions,
  ): Promise<Result<ServiceAnswer>>;
}
