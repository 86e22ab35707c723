/**
 * Groups of custom resources that have rules here and none in Argo CD. Users
 * judge them by kstatus: a stale status, Stalled and Reconciling decide before
 * our rules.
 */
export const CONVENTION_GROUPS: readonly string[] = [
  '*.azure.com',
  'addon.open-cluster-management.io',
  'apigee.cloud.google.com',
  'apps.kubeblocks.io',
  'argocd-image-updater.argoproj.io',
  'autoscaling.k8s.io',
  'cassandra.datastax.com',
  'cilium.io',
  'cluster.open-cluster-management.io',
  'dataprotection.kubeblocks.io',
  'druid.apache.org',
  'eventing.knative.dev',
  'flows.knative.dev',
  'gateway.networking.x-k8s.io',
  'hypershift.openshift.io',
  'jetstream.nats.io',
  'longhorn.io',
  'messaging.knative.dev',
  'operations.kubeblocks.io',
  'operator.tigera.io',
  'parameters.kubeblocks.io',
  'secrets.hashicorp.com',
  'sources.knative.dev',
  'work.open-cluster-management.io',
  'workloads.kubeblocks.io',
];

const GROUPS = new Set(CONVENTION_GROUPS);

export function followsConventions(group: string): boolean {
  return GROUPS.has(group) || GROUPS.has(`*${group.slice(group.indexOf('.'))}`);
}
