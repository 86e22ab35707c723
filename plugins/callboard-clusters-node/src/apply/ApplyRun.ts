import {
  ANNOTATIONS,
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
  type Problem,
  type ProblemCode,
  type Result,
  failed,
  ok,
  refKey,
  refOf,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
} from '@callboard/plugin-callboard-node';
import { type ApplyObjectContext, applyObject } from './applyObject';
import { compareForApply, stageOf } from './applyOrder';
import {
  type ApplySet,
  INVENTORY_NAMESPACE,
  groupKindOf,
  isRecordedBy,
  memberKey,
  renderParent,
  widenBy,
} from './ApplySet';
import type { Change, ChangeSet } from '@callboard/plugin-callboard-node';
import { fingerprintOf } from './fingerprintOf';
import type {
  ApplyOptions,
  DesiredObjects,
} from '@callboard/plugin-callboard-node';

/** State and results of one apply run. */
export class ApplyRun {
  readonly call: CallOptions;
  readonly #connection: ClusterConnection;
  readonly #wanted: DesiredObjects;
  readonly #takeOver: boolean;
  readonly #changes = new Map<string, Change>();
  readonly #pruned: Change[] = [];
  readonly #fingerprints: Record<string, string> = {};
  readonly #objects: Record<string, KubeObject> = {};
  #parent: KubeObject | undefined;
  /** Set once the cluster cannot be reached or written to any more: the rest is then skipped. */
  #lost: Problem | undefined;

  constructor(
    connection: ClusterConnection,
    wanted: DesiredObjects,
    options: ApplyOptions,
  ) {
    this.#connection = connection;
    this.#wanted = wanted;
    this.#takeOver = options.drift !== 'report';
    this.call = { signal: options.signal, deadlineMs: options.deadlineMs };
  }

  get hasRefusals(): boolean {
    return [...this.#changes.values(), ...this.#pruned].some(
      change => change.action === 'refused',
    );
  }

  /** True when the fingerprints show that all objects, and no others, are in place. Records them as unchanged. */
  isInPlace(objects: KubeObject[]): boolean {
    const applied = this.#wanted.appliedFingerprints;
    if (applied === undefined) return false;
    const same = objects.every(
      object => applied[refKey(refOf(object))] === fingerprintOf(object),
    );
    if (!same || Object.keys(applied).length !== objects.length) return false;
    objects.forEach(object => this.#noteUnchanged(object));
    return true;
  }

  /** Widens the inventory to all desired objects, before anything is applied. */
  async openInventory(
    narrow: ApplySet,
    objects: KubeObject[],
  ): Promise<Result<ApplySet>> {
    const parent = await this.#connection.read(narrow.parent, this.call);
    if (!parent.ok) return parent;
    this.#parent = parent.value;
    const wide = widenBy(narrow, parent.value);
    if (isRecordedBy(wide, parent.value)) return ok(wide);
    const home = objects.find(
      each =>
        each.kind === 'Namespace' &&
        each.metadata.name === narrow.parent.namespace,
    );
    if (home !== undefined) {
      await this.applyAll([home], narrow.id, []);
      const change = this.#changes.get(refKey(refOf(home)));
      if (change?.action === 'refused') return failed(change.problem);
    } else if (narrow.parent.namespace === INVENTORY_NAMESPACE) {
      const made = await this.#connection.apply(
        renderInventoryNamespace(),
        this.call,
      );
      if (!made.ok) return made;
    }
    const written = await this.#connection.apply(renderParent(wide), this.call);
    return written.ok ? ok(wide) : written;
  }

  async recordInventory(
    narrow: ApplySet,
    wide: ApplySet,
  ): Promise<Result<void>> {
    const isNarrow = JSON.stringify(narrow) === JSON.stringify(wide);
    if (
      isNarrow &&
      (this.#parent === undefined || isRecordedBy(narrow, this.#parent))
    )
      return ok(undefined);
    const written = await this.#connection.apply(
      renderParent(narrow),
      this.call,
    );
    return written.ok ? ok(undefined) : written;
  }

