/** TLS errors for a certificate that is not trusted. */
const UNTRUSTED = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Describes why a hub could not be reached, for the agent's log and its events. */
export function describeFailure(error: Error): string {
  const code =
    'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && UNTRUSTED.has(code))
    return `the certificate at the hub's address is not trusted (${code})`;
  const [, status] = /server response: (\d+)/.exec(error.message) ?? [];
  if (status !== undefined)
    return `at the hub's address something answers HTTP ${status} and takes no WebSocket`;
  return `the hub cannot be reached (${code ?? 'no WebSocket there'})`;
}
