import type { Occurrence } from './cause';
import type { Situation } from './situation';

/** Subject of a sentence: the app alone where that is unambiguous, else its workload and container too. */
export interface Subject {
  /** `shop`, `shop (worker)`, `container "proxy" of shop`. */
  name: string;
  environment: string;
  cluster: string;
  /** Reason of the failure according to its output, in words. */
  because?: string;
}

/** Names a subject as a developer would. */
export function nameSubject(
  occurrence: Occurrence,
  situation: Situation,
): Subject {
  const { app, environment, cluster } = situation.evidence;
  const workloads = new Set(
    [...situation.instances, ...situation.owners.map(ownerWorkload)].map(
      ({ workload }) => workload,
    ),
  );
  workloads.delete(undefined);
  const isOneOfMany =
    workloads.size > 1 &&
    occurrence.workload !== undefined &&
    occurrence.workload !== app;
  const name = isOneOfMany ? `${app} (${occurrence.workload})` : app;
  return {
    name: occurrence.container
      ? `${name}, container "${occurrence.container}",`
      : name,
    environment,
    cluster,
  };
}

function ownerWorkload(owner: Situation['owners'][number]): {
  workload?: string;
} {
  return { workload: owner.metadata.labels?.['callboard.dev/workload'] };
}
