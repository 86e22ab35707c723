import type {
  KubeObject,
  KubeRef,
  Result,
} from '@callboard/plugin-callboard-common';

/** A kind that the cluster serves, from its discovery. */
export interface ApiResource {
  apiVersion: string;
  kind: string;
  /** Plural, as in paths: `deployments`. */
  name: string;
  namespaced: boolean;
  verbs: string[];
}

export interface ServerVersion {
  major: string;
  minor: string;
  gitVersion: string;
}

export interface KindRef {
  apiVersion: string;
  kind: string;
}

export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Objects per page; 500 when omitted. All pages are read. */
  limit?: number;
  /** For an API without resource versions, as that of metrics: its lists have none. */
  isUnversioned?: boolean;
}

export interface ListAnswer {
  items: KubeObject[];
  /** Empty where the list has none. */
  resourceVersion: string;
}

/**
 * An event of a watch. `opened`: the server accepted the watch, and everything
 * after the given resourceVersion will come. `gone` is 410: list again. A watch
 * may also end without an event.
 */
export type WatchEvent =
  | { type: 'opened' }
  | { type: 'added' | 'modified' | 'deleted'; object: KubeObject }
  | { type: 'bookmark'; resourceVersion: string }
  | { type: 'gone' };

export interface WatchOptions {
  /** The watch starts after this version. */
  resourceVersion: string;
  labelSelector?: string;
  namespace?: string;
  signal: AbortSignal;
  /** A watch without any event, not even a bookmark, for this long ends with a problem. */
  silenceMs: number;
}

export interface LogOptions {
  container?: string;
  tailLines?: number;
  previous?: boolean;
  /** Bytes at most; 64 KiB when omitted. */
  limitBytes?: number;
  /** Start of the output, RFC 3339. */
  sinceTime?: string;
  /** Each line starts with its timestamp, RFC 3339 with nanoseconds, and a space. */
  timestamps?: boolean;
}

export interface FollowLogOptions
  extends Pick<
    LogOptions,
    'container' | 'tailLines' | 'sinceTime' | 'timestamps'
  > {
  signal: AbortSignal;
  /** Time until the response starts; 10 s when omitted. */
  deadlineMs?: number;
}

/** A port of a Service of a cluster. */
export interface ServiceRef {
  namespace: string;
  name: string;
  port: number;
  /** http when omitted. */
  scheme?: 'http' | 'https';
}

/** A server's response, whatever its status. */
export interface ServiceAnswer {
  status: number;
  /** Parsed JSON; undefined where it is not JSON or exceeds the limits. */
  body: unknown;
}

/** Options of one call. */
export interface CallOptions {
  signal?: AbortSignal;
  /** 10 s when omitted. */
  deadlineMs?: number;
}

/**
 * A connection to one cluster, independent of its transport. Never throws for a
 * cluster's failures: refusals, timeouts and invalid responses are problems:
 * `cluster-unreachable`, `cluster-untrusted` (TLS), `cluster-timeout`,
 * `cluster-refused`, `cluster-throttled`, `cluster-failing` (5xx),
 * `cluster-answer-invalid`, `kind-not-served`, `object-not-found`,
 * `object-conflict`, `object-invalid`, `namespace-terminating`,
 * `resource-version-gone`, `call-aborted`.
 */
export interface ClusterConnection {
  readonly cluster: string;
  /** Reads the server version, the cheapest request there is; pages show its round-trip time. */
  readVersion(options?: CallOptions): Promise<Result<ServerVersion>>;
  discover(options?: CallOptions): Promise<Result<ApiResource[]>>;
  read(
    ref: KubeRef,
    options?: CallOptions,
  ): Promise<Result<KubeObject | undefined>>;
  list(
    kind: KindRef,
    options?: ListOptions & CallOptions,
  ): Promise<Result<ListAnswer>>;
  /** Ends when the signal aborts, the server closes, or nothing (not even a bookmark) arrived for `silenceMs`. */
  watch(
    kind: KindRef,
    options: WatchOptions,
  ): AsyncIterable<Result<WatchEvent>>;
  /** Server-side apply as field manager `callboard`; with `subresource`, of the object's status only. */
  apply(
    object: KubeObject,
    options?: CallOptions & {
      force?: boolean;
      dryRun?: boolean;
      subresource?: 'status';
    },
  ): Promise<Result<KubeObject>>;
  /** Deletes with background propagation. Deleting a missing object succeeds. `uid` prevents deleting a successor. */
  remove(
    ref: KubeRef,
    options?: CallOptions & { uid?: string },
  ): Promise<Result<void>>;
  /**
   * Posts a review (`SelfSubjectRulesReview`) to the API server, which stores
   * nothing. @returns the `status` of the response
   */
  review(
    kind: KindRef,
    spec: Record<string, unknown>,
    options?: CallOptions,
  ): Promise<Result<Record<string, unknown>>>;
  readLogs(
    pod: { namespace: string; name: string },
    options?: LogOptions & CallOptions,
  ): Promise<Result<string>>;
  /**
   * Streams output: whole lines, in the batches in which they arrive, each
   * truncated at 16 KiB. Ends when the container has ended, the server closes,
   * or the signal aborts. An app may be silent for days, so silence does not
   * end it.
   */
  followLogs(
    pod: { namespace: string; name: string },
    options: FollowLogOptions,
  ): AsyncIterable<Result<string[]>>;
  /**
   * Sends a GET request to a Service through the API server's proxy. Any
   * response of the Service is a result, whatever its status; an error of the
   * API server itself is a problem.
   *
   * @param path - with query, already escaped
   */
  askService(
    service: ServiceRef,
    path: string,
    options?: CallOptions,
  ): Promise<Result<ServiceAnswer>>;
  close(): Promise<void>;
}
