import type { Problem } from '@callboard/plugin-callboard-common';

/** Returns the problem of a refused cluster configuration, with the fix. */
export function clusterConfigRefused(
  cluster: string,
  why: string,
  next: string,
): Problem {
  return {
    code: 'cluster-config-refused',
    what: `Cannot connect to cluster "${cluster}"`,
    why,
    next,
    transient: false,
  };
}

export function addressRefused(cluster: string, host: string): Problem {
  return {
    ...clusterConfigRefused(
      cluster,
      `"${host}" is a link-local or metadata address`,
      'Give the address under which the API server is reached from here',
    ),
    code: 'cluster-address-refused',
  };
}

export function plainHttpRefused(cluster: string, host: string): Problem {
  return clusterConfigRefused(
    cluster,
    `"${host}" is not a private address, and plain HTTP would show the credentials to everybody on the way`,
    'Use https, or allow plain HTTP for this cluster with allowPlainHttp: true',
  );
}
