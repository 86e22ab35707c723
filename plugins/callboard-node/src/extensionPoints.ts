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

/** Adds sources of clusters: a module's own fleet, an inventory, a cloud account. */
export interface ClusterSourcesExtensionPoint {
  addClusterSource(source: ClusterSource): void;
}

export const clusterSourcesExtensionPoint =
  createExtensionPoint<ClusterSourcesExtensionPoint>({
    id: 'callboard.cluster-sources',
  });

/** Adds transports for clusters in the portal's configuration (`transport` of `callboard.clusters`). */
export interface ClusterTransportsExtensionPoint {
  addClusterTransport(provider: ClusterTransportProvider): void;
}

export const clusterTransportsExtensionPoint =
  createExtensionPoint<ClusterTransportsExtensionPoint>({
    id: 'callboard.cluster-transports',
  });

/** Adds builders of images of a revision. */
export interface BuildersExtensionPoint {
  addBuilder(builder: Builder): void;
}

export const buildersExtensionPoint =
  createExtensionPoint<BuildersExtensionPoint>({
    id: 'callboard.builders',
  });

/** Adds provisioners of the resources that apps request, in addition to those of the platform's files. */
export interface ProvisionersExtensionPoint {
  addProvisioner(provisioner: Provisioner): void;
}

export const provisionersExtensionPoint =
  createExtensionPoint<ProvisionersExtensionPoint>({
    id: 'callboard.provisioners',
  });

/** Adds delivery engines, in place of the portal's own server-side apply. */
export interface DeliveryEnginesExtensionPoint {
  addDeliveryEngine(engine: DeliveryEngine): void;
}

export const deliveryEnginesExtensionPoint =
  createExtensionPoint<DeliveryEnginesExtensionPoint>({
    id: 'callboard.delivery-engines',
  });

/** Adds policies for releases, in addition to those of the platform's files. */
export interface PoliciesExtensionPoint {
  /** The portal does not start when an expression does not compile or a name is taken. */
  addPolicy(policy: PolicyFile): void;
}

export const policiesExtensionPoint =
  createExtensionPoint<PoliciesExtensionPoint>({
    id: 'callboard.policies',
  });

/** Adds rules that exclude clusters from placement, in addition to those of the platform's files. */
export interface PlacementRulesExtensionPoint {
  /** The portal does not start when the name is invalid or taken. */
  addPlacementRule(rule: ModulePlacementRule): void;
}

export const placementRulesExtensionPoint =
  createExtensionPoint<PlacementRulesExtensionPoint>({
    id: 'callboard.placement-rules',
  });

/**
 * Adds health rules for objects. For the same kind, the platform's files take
 * precedence over them, and they over the built-in rules.
 */
export interface HealthRulesExtensionPoint {
  /** The portal does not start when a check is invalid. */
  addHealthRule(rule: HealthRule): void;
}

export const healthRulesExtensionPoint =
  createExtensionPoint<HealthRulesExtensionPoint>({
    id: 'callboard.health-rules',
  });

/** Adds systems to which placements are published. */
export interface PlacementPublishersExtensionPoint {
  addPlacementPublisher(publisher: PlacementPublisher): void;
}

export const placementPublishersExtensionPoint =
  createExtensionPoint<PlacementPublishersExtensionPoint>({
    id: 'callboard.placement-publishers',
  });

/** Adds subscribers of changes. */
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

/** An app that exists from the first start, as if a user had pushed it. */
export interface SeedApp {
  name: string;
  /** Entity reference of the owner. */
  owner: string;
  /** Files of its repository, by path. */
  files: Record<string, string>;
  message: string;
  /** Environments it is promoted to, in order, each once the previous one is Healthy. */
  promoteTo?: string[];
}

export interface SeedAppsExtensionPoint {
  addSeedApp(seed: SeedApp): void;
}

export const seedAppsExtensionPoint =
  createExtensionPoint<SeedAppsExtensionPoint>({
    id: 'callboard.seed-apps',
  });

/** A git credential of a user, for playgrounds and automation. */
export interface GitToken {
  username: string;
  /** At least 16 characters; kept as a hash. */
  token: string;
  /** Entity reference of the user; owner of the apps it creates. */
  userEntityRef: string;
  /** Entity references the user acts for, including their own; read from the catalog when omitted. */
  ownershipRefs?: string[];
}

export interface GitTokensExtensionPoint {
  addGitToken(token: GitToken): void;
}

export const gitTokensExtensionPoint =
  createExtensionPoint<GitTokensExtensionPoint>({
    id: 'callboard.git-tokens',
  });