  async applyAll(
    objects: KubeObject[],
    applySetId: string,
    members: KubeObject[],
  ): Promise<void> {
    const existing = new Map(
      members.map(member => [memberKey(member), member]),
    );
    const defined = definedKinds(objects);
    const pending = objects.filter(
      object => !this.#changes.has(refKey(refOf(object))),
    );
    const stages = [...new Set(pending.map(object => stageOf(object.kind)))];
    for (const stage of stages) {
      const together = pending.filter(object => stageOf(object.kind) === stage);
      await Promise.all(
        together.map(object =>
          this.#applyOne(object, {
            ...this.call,
            applySetId,
            existing: existing.get(memberKey(object)),
            awaitsDefinition: defined.has(groupKindOf(object)),
            takeOver: this.#takeOver,
            isAutoscaled: members.some(member => scales(member, object)),
          }),
        ),
      );
    }
  }

  add(changes: Change[]): void {
    this.#pruned.push(...changes);
  }

  finish(complete: boolean): ChangeSet {
    const refs = [...this.#wanted.objects].map(refOf).sort(compareForApply);
    const changes = refs
      .map(ref => this.#changes.get(refKey(ref)))
      .filter(change => change !== undefined);
    return {
      changes: [...changes, ...this.#pruned],
      complete,
      fingerprints: this.#fingerprints,
      objects: this.#objects,
    };
  }

  async #applyOne(
    object: KubeObject,
    context: ApplyObjectContext,
  ): Promise<void> {
    const ref = refOf(object);
    const key = refKey(ref);
    const fingerprint = fingerprintOf(object);
    if (
      this.#wanted.appliedFingerprints?.[key] === fingerprint &&
      context.existing !== undefined
    ) {
      this.#noteUnchanged(object);
      return;
    }
    const blocked = this.#lost ?? this.#refusalOfNamespace(object);
    if (blocked !== undefined) {
      this.#changes.set(key, { action: 'refused', ref, problem: blocked });
      return;
    }
    const marked = markObject(object, {
      applySetId: context.applySetId,
      fingerprint,
    });
    const { change, object: answer } = await applyObject(
      this.#connection,
      marked,
      context,
    );
    this.#changes.set(key, change);
    if (change.action === 'refused' && isLost(change.problem))
      this.#lost = change.problem;
    if (answer !== undefined) {
      this.#fingerprints[key] = fingerprint;
      this.#objects[key] = withoutSecrets(answer);
    }
  }

  #noteUnchanged(object: KubeObject): void {
    const ref = refOf(object);
    this.#changes.set(refKey(ref), { action: 'unchanged', ref });
    this.#fingerprints[refKey(ref)] = fingerprintOf(object);
  }

  #refusalOfNamespace(object: KubeObject): Problem | undefined {
    const { namespace } = object.metadata;
    const change = this.#changes.get(
      refKey({ apiVersion: 'v1', kind: 'Namespace', name: namespace ?? '' }),
    );
    return change?.action === 'refused' ? change.problem : undefined;
  }
}

/** Returns the object as it is sent: a member of the set, with the fingerprint of its desired state. */
function markObject(
  object: KubeObject,
  mark: { applySetId: string; fingerprint: string },
): KubeObject {
  const { labels, annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: {
        ...labels,
        [LABELS.managedBy]: FIELD_MANAGER,
        [LABELS.applySetPartOf]: mark.applySetId,
      },
      annotations: {
        ...annotations,
        [ANNOTATIONS.fingerprint]: mark.fingerprint,
      },
    },
  };
}

function renderInventoryNamespace(): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: INVENTORY_NAMESPACE,
      labels: { [LABELS.managedBy]: FIELD_MANAGER },
    },
  };
}

/** Returns `Kind.group` of the custom resources that these objects define. */
function definedKinds(objects: KubeObject[]): Set<string> {
  const kinds = new Set<string>();
  for (const { kind, spec } of objects) {
    if (
      kind !== 'CustomResourceDefinition' ||
      !isRecord(spec) ||
      !isRecord(spec.names)
    )
      continue;
    kinds.add(`${String(spec.names.kind)}.${String(spec.group)}`);
  }
  return kinds;
}

/** After these problems the state of the cluster is unknown: the run sends nothing more to it. */
const LOST: ReadonlySet<ProblemCode> = new Set([
  'cluster-unreachable',
  'cluster-timeout',
  'cluster-untrusted',
  'call-aborted',
  'lease-uncertain',
]);

function isLost({ code }: Problem): boolean {
  return LOST.has(code);
}

function withoutSecrets(object: KubeObject): KubeObject {
  const { managedFields: _managed, ...metadata } =
    object.metadata as KubeObject['metadata'] & { managedFields?: unknown };
  const { data: _data, stringData: _stringData, ...rest } = object;
  return object.kind === 'Secret'
    ? { ...rest, metadata }
    : { ...object, metadata };
}

/** True when an object is an autoscaler of the other one. */
function scales({ kind, metadata, spec }: KubeObject, of: KubeObject): boolean {
  return (
    kind === 'HorizontalPodAutoscaler' &&
    metadata.namespace === of.metadata.namespace &&
    isRecord(spec) &&
    isRecord(spec.scaleTargetRef) &&
    spec.scaleTargetRef.kind === of.kind &&
    spec.scaleTargetRef.name === of.metadata.name
  );
}
