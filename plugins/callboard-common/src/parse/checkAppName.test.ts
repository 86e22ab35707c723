import { checkAppName } from './checkAppName';

describe('checkAppName', () => {
  it.each(['a', 'shop', 'shop-2', '2shop', 'a--b', 'a'.repeat(63)])(
    'accepts %p',
    name => {
      expect(checkAppName(name)).toEqual({ ok: true, value: name });
    },
  );

  it.each([
    { name: '', why: 'the name is empty' },
    {
      name: 'a'.repeat(64),
      why: 'it has 64 characters, at most 63 are allowed',
    },
    { name: 'Shop', why: 'it contains the capital letter "S"' },
    { name: 'my shop', why: 'it contains " "' },
    { name: 'my_shop', why: 'it contains "_"' },
    { name: 'shop.git', why: 'it contains "."' },
    { name: '../etc', why: 'it contains "."' },
    { name: 'shop\n', why: 'it contains "\\n"' },
    { name: 'laden-ä', why: 'it contains "ä"' },
    { name: '-shop', why: 'it starts or ends with "-"' },
    { name: 'shop-', why: 'it starts or ends with "-"' },
  ])('refuses $name, as $why', ({ name, why }) => {
    expect(checkAppName(name)).toMatchObject({
      ok: false,
      problem: { code: 'app-name-invalid', why },
    });
  });

  it('repeats no more of a long name than a line', () => {
    const checked = checkAppName('x'.repeat(100_000));
    expect(checked.ok || checked.problem.what.length).toBeLessThan(140);
  });
});
