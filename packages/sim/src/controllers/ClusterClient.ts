import { timestamp } from '../clock';
import { resourceOfKind } from '../discovery';
import { StatusError } from '../errors';
import { cloneJson, type SimObject } from '../json';
import {
  createObject,
  deleteObject,
  type DeleteOptions,
  type Registry,
  updateObject,
} from '../registry';

type KindName = { apiVersion: string; kind: string };

const KINDS = {
  ConfigMap: 'v1',
  Endpoints: 'v1',
  Event: 'v1',
  Namespace: 'v1',
  Node: 'v1',
  PersistentVolumeClaim: 'v1',
  Pod: 'v1',
  Secret: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  CronJob: 'batch/v1',
  Job: 'batch/v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
} as const;

export type KnownKind = keyof typeof KINDS;

/** Reads and writes the objects of one cluster for a controller, under its field manager's name. */
export class ClusterClient {
  readonly registry: Registry;
  readonly #manager: string;

  constructor(registry: Registry, manager: string) {
    this.registry = registry;
    this.#manager = manager;
  }

  now(): Date {
    return this.registry.clock.now();
  }

  timestamp(): string {
    return timestamp(this.now());
  }

  get<T extends SimObject>(
    kind: KnownKind,
    namespace: string | undefined,
    name: string,
  ): T | undefined {
    return this.registry.store.get(
      resourceOf(kind).storage,
      namespace || undefined,
      name,
    ) as T | undefined;
  }

  list<T extends SimObject>(kind: KnownKind, namespace?: string): T[] {
    return this.registry.store.list(resourceOf(kind).storage, namespace) as T[];
  }

  create<T extends SimObject>(
    kind: KnownKind,
    object: Omit<T, 'apiVersion' | 'kind'>,
  ): T {
    const resource = resourceOf(kind);
    const whole = {
      ...object,
      apiVersion: resource.groupVersion,
      kind,
    } as unknown as SimObject;
    const { namespace } = whole.metadata;
    return createObject(
      this.registry,
      resource,
      { object: whole, namespace },
      { manager: this.#manager },
    ) as T;
  }

  /** Changes a copy of the object and writes it. */
  update<T extends SimObject>(
    live: T,
    change: (draft: T) => void,
    subresource?: 'scale' | 'status',
  ): T {
    const next = cloneJson(live);
    change(next);
    return updateObject(
      this.registry,
      this.#resourceOf(live),
      { live, next },
      { manager: this.#manager, subresource },
    ) as T;
  }

  updateStatus<T extends SimObject>(live: T, status: T['status']): T {
    return this.update(
      live,
      draft => Object.assign(draft, { status }),
      'status',
    );
  }

  /** Deletes the object; an object that is already gone is no error. */
  delete(
    object: SimObject,
    options: DeleteOptions = { propagationPolicy: 'Background' },
  ): void {
    const { namespace, name } = object.metadata;
    try {
      deleteObject(
        this.registry,
        this.#resourceOf(object),
        { namespace, name },
        options,
      );
    } catch (error) {
      if (!(error instanceof StatusError) || error.status.code !== 404)
        throw error;
    }
  }

  #resourceOf({ apiVersion, kind }: KindName) {
    return resourceOfKind(apiVersion, kind);
  }
}

export function storageOf(kind: KnownKind): string {
  return resourceOf(kind).storage;
}

function resourceOf(kind: KnownKind) {
  return resourceOfKind(KINDS[kind], kind);
}
