import type { Claim } from './Claim';

/** The fields of an app by which claims are judged. */
export interface ClaimedApp {
  name: string;
  /** Entity reference. */
  owner: string;
}

/** Reference of the component with the app's own name, which represents the app where no other entity claims it. */
export function ownRefOf(app: string): string {
  return `component:default/${app}`;
}

/**
 * Whether a claim is valid: entity and app must have the same owner, so that an
 * entity never gives access to an app.
 */
export function isHeld(claim: Claim, app: ClaimedApp): boolean {
  return claim.app === app.name && claim.owner === app.owner;
}

/**
 * Decides which entity represents each app. Of several valid claims, the one in
 * the app's own name wins, else the first by reference.
 *
 * @returns entity references by app; apps without a valid claim are left out
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
