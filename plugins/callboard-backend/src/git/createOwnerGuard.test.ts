import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createOwnerGuard } from './createOwnerGuard';

const entity = (kind: string, name: string, owner?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    ...(owner && { annotations: { 'callboard.dev/app': 'shop' } }),
  },
  spec: {},
  ...(owner && { relations: [{ type: 'ownedBy', targetRef: owner }] }),
});
const PAYMENTS = 'group:default/payments';
const GROUPS = [
  entity('Group', 'payments'),
  entity('Group', 'stores'),
  entity('User', 'bo'),
  entity('Resource', 'eu-1'),
];

async function guard(to: string, entities: Entity[] = []): Promise<string> {
  const guarded = await createOwnerGuard({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: [...GROUPS, ...entities] }),
  })({ app: 'shop', from: PAYMENTS, to });
  return guarded.ok ? guarded.value : guarded.problem.code;
}

it.each([
  ['group:default/stores', 'group:default/stores'],
  ['Group:Default/Stores', 'group:default/stores'],
  ['stores', 'group:default/stores'],
  ['user:default/bo', 'user:default/bo'],
  ['user:bo', 'user:default/bo'],
  ['group:default/nobody', 'owner-unknown'],
  ['resource:default/eu-1', 'owner-unknown'],
  ['a:b:c', 'owner-unknown'],
  ['', 'owner-unknown'],
])('takes "%s" as %s', async (to, expected) =>
  expect(await guard(to)).toBe(expected),
);

it('leaves an app to the owner that its entity says, until that says another', async () => {
  const claims = (owner: string) => [entity('Component', 'till', owner)];
  expect(await guard('stores', claims(PAYMENTS))).toBe('owner-in-catalog');
  expect(await guard('stores', claims('group:default/stores'))).toBe(
    'group:default/stores',
  );
  // It claims the app and has nothing to say: its owner is another one.
  expect(await guard('stores', claims('user:default/bo'))).toBe(
    'group:default/stores',
  );
});

it('moves nothing while the catalog says nothing', async () => {
  const catalog = catalogServiceMock({ entities: GROUPS });
  jest.spyOn(catalog, 'queryEntities').mockRejectedValue(new Error('away'));
  expect(
    await createOwnerGuard({ auth: mockServices.auth(), catalog })({
      app: 'shop',
      from: PAYMENTS,
      to: 'stores',
    }),
  ).toMatchObject({
    problem: { code: 'catalog-unavailable', transient: true },
  });
});
