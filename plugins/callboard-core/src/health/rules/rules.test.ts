import { HEALTH_FAMILIES } from './families';
import { compileHealthRules } from './judgeByRules';

describe('the table of kinds', () => {
  it('can be read', () => {
    expect(
      compileHealthRules(HEALTH_FAMILIES.flatMap(({ rules }) => rules)),
    ).toMatchObject({ ok: true });
  });

  it('names every kind once', () => {
    const kinds = HEALTH_FAMILIES.flatMap(({ rules }) =>
      rules.flatMap(rule => rule.kinds),
    );
    expect(
      kinds.filter((kind, index) => kinds.indexOf(kind) !== index),
    ).toEqual([]);
    expect(kinds.length).toBeGreaterThan(250);
    console.log(kinds.length, new Set(kinds.map(k => k.split('/')[0])).size);
  });
});
