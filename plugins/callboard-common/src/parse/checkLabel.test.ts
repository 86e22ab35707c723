import { checkLabel } from './checkLabel';

describe('checkLabel', () => {
  it.each([
    ['env', 'prod'],
    ['example.com/tier', 'Gold_1.2'],
    ['offline', ''],
  ])('accepts %s=%s', (key, value) => {
    expect(checkLabel(key, value)).toEqual({ ok: true, value: { key, value } });
  });

  it.each([
    { key: '', value: 'prod', why: 'its key is empty' },
    { key: 'my env', value: 'prod', why: 'its key "my env" is not valid' },
    { key: '/env', value: 'prod', why: 'its key "/env" is not valid' },
    { key: 'env', value: 'a b', why: 'its value "a b" is not valid' },
    { key: 'env', value: '-a', why: 'its value "-a" is not valid' },
  ])('refuses $key=$value, as $why', ({ key, value, why }) => {
    expect(checkLabel(key, value)).toMatchObject({
      ok: false,
      problem: { code: 'label-invalid', why },
    });
  });

  it('repeats no more of a long label than a line', () => {
    const checked = checkLabel('env', 'x'.repeat(100_000));
    expect(!checked.ok && checked.problem.why.length).toBeLessThan(120);
  });
});
