import { describeMismatch } from './describeMismatch';

describe('describeMismatch', () => {
  it('finds nothing where every app has its repository', () => {
    expect(describeMismatch(['shop', 'hello'], ['hello', 'shop'])).toBe(
      undefined,
    );
    expect(describeMismatch([], [])).toBe(undefined);
  });

  it('names apps that lost their repository', () => {
    expect(describeMismatch(['shop', 'hello'], ['hello'])).toMatchObject({
      what: 'Database and repositories do not belong together',
      why: 'there are apps (shop) without a repository',
      next: expect.stringContaining('Restore both from the same backup'),
    });
  });

  it('names repositories of another database, a few of many', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(describeMismatch(['shop'], names)?.why).toBe(
      'there are apps (shop) without a repository, and apps (a, b, c, d, e and 2 more) with a repository that the database does not know',
    );
  });
});
