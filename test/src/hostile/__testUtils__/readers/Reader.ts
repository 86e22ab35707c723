import type { Problem } from '@callboard/plugin-callboard-common';

/** What a reader is shown first: a document (given as JSON, and changed part by part), a text, or bytes. */
export type Seed = object | string | Uint8Array;

/** Something of the product that reads bytes of others, and what becomes of them. */
export interface Reader {
  name: string;
  /** What it reads when nobody is hostile: with these others begin. */
  seeds: readonly Seed[];
  /** It needs files or sockets: one input for so many of others. */
  every?: number;
  /** It runs in a process of who gives it the bytes, and holds nobody else up. */
  isOwnProcess?: boolean;
  /**
   * Reads. A refusal that people are shown is returned, or thrown as a
   * `ProblemError` or a `UsageError`; anything else that is thrown is a fault of ours.
   *
   * @param text - the bytes as UTF-8
   */
  read(text: string, bytes: Uint8Array): Outcome | Promise<Outcome>;
}

export type Outcome = Problem | undefined | void;

/** The bytes of a seed. */
export function bytesOf(seed: Seed): Uint8Array {
  if (seed instanceof Uint8Array) return seed;
  return Buffer.from(typeof seed === 'string' ? seed : JSON.stringify(seed));
}

export const NOW = new Date('2026-11-21T12:00:00Z');

/** JSON of an input; undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A body that comes in pieces, as from a socket. */
export async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const middle = Math.floor(bytes.byteLength / 2);
  if (middle > 0) yield bytes.subarray(0, middle);
  if (bytes.byteLength > 0) yield bytes.subarray(middle);
}
