/** What a quota of an app's namespace may be about. Placement judges the first three; the others are held by the cluster. */
export const QUOTA_RESOURCES = [
  'pods',
  'requests.cpu',
  'requests.memory',
  'limits.memory',
  'requests.storage',
  'persistentvolumeclaims',
] as const;
export type QuotaResource = (typeof QUOTA_RESOURCES)[number];

/** How services of Kubernetes can be reached from outside of their cluster, or not. */
export const SERVICE_TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer'] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** Amounts as Kubernetes writes them: `500m`, `1Gi`. */
export interface LimitAmounts {
  cpu?: string;
  memory?: string;
}

/** One entry of a LimitRange about containers. */
export interface ContainerLimits {
  /** Limits of containers that have none. */
  default?: LimitAmounts;
  /** Requests of containers that have none. */
  defaultRequest?: LimitAmounts;
  /** The most that a container may be allowed. */
  max?: LimitAmounts;
  min?: LimitAmounts;
}

/** What the namespaces of all apps on clusters of a blueprint are held to. */
export interface GuardRails {
  /** Level of the Pod Security Standards that is enforced at least. */
  podSecurity?: 'baseline' | 'restricted';
  /** `default-deny`: a pod has no traffic but what a network policy allows. */
  network?: 'default-deny';
  /** Hard limits of a ResourceQuota in each namespace of an app. */
  quota?: Partial<Record<QuotaResource, string>>;
  /** A LimitRange for containers in each namespace of an app. */
  containers?: ContainerLimits;
  /** Where images that an app names may come from: `registry.example.org`, `ghcr.io/acme`. */
  registries?: string[];
  /** Types that services may have; all where omitted. */
  serviceTypes?: ServiceType[];
}
