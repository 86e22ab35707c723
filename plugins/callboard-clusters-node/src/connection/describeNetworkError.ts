import {
  type Problem,
  ProblemError,
  isRecord,
} from '@callboard/plugin-callboard-common';
import { clusterUnreachable, clusterUntrusted } from './clusterProblems';

/** OpenSSL's certificate errors, in words. */
const UNTRUSTED: Record<string, string> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_SIGNATURE_FAILURE: 'its certificate is not signed by the given CA',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself and not by the given CA',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate was made for another name',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is signed by a CA that was not given',
  UNABLE_TO_GET_ISSUER_CERT:
    'its certificate is signed by a CA that was not given',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is signed by a CA that was not given',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is signed by a CA that was not given',
};

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'no route leads to its address',
  ENETUNREACH: 'no route leads to its address',
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved at the moment',
  ETIMEDOUT: 'its address does not answer',
  HPE_INVALID_CONSTANT: 'what answers does not speak HTTP',
  UND_ERR_SOCKET: 'the connection was cut',
  ERR_HTTP2_SESSION_ERROR: 'the connection was cut',
  ERR_HTTP2_STREAM_CANCEL: 'the connection was cut',
  ERR_HTTP2_STREAM_ERROR: 'the connection was cut',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was cut',
};

/**
 * Describes a thrown network error. Never quotes the error's own text:
 * libraries put addresses, headers and bytes of the peer into it.
 */
export function describeNetworkError(
  cluster: string,
  what: string,
  error: unknown,
): Problem {
  if (error instanceof ProblemError) return error.problem;
  const code = codeOf(error);
  const untrusted = code === undefined ? undefined : UNTRUSTED[code];
  if (untrusted !== undefined)
    return clusterUntrusted(cluster, what, untrusted);
  if (code?.startsWith('HPE_'))
    return clusterUnreachable(cluster, 'what answers does not speak HTTP');
  if (code?.startsWith('ERR_SSL') || code === 'EPROTO') {
    return clusterUnreachable(
      cluster,
      'what answers does not speak TLS as asked',
    );
  }
  const why = code === undefined ? undefined : UNREACHABLE[code];
  return clusterUnreachable(
    cluster,
    why ?? `the connection failed${code === undefined ? '' : ` (${code})`}`,
  );
}

/** Checks the shape, not the class: errors of Node itself may come from another realm. */
function codeOf(error: unknown): string | undefined {
  for (
    let at = error, depth = 0;
    isRecord(at) && depth < 5;
    at = at.cause, depth++
  ) {
    if (typeof at.code === 'string') return at.code;
    if (Array.isArray(at.errors) && at.errors.length > 0)
      return codeOf(at.errors[0]);
  }
  return undefined;
}
