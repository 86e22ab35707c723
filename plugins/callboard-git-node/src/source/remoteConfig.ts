import type { RemoteBranch } from './RemoteBranch';

/**
 * Configuration of a git process that asks another host: only the protocol of
 * the address, never elsewhere by a redirect (a host that was named by the
 * platform must not send us to one that was not), and ended when nothing comes.
 * The credential is a header in the environment, which no list of processes shows.
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
