import { EntityLayout, EntitySwitch } from '@backstage/plugin-catalog';
import {
  EntityCallboardAppCard,
  EntityCallboardClusterCard,
  EntityCallboardClusterContent,
  EntityCallboardContent,
  EntityCallboardSystemCard,
  isCallboardApp,
  isCallboardCluster,
  isCallboardSystem,
} from '@callboard/plugin-callboard/legacy';

/**
 * Callboard's additions to the entity page of a legacy portal: a card and a tab
 * for apps and for clusters, a card for systems and domains.
 */
export const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <EntitySwitch>
        <EntitySwitch.Case if={isCallboardApp}>
          <EntityCallboardAppCard />
        </EntitySwitch.Case>
        <EntitySwitch.Case if={isCallboardCluster}>
          <EntityCallboardClusterCard />
        </EntitySwitch.Case>
        <EntitySwitch.Case if={isCallboardSystem}>
          <EntityCallboardSystemCard />
        </EntitySwitch.Case>
      </EntitySwitch>
    </EntityLayout.Route>
    <EntityLayout.Route path="/callboard" title="Callboard" if={isCallboardApp}>
      <EntityCallboardContent />
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/callboard-cluster"
      title="Callboard"
      if={isCallboardCluster}
    >
      <EntityCallboardClusterContent />
    </EntityLayout.Route>
  </EntityLayout>
);
