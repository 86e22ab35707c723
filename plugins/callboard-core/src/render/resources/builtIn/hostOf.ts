import type { ProvisionContext, ResourceRequest } from '../types';

/**
 * Returns the host name of an app in an environment: one in the domain of the
 * cluster's gateway. Without a known domain, the name within the cluster.
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

/** Returns the first workload, by name, with a service among those that request a resource. */
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
