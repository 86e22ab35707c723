import type {
  KubeObject,
  PolicyMode,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

/** A cluster as policies see it. */
export interface PolicyCluster {
  name: string;
  labels: Record<string, string>;
  claims: Record<string, string>;
  /** Names; the one that its file names comes first. */
  clusterSets: readonly string[];
  /** Its blueprint, then those that it inherits from. */
  blueprints: readonly string[];
}

/** Actual or would-be objects of one cluster. */
export interface PolicyPlace {
  /** Any cluster where omitted: conditions of clusters are not judged. */
  cluster?: PolicyCluster;
  objects: readonly KubeObject[];
  /** Why there are no objects: the release cannot be rendered there. */
  fault?: string;
}

/** A release of an app in an environment, as policies judge it. */
export interface PolicySubject {
  app: { name: string; title: string; owner: string; system?: string };
  release: {
    /** 0 before the release exists. */
    number: number;
    commit: string;
    author: string;
    message: string;
    workloads: readonly ScoreWorkload[];
    /** Known images only: those that are still to be built have no name yet. */
    images: readonly string[];
  };
  environment: { name: string; title: string; order: number };
  places: readonly PolicyPlace[];
}

/** A finding of a policy, once for all clusters that have it. */
export interface PolicyFinding {
  message: string;
  next?: string;
  /** Present where the expression could not be evaluated. */
  failure?: string;
  object?: { kind: string; name: string };
  /** Names, sorted; empty where clusters do not matter. */
  clusters: readonly string[];
}

/** An exception that lets an app violate a policy until a day. */
export interface PolicyException {
  policy: string;
  /** An app, or an app in an environment: `shop/prod`. */
  target: string;
  until: Date;
  /** Entity reference of its author. */
  by: string;
  why: string;
}

/** A policy that is violated. */
export interface PolicyVerdict {
  name: string;
  title: string;
  mode: PolicyMode;
  /** The first of them, at least one. */
  findings: readonly PolicyFinding[];
  /** Number of all findings. */
  count: number;
  /** Present where the violation is allowed until a day. */
  exception?: PolicyException;
}
