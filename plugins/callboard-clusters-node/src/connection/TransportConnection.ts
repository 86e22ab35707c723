import {
  describeDuration,
  failed,
  FIELD_MANAGER,
  type KubeObject,
  type KubeRef,
  type Problem,
  ok,
  refOf,
  type Result,
  isRecord,
} from '@callboard/plugin-callboard-common';
import {
  type ApiResource,
  type CallOptions,
  type ClusterConnection,
  type JsonLimits,
  type KindRef,
  type ListAnswer,
  type ListOptions,
  type FollowLogOptions,
  type LogOptions,
  type RegisteredCluster,
  type ServerVersion,
  type ServiceAnswer,
  type ServiceRef,
  type WatchEvent,
  type WatchOptions,
  parseJson,
  readBody,
} from '@callboard/plugin-callboard-node';
import { ClusterAnswers } from './ClusterAnswers';
import { type Call, ClusterRequests } from './ClusterRequests';
import {
  clusterUnreachable,
  describeKind,
  describeRef,
} from './clusterProblems';
import { describeNetworkError } from './describeNetworkError';
import { Discovery } from './Discovery';
import {
  type ConnectionLimits,
  DEFAULT_DEADLINE_MS,
  jsonLimitsOf,
} from './limits';
import { listAllPages } from './listAllPages';
import { PodLogs } from './PodLogs';
import { queryOf } from './queryOf';
import { readWatch } from './readWatch';
import { ServiceProxy } from './ServiceProxy';
import { SilenceError, untilSilent } from './untilSilent';

/** Returns why an object must not be written to now; undefined where it may. Called before each change. */
export type WriteGuard = (ref: KubeRef) => Problem | undefined;

/** Implements the Kubernetes API over the transport that the cluster's source opens. */
export class TransportConnection implements ClusterConnection {
  readonly cluster: string;
  readonly #limits: ConnectionLimits;
  readonly #jsonLimits: JsonLimits;
  readonly #requests: ClusterRequests;
  readonly #answers: ClusterAnswers;
  readonly #discovery: Discovery;
  readonly #logs: PodLogs;
  readonly #services: ServiceProxy;
  readonly #refuseWrite: WriteGuard;

