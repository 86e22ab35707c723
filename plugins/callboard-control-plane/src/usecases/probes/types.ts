import type {
  AddressProbe,
  ProbeReading,
} from '@callboard/plugin-callboard-core';

/** An address of an app at which the portal may look. */
export interface AddressToProbe {
  app: string;
  environment: string;
  url: string;
  /** Objects of these clusters that may say where the world gets in, by `refKey`. */
  leads: { clusters: string[]; objects: string[] };
  /** What is known of it; absent before the first look. */
  probe?: AddressProbe;
}

/** What a look at an address found. */
export interface ProbedAddress {
  address: AddressToProbe;
  reading: ProbeReading;
  at: Date;
}
