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
  /** Names; the one that its file names is in front. */
  clusterSets: readonly string[];
  /** The one that it runs, and those that one inherits from, in this order. */
  blueprints: readonly string[];
}

/** What one cluster would hold, or does. */
export interface PolicyPlace {
  /** Any cluster where omitted: conditions of clusters are not judged. */
  cluster?: PolicyCluster;
  objects: readonly KubeObject[];
  /** Why there are none: it cannot be rendered there. */
  fault?: string;
}

/** A release of an app in an environment, as policies judge it. */
export interface PolicySubject {
  app: { name: string; title: string; owner: string; system?: string };
  release: {
    /** 0 before it is made. */
    number: number;
    commit: string;
    author: string;
    message: string;
    workloads: readonly ScoreWorkload[];
    /** That are known: what is built of a push has none yet. */
    images: readonly string[];
  };
  environment: { name: string; title: string; order: number };
  places: readonly PolicyPlace[];
}

/** What a policy finds wrong, once for all clusters on which it is so. */
export interface PolicyFinding {
  message: string;
  next?: string;
  /** Present where the expression could not be evaluated. */
  failure?: string;
  object?: { kind: string; name: string };
  /** Names, sorted; none where it is no matter of clusters. */
  clusters: readonly string[];
}

/** Lets an app violate a policy, for a while. */
export interface PolicyException {
  policy: string;
  /** An app, or an app in an environment: `shop/prod`. */
  target: string;
  until: Date;
  /** Entity reference of who gave it. */
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
  /** How many there are. */
  count: number;
  /** Present where it may be violated for a while. */
  exception?: PolicyException;
}
