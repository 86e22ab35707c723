import type { Cluster } from '@callboard/plugin-callboard-common';
import { Age, Facts, Panel } from '@callboard/plugin-callboard-react';

/** How well we hear the cluster. */
export function ConnectionPanel({
  cluster,
}: {
  cluster: Cluster;
}): JSX.Element {
  const { connection, observedAt, freshness, nodes } = cluster;
  return (
    <Panel title="Connection">
      <Facts
        facts={{
          State: freshness,
          'Last contact': observedAt ? (
            <Age at={observedAt} after=" ago" />
          ) : (
            'never'
          ),
          Since: connection.since ? (
            <Age at={connection.since} after=" ago" />
          ) : undefined,
          'Round trip':
            connection.roundTripMs === null
              ? undefined
              : `${connection.roundTripMs} ms`,
          Kind: connection.kind,
          Agent: connection.agentVersion,
          Nodes: `${nodes.ready} of ${nodes.total} ready`,
        }}
      />
    </Panel>
  );
}
