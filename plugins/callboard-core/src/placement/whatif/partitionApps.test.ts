import fc from 'fast-check';
import { partitionApps } from './partitionApps';

const name = fc
  .tuple(fc.constantFrom('shop', 'pay', 'mail'), fc.constantFrom('dev', 'prod'))
  .map(([app, environment]) => `${app}/${environment}`);
const reported = fc.array(name.map(app => ({ app })));

it('counts every app once: affected and staying apps are all apps', () => {
  fc.assert(
    fc.property(
      reported,
      reported,
      reported,
      fc.array(name),
      (moves, shortages, lostSpread, stays) => {
        const { affected, stay } = partitionApps({
          moves,
          shortages,
          lostSpread,
          stays,
        });
        const all = [...moves, ...shortages, ...lostSpread]
          .map(({ app }) => app)
          .concat(stays)
          .map(each => each.split('/')[0]);
        expect([...affected, ...stay].sort()).toEqual([...new Set(all)].sort());
      },
    ),
  );
});

it('says once of an app with two environments that it moves', () => {
  expect(
    partitionApps({
      moves: [{ app: 'shop/prod' }],
      shortages: [],
      lostSpread: [],
      stays: ['shop/dev', 'pay/dev', 'pay/prod'],
    }),
  ).toMatchObject({ moves: ['shop'], affected: ['shop'], stay: ['pay'] });
});
