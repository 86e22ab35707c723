import type { KubeMetadata } from '@callboard/plugin-callboard-common';

/** A type of `@kubernetes/client-node` as JSON, where times are texts. */
export type AsJson<T> = T extends Date
  ? string
  : T extends ReadonlyArray<infer Member>
  ? Array<AsJson<Member>>
  : T extends object
  ? { [Field in keyof T]: AsJson<T[Field]> }
  : T;

/** An object of one kind as it is sent to a cluster: `Manifest<V1Deployment>`. */
export type Manifest<T> = {
  apiVersion: string;
  kind: string;
  metadata: KubeMetadata;
} & AsJson<Omit<T, 'apiVersion' | 'kind' | 'metadata'>>;
