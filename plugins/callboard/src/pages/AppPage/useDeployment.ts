import type { App } from '@callboard/plugin-callboard-common';
import {
  type DeploymentKey,
  useClusterName,
  useUrlState,
} from '@callboard/plugin-callboard-react';

export interface DeploymentChoice {
  /** Undefined where the app runs on no cluster. */
  deployment?: DeploymentKey;
  options: Array<{ id: string; title: string }>;
  /** Of the chosen one, among the options. */
  value: string;
  choose: (id: string) => void;
  /** Said where the address names an environment or a cluster that the app does not run on. */
  unknown?: string;
}

const ADDRESS = { env: '', cluster: '' };

/** Which of an app's clusters a tab looks at; kept in the address. */
export function useDeployment(app: App): DeploymentChoice {
  const [{ env, cluster }, setAddress] = useUrlState(ADDRESS);
  const nameOf = useClusterName();
  const all = app.environments.flatMap(({ name, title, clusters }) =>
    clusters.map(entry => ({
      environment: name,
      title,
      cluster: entry.cluster,
    })),
  );
  const chosen =
    all.find(entry => entry.environment === env && entry.cluster === cluster) ??
    all.find(entry => entry.environment === env) ??
    all[0];
  return {
    unknown: describeUnknown({ env, cluster }, chosen),
    deployment: chosen && {
      app: app.name,
      environment: chosen.environment,
      cluster: chosen.cluster,
    },
    options: all.map(entry => ({
      id: idOf(entry),
      title: `${entry.title} on ${nameOf(entry.cluster)}`,
    })),
    value: chosen ? idOf(chosen) : '',
    choose: id => {
      const next = all.find(entry => idOf(entry) === id);
      if (!next) return;
      setAddress({ env: next.environment, cluster: next.cluster });
    },
  };
}

function describeUnknown(
  asked: { env: string; cluster: string },
  shown: { environment: string; title: string; cluster: string } | undefined,
): string | undefined {
  const isOther =
    (asked.env !== '' && asked.env !== shown?.environment) ||
    (asked.cluster !== '' && asked.cluster !== shown?.cluster);
  if (!isOther) return undefined;
  const where = [
    asked.env === '' ? undefined : `in “${asked.env}”`,
    asked.cluster === '' ? undefined : `on “${asked.cluster}”`,
  ]
    .filter(Boolean)
    .join(' ');
  return shown
    ? `It does not run ${where}. This is ${shown.title} on ${shown.cluster}.`
    : `It does not run ${where}.`;
}

function idOf({
  environment,
  cluster,
}: {
  environment: string;
  cluster: string;
}): string {
  return `${environment} ${cluster}`;
}
