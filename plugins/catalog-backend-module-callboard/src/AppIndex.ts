import type { EntityLink } from '@backstage/catalog-model';
import type { ClaimedApp } from './claims';

/** What the catalog's processor knows of an app. */
export interface IndexedApp extends ClaimedApp {
  /** Clusters that it runs on by name, each as people call it. */
  clusters: ReadonlyMap<string, string>;
  /** Where it answers. */
  links: EntityLink[];
}

/** The apps as the entity provider read them last, for the processor beside it. */
export class AppIndex {
  #apps: ReadonlyMap<string, IndexedApp> | undefined;

  replace(apps: readonly IndexedApp[]): void {
    this.#apps = new Map(apps.map(app => [app.name, app]));
  }

  /** False until the apps were read once. */
  get isRead(): boolean {
    return this.#apps !== undefined;
  }

  find(name: string): IndexedApp | undefined {
    return this.#apps?.get(name);
  }
}
