/** Resources of the quota in an app's namespace. Placement judges the first three; the cluster enforces the others. */
export const QUOTA_RESOURCES = [
  'pods',
  'requests.cpu',
  'requests.memory',
  'limits.memory',
  'requests.storage',
  'persistentvolumeclaims',
] as const;
export type QuotaResource = (typeof QUOTA_RESOURCES)[number];

/** Types of Kubernetes services, by how they are reached from outside of their cluster. */
export const SERVICE_TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer'] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** Amounts in the format of Kubernetes: `500m`, `1Gi`. */
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
  /** Largest limits of a container. */
  max?: LimitAmounts;
  min?: LimitAmounts;
}

/** Guard rails for the namespaces of all apps on clusters of a blueprint. */
export interface GuardRails {
  /** Lowest level of the Pod Security Standards that is enforced. */
  podSecurity?: 'baseline' | 'restricted';
  /** `default-deny`: a pod has only traffic that a network policy allows. */
  network?: 'default-deny';
  /** Hard limits of a ResourceQuota in each namespace of an app. */
  quota?: Partial<Record<QuotaResource, string>>;
  /** A LimitRange for containers in each namespace of an app. */
  containers?: ContainerLimits;
  /** Registries of images that an app may name: `registry.example.org`, `ghcr.io/acme`. */
  registries?: string[];
  /** Allowed types of services; all where omitted. */
  serviceTypes?: ServiceType[];
}
