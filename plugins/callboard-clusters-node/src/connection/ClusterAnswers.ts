import {
  type KubeObject,
  type KubeRef,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type JsonLimits,
  parseJson,
  parseJsonInTurns,
} from '@callboard/plugin-callboard-node';
import type { Answer } from './ClusterRequests';
import { clusterAnswerInvalid } from './clusterProblems';
import { describeStatus } from './describeStatus';
import { readStatus } from './KubeStatus';
import { readKubeObject } from './readKubeObject';
import { readRetryAfterMs } from './readRetryAfterMs';

const STATUS_MAX_BYTES = 128 * 1024;

/** Reads the responses of a cluster, which are untrusted input, and describes refusals. */
export class ClusterAnswers {
  readonly #cluster: string;
  readonly #limits: JsonLimits;
  readonly #onPathUnknown: (apiVersion: string) => void;

  constructor(of: {
    cluster: string;
    limits: JsonLimits;
    /** Called when the server does not serve the path of a version. */
    onPathUnknown(apiVersion: string): void;
  }) {
    this.#cluster = of.cluster;
    this.#limits = of.limits;
    this.#onPathUnknown = of.onPathUnknown;
  }

  async json(answer: Answer, what: string): Promise<Result<unknown>> {
    if (answer.status !== 200) return failed(this.problemOf(answer, { what }));
    const value = await parseJsonInTurns(answer.bytes, this.#limits);
    return value === undefined
      ? this.invalid(what, 'what it answers is not JSON')
      : ok(value);
  }

  /** Returns the requested object, and no other. */
  object(answer: Answer, ref: KubeRef, what: string): Result<KubeObject> {
    if (answer.status !== 200 && answer.status !== 201)
      return failed(this.problemOf(answer, { ref, what }));
    const object = readKubeObject(parseJson(answer.bytes, this.#limits));
    return object !== undefined &&
      object.kind === ref.kind &&
      object.metadata.name === ref.name
      ? ok(object)
      : this.invalid(what, 'what it answers is not that object');
  }

  problemOf(
    { status, bytes, headers }: Answer,
    { ref, what }: { ref?: KubeRef; what: string },
  ): Problem {
    const body = this.#parseStatus(bytes);
    if (
      status === 404 &&
      ref !== undefined &&
      readStatus(body)?.name === undefined
    )
      this.#onPathUnknown(ref.apiVersion); // the path itself is unknown: the kind is no longer served
    return describeStatus(
      { cluster: this.#cluster, what: this.on(what), status, body },
      {
        isSecret: ref?.kind === 'Secret',
        retryAfterMs: readRetryAfterMs(headers['retry-after'], Date.now()),
      },
    );
  }

  /** A 404 means a missing object only when it comes from the API server and names that object. */
  isObjectMissing(answer: Answer, ref: KubeRef): boolean {
    const status = readStatus(this.#parseStatus(answer.bytes));
    return status?.reason === 'NotFound' && status.name === ref.name;
  }

  invalid(what: string, why: string): { ok: false; problem: Problem } {
    return failed(clusterAnswerInvalid(this.#cluster, this.on(what), why));
  }

  /** Returns the attempted operation, with the cluster's name. */
  on(what: string): string {
    return `${what} on cluster "${this.#cluster}"`;
  }

  /** Parses the `Status` of a failure, within a limit that no reason exceeds. */
  #parseStatus(bytes: Uint8Array): unknown {
    return parseJson(bytes, { ...this.#limits, valueBytes: STATUS_MAX_BYTES });
  }
}
