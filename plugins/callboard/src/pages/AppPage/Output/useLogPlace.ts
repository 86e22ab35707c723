import type { App } from '@callboard/plugin-callboard-common';
import { useClusterName, useUrlState } from '@callboard/plugin-callboard-react';

const ADDRESS = { env: '', cluster: '' };

/** Where output is read: an environment, and one of its clusters or all. */
export interface LogPlace {
  environment: string;
  /** Undefined for all. */
  cluster?: string;
  title: string;
  /** How many clusters are read. */
  clusters: number;
}

export interface LogPlaceChoice {
  /** Undefined where the app runs nowhere. */
  place?: LogPlace;
  options: Array<{ id: string; label: string }>;
  value: string;
  choose(id: string): void;
  /** Said where the address names what the app does not run on. */
  unknown?: string;
}

/** Which output a page shows; kept in the address. */
export function useLogPlace(app: App): LogPlaceChoice {
  const [{ env, cluster }, setAddress] = useUrlState(ADDRESS);
  const nameOf = useClusterName();
  const places: LogPlace[] = app.environments.flatMap(
    ({ name, title, clusters }): LogPlace[] => [
      ...(clusters.length > 1
        ? [
            {
              environment: name,
              title: `${title} on all ${clusters.length} clusters`,
              clusters: clusters.length,
            },
          ]
        : []),
      ...clusters.map(each => ({
        environment: name,
        cluster: each.cluster,
        title: `${title} on ${nameOf(each.cluster)}`,
        clusters: 1,
      })),
    ],
  );
  const chosen =
    places.find(
      each => each.environment === env && (each.cluster ?? '') === cluster,
    ) ??
    places.find(each => each.environment === env) ??
    places[0];
  const isOther =
    (env !== '' && env !== chosen?.environment) ||
    (cluster !== '' && cluster !== chosen?.cluster);
  const asked = [env && `in “${env}”`, cluster && `on “${cluster}”`];
  return {
    place: chosen,
    options: places.map(each => ({ id: idOf(each), label: each.title })),
    value: chosen ? idOf(chosen) : '',
    choose: id => {
      const next = places.find(each => idOf(each) === id);
      if (next)
        setAddress({ env: next.environment, cluster: next.cluster ?? '' });
    },
    unknown: isOther
      ? [
          `It does not run ${asked.filter(Boolean).join(' ')}.`,
          chosen && `This is ${chosen.title}.`,
        ]
          .filter(Boolean)
          .join(' ')
      : undefined,
  };
}

function idOf({ environment, cluster = '' }: Partial<LogPlace>): string {
  return `${environment} ${cluster}`;
}
