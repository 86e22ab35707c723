import type {
  KubeObject,
  KubeRef,
  Result,
} from '@callboard/plugin-callboard-common';

/** A kind that the cluster serves, as discovery says. */
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
  /** Of an API that keeps no versions, as that of metrics: its lists name none. */
  isUnversioned?: boolean;
}

export interface ListAnswer {
  items: KubeObject[];
  /** Empty where the list names none. */
  resourceVersion: string;
}

/**
 * What a watch says. `opened`: the server took the watch, and everything after
 * the given resourceVersion will come. `gone` is 410: list again. A watch that
 * ends without a word just ends.
 */
export type WatchEvent =
  | { type: 'opened' }
  | { type: 'added' | 'modified' | 'deleted'; object: KubeObject }
  | { type: 'bookmark'; resourceVersion: string }
  | { type: 'gone' };

export interface WatchOptions {
  /** Everything after it comes, nothing before. */
  resourceVersion: string;
  labelSelector?: string;
  namespace?: string;
  signal: AbortSignal;
  /** A watch that says nothing for so long, not even a bookmark, ends with a problem. */
  silenceMs: number;
}

export interface LogOptions {
  container?: string;
  tailLines?: number;
  previous?: boolean;
  /** Bytes at most; 64 KiB when omitted. */
  limitBytes?: number;
  /** From this instant on, RFC 3339. */
  sinceTime?: string;
  /** Each line begins with its instant, RFC 3339 with nanoseconds, and a space. */
  timestamps?: boolean;
}

export interface FollowLogOptions
  extends Pick<
    LogOptions,
    'container' | 'tailLines' | 'sinceTime' | 'timestamps'
  > {
  signal: AbortSignal;
  /** Until the cluster begins to answer; 10 s when omitted. */
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

/** What a server says, whatever its status. */
export interface ServiceAnswer {
  status: number;
  /** Parsed JSON; undefined where it is none, or too much. */
  body: unknown;
}

/** Per call; every call has one. */
export interface CallOptions {
  signal?: AbortSignal;
  /** 10 s when omitted. */
  deadlineMs?: number;
}

/**
 * One cluster, whatever reaches it. Never throws for what a cluster does:
 * refusals, timeouts and nonsense are problems: `cluster-unreachable`,
 * `cluster-untrusted` (TLS), `cluster-timeout`, `cluster-refused`,
 * `cluster-throttled`, `cluster-failing` (5xx), `cluster-answer-invalid`,
 * `kind-not-served`, `object-not-found`, `object-conflict`, `object-invalid`,
 * `namespace-terminating`, `resource-version-gone`, `call-aborted`.
 */
export interface ClusterConnection {
  readonly cluster: string;
  /** The cheapest request there is; its round trip is what pages show. */
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
  /** Ends when the signal aborts, the server closes, or nothing (not even a bookmark) came for `silenceMs`. */
  watch(
    kind: KindRef,
    options: WatchOptions,
  ): AsyncIterable<Result<WatchEvent>>;
  /** Server-side apply as field manager `callboard`; of the object's status alone where `subresource` says so. */
  apply(
    object: KubeObject,
    options?: CallOptions & {
      force?: boolean;
      dryRun?: boolean;
      subresource?: 'status';
    },
  ): Promise<Result<KubeObject>>;
  /** Background propagation. Deleting what is not there is a success. `uid` guards against deleting a successor. */
  remove(
    ref: KubeRef,
    options?: CallOptions & { uid?: string },
  ): Promise<Result<void>>;
  /**
   * Asks the API server to judge something (`SelfSubjectRulesReview`); nothing is
   * stored. @returns the answer's `status`
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
   * Output while it comes: whole lines, those that came together at once, each cut
   * at 16 KiB. Ends when the container has ended, the server closes, or the signal
   * aborts. An app may be silent for days, so silence does not end it.
   */
  followLogs(
    pod: { namespace: string; name: string },
    options: FollowLogOptions,
  ): AsyncIterable<Result<string[]>>;
  /**
   * Asks a Service by GET through the API server's proxy. What the Service says
   * is an answer, whatever its status; what the API server says instead of it is a
   * problem.
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
