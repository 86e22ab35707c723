import type { V1Volume } from '@kubernetes/client-node';
import type {
  AppConnection,
  KubeObject,
  LabelSelector,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { AsJson } from '../../kubernetes';

/** A resource that a workload requests; `params` are already expanded. */
export interface ResourceRequest {
  /** Its name in the workload. */
  name: string;
  /** Name of its objects: unique among the resources and workloads of the app, a DNS label of at most 45 characters. */
  objectName: string;
  type: string;
  class: string;
  params: Record<string, unknown>;
  /** Workloads of the app that request it, by name: several where they share it. */
  workloads: readonly string[];
}

/** Facts about the target cluster that a provisioner may use. */
export interface ClusterTraits {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Its blueprint and those it inherits from. */
  blueprints: readonly string[];
  /** Kinds that it serves beyond those of Kubernetes itself, as far as known: `Cluster.postgresql.cnpg.io`. */
  kinds: readonly string[];
  /** The gateway of its blueprint; `domain` is the wildcard domain of a listener, one with HTTPS if there is any. */
  gateway?: {
    name: string;
    namespace: string;
    domain?: string;
    /** Whether the listener of that domain uses HTTPS. */
    isTls?: true;
  };
  /**
   * Stores of secrets that its blueprint has for External Secrets Operator,
   * with the prefix of an app's keys there: `{app}/`.
   */
  secretStores?: ReadonlyArray<{ name: string; keys: string }>;
  /** The class of Ingresses of its blueprint; the cluster's default one where omitted. */
  ingressClass?: string;
}

/** Context of a request to a provisioner. */
export interface ProvisionContext {
  app: string;
  environment: string;
  release: number;
  /** Version of the renderer that the release was made with. */
  renderer: number;
  namespace: string;
  workloads: readonly ScoreWorkload[];
  /** Undefined in a check whether any cluster could provision it. */
  cluster?: ClusterTraits;
  /** How often rotated secrets of resources were generated, by the name of their objects. */
  secretVersions: Readonly<Record<string, number>>;
  /** Objects that the app has on the cluster, by `refKey`. */
  inPlace?: ReadonlySet<string>;
}

/** A random value, generated when it is first needed on a cluster, and never before. */
export interface GeneratedValue {
  /** In characters: letters and digits, so that it can be part of a URL. */
  length: number;
}

/** Result of provisioning a resource. */
export type Provisioned =
  | {
      ok: true;
      /** For placeholders; a secret is a `SecretText`. */
      outputs: unknown;
      /** Labels and namespace are added later. */
      objects?: KubeObject[];
      /** Values to generate; `secretOf` refers to them on the cluster. */
      secrets?: Record<string, GeneratedValue>;
      /** For the pod of the workload, where the resource can be mounted. */
      volume?: Omit<AsJson<V1Volume>, 'name'>;
      /** In place of a volume: each instance of the workload has a claim of its own. */
      claim?: { size: string };
      /** Connections that the workload needs for it, beside its own app: network policies allow them. */
      connections?: AppConnection[];
    }
  | { ok: false; param?: string; why: string; next: string };

/**
 * Provisions resources of one type and class on the clusters that it serves.
 * Pure: the same request and context give the same objects.
 */
export interface Provisioner {
  /** Unique among all provisioners. */
  name: string;
  /** The platform's provisioners take precedence over `built-in`. */
  origin: 'built-in' | 'code' | 'file';
  type: string;
  /** `default` is for workloads that request no class. */
  class: string;
  /** Clusters that it serves; all of them where omitted. Each given part must hold. */
  serves?: {
    clusters?: LabelSelector;
    blueprints?: readonly string[];
    /** Kinds that the cluster must serve: `Cluster.postgresql.cnpg.io`. */
    kinds?: readonly string[];
  };
  /** Changes whenever its results change; rendered objects are reused as long as it is the same. */
  revision: string;
  provision(resource: ResourceRequest, context: ProvisionContext): Provisioned;
}
