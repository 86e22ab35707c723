import type { KnownObject } from '@callboard/plugin-callboard-clusters-node';
import {
  type KubeObject,
  type KubeRef,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import { type Amounts, addAmounts, NO_AMOUNTS } from '../observing/amounts';
import { requestsOf } from '../observing/requestsOf';

interface Counted extends KnownObject {
  requests: Amounts;
}

/** Counts the requests of pods, each pod once; nothing else of a pod is kept. */
export class PodTally {
  readonly #pods = new Map<string, Counted>();
  #sum = NO_AMOUNTS;

  see(pod: KubeObject): void {
    const ref = refOf(pod);
    this.#put(refKey(ref), {
      uid: pod.metadata.uid ?? '',
      ref,
      requests: requestsOf(pod) ?? NO_AMOUNTS,
    });
  }

  lose(ref: KubeRef, uid: string): void {
    const key = refKey(ref);
    if (this.#pods.get(key)?.uid === uid) this.#put(key, undefined);
  }

  /** Returns the pods that exist as far as is known. */
  known(): KnownObject[] {
    return [...this.#pods.values()].map(({ uid, ref }) => ({ uid, ref }));
  }

  /** Sums the requests of all pods. */
  sum(): Amounts {
    return this.#sum;
  }

  #put(key: string, pod: Counted | undefined): void {
    const before = this.#pods.get(key)?.requests ?? NO_AMOUNTS;
    const after = pod?.requests ?? NO_AMOUNTS;
    this.#sum = addAmounts([this.#sum, after, negative(before)]);
    if (pod) this.#pods.set(key, pod);
    else this.#pods.delete(key);
  }
}

function negative({ cpuMillicores, memoryBytes, pods }: Amounts): Amounts {
  return {
    cpuMillicores: -cpuMillicores,
    memoryBytes: -memoryBytes,
    pods: -pods,
  };
}
