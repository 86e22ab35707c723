import { readFileSync } from 'node:fs';
import { type ChannelCredentials, credentials } from '@grpc/grpc-js';

/** Address of a BuildKit daemon, and the certificates of both sides. */
export interface BuildkitAddress {
  /** `tcp://buildkitd.build.svc:1234` or `unix:///run/buildkit/buildkitd.sock`. */
  url: string;
  /** PEM files. With `caFile` the connection is TLS; `certFile` and `keyFile` are the client certificate. */
  caFile?: string;
  certFile?: string;
  keyFile?: string;
}

/** Throws for an invalid address, at the start and not at the first push. */
export function checkBuildkitAddress(address: BuildkitAddress): void {
  toTarget(address);
  const { caFile, certFile, keyFile } = address;
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new Error(
      'callboard.builder.buildkit.certFile and keyFile belong together, and one is missing',
    );
  if (certFile !== undefined && caFile === undefined)
    throw new Error(
      'callboard.builder.buildkit.certFile needs caFile beside it: without it the connection is not TLS',
    );
}

/** The address in gRPC's syntax. */
export function toTarget({ url }: BuildkitAddress): string {
  const tcp = /^tcp:\/\/([\w.-]+|\[[0-9a-f:.]+\]):(\d{1,5})$/i.exec(url);
  if (tcp) return `dns:${tcp[1]}:${tcp[2]}`;
  if (/^unix:\/\/\/[^\0]+$/.test(url)) return url.replace('unix://', 'unix:');
  throw new Error(
    `callboard.builder.buildkit.url must be like "tcp://buildkitd:1234" or "unix:///run/buildkit/buildkitd.sock", got "${url}"`,
  );
}

export function toChannelCredentials({
  caFile,
  certFile,
  keyFile,
}: BuildkitAddress): ChannelCredentials {
  if (caFile === undefined) return credentials.createInsecure();
  return credentials.createSsl(
    readFileSync(caFile),
    keyFile === undefined ? null : readFileSync(keyFile),
    certFile === undefined ? null : readFileSync(certFile),
  );
}
