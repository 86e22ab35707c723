import type { AppFile } from '@callboard/plugin-callboard-common';
import { type AppChangeFacts, decideAppChange } from './decideAppChange';

const PAYMENTS = 'group:default/payments';
const STORES = 'group:default/stores';

const facts = (over: Partial<AppChangeFacts> = {}): AppChangeFacts => ({
  app: 'shop',
  before: { title: 'Shop', owner: PAYMENTS },
  asked: {},
  ownershipRefs: [PAYMENTS],
  tokens: 0,
  ...over,
});
const appFile = ({
  owner,
  ...metadata
}: {
  title?: string;
  description?: string;
  owner?: string;
}): AppFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'App',
  metadata: { name: 'shop', ...metadata },
  spec: { ...(owner && { owner }) },
});

function said(given: AppChangeFacts): string[] {
  const decision = decideAppChange(given);
  if (!decision.ok) {
    const { code, why, next } = decision.problem;
    return [`${code}: ${why}`, next];
  }
  const { changes, message, notes } = decision.value.answer;
  return [`${changes}: ${message}`, ...notes];
}

it.each<[string, AppChangeFacts, string[]]>([
  ['nothing', facts(), ['false: shop stays as it is']],
  [
    'what is so already',
    facts({ asked: { title: ' Shop ', owner: PAYMENTS, description: '' } }),
    ['false: shop stays as it is'],
  ],
  [
    'another title, in one line',
    facts({ asked: { title: 'The\n  Shop' } }),
    [
      'true: shop is called "The Shop"',
      'Its name stays shop: repository, namespaces and addresses keep it',
    ],
  ],
  [
    'no title',
    facts({ asked: { title: '' } }),
    [
      'true: shop is called "shop"',
      'Its name stays shop: repository, namespaces and addresses keep it',
    ],
  ],
  [
    'a description',
    facts({ asked: { description: 'Sells things' } }),
    ['true: shop is described as "Sells things"'],
  ],
  [
    'no description',
    facts({
      before: { title: 'Shop', owner: PAYMENTS, description: 'Sells' },
      asked: { description: ' ' },
    }),
    ['true: shop has no description any more'],
  ],
  [
    'an owner whom the actor is not one of',
    facts({ asked: { owner: STORES }, tokens: 2 }),
    [
      'true: shop belongs to stores and no more to payments',
      'Who belongs to payments alone may not push, promote, set or delete anything of shop any more, nor read its code',
      '2 tokens of its machines are good for nothing then: the new owner makes others',
      'You do not belong to stores: you cannot take it back yourself',
    ],
  ],
  [
    'a title that app.yaml says',
    facts({
      asked: { title: 'Till' },
      appFile: appFile({ title: 'Shop' }),
    }),
    [
      'app-yaml-says-it: its app.yaml says metadata.title, and the next push would take the change back',
      'Change metadata.title in app.yaml and push, or push without it and ask again',
    ],
  ],
  [
    'an owner that app.yaml says',
    facts({
      asked: { owner: STORES },
      appFile: appFile({ owner: PAYMENTS }),
    }),
    [
      'app-yaml-says-it: its app.yaml says spec.owner, and the next push would take the change back',
      'Change spec.owner in app.yaml and push, or push without it and ask again',
    ],
  ],
  [
    'a description that app.yaml says',
    facts({
      asked: { description: 'Sells' },
      appFile: appFile({ description: 'Sells things' }),
    }),
    [
      'app-yaml-says-it: its app.yaml says metadata.description, and the next push would take the change back',
      'Change metadata.description in app.yaml and push, or push without it and ask again',
    ],
  ],
  [
    'a description where app.yaml says title and owner',
    facts({
      asked: { description: 'Sells' },
      appFile: appFile({ title: 'Shop', owner: PAYMENTS }),
    }),
    ['true: shop is described as "Sells"'],
  ],
])('%s', (_, given, expected) => expect(said(given)).toEqual(expected));
