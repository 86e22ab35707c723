import {
  describeDuration,
  type KubeRef,
  type Problem,
} from '@callboard/plugin-callboard-common';
import type { KindRef } from '@callboard/plugin-callboard-node';

/** `Deployment "web" in namespace "shop--dev"`. */
export function describeRef(ref: KubeRef): string {
  return `${ref.kind} "${ref.name}"${
    ref.namespace === undefined ? '' : ` in namespace "${ref.namespace}"`
  }`;
}

/** `Deployment (apps/v1)`. */
export function describeKind(kind: KindRef): string {
  return `${kind.kind} (${kind.apiVersion})`;
}

/** Text for people when no response came: the request itself is of no use to them. */
export function doesNotAnswer(cluster: string): string {
  return `${cluster} does not answer`;
}

/** No response came: nothing listens, the connection broke, the name is unknown. */
export function clusterUnreachable(cluster: string, why: string): Problem {
  return {
    code: 'cluster-unreachable',
    what: doesNotAnswer(cluster),
    why,
    next: `Check that the API server of "${cluster}" runs and can be reached from here; it is tried again by itself`,
    transient: true,
  };
}

/** The API server's certificate is not trusted with the configured CA. */
export function clusterUntrusted(
  cluster: string,
  what: string,
  why: string,
): Problem {
  return {
    code: 'cluster-untrusted',
    what,
    why,
    next: `Give the CA that signed the certificate of "${cluster}" as caData, or correct the server's address`,
    transient: false,
  };
}

export function clusterTimeout(cluster: string, deadlineMs: number): Problem {
  return {
    code: 'cluster-timeout',
    what: doesNotAnswer(cluster),
    why: `the API server did not answer within ${describeDuration(deadlineMs)}`,
    next: `Check the load and the link of "${cluster}"; it is tried again by itself`,
    transient: true,
  };
}

/** 401 and 403: the cluster refuses the request. */
export function clusterRefused(
  cluster: string,
  what: string,
  why: string,
): Problem {
  return {
    code: 'cluster-refused',
    what,
    why,
    next: `Give the account that Callboard uses on "${cluster}" this right, or renew its credentials`,
    transient: false,
  };
}

/** The response is not one of an API server. */
export function clusterAnswerInvalid(
  cluster: string,
  what: string,
  why: string,
): Problem {
  return {
    code: 'cluster-answer-invalid',
    what,
    why,
    next: `Check that the address of "${cluster}" leads to a Kubernetes API server and not to a proxy or login page`,
    transient: true,
  };
}

export function clusterThrottled(
  cluster: string,
  what: string,
  retryAfterMs: number,
): Problem {
  return {
    code: 'cluster-throttled',
    what,
    why: `the API server asks to wait ${describeDuration(retryAfterMs)}`,
    next: `Nothing to do; "${cluster}" is asked again after that time`,
    transient: true,
  };
}

/** 5xx: the API server, or a webhook it depends on, is broken. */
export function clusterFailing(
  cluster: string,
  what: string,
  why: string,
): Problem {
  return {
    code: 'cluster-failing',
    what,
    why,
    next: `Check the API server and the admission webhooks of "${cluster}"; it is tried again by itself`,
    transient: true,
  };
}

export function kindNotServed(
  cluster: string,
  what: string,
  kind: KindRef,
): Problem {
  return {
    code: 'kind-not-served',
    what,
    why: `cluster "${cluster}" does not serve ${describeKind(kind)}`,
    next: `Install what defines ${kind.kind} on "${cluster}", or take the object out`,
    transient: false,
  };
}

/** The caller aborted or the connection was closed; the response is no longer needed. */
export function callAborted(what: string): Problem {
  return {
    code: 'call-aborted',
    what,
    why: 'the call was cancelled before an answer came',
    next: 'Nothing to do; ask again when the answer is needed',
    transient: true,
  };
}
