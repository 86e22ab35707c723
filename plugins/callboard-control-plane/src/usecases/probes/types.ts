import type {
  AddressProbe,
  ProbeReading,
} from '@callboard/plugin-callboard-core';

/** An address of an app that the portal may probe. */
export interface AddressToProbe {
  app: string;
  environment: string;
  url: string;
  /** Objects on these clusters that may report the ingress address, by `refKey`. */
  leads: { clusters: string[]; objects: string[] };
  /** Last result; absent before the first probe. */
  probe?: AddressProbe;
}

/** Result of a probe of an address. */
export interface ProbedAddress {
  address: AddressToProbe;
  reading: ProbeReading;
  at: Date;
}