  constructor(
    cluster: RegisteredCluster,
    {
      limits,
      refuseWrite = () => undefined,
    }: { limits: ConnectionLimits; refuseWrite?: WriteGuard },
  ) {
    this.cluster = cluster.file.metadata.name;
    this.#limits = limits;
    this.#jsonLimits = jsonLimitsOf(limits);
    this.#refuseWrite = refuseWrite;
    this.#answers = new ClusterAnswers({
      cluster: this.cluster,
      limits: this.#jsonLimits,
      onPathUnknown: apiVersion => this.#discovery.forget(apiVersion),
    });
    this.#requests = new ClusterRequests(cluster, limits);
    this.#logs = new PodLogs({
      cluster: this.cluster,
      requests: this.#requests,
      problemOf: (answer, what) => this.#answers.problemOf(answer, { what }),
    });
    this.#services = new ServiceProxy({
      cluster: this.cluster,
      requests: this.#requests,
      limits: this.#jsonLimits,
      problemOf: (answer, what) => this.#answers.problemOf(answer, { what }),
    });
    this.#discovery = new Discovery(
      this.cluster,
      async (path, what, options) => {
        const answer = await this.#requests.send({
          method: 'GET',
          path,
          what,
          ...options,
        });
        if (!answer.ok) return answer;
        return answer.value.status === 404
          ? ok(undefined)
          : this.#answers.json(answer.value, what);
      },
    );
  }

  async readVersion(options?: CallOptions): Promise<Result<ServerVersion>> {
    const what = 'Cannot use the API server';
    const answer = await this.#json({
      method: 'GET',
      path: '/version',
      what,
      isProbe: true,
      ...options,
    });
    if (!answer.ok) return answer;
    const { major, minor, gitVersion } = isRecord(answer.value)
      ? answer.value
      : {};
    return typeof major === 'string' &&
      typeof minor === 'string' &&
      typeof gitVersion === 'string'
      ? ok({ major, minor, gitVersion })
      : this.#answers.invalid(what, 'what it answers is not a version');
  }

  discover(options?: CallOptions): Promise<Result<ApiResource[]>> {
    return this.#discovery.readAll(options);
  }

  async read(
    ref: KubeRef,
    options?: CallOptions,
  ): Promise<Result<KubeObject | undefined>> {
    const what = `Cannot read ${describeRef(ref)}`;
    const path = await this.#discovery.pathOf(ref, options);
    if (!path.ok) return path;
    const answer = await this.#requests.send({
      method: 'GET',
      path: path.value,
      what,
      ...options,
    });
    if (!answer.ok) return answer;
    if (
      answer.value.status === 404 &&
      this.#answers.isObjectMissing(answer.value, ref)
    )
      return ok(undefined);
    return this.#answers.object(answer.value, ref, what);
  }

  async list(
    kind: KindRef,
    options: ListOptions & CallOptions = {},
  ): Promise<Result<ListAnswer>> {
    const what = `Cannot list ${describeKind(kind)}`;
    const path = await this.#discovery.collectionOf(
      kind,
      options.namespace,
      options,
    );
    if (!path.ok) return path;
    const {
      labelSelector,
      fieldSelector,
      limit = 500,
      isUnversioned,
      signal,
      deadlineMs,
    } = options;
    const context = {
      cluster: this.cluster,
      what: this.#answers.on(what),
      kind,
      maxPages: this.#limits.listPages,
      isUnversioned,
    };
    return listAllPages(context, continueToken => {
      const query = queryOf({
        limit,
        labelSelector,
        fieldSelector,
        continue: continueToken,
      });
      return this.#json({
        method: 'GET',
        path: `${path.value}${query}`,
        what,
        signal,
        deadlineMs,
      });
    });
  }

  async *watch(
    kind: KindRef,
    options: WatchOptions,
  ): AsyncGenerator<Result<WatchEvent>> {
    const { resourceVersion, labelSelector, namespace, signal, silenceMs } =
      options;
    const what = `Cannot watch ${describeKind(kind)}`;
    const deadlineMs = Math.max(
      1,
      Math.min(silenceMs * 0.35, DEFAULT_DEADLINE_MS),
    );
    const path = await this.#discovery.collectionOf(kind, namespace, {
      signal,
      deadlineMs,
    });
    if (!path.ok) {
      yield path;
      return;
    }
    // The server ends a watch by itself and sends a bookmark shortly before: with a time-out
    // within the allowed silence, a quiet watch still proves that it is alive.
    const timeoutSeconds = Math.max(1, Math.floor((silenceMs / 1000) * 0.8));
    const query = queryOf({
      watch: true,
      allowWatchBookmarks: true,
      resourceVersion,
      labelSelector,
      timeoutSeconds,
    });
    const opened = await this.#requests.open({
      method: 'GET',
      path: `${path.value}${query}`,
      what,
      signal,
      deadlineMs,
    });
    if (!opened.ok) {
      yield opened;
      return;
    }
    const { response, abort } = opened.value;
    try {
      if (response.status !== 200) {
        yield await this.#refusedWatch(response, what, silenceMs);
        return;
      }
      yield ok({ type: 'opened' });
      yield* readWatch(untilSilent(response.body, silenceMs), {
        cluster: this.cluster,
        what: this.#answers.on(what),
        kind,
        limits: this.#jsonLimits,
      });
    } catch (error) {
      if (signal.aborted) return;
      yield failed(
        error instanceof SilenceError
          ? clusterUnreachable(
              this.cluster,
              `the watch was silent for ${describeDuration(silenceMs)}`,
            )
          : describeNetworkError(this.cluster, this.#answers.on(what), error),
      );
    } finally {
      abort();
    }
  }

  async apply(
    object: KubeObject,
    options: CallOptions & {
      force?: boolean;
      dryRun?: boolean;
      subresource?: 'status';
    } = {},
  ): Promise<Result<KubeObject>> {
    const ref = refOf(object);
    const refused = this.#refuseWrite(ref);
    if (refused) return failed(refused);
    const what = `Cannot apply ${describeRef(ref)}`;
    const { force, dryRun, subresource, ...call } = options;
    const path = await this.#discovery.pathOf(ref, call);
    if (!path.ok) return path;
    const query = queryOf({
      fieldManager: FIELD_MANAGER,
      fieldValidation: 'Strict',
      force: force === true ? true : undefined,
      dryRun: dryRun === true ? 'All' : undefined,
    });
    const answer = await this.#requests.send({
      method: 'PATCH',
      path: `${path.value}${
        subresource === undefined ? '' : `/${subresource}`
      }${query}`,
      what,
      headers: { 'content-type': 'application/apply-patch+yaml' }, // JSON is YAML
      body: JSON.stringify(object),
      ...call,
    });
    return answer.ok ? this.#answers.object(answer.value, ref, what) : answer;
  }

  async remove(
    ref: KubeRef,
    options: CallOptions & { uid?: string } = {},
  ): Promise<Result<void>> {
    const refused = this.#refuseWrite(ref);
    if (refused) return failed(refused);
    const what = `Cannot delete ${describeRef(ref)}`;
    const { uid, ...call } = options;
    const path = await this.#discovery.pathOf(ref, call);
    if (!path.ok)
      return path.problem.code === 'kind-not-served' ? ok(undefined) : path;
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Background',
      ...(uid === undefined ? {} : { preconditions: { uid } }),
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await this.#requests.send({
      method: 'DELETE',
      path: path.value,
      what,
      headers,
      body,
      ...call,
    });
    if (!answer.ok) return answer;
    const { status } = answer.value;
    if (status < 300) return ok(undefined);
    if (status === 404 && this.#answers.isObjectMissing(answer.value, ref))
      return ok(undefined);
    if (status === 409 && uid !== undefined) return ok(undefined); // the object with this uid is gone; a later one exists
    return failed(this.#answers.problemOf(answer.value, { ref, what }));
  }

  async review(
    kind: KindRef,
    spec: Record<string, unknown>,
    options?: CallOptions,
  ): Promise<Result<Record<string, unknown>>> {
    const what = `Cannot ask for a ${kind.kind}`;
    const path = await this.#discovery.collectionOf(kind, undefined, options);
    if (!path.ok) return path;
    const answer = await this.#requests.send({
      method: 'POST',
      path: path.value,
      what,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...kind, spec }),
      ...options,
    });
    if (!answer.ok) return answer;
    if (answer.value.status !== 201 && answer.value.status !== 200)
      return failed(this.#answers.problemOf(answer.value, { what }));
    const body = parseJson(answer.value.bytes, this.#jsonLimits);
    return isRecord(body) && isRecord(body.status)
      ? ok(body.status)
      : this.#answers.invalid(what, 'what it answers is no review');
  }

  readLogs(
    pod: { namespace: string; name: string },
    options: LogOptions & CallOptions = {},
  ): Promise<Result<string>> {
    return this.#logs.read(pod, options);
  }

  followLogs(
    pod: { namespace: string; name: string },
    options: FollowLogOptions,
  ): AsyncIterable<Result<string[]>> {
    return this.#logs.follow(pod, options);
  }

  askService(
    service: ServiceRef,
    path: string,
    options: CallOptions = {},
  ): Promise<Result<ServiceAnswer>> {
    return this.#services.ask(service, path, options);
  }

  close(): Promise<void> {
    return this.#requests.close();
  }

  /** A 410 of a watch is not a failure: its resource version was compacted. */
  async #refusedWatch(
    response: {
      status: number;
      headers: Record<string, string>;
      body: AsyncIterable<Uint8Array>;
    },
    what: string,
    silenceMs: number,
  ): Promise<Result<WatchEvent>> {
    if (response.status === 410) return ok({ type: 'gone' });
    const bytes = await readBody(
      untilSilent(response.body, silenceMs),
      this.#limits.answerBytes,
    );
    const { status, headers } = response;
    return failed(
      this.#answers.problemOf({ status, headers, bytes }, { what }),
    );
  }

  async #json(call: Call): Promise<Result<unknown>> {
    const answer = await this.#requests.send(call);
    return answer.ok ? this.#answers.json(answer.value, call.what) : answer;
  }
}
