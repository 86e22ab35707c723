import type { App } from '@callboard/plugin-callboard-common';
import { useClusterName, useUrlState } from '@callboard/plugin-callboard-react';

const ADDRESS = { env: '', cluster: '' };

/** An app in an environment, on one of its clusters or on all of them. */
export interface Deployments {
  environment: string;
  /** Undefined for all. */
  cluster?: string;
  title: string;
  /** Number of clusters. */
  clusters: number;
}

export interface DeploymentsChoice {
  /** Undefined when the app runs on no cluster. */
  chosen?: Deployments;
  options: Array<{ id: string; label: string }>;
  /** Id of the selected option. */
  value: string;
  choose(id: string): void;
  /** Message for an address that names an environment or a cluster on which the app does not run. */
  unknown?: string;
}

/**
 * The deployments of an app that a tab shows; kept in the address.
 *
 * @param allOfEach - also offers all clusters of an environment together
 */
export function useDeployments(
  { environments }: App,
  { allOfEach = false }: { allOfEach?: boolean } = {},
): DeploymentsChoice {
  const [{ env, cluster }, setAddress] = useUrlState(ADDRESS);
  const nameOf = useClusterName();
  const offered = environments.flatMap(
    ({ name: environment, title, clusters }): Deployments[] => [
      ...(allOfEach && clusters.length > 1
        ? [
            {
              environment,
              title: `${title} on all ${clusters.length} clusters`,
              clusters: clusters.length,
            },
          ]
        : []),
      ...clusters.map(each => ({
        environment,
        cluster: each.cluster,
        title: `${title} on ${nameOf(each.cluster)}`,
        clusters: 1,
      })),
    ],
  );
  const inEnvironment = offered.filter(each => each.environment === env);
  const chosen =
    inEnvironment.find(each => (each.cluster ?? '') === cluster) ??
    inEnvironment[0] ??
    offered[0];
  return {
    chosen,
    options: offered.map(each => ({ id: idOf(each), label: each.title })),
    value: chosen ? idOf(chosen) : '',
    choose: id => {
      const next = offered.find(each => idOf(each) === id);
      if (next)
        setAddress({ env: next.environment, cluster: next.cluster ?? '' });
    },
    unknown: describeUnknown({ env, cluster }, chosen),
  };
}

function describeUnknown(
  { env, cluster }: { env: string; cluster: string },
  chosen: Deployments | undefined,
): string | undefined {
  const isOther =
    (env !== '' && env !== chosen?.environment) ||
    (cluster !== '' && cluster !== chosen?.cluster);
  if (!isOther) return undefined;
  const asked = [env && `in “${env}”`, cluster && `on “${cluster}”`];
  return [
    `It does not run ${asked.filter(Boolean).join(' ')}.`,
    chosen && `This is ${chosen.title}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function idOf({ environment, cluster = '' }: Deployments): string {
  return `${environment} ${cluster}`;
}
