import { judgeApproval } from './judgeApproval';

const LEADS = 'group:default/leads';
const ana = { actor: 'user:default/ana' };
const bo = { actor: 'user:default/bo', ownershipRefs: [LEADS] };
const approved = { group: LEADS, by: 'user:default/cy' };
const nobody = { needed: undefined, had: undefined, isRollback: false };
const leads = { needed: LEADS, had: undefined, isRollback: false };
const back = { needed: LEADS, had: approved, isRollback: true };

const say = (...of: Parameters<typeof judgeApproval>): string => {
  const verdict = judgeApproval(...of);
  switch (verdict.kind) {
    case 'granted':
      return `granted, ${verdict.approval?.by ?? 'no approval'}`;
    case 'missing':
      return `waits for ${verdict.group}`;
    default:
      return verdict.kind;
  }
};

it.each([
  ['nobody must approve', say(nobody, ana), 'granted, no approval'],
  [
    'nobody must approve, and the app is of others',
    say(nobody, { ...ana, mayPromote: false }),
    'not-allowed',
  ],
  ['somebody else must approve', say(leads, ana), `waits for ${LEADS}`],
  [
    'the actor approves, also for an app of others',
    say(leads, { ...bo, mayPromote: false }),
    'granted, user:default/bo',
  ],
  ['back to what was approved', say(back, ana), 'granted, user:default/cy'],
  [
    'back to what was approved, by who may not promote',
    say(back, { ...ana, mayPromote: false }),
    'not-allowed',
  ],
  [
    'back to what was never approved',
    say({ ...back, had: undefined }, ana),
    `waits for ${LEADS}`,
  ],
  [
    'back to what another group approved',
    say({ ...back, had: { ...approved, group: 'group:default/others' } }, ana),
    `waits for ${LEADS}`,
  ],
  [
    'again to what was approved and rolled back',
    say({ ...back, isRollback: false }, ana),
    `waits for ${LEADS}`,
  ],
])('%s', (_, said, expected) => {
  expect(said).toBe(expected);
});
