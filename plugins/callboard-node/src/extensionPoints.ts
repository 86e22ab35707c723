import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Provisioner } from '@callboard/plugin-callboard-core';
import type { Builder } from './builds/Builder';
import type { ClusterSource } from './clusters/ClusterSource';
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

/** Adds systems that are told where apps are placed. */
export interface PlacementPublishersExtensionPoint {
  addPlacementPublisher(publisher: PlacementPublisher): void;
}

export const placementPublishersExtensionPoint =
  createExtensionPoint<PlacementPublishersExtensionPoint>({
    id: 'callboard.placement-publishers',
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
