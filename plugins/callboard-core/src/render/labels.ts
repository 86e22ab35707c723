import { FIELD_MANAGER, LABELS } from '@callboard/plugin-callboard-common';
import { namespaceOf } from './namespaceOf';

interface Named {
  app: string;
  environment: string;
}

/** Returns the labels of all objects of an app's environment. */
export function environmentLabels({
  app,
  environment,
}: Named): Record<string, string> {
  return {
    [LABELS.managedBy]: FIELD_MANAGER,
    [LABELS.partOf]: app,
    [LABELS.app]: app,
    [LABELS.environment]: environment,
  };
}

/** Returns the labels of a workload's objects and pods. */
export function workloadLabels(
  input: Named & { release: number; workload: string },
): Record<string, string> {
  const { release, workload } = input;
  return {
    ...environmentLabels(input),
    [LABELS.name]: workload,
    // Unique per environment and cluster, and short enough for a label however long the names are.
    [LABELS.instance]: namespaceOf(input.app, input.environment),
    [LABELS.version]: String(release),
    [LABELS.workload]: workload,
    [LABELS.release]: String(release),
  };
}

/**
 * Returns the labels by which a Deployment and a Service select their pods:
 * only those that no release changes, as selectors are immutable.
 */
export function selectorLabels({
  app,
  environment,
  workload,
}: Named & { workload: string }): Record<string, string> {
  return {
    [LABELS.app]: app,
    [LABELS.environment]: environment,
    [LABELS.workload]: workload,
  };
}
