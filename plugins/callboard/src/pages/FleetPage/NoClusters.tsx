import { CopyLine, Panel, useInstant } from '@callboard/plugin-callboard-react';

/** Shown without clusters: how to add one, or, on a page of the past, that there were none. */
export function NoClusters(): JSX.Element {
  if (useInstant())
    return <Panel title="No cluster was registered at this time" />;
  return (
    <Panel title="No cluster is registered yet">
      <p>
        Add a cluster above, name one under <code>callboard.clusters</code> in
        the portal's configuration, or start the portal with its playground to
        get a simulated fleet:
      </p>
      <CopyLine text="npm start" />
    </Panel>
  );
}
