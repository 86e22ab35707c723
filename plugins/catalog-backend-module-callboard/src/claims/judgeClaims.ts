import type { Claim } from './Claim';

/** An app as far as claims are judged by it. */
export interface ClaimedApp {
  name: string;
  /** Entity reference. */
  owner: string;
}

/** The component that an app has of its own name where no other claims it. */
export function ownRefOf(app: string): string {
  return `component:default/${app}`;
}

/** A claim holds where the entity and the app have one owner: an entity gives nobody an app. */
export function isHeld(claim: Claim, app: ClaimedApp): boolean {
  return claim.app === app.name && claim.owner === app.owner;
}

/**
 * Decides which entity is the one of each app. Of several that hold, the one in
 * the app's own name, else the first by reference.
 *
 * @returns entity references by app; apps that no claim holds for are not in it
 */
export function judgeClaims(
  apps: readonly ClaimedApp[],
  claims: readonly Claim[],
): Map<string, Claim> {
  const byName = new Map(apps.map(app => [app.name, app]));
  const rank = ({ entityRef, app }: Claim) =>
    `${entityRef === ownRefOf(app) ? 0 : 1} ${entityRef}`;
  const held = claims
    .filter(claim => {
      const app = byName.get(claim.app);
      return app !== undefined && isHeld(claim, app);
    })
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const claimed = new Map<string, Claim>();
  for (const claim of held)
    if (!claimed.has(claim.app)) claimed.set(claim.app, claim);
  return claimed;
}
