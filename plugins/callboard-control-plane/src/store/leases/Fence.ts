/**
 * Proof that a process owns work: the lease's name and the token from when it
 * was taken. A write that carries it is refused once another process has taken
 * the lease, however late the write arrives.
 */
export interface Fence {
  lease: string;
  token: number;
}

/** Thrown inside a transaction to roll it back: another process owns this work now. */
export class LeaseLostError extends Error {
  constructor(fence: Fence) {
    super(`Lease "${fence.lease}" with token ${fence.token} is no longer held`);
    this.name = 'LeaseLostError';
  }
}
