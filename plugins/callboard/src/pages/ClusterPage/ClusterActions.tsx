import type { Cluster } from '@callboard/plugin-callboard-common';
import { InstantPicker } from '@callboard/plugin-callboard-react';

/** The instant that is shown, and what can be done with a cluster by those who may. */
export function ClusterActions(_: { cluster?: Cluster }): JSX.Element {
  return <InstantPicker />;
}
