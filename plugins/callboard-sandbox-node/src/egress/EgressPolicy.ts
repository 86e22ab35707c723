import type { Socket } from 'node:net';
import type { Result } from '@callboard/plugin-callboard-common';

/** The target of a connection from a sandbox. */
export interface EgressTarget {
  /** A name, or an address without brackets; in lower case. */
  host: string;
  port: number;
}

/** Opens a connection for a sandbox, or returns the reason why it is refused. Never rejects. */
export type EgressPolicy = (target: EgressTarget) => Promise<Result<Socket>>;
