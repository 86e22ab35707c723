import type { ProvisionContext, ResourceRequest } from '../types';

/**
 * The name by which an app is called in an environment: one of the domain of
 * the cluster's gateway. Where none is known, only the one within the cluster is left.
 */
export function hostOf(
  resource: ResourceRequest,
  context: ProvisionContext,
): { host: string; isPublic: boolean } {
  const { cluster, namespace } = context;
  const domain = cluster?.gateway?.domain;
  return domain === undefined
    ? {
        host: `${serverOf(resource, context)}.${namespace}.svc`,
        isPublic: false,
      }
    : { host: `${namespace}.${domain}`, isPublic: true };
}

/** Of the workloads that ask for a resource the first that serves, by name. */
function serverOf(
  { workloads }: ResourceRequest,
  context: ProvisionContext,
): string {
  const serves = (name: string) =>
    context.workloads.some(
      ({ metadata, service }) =>
        metadata.name === name && Object.keys(service?.ports ?? {}).length > 0,
    );
  return workloads.find(serves) ?? workloads[0];
}
