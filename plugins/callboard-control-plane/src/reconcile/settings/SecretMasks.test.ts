import { SecretMasks } from './SecretMasks';

/** Masks of a size, each counted as it is prepared. */
function setUp(mostCharacters: number) {
  const masks = new SecretMasks(mostCharacters);
  const prepared: string[] = [];
  const ask = (app: string, version = '1', size = 40) =>
    masks.get(app, version, async () => {
      prepared.push(`${app} ${version}`);
      return { mask: value => value, size };
    });
  return { masks, prepared, ask };
}

describe('SecretMasks', () => {
  it('prepares once for the same secrets, also where many ask at a time', async () => {
    const { ask, prepared } = setUp(100);
    await Promise.all([ask('shop'), ask('shop'), ask('bank')]);
    await ask('shop');
    expect(prepared).toEqual(['shop 1', 'bank 1']);
  });

  it('prepares again once others are set, and forgets the former', async () => {
    const { ask, prepared } = setUp(100);
    for (const version of ['1', '2', '2', '1']) await ask('shop', version);
    expect(prepared).toEqual(['shop 1', 'shop 2', 'shop 1']);
  });

  it('forgets what was used longest ago where all are too many', async () => {
    const { ask, prepared } = setUp(100);
    for (const app of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(app);
    expect(prepared).toEqual(['a 1', 'b 1', 'c 1', 'b 1']);
  });

  it('keeps the one used last, however large', async () => {
    const { ask, prepared } = setUp(100);
    await ask('shop');
    for (const _ of [1, 2]) await ask('large', '1', 1_000);
    expect(prepared).toEqual(['shop 1', 'large 1']);
  });

  it('tries again where it failed', async () => {
    const { masks, ask } = setUp(100);
    const failing = masks.get('shop', '1', () =>
      Promise.reject(new Error('no database')),
    );
    await expect(failing).rejects.toThrow('no database');
    await expect(ask('shop')).resolves.toBeDefined();
  });
});
