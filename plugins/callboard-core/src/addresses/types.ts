import type {
  AddressTls,
  AddressVia,
} from '@callboard/plugin-callboard-common';

/** An address at which a workload of an app answers on a cluster. */
export interface PlannedAddress {
  host: string;
  path: string;
  workload: string;
  /** Of its service. */
  port: number;
  scheme: 'http' | 'https';
}

/** Where an app answers to the world on a cluster, and by what. */
export interface AddressPlan {
  /** A gateway has its name. */
  via: AddressVia;
  tls: AddressTls;
  /** Names of the cluster before those of the environment. */
  addresses: PlannedAddress[];
}

/** A host and path that an app wants for itself in an environment. */
export interface AddressClaim {
  environment: string;
  host: string;
  path: string;
}
