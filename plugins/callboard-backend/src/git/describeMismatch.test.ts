import { describeMismatch } from './describeMismatch';

describe('describeMismatch', () => {
  const having = (apps: string[], identity?: string) => ({ identity, apps });

  it('finds nothing where every app has its repository', () => {
    expect(
      describeMismatch(
        having(['shop', 'hello'], 'a'),
        having(['hello', 'shop'], 'a'),
      ),
    ).toBe(undefined);
    expect(describeMismatch(having([], 'a'), having([]))).toBe(undefined);
  });

  it('names apps that lost their repository', () => {
    expect(
      describeMismatch(having(['shop', 'hello']), having(['hello'])),
    ).toMatchObject({
      what: 'Database and repositories do not belong together',
      why: 'apps (shop) are without a repository',
      next: expect.stringContaining('Restore both from the same backup'),
    });
  });

  it('names repositories of another database, a few of many', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(describeMismatch(having(['shop']), having(names))?.why).toBe(
      'apps (shop) are without a repository; apps (a, b, c, d, e and 2 more) have a repository that the database does not know',
    );
  });

  it('finds another identity though all names agree', () => {
    expect(
      describeMismatch(having(['shop'], 'one'), having(['shop'], 'other')),
    ).toMatchObject({
      why: 'the repositories are those of database other, and this one is one',
      next: expect.stringContaining('remove the file "identity"'),
    });
  });
});
