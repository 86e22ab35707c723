import type {
  AddressTls,
  AddressVia,
} from '@callboard/plugin-callboard-common';

/** An address of a workload of an app on a cluster. */
export interface PlannedAddress {
  host: string;
  path: string;
  workload: string;
  /** Port of its service. */
  port: number;
  scheme: 'http' | 'https';
}

/** Public addresses of an app on a cluster, and how traffic enters. */
export interface AddressPlan {
  /** With the name of the gateway filled in. */
  via: AddressVia;
  tls: AddressTls;
  /** Those of the cluster before those of the environment. */
  addresses: PlannedAddress[];
}

/** A host and path that an app claims in an environment. */
export interface AddressClaim {
  environment: string;
  host: string;
  path: string;
}
