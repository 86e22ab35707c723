import type { V1Probe } from '@kubernetes/client-node';
import type { ScoreProbe } from '@callboard/plugin-callboard-common';

/**
 * Renders the handler of a probe; undefined for a probe without any. Where both
 * are given `exec` counts, as Score recommends. `host` is sent as the Host
 * header: clusters that enforce the Pod Security Standards refuse a probe that
 * connects to another host than its pod.
 */
export function renderProbe(
  probe: ScoreProbe | undefined,
): V1Probe | undefined {
  if (probe?.exec) return { exec: { command: probe.exec.command } };
  if (!probe?.httpGet) return undefined;
  const { path, port, scheme, host, httpHeaders = [] } = probe.httpGet;
  const hasHost = httpHeaders.some(({ name }) => name.toLowerCase() === 'host');
  const headers =
    host !== undefined && !hasHost
      ? [...httpHeaders, { name: 'Host', value: host }]
      : httpHeaders;
  return {
    httpGet: {
      path: path.startsWith('/') ? path : `/${path}`,
      port,
      ...(scheme && { scheme }),
      ...(headers.length > 0 && { httpHeaders: headers }),
    },
  };
}
