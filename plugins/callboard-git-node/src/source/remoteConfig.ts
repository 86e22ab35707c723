import type { RemoteBranch } from './RemoteBranch';

/**
 * Configuration of a git process that connects to another host: allows only the
 * protocol of the address, follows no redirect (a host that the platform allows
 * must not send us to one that it does not), and ends a stalled transfer. The
 * credential is a header in the environment, so no list of processes shows it.
 */
export function remoteConfig({
  url,
  authorization,
}: RemoteBranch): Record<string, string> {
  const protocol = url.startsWith('http://') ? 'http' : 'https';
  return {
    'protocol.allow': 'never',
    [`protocol.${protocol}.allow`]: 'always',
    'http.followRedirects': 'false',
    'http.lowSpeedLimit': '1',
    'http.lowSpeedTime': '30',
    'fetch.fsckObjects': 'true',
    'credential.helper': '',
    ...(authorization !== undefined && {
      'http.extraHeader': `Authorization: ${authorization}`,
    }),
  };
}
