/** Who uses the portal of these tests, and whom each acts for. */
export const PEOPLE = {
  guest: ['user:development/guest'],
  /** Owns "notes" as a person, "shop" through a group. */
  ana: ['user:default/ana', 'group:default/shop'],
  /** Owns "shop" through the same group. */
  bea: ['user:default/bea', 'group:default/shop'],
  /** Owns "pay" through another group. */
  otto: ['user:default/otto', 'group:default/pay'],
  /** Approves what goes to production. */
  leo: ['user:default/leo', 'group:default/leads'],
  /** Platform team. */
  rita: ['user:default/rita', 'group:default/platform'],
  /** Owns "vault", which nobody else here does. */
  vera: ['user:default/vera', 'group:default/vault'],
} as const;

export type Person = keyof typeof PEOPLE;

export const PLATFORM_TEAM = 'group:default/platform';

/** Read every app where others read only their own. */
export const READERS: readonly string[] = [
  PLATFORM_TEAM,
  'group:default/leads',
];

/** Owners of the apps of these tests. */
export const APPS = {
  notes: 'user:default/ana',
  shop: 'group:default/shop',
  pay: 'group:default/pay',
  vault: 'group:default/vault',
} as const;

/** Those that are in the environment for which leads must approve. */
export const APPS_IN_PROD: readonly string[] = ['notes', 'pay', 'shop'];

/** As a company's catalog would hold them. */
export function describePeople(): object[] {
  const refs = Object.values(PEOPLE).map(([user, ...groups]) => ({
    user,
    groups,
  }));
  const groups = [...new Set(refs.flatMap(each => each.groups))];
  return [
    ...refs.map(each => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: nameIn(each.user),
      spec: { memberOf: each.groups },
    })),
    ...groups.map(group => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: nameIn(group),
      spec: { type: 'team', children: [] },
    })),
  ];
}

function nameIn(ref: string): { namespace: string; name: string } {
  const [, namespace, name] = /:(.*)\/(.*)/.exec(ref)!;
  return { namespace, name };
}
