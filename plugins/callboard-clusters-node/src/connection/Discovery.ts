import {
  type KubeRef,
  type Problem,
  type Result,
  failed,
  ok,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type {
  ApiResource,
  CallOptions,
  KindRef,
} from '@callboard/plugin-callboard-node';
import { clusterAnswerInvalid, kindNotServed } from './clusterProblems';
import { type JsonRecord } from './readKubeObject';

const ASK_AGAIN_MS = 500; // an unknown kind is looked up again, but at most once in this time

/** Reads JSON; undefined when there is nothing at the path (404). */
export type ReadJson = (
  path: string,
  what: string,
  options?: CallOptions,
) => Promise<Result<unknown>>;

interface GroupVersion {
  readAtMs: number;
  /** By kind; empty when the cluster does not serve the version. */
  resources: Map<string, ApiResource>;
}

/**
 * The kinds that a cluster serves. Read per version when first needed and kept;
 * an unknown kind is looked up again, since a definition may just have been
 * applied.
 */
export class Discovery {
  readonly #cluster: string;
  readonly #readJson: ReadJson;
  readonly #versions = new Map<string, Promise<Result<GroupVersion>>>();

  constructor(cluster: string, readJson: ReadJson) {
    this.#cluster = cluster;
    this.#readJson = readJson;
  }

  async find(
    kind: KindRef,
    options?: CallOptions,
  ): Promise<Result<ApiResource>> {
    const version = await this.#version(kind.apiVersion, options);
    if (!version.ok) return version;
    const known = version.value.resources.get(kind.kind);
    if (known !== undefined) return ok(known);
    if (Date.now() - version.value.readAtMs >= ASK_AGAIN_MS) {
      this.#versions.delete(kind.apiVersion);
      return this.find(kind, options);
    }
    return failed(
      kindNotServed(
        this.#cluster,
        `Cannot use ${kind.kind} on cluster "${this.#cluster}"`,
        kind,
      ),
    );
  }

  /** Returns the path of an object. */
  async pathOf(ref: KubeRef, options?: CallOptions): Promise<Result<string>> {
    const collection = await this.collectionOf(ref, ref.namespace, options);
    return collection.ok
      ? ok(`${collection.value}/${encodeURIComponent(ref.name)}`)
      : collection;
  }

  /** Returns the path of the objects of a kind, in a namespace or in all. */
  async collectionOf(
    kind: KindRef,
    namespace: string | undefined,
    options?: CallOptions,
  ): Promise<Result<string>> {
    const { signal, deadlineMs } = options ?? {};
    const resource = await this.find(kind, { signal, deadlineMs });
    if (!resource.ok) return resource;
    const { name, namespaced } = resource.value;
    const root = rootOf(kind.apiVersion);
    return ok(
      namespaced && namespace !== undefined
        ? `${root}/namespaces/${encodeURIComponent(namespace)}/${name}`
        : `${root}/${name}`,
    );
  }

  /** Makes the next `find` of this version read again: the server responded with 404 to one of its paths. */
  forget(apiVersion: string): void {
    this.#versions.delete(apiVersion);
  }

  async readAll(options?: CallOptions): Promise<Result<ApiResource[]>> {
    const groups = await this.#readJson(
      '/apis',
      'Cannot read which kinds are served',
      options,
    );
    if (!groups.ok) return groups;
    const versions = ['v1', ...preferredVersions(groups.value)];
    versions.forEach(apiVersion => this.forget(apiVersion));
    const all: ApiResource[] = [];
    for (const version of await Promise.all(
      versions.map(each => this.#version(each, options)),
    )) {
      if (!version.ok) return version;
      all.push(...version.value.resources.values());
    }
    return ok(all);
  }

  #version(
    apiVersion: string,
    options?: CallOptions,
  ): Promise<Result<GroupVersion>> {
    const known = this.#versions.get(apiVersion);
    if (known !== undefined) return known;
    // Shared by all concurrent callers: an abort of one must not fail the others.
    const reading = this.#readVersion(apiVersion, {
      deadlineMs: options?.deadlineMs,
    }).then(result => {
      if (!result.ok && this.#versions.get(apiVersion) === reading)
        this.#versions.delete(apiVersion);
      return result;
    });
    this.#versions.set(apiVersion, reading);
    return reading;
  }

  async #readVersion(
    apiVersion: string,
    options?: CallOptions,
  ): Promise<Result<GroupVersion>> {
    const answer = await this.#readJson(
      rootOf(apiVersion),
      `Cannot read which kinds of ${apiVersion} are served`,
      options,
    );
    if (!answer.ok) return answer;
    // An unserved group has no path. The core group is always served: without it this is no
    // API server.
    if (answer.value === undefined && apiVersion === 'v1')
      return failed(noCore(this.#cluster));
    return ok({
      readAtMs: Date.now(),
      resources: readResources(answer.value, apiVersion),
    });
  }
}

function noCore(cluster: string): Problem {
  return clusterAnswerInvalid(
    cluster,
    `Cannot read which kinds are served on cluster "${cluster}"`,
    'there is no Kubernetes API at /api/v1 of its address',
  );
}

/** `/api/v1`, `/apis/apps/v1`. */
function rootOf(apiVersion: string): string {
  const path = apiVersion.split('/').map(encodeURIComponent).join('/');
  return apiVersion.includes('/') ? `/apis/${path}` : `/api/${path}`;
}

function readResources(
  value: unknown,
  apiVersion: string,
): Map<string, ApiResource> {
  const list =
    isRecord(value) && Array.isArray(value.resources)
      ? value.resources.filter(isRecord)
      : [];
  const resources = new Map<string, ApiResource>();
  for (const { name, kind, namespaced, verbs } of list) {
    if (
      typeof name !== 'string' ||
      typeof kind !== 'string' ||
      name.includes('/')
    )
      continue; // subresources
    resources.set(kind, {
      apiVersion,
      kind,
      name,
      namespaced: namespaced === true,
      verbs: Array.isArray(verbs)
        ? verbs.filter(verb => typeof verb === 'string')
        : [],
    });
  }
  return resources;
}

function preferredVersions(value: unknown): string[] {
  const groups: JsonRecord[] =
    isRecord(value) && Array.isArray(value.groups)
      ? value.groups.filter(isRecord)
      : [];
  return groups
    .map(group =>
      isRecord(group.preferredVersion)
        ? group.preferredVersion.groupVersion
        : undefined,
    )
    .filter(version => typeof version === 'string');
}
