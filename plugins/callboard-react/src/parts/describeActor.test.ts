import { describeActor, describeAuthor } from './describeActor';

describe('who acted, for people', () => {
  it.each([
    ['user:default/ana', 'ana'],
    ['group:default/payments', 'payments'],
    ['user:guests/ana', 'ana'],
    ['ana', 'ana'],
    ['program:development/guest', 'guest (program)'],
    ['service:external:ci', 'ci (service)'],
    ['token:shop/ci', 'token ci of shop'],
    ['system:placement', 'Callboard'],
  ])('%s is %s', (ref, expected) => {
    expect(describeActor(ref)).toBe(expected);
  });

  it.each([
    ['Ana Ruiz <ana@example.com>', 'Ana Ruiz'],
    ['ana', 'ana'],
    ['<ana@example.com>', '<ana@example.com>'],
  ])('author %s is %s', (author, expected) => {
    expect(describeAuthor(author)).toBe(expected);
  });
});
