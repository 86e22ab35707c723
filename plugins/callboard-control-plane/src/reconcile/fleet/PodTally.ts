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

/** Counts what pods ask of their nodes, each once; of a pod nothing else is kept. */
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

  /** Pods that are believed to be there. */
  known(): KnownObject[] {
    return [...this.#pods.values()].map(({ uid, ref }) => ({ uid, ref }));
  }

  /** What all of them ask for together. */
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
