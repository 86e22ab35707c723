import type { V1Volume } from '@kubernetes/client-node';
import type {
  AppConnection,
  KubeObject,
  LabelSelector,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { AsJson } from '../../kubernetes';

/** A resource as a workload asks for it; `params` are already expanded. */
export interface ResourceRequest {
  /** What the workload calls it. */
  name: string;
  /** Name of the objects made for it: unique among the resources and workloads of the app, a DNS label of at most 45 characters. */
  objectName: string;
  type: string;
  class: string;
  params: Record<string, unknown>;
  /** Workloads of the app that ask for it, by name: several where they share it. */
  workloads: readonly string[];
}

/** What a provisioner may know of the cluster that a resource is for. */
export interface ClusterTraits {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Its blueprint and those it inherits from. */
  blueprints: readonly string[];
  /** Kinds that it serves beyond those of Kubernetes itself, as far as known: `Cluster.postgresql.cnpg.io`. */
  kinds: readonly string[];
  /** The gateway that its blueprint has; `domain` is one that it takes all names of, by HTTPS where one of its listeners does. */
  gateway?: {
    name: string;
    namespace: string;
    domain?: string;
    /** Whether the listener of that domain speaks HTTPS. */
    isTls?: true;
  };
  /** Stores of secrets that its blueprint has for External Secrets Operator, with what keys of apps begin with there: `{app}/`. */
  secretStores?: ReadonlyArray<{ name: string; keys: string }>;
  /** The class of Ingresses that its blueprint has; the cluster's default one where it says nothing. */
  ingressClass?: string;
}

/** What a provisioner may know. */
export interface ProvisionContext {
  app: string;
  environment: string;
  release: number;
  /** Version of the renderer that the release was made with. */
  renderer: number;
  namespace: string;
  workloads: readonly ScoreWorkload[];
  /** Undefined where it is checked whether any cluster could give it. */
  cluster?: ClusterTraits;
  /** By the name of their objects: how often the secrets of resources were made that were rotated. */
  secretVersions: Readonly<Record<string, number>>;
  /** Objects that the app has on the cluster, by `refKey`. */
  inPlace?: ReadonlySet<string>;
}

/** A value that is drawn by chance when it is first needed on a cluster, and never before. */
export interface GeneratedValue {
  /** In characters: letters and digits, so that it can stand in an address. */
  length: number;
}

/** What a resource gives. */
export type Provisioned =
  | {
      ok: true;
      /** For placeholders; what is secret is a `SecretText`. */
      outputs: unknown;
      /** Labels and namespace are added. */
      objects?: KubeObject[];
      /** What is drawn for it; `secretOf` says where the cluster keeps it. */
      secrets?: Record<string, GeneratedValue>;
      /** For the pod of the workload, where the resource can be mounted. */
      volume?: Omit<AsJson<V1Volume>, 'name'>;
      /** In place of a volume: each instance of the workload keeps a claim of its own. */
      claim?: { size: string };
      /** Whom the workload calls for it, beside its own app: policies let that out. */
      connections?: AppConnection[];
    }
  | { ok: false; param?: string; why: string; next: string };

/**
 * Gives resources of one type and class on the clusters that it serves. Pure:
 * the same request and context give the same objects.
 */
export interface Provisioner {
  /** Unique among all. */
  name: string;
  /** `built-in` gives way to what a platform brings. */
  origin: 'built-in' | 'code' | 'file';
  type: string;
  /** `default` is what workloads get that ask for no class. */
  class: string;
  /** Clusters it gives the resource on; all of them where it says nothing. Each part that is given must hold. */
  serves?: {
    clusters?: LabelSelector;
    blueprints?: readonly string[];
    /** Kinds that the cluster must serve: `Cluster.postgresql.cnpg.io`. */
    kinds?: readonly string[];
  };
  /** Changes whenever what it gives changes; what is rendered is kept as long as it is the same. */
  revision: string;
  provision(resource: ResourceRequest, context: ProvisionContext): Provisioned;
}
