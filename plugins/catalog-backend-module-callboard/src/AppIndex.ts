import type { EntityLink } from '@backstage/catalog-model';
import type { ClaimedApp } from './claims';

/** An app as the catalog processor sees it. */
export interface IndexedApp extends ClaimedApp {
  /** Display names of the clusters it runs on, by cluster name. */
  clusters: ReadonlyMap<string, string>;
  /** Addresses at which the app responds. */
  links: EntityLink[];
}

/** The apps that the entity provider read last, shared with the processor. */
export class AppIndex {
  #apps: ReadonlyMap<string, IndexedApp> | undefined;

  replace(apps: readonly IndexedApp[]): void {
    this.#apps = new Map(apps.map(app => [app.name, app]));
  }

  /** False until the apps have been read once. */
  get isRead(): boolean {
    return this.#apps !== undefined;
  }

  find(name: string): IndexedApp | undefined {
    return this.#apps?.get(name);
  }
}
