/**
 * Proof of owning work: the lease's name and the token it had when it was
 * taken. A write that carries it is refused once somebody else took the lease,
 * however late the write arrives.
 */
export interface Fence {
  lease: string;
  token: number;
}

/** Thrown inside a transaction to undo it: somebody else owns this work now. */
export class LeaseLostError extends Error {
  constructor(fence: Fence) {
    super(`Lease "${fence.lease}" with token ${fence.token} is no longer held`);
    this.name = 'LeaseLostError';
  }
}
