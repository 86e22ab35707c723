import type { Socket } from 'node:net';
import type { Result } from '@callboard/plugin-callboard-common';

/** Where a program in a sandbox wants to connect to. */
export interface EgressTarget {
  /** A name, or an address without brackets; small letters. */
  host: string;
  port: number;
}

/** Opens a connection for a sandbox, or says why it may not have one. Never rejects. */
export type EgressPolicy = (target: EgressTarget) => Promise<Result<Socket>>;
