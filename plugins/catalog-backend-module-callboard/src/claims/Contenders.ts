import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { type Claim, readClaim } from './Claim';
import { type ClaimedApp, isHeld, ownRefOf } from './judgeClaims';

/**
 * A claim by an entity with the same name as the app, which the catalog refused
 * because Callboard's own entity has that name.
 */
interface Contender {
  claim: Claim;
  /** The registered location that led to its file: `url:https://…`. */
  origin: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Callboard's entity returns after this time when the other entity has not appeared. */
const KEEP_MS = 15 * 60_000;
const MAX_CONTENDERS = 1_000;

/**
 * Entities that the catalog refused because Callboard's entity of the same name
 * was there first. Where their claim is valid, Callboard withdraws its own
 * entity and the file is read again.
 */
export class Contenders {
  readonly #contenders = new Map<string, Contender>();
  readonly #withdrawn = new Map<string, string>();

  /**
   * Adds a conflict from an event of the catalog's topic
   * `experimental.catalog.conflict`.
   *
   * @returns whether the event concerns an app
   */
  add(payload: unknown, at: number): boolean {
    const { existingLocationKey, unprocessedEntity } = (payload ?? {}) as {
      existingLocationKey?: unknown;
      unprocessedEntity?: Entity;
    };
    if (existingLocationKey !== 'callboard' || !unprocessedEntity?.metadata)
      return false;
    const claim = readClaim(unprocessedEntity);
    const origin =
      unprocessedEntity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
    if (claim?.entityRef !== ownRefOf(claim?.app ?? '') || !origin)
      return false;
    if (
      this.#contenders.size >= MAX_CONTENDERS &&
      !this.#contenders.has(claim.app)
    )
      return false;
    this.#contenders.set(claim.app, { claim, origin, at });
    return true;
  }

  /**
   * Decides for which apps Callboard withdraws its entity until the other
   * entity is in the catalog.
   *
   * @param isThere - whether the catalog has the other entity by now
   */
  judge(
    apps: readonly ClaimedApp[],
    { isThere, now }: { isThere(app: string): boolean; now: number },
  ): Set<string> {
    const byName = new Map(apps.map(app => [app.name, app]));
    this.#withdrawn.clear();
    for (const [name, { claim, origin, at }] of this.#contenders) {
      const app = byName.get(name);
      const isOver = now - at > KEEP_MS || isThere(name);
      if (isOver) this.#contenders.delete(name);
      else if (app && isHeld(claim, app)) this.#withdrawn.set(name, origin);
    }
    return new Set(this.#withdrawn.keys());
  }

  /** Registered locations whose files have to be read again, each once. */
  get origins(): string[] {
    return [...new Set(this.#withdrawn.values())];
  }
}
