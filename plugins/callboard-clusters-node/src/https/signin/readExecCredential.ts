import { isRecord } from '@callboard/plugin-callboard-common';
import type { GivenCredential } from './KeptCredential';
import type { PluginFault } from './signInProblems';

/** Credentials of requests: a token, a client certificate (PEM), or both. */
export interface SignedCredential {
  token?: string;
  certificate?: string;
  key?: string;
}

/**
 * Reads the output of a credential plugin. Source:
 * client.authentication.k8s.io/v1 ExecCredential.
 */
export function readExecCredential(
  text: string,
  { apiVersion, nowMs }: { apiVersion: string; nowMs: number },
):
  | { ok: true; value: GivenCredential<SignedCredential> }
  | { ok: false; fault: PluginFault } {
  const said = parse(text);
  if (
    !isRecord(said) ||
    said.kind !== 'ExecCredential' ||
    said.apiVersion !== apiVersion ||
    !isRecord(said.status)
  )
    return { ok: false, fault: { kind: 'unreadable' } };
  const { status } = said;
  const token = textOf(status.token);
  const certificate = textOf(status.clientCertificateData);
  const key = textOf(status.clientKeyData);
  const hasPair = certificate !== undefined && key !== undefined;
  if (token === undefined && !hasPair)
    return { ok: false, fault: { kind: 'empty' } };
  const until = status.expirationTimestamp;
  const expiresAtMs = typeof until === 'string' ? Date.parse(until) : undefined;
  if (expiresAtMs !== undefined && !(expiresAtMs > nowMs))
    return {
      ok: false,
      fault: { kind: Number.isNaN(expiresAtMs) ? 'unreadable' : 'expired' },
    };
  return {
    ok: true,
    value: {
      value: {
        ...(token !== undefined && { token }),
        ...(hasPair && { certificate, key }),
      },
      ...(expiresAtMs !== undefined && { expiresAtMs }),
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : undefined;
}
