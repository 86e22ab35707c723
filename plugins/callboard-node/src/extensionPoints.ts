import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { PolicyFile } from '@callboard/plugin-callboard-common';
import type {
  HealthRule,
  ModulePlacementRule,
  Provisioner,
} from '@callboard/plugin-callboard-core';
import type { Builder } from './builds/Builder';
import type { ChangeSubscriber } from './changes/ChangeSubscriber';
import type { ClusterSource } from './clusters/ClusterSource';
import type { ClusterTransportProvider } from './clusters/ClusterTransportProvider';
import type { DeliveryEngine } from './delivery/DeliveryEngine';
import type { PlacementPublisher } from './placements/PlacementPublisher';
import type { SourceHost } from './sources/SourceHost';

/** Adds clusters from somewhere: a module's own fleet, an inventory, a cloud account. */
export interface ClusterSourcesExtensionPoint {
  addClusterSource(source: ClusterSource): void;
}

export const clusterSourcesExtensionPoint =
  createExtensionPoint<ClusterSourcesExtensionPoint>({
    id: 'callboard.cluster-sources',
  });

/** Adds ways to reach clusters that the portal's configuration names (`transport` of `callboard.clusters`). */
export interface ClusterTransportsExtensionPoint {
  addClusterTransport(provider: ClusterTransportProvider): void;
}

export const clusterTransportsExtensionPoint =
  createExtensionPoint<ClusterTransportsExtensionPoint>({
    id: 'callboard.cluster-transports',
  });

/** Adds ways to make images of a revision. */
export interface BuildersExtensionPoint {
  addBuilder(builder: Builder): void;
}

export const buildersExtensionPoint =
  createExtensionPoint<BuildersExtensionPoint>({
    id: 'callboard.builders',
  });

/** Adds ways to give apps the resources they ask for; what the platform's files say is beside them. */
export interface ProvisionersExtensionPoint {
  addProvisioner(provisioner: Provisioner): void;
}

export const provisionersExtensionPoint =
  createExtensionPoint<ProvisionersExtensionPoint>({
    id: 'callboard.provisioners',
  });

/** Adds ways to bring objects to clusters, in place of the portal's own server-side apply. */
export interface DeliveryEnginesExtensionPoint {
  addDeliveryEngine(engine: DeliveryEngine): void;
}

export const deliveryEnginesExtensionPoint =
  createExtensionPoint<DeliveryEnginesExtensionPoint>({
    id: 'callboard.delivery-engines',
  });

/** Adds policies that releases have to hold to; those of the platform's files are beside them. */
export interface PoliciesExtensionPoint {
  /** The portal does not start where an expression does not compile or a name is taken. */
  addPolicy(policy: PolicyFile): void;
}

export const policiesExtensionPoint =
  createExtensionPoint<PoliciesExtensionPoint>({
    id: 'callboard.policies',
  });

/** Adds rules by which clusters are refused to apps, beside what the platform's files say. */
export interface PlacementRulesExtensionPoint {
  /** The portal does not start where the name is none, or is taken. */
  addPlacementRule(rule: ModulePlacementRule): void;
}

export const placementRulesExtensionPoint =
  createExtensionPoint<PlacementRulesExtensionPoint>({
    id: 'callboard.placement-rules',
  });

/** Adds rules by which objects are judged. For the same kind the platform's files go before them, and they before what is built in. */
export interface HealthRulesExtensionPoint {
  /** The portal does not start where a check cannot be read. */
  addHealthRule(rule: HealthRule): void;
}

export const healthRulesExtensionPoint =
  createExtensionPoint<HealthRulesExtensionPoint>({
    id: 'callboard.health-rules',
  });

/** Adds systems that are told where apps are placed. */
export interface PlacementPublishersExtensionPoint {
  addPlacementPublisher(publisher: PlacementPublisher): void;
}

export const placementPublishersExtensionPoint =
  createExtensionPoint<PlacementPublishersExtensionPoint>({
    id: 'callboard.placement-publishers',
  });

/** Adds who is notified of changes. */
export interface ChangeSubscribersExtensionPoint {
  addChangeSubscriber(subscriber: ChangeSubscriber): void;
}

export const changeSubscribersExtensionPoint =
  createExtensionPoint<ChangeSubscribersExtensionPoint>({
    id: 'callboard.change-subscribers',
  });

/** Adds hosts of repositories that apps may follow. */
export interface SourceHostsExtensionPoint {
  addSourceHost(host: SourceHost): void;
}

export const sourceHostsExtensionPoint =
  createExtensionPoint<SourceHostsExtensionPoint>({
    id: 'callboard.source-hosts',
  });

/** An app that exists from the first start, as if somebody had pushed it. */
export interface SeedApp {
  name: string;
  /** Entity reference of the owner. */
  owner: string;
  /** Files of its repository, by path. */
  files: Record<string, string>;
  message: string;
  /** Environments it is promoted to once the one before is Healthy, in order. */
  promoteTo?: string[];
}

export interface SeedAppsExtensionPoint {
  addSeedApp(seed: SeedApp): void;
}

export const seedAppsExtensionPoint =
  createExtensionPoint<SeedAppsExtensionPoint>({
    id: 'callboard.seed-apps',
  });

/** A credential for git that stands for a user: for playgrounds and machines. */
export interface GitToken {
  username: string;
  /** At least 16 characters; kept as a hash. */
  token: string;
  /** Entity reference of who it stands for; owner of the apps it creates. */
  userEntityRef: string;
  /** Entity references that user acts for, its own among them; asked from the catalog when omitted. */
  ownershipRefs?: string[];
}

export interface GitTokensExtensionPoint {
  addGitToken(token: GitToken): void;
}

export const gitTokensExtensionPoint =
  createExtensionPoint<GitTokensExtensionPoint>({
    id: 'callboard.git-tokens',
  });
