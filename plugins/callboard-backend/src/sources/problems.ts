import type { Problem } from '@callboard/plugin-callboard-common';
import type { SourceRecord } from '@callboard/plugin-callboard-control-plane';

/** `GitHub, GitLab` */
export function sayHosts(hosts: readonly string[]): string {
  return hosts.length === 0 ? 'none' : hosts.join(', ');
}

export function hostUnknown(url: string, hosts: string): Problem {
  return {
    code: 'source-host-unknown',
    what: `Cannot read ${url}`,
    why: `the portal reads repositories of the hosts that the platform configured, and this is none of them (${hosts})`,
    next: 'Ask the platform team to add the host to the integrations of the portal',
    transient: false,
  };
}

/** Returns the problem of a push to an app that follows a repository elsewhere. */
export function sourceFollowed({
  app,
  url,
  branch,
}: Pick<SourceRecord, 'app' | 'url' | 'branch'>): Problem {
  return {
    code: 'source-followed',
    what: `Cannot push to "${app}"`,
    why: `its code comes from ${branch} of ${url}`,
    next: 'Push there, or disconnect the app from that repository on its page first',
    transient: false,
  };
}

export function hostBusy(url: string): Problem {
  return {
    code: 'source-unreachable',
    what: `Cannot read ${url} now`,
    why: 'many repositories of its host are being read',
    next: 'Try again in a minute',
    transient: true,
  };
}
